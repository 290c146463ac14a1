"""A name or a place in a free sentence fills the form, is never asked again, and is never taken for the other."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.appointment_beginning import plans_a_visit
from actions.appointment_moment import Moment
from actions.appointments import ActionBeginCallback
from actions.callback import ValidateCallbackForm
from actions.names import answered_name, own_name, place_of
from actions.reading import Reading, read
from bot.knowledge.library import Library
from bot.wiring import Services
from tests.actions.appointments import Talk
from tests.actions.conftest import tracker

TIMES = "utter_ask_appointment_time"
JAN = "ik ben Jan de Vries en wil dinsdag een paspoort aanvragen in Heiloo"


def person(name: str, own: bool = True) -> dict[str, Any]:
    return {"entity": "person", "value": name, **({"role": "own"} if own else {})}


def place(name: str) -> dict[str, Any]:
    return {"entity": "place", "value": name}


def reading(text: str, *entities: dict[str, Any]) -> Reading:
    return read(tracker(text, "book_appointment", entities=list(entities)))


@pytest.fixture
def talk(given: Services) -> Talk:
    return Talk(given)


async def test_one_sentence_gives_name_place_and_day(talk: Talk) -> None:
    assert await talk.begin(JAN, product="paspoort", entities=[person("Jan de Vries")]) == [TIMES]
    assert talk.draft["municipality"] == "heiloo"
    assert talk.draft["facts"] == {"first_name": "Jan", "last_name": "de Vries"}


async def test_a_name_that_was_said_is_not_asked(talk: Talk) -> None:
    await talk.begin(JAN.replace("dinsdag", "dinsdag 10 uur"), product="paspoort", entities=[person("Jan de Vries")])
    assert talk.draft["step"] == "contact"


async def test_a_first_name_alone_still_asks_for_the_whole_name(talk: Talk) -> None:
    await talk.begin("mijn naam is Jan, ik wil een paspoort in Heiloo", product="paspoort", entities=[person("Jan")])
    assert "facts" not in talk.draft


async def test_somebody_else_who_is_named_is_not_the_citizen(talk: Talk) -> None:
    await talk.begin(
        "afspraak voor een paspoort in Heiloo bij Truus de Wit", product="paspoort", entities=[person("Truus de Wit", own=False)]
    )
    assert "facts" not in talk.draft


async def test_a_name_beside_another_answer_is_kept_with_it(talk: Talk) -> None:
    await talk.begin("paspoort aanvragen", product="paspoort")
    await talk.say("ik ben Jan de Vries, in Heiloo graag", entities=[person("Jan de Vries")])
    assert (talk.draft["municipality"], talk.draft["facts"]["last_name"]) == ("heiloo", "de Vries")


async def test_a_name_that_answers_nothing_brings_the_question_again(talk: Talk) -> None:
    await talk.begin("paspoort aanvragen in Heiloo", product="paspoort")
    assert await talk.say("mijn naam is Jan de Vries", entities=[person("Jan de Vries")]) == [TIMES]
    assert talk.draft["facts"]["first_name"] == "Jan"


async def test_a_name_and_another_day_are_both_heard(talk: Talk) -> None:
    await talk.begin("paspoort aanvragen in Heiloo dinsdag", product="paspoort")
    await talk.say("mijn naam is Jan de Vries en ik kom liever woensdag 2 december", entities=[person("Jan de Vries")])
    assert "woensdag 2 december" in talk.value("times")
    assert talk.draft["facts"]["first_name"] == "Jan"


async def test_the_name_is_found_in_a_sentence_about_more(talk: Talk) -> None:
    await talk.begin("paspoort aanvragen in Heiloo dinsdag om 10 uur", product="paspoort")
    await talk.say("dat kan, ik ben het zelf: Jan de Vries", entities=[person("Jan de Vries", own=False)])
    assert talk.draft["facts"] == {"first_name": "Jan", "last_name": "de Vries"}


@pytest.mark.parametrize(
    ("text", "entities", "found"),
    [
        ("ik ben Kees van Bergen en wil in Heiloo", [person("Kees van Bergen")], "heiloo"),
        ("mijn naam is Kees van Bergen", [person("Kees van Bergen")], None),
        ("paspoort voor Kees van Bergen", [person("Kees van Bergen", own=False)], None),
        ("afspraak Heiloo", [person("afspraak Heiloo", own=False)], "heiloo"),
        ("voor Egmond Visser in Heiloo of Bergen", [place("Bergen")], "bergen"),
        ("in Heiloo of Bergen", [place("Heiloo"), place("Bergen")], None),
        ("in Heiloo of Bergen", [], None),
        ("in Parijs", [place("Parijs")], None),
    ],
)
def test_a_place_is_one_that_we_know_and_no_part_of_a_name(
    library: Library, text: str, entities: list[dict[str, Any]], found: str | None
) -> None:
    assert place_of(library, reading(text, *entities)) == found


def test_a_button_names_nobody() -> None:
    assert reading("/book_appointment", person("Jan de Vries")).people == ()


def test_two_people_leave_open_whose_name_it_is() -> None:
    two = reading("Jan de Vries en Truus de Wit", person("Jan de Vries", own=False), person("Truus de Wit", own=False))
    assert answered_name(two) is None
    assert own_name(two) is None


@pytest.mark.parametrize(
    ("text", "entities", "kept"),
    [
        ("Mijn naam is Jan de Vries", [person("Jan de Vries")], "Jan de Vries"),
        ("mijn naam is jan de vries, dank u wel alvast", [person("jan de vries")], "Jan de Vries"),
        ("Jan de Vries", [], "Jan de Vries"),
    ],
)
async def test_a_call_back_is_for_the_name_alone(text: str, entities: list[dict[str, Any]], kept: str) -> None:
    moment = tracker(text, "give_details", {"requested_slot": "callback_name"}, "callback_form", entities=entities)
    form = ValidateCallbackForm()
    given = await form.extract_callback_name(CollectingDispatcher(), moment, {})
    taken = await form.validate_callback_name(given["callback_name"], CollectingDispatcher(), moment, {})
    assert taken == {"callback_name": kept}


async def test_who_says_their_name_when_asking_for_a_call_is_not_asked_for_it(talk: Talk) -> None:
    entities = [person("Jan de Vries")]
    moment = talk._tracker("ik ben Jan de Vries, bel mij terug", "request_callback", {"entities": entities})
    events = await talk._act(ActionBeginCallback(talk.given), moment)
    assert [(event["name"], event.get("value")) for event in events] == [("callback_name", "Jan de Vries"), ("callback_form", None)]


async def test_a_wish_behind_a_name_is_a_wish(given: Services) -> None:
    entities = [person("Jan de Vries")]
    moment = tracker(JAN, "ask_how", None, None, act="ask", aspect="aanvragen", product="paspoort", entities=entities)
    assert plans_a_visit(Moment(given, CollectingDispatcher(), moment))
