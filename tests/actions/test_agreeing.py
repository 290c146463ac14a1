"""A yes presses what was offered, and only that."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.agreeing import ActionAgree, agreed
from actions.people import say_person
from actions.reading import read
from actions.saying import payload
from bot.wiring import Services
from tests.actions.conftest import Said, after, run, tracker

REPORT = payload("report_problem", product="riool")
COSTS = payload("ask_costs", product="riool")
PERSON, CALL, ELSE = "/ask_person", "/request_callback", "/something_else"


def said(*payloads: str, route: str | None = None) -> dict[str, Any]:
    buttons = [{"title": one, "payload": one} for one in payloads]
    return {"event": "bot", "data": {"buttons": buttons, "custom": {"meta": {"route": route} if route else {}}}}


@pytest.mark.parametrize("text", ["ja", "ja graag", "ok doe maar", "graag", "jazeker"])
def test_a_yes_to_the_only_choice_presses_it(text: str) -> None:
    assert agreed(text, said(PERSON, ELSE)) == PERSON
    assert agreed(text, said(CALL, route="appointment")) == CALL


@pytest.mark.parametrize("text", ["ok", "prima", "top", "ja?"])
def test_what_only_says_that_it_was_read_presses_nothing(text: str) -> None:
    assert agreed(text, said(CALL)) is None


def test_a_yes_to_several_choices_is_no_choice() -> None:
    assert agreed("ja", said(COSTS, REPORT, ELSE, route="ask")) is None


def test_a_yes_after_a_plain_answer_stays_a_kind_word() -> None:
    assert agreed("ja", said(REPORT, COSTS, route="answer")) is None


def test_who_asks_to_do_it_presses_what_an_answer_offered_to_do() -> None:
    assert agreed("ja doe maar", said(REPORT, PERSON, COSTS, route="answer")) == REPORT
    assert agreed("ja doe maar", said(REPORT, "/book_appointment", route="answer")) is None
    assert agreed("ja doe maar", said(COSTS, route="answer")) is None


def test_a_yes_to_an_offer_of_a_person_is_a_call_back_or_the_chat() -> None:
    planned = payload("book_appointment", answer="kind:terugbellen")
    assert agreed("ja", said(planned, CALL, "/leave_note", ELSE, route="person")) == CALL
    assert agreed("ja", said(PERSON, CALL, ELSE, route="person")) == PERSON


async def test_the_press_goes_on_as_any_choice(given: Services) -> None:
    pressed = CollectingDispatcher()
    await say_person(pressed, given, read(tracker("mens", "ask_person", {"municipality": "castricum"})), reason="asked")
    dispatcher = CollectingDispatcher()
    moment = after(Said(pressed.messages, {}), tracker("ja graag", "affirm"))
    listen, heard = await ActionAgree(given).run(dispatcher, moment, {})
    assert (listen["name"], heard["text"], heard["parse_data"]["intent"]["name"]) == ("action_listen", CALL, "request_callback")
    assert heard["parse_data"]["metadata"] == {"message_id": "m-1", "request_id": "r-1"}
    assert dispatcher.messages == []


async def test_the_facts_of_a_choice_are_pressed_with_it(given: Services) -> None:
    moment = tracker("ja graag", "affirm")
    moment.events.append(said(REPORT, ELSE))
    _, heard = await ActionAgree(given).run(CollectingDispatcher(), moment, {})
    assert heard["parse_data"]["entities"] == [{"entity": "product", "value": "riool"}]


async def test_a_yes_to_nothing_is_answered_kindly(given: Services) -> None:
    assert (await run(ActionAgree(given), tracker("ja", "affirm"))).response == "utter_affirm"
