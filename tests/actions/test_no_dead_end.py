"""No answer is a dead end: over all products, aspects and municipalities, whatever is known of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer, say_answers
from actions.reading import Reading
from bot.knowledge.library import Library
from bot.model.knowledge import ASPECTS, Answer

PLACES = (None, "bergen", "castricum", "heiloo", "uitgeest")
PERSON = "Medewerker spreken"


def every_answer(library: Library, place: str | None) -> Iterator[Answer]:
    for product in library.products():
        for aspect in ASPECTS:
            yield library.answer(product.id, aspect, place)


def said(library: Library, answer: Answer) -> tuple[str, list[str]]:
    dispatcher = CollectingDispatcher()
    say_answer(dispatcher, library, answer)
    message = dispatcher.messages[-1]
    return message["text"], [button["title"] for button in message["buttons"]]


@pytest.mark.parametrize("place", PLACES)
def test_there_is_something_that_is_not_known(library: Library, place: str | None) -> None:
    assert any(not answer.complete for answer in every_answer(library, place))


@pytest.mark.parametrize("place", PLACES)
def test_what_is_not_known_ends_with_a_person(library: Library, place: str | None) -> None:
    lost = [
        (answer.product, answer.aspect)
        for answer in every_answer(library, place)
        if not answer.complete and PERSON not in said(library, answer)[1]
    ]
    assert lost == []


@pytest.mark.parametrize("place", PLACES)
def test_what_is_not_known_says_where_it_stands_as_well(library: Library, place: str | None) -> None:
    """Also while a form waits, when there are no buttons: a link, or the municipality's own page or number in words."""
    ways = ("](", "medewerker", "website van uw gemeente", "nummer van uw gemeente")
    lost = [
        (answer.product, answer.aspect)
        for answer in every_answer(library, place)
        if not answer.complete and not any(way in answer.text for way in ways)
    ]
    assert lost == []


@pytest.mark.parametrize("place", PLACES)
def test_every_answer_has_a_next_step(library: Library, place: str | None) -> None:
    for answer in every_answer(library, place):
        text, titles = said(library, answer)
        assert titles or "](" in text, (answer.product, answer.aspect)
        assert len(titles) <= 3


@pytest.mark.parametrize("place", PLACES)
def test_of_two_answers_the_unknown_one_still_brings_a_person(library: Library, place: str | None) -> None:
    known = library.answer("verhuismelding", "kosten", place)
    reading = Reading("ask_costs", "", None, None, (), None, place, 0, 0.9, "", "", "", chosen=False)
    for answer in every_answer(library, place):
        if not answer.complete:
            dispatcher = CollectingDispatcher()
            say_answers(dispatcher, library, [answer, known], reading)
            assert PERSON in [button["title"] for message in dispatcher.messages for button in message["buttons"]], answer.product


@pytest.mark.parametrize("place", PLACES)
def test_a_referral_names_a_place_to_go(library: Library, place: str | None) -> None:
    lost = [
        item.id
        for item in library.organisations()
        if not ("](" in (text := library.referral(item.id, place).text) or any(sign.isdigit() for sign in text))
    ]
    assert lost == []
