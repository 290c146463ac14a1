"""Signs of a place, and what has none."""

from __future__ import annotations

import pytest

from bot.text.questions import is_question
from bot.text.whereabouts import is_indoors, landmark_in, shows_place, tells_more


@pytest.mark.parametrize(
    "text", ["bij aldi", "naast de brug", "Dorpsweg 20", "op het plein", "schoolstraat", "nummer 12", "in de Loet", "het strand"]
)
def test_a_sign_of_a_place_is_seen(text: str) -> None:
    assert shows_place(text)


@pytest.mark.parametrize(
    "text", ["het is nu", "ja maak maar een melding", "dat is al zo sinds 3 dagen", "anoniem melden", "en als hij boos word", "bij ons"]
)
def test_other_words_show_none(text: str) -> None:
    assert not shows_place(text)


@pytest.mark.parametrize("text", ["kan ik schade claimen", "doen jullie daar nog wat aan", "en als hij boos word", "moet dat?"])
def test_a_question_may_begin_with_its_verb(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize("text", ["bij de kerk", "het is de Dorpsstraat", "kan op de Dorpsstraat"])
def test_a_place_is_no_question(text: str) -> None:
    assert not is_question(text)


def test_a_landmark_is_taken_with_what_it_is_beside() -> None:
    assert landmark_in("op de parkeerplaats bij de ijsbaan staat een caravan") == "Op de parkeerplaats bij de ijsbaan"
    assert landmark_in("er staat een caravan") is None


def test_a_website_is_not_outdoors_but_a_street_is() -> None:
    assert is_indoors("de website bedoel ik")
    assert not is_indoors("bij de computerwinkel in de Dorpsstraat")


def test_who_goes_on_about_it_names_no_place() -> None:
    assert tells_more("die is omver gereden")
    assert not tells_more("bij de kerk om de hoek")
