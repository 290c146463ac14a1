"""What the form of a message says by itself."""

from __future__ import annotations

import pytest

from bot.engine.nlu.signs import is_language, is_vague, lives_in, wants_appointment


@pytest.mark.parametrize(
    "text",
    ["ik woon in Deventer", "wij komen uit Alphen aan den Rijn", "nee ik ben inwoner van Goes", "gemeente Oss", "mijn gemeente is Urk"],
)
def test_a_place_where_somebody_lives_is_heard(text: str) -> None:
    assert lives_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "ik woon in een flat",
        "ik woon alleen",
        "gemeente doet niets",
        "ik woon in Goes en zoek een huis voor mijn moeder",
        "gemeente belasting",
    ],
)
def test_what_else_somebody_says_is_no_place(text: str) -> None:
    assert not lives_in(text)


def test_a_wish_for_an_appointment_is_heard_whatever_it_is_for() -> None:
    assert wants_appointment("ik wil graag een afspraak voor mijn zoon zijn eerste pas")
    assert not wants_appointment("ik wil een afspraak van morgen verzetten")
    assert not wants_appointment("moet ik een afspraak maken")


def test_who_only_says_that_there_is_something_is_asked_what() -> None:
    assert is_vague("wij zitten met een groot probleem")
    assert not is_vague("ik heb een probleem met mijn container")


@pytest.mark.parametrize("text", ["zvzvzv hmhmhm", "hmpf grrr brrr", "Pffff... zzzz, kkkk!", "12345", "{}"])
def test_keys_that_were_pressed_are_no_language(text: str) -> None:
    assert not is_language(text)


@pytest.mark.parametrize("text", ["pfff", "wmo", "bsn kwijt", "mvg", "gft kvk vvv", "wrs rijbewijs", "وثيقة سفر"])
def test_short_words_and_other_scripts_are_language(text: str) -> None:
    assert is_language(text)
