"""A person: offered as things are now, and a call-back request that is stored once."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import ActionAnswer
from actions.callback import ActionAskCallbackPhone, ActionBeginNote, ActionCallbackStatus, ActionSubmitCallback, ValidateCallbackForm
from actions.clarify import ActionClarify
from actions.people import ActionOfferPerson
from bot.wiring import Services
from tests.actions.conftest import callback, run, tracker

FILLED = {
    "callback_name": "Jan",
    "callback_phone": "+31612345678",
    "callback_subject": "paspoort",
    "municipality": "castricum",
    "product": "paspoort",
}


async def test_a_person_is_offered_with_a_call_back(given: Services) -> None:
    said = await run(ActionOfferPerson(given), tracker("mens", "ask_person", {"municipality": "castricum"}))
    assert said.meta == {"route": "person", "reason": "asked"}
    assert "Bel mij terug" in said.titles


async def test_the_request_is_stored_with_the_message_as_its_key_and_the_form_is_emptied(given: Services) -> None:
    said = await run(ActionSubmitCallback(given), tracker("ja", "affirm", FILLED))
    made: dict[str, Any] = given.callbacks.made[0]  # type: ignore[attr-defined]
    assert made["idempotency_key"] == "m-1"
    assert said.messages[0]["response"] == "utter_callback_made"
    assert said.messages[-1]["custom"]["handoff"] == {"route": "callback", "reference": "TB-7K4M2P", "product": "paspoort"}
    assert said.slots == dict.fromkeys(("callback_name", "callback_phone", "callback_subject", "callback_confirmed", "callback_kind"))


async def test_a_form_that_ended_empty_is_not_said_to_be_stored(given: Services) -> None:
    given.callbacks.refuses = True  # type: ignore[attr-defined]
    said = await run(ActionSubmitCallback(given), tracker("ja", "affirm", {}))
    assert said.response == "utter_callback_failed"


@pytest.mark.parametrize(
    ("status", "overdue", "response"),
    [
        ("te_verwerken", False, "utter_callback_waiting"),
        ("te_verwerken", True, "utter_callback_overdue"),
        ("verwerkt", False, "utter_callback_done"),
    ],
)
async def test_the_status_is_the_real_one(given: Services, status: str, overdue: bool, response: str) -> None:
    given.callbacks.stored = callback(status)  # type: ignore[attr-defined]
    given.callbacks.overdue = overdue  # type: ignore[attr-defined]
    assert (await run(ActionCallbackStatus(given), tracker("TB-7K4M2P", "callback_status"))).response == response


async def test_an_unknown_reference_offers_a_new_request(given: Services) -> None:
    said = await run(ActionCallbackStatus(given), tracker("TB-222222", "callback_status"))
    assert (said.response, said.titles) == ("utter_callback_unknown", ["Bel mij terug"])


@pytest.mark.parametrize(
    ("slot", "typed", "kept"),
    [
        ("callback_phone", "06 12345678", "+31612345678"),
        ("callback_phone", "061234", None),
        ("callback_name", "  Jan   de Vries ", "Jan de Vries"),
        ("callback_name", "0612345678", None),
        ("callback_name", "!", None),
        ("callback_subject", "de lamp", "de lamp"),
        ("callback_subject", "x", None),
    ],
)
async def test_an_answer_is_taken_or_asked_again(slot: str, typed: str, kept: str | None) -> None:
    dispatcher = CollectingDispatcher()
    validate = getattr(ValidateCallbackForm(), f"validate_{slot}")
    assert await validate(typed, dispatcher, tracker(), {}) == {slot: kept}
    assert bool(dispatcher.messages) is (kept is None)


async def test_something_else_that_is_said_fills_no_slot() -> None:
    form = ValidateCallbackForm()
    moment = tracker("wat kost een paspoort", "digress", {"requested_slot": "callback_name"}, "callback_form")
    assert await form.extract_callback_name(CollectingDispatcher(), moment, {}) == {}


async def test_a_payload_fills_no_slot() -> None:
    form = ValidateCallbackForm()
    moment = tracker("/give_details", "give_details", {"requested_slot": "callback_name"}, "callback_form")
    assert await form.extract_callback_name(CollectingDispatcher(), moment, {}) == {}


OPEN = {"team_open": True, "agents": 2}


async def test_who_asks_for_a_person_while_one_is_there_goes_into_the_queue_at_once(given: Services) -> None:
    given.triage.there = OPEN  # type: ignore[attr-defined]
    said = await run(ActionOfferPerson(given), tracker("mens", "ask_person", {"municipality": "castricum", "product": "paspoort"}))
    handoff = said.messages[-1]["custom"]["handoff"]
    assert (handoff["route"], handoff["product"], handoff["rule"]) == ("live_chat", "paspoort", "vraagt-een-mens")
    assert len(said.messages) == 1


async def test_who_is_not_understood_twice_may_choose_to_chat(given: Services) -> None:
    given.triage.there = OPEN  # type: ignore[attr-defined]
    said = await run(ActionClarify(given), tracker("pas", "nlu_fallback", {"misses": 1}))
    assert said.response == "utter_offer_person_chat"
    assert said.titles == ["Chat met medewerker", "Bel mij terug", "Bericht achterlaten", "Iets anders"]


async def test_nobody_is_offered_a_chat_that_is_not_there(given: Services) -> None:
    said = await run(ActionClarify(given), tracker("pas", "nlu_fallback", {"misses": 1}))
    assert "Chat met medewerker" not in said.titles
    assert "Bel mij terug" in said.titles


async def test_a_personal_subject_has_the_first_facts_and_a_person_beside_them(given: Services) -> None:
    given.triage.there = OPEN  # type: ignore[attr-defined]
    said = await run(ActionAnswer(given), tracker("schulden", "ask_what", product="schuldhulp", aspect="wat"))
    assert said.meta["product"] == "schuldhulp"
    assert said.titles[:2] == ["Chat met medewerker", "Bel mij terug"]


async def test_an_ordinary_subject_has_no_person_beside_the_answer(given: Services) -> None:
    given.triage.there = OPEN  # type: ignore[attr-defined]
    said = await run(ActionAnswer(given), tracker("paspoort", "ask_costs", {"municipality": "castricum"}, product="paspoort"))
    assert "Chat met medewerker" not in said.titles


async def test_while_a_form_waits_triage_is_not_asked(given: Services) -> None:
    await run(ActionAnswer(given), tracker("paspoort", "ask_costs", product="paspoort", loop="callback_form"))
    assert given.triage.moments == []  # type: ignore[attr-defined]


async def test_a_note_asks_for_an_address_and_is_stored_as_a_note(given: Services) -> None:
    begun = await run(ActionBeginNote(given), tracker("bericht", "leave_note"))
    assert begun.slots == {"callback_kind": "note"}
    assert (await run(ActionAskCallbackPhone(given), tracker(slots=begun.slots))).response == "utter_ask_note_address"
    filled = FILLED | begun.slots | {"callback_phone": "jan@voorbeeld.nl"}
    said = await run(ActionSubmitCallback(given), tracker("ja", "affirm", filled))
    made: dict[str, Any] = given.callbacks.made[0]  # type: ignore[attr-defined]
    assert (made["answer_to"], made["note"], made["team"]) == ("jan@voorbeeld.nl", "paspoort", "burgerzaken")
    assert said.messages[0]["response"] == "utter_note_made"


@pytest.mark.parametrize(
    ("kind", "text", "taken"), [("note", "jan@voorbeeld.nl", True), ("note", "06 12345678", True), (None, "jan@voorbeeld.nl", False)]
)
async def test_an_e_mail_address_is_for_notes_only(kind: str | None, text: str, taken: bool) -> None:
    form = ValidateCallbackForm()
    found = await form.validate_callback_phone(text, CollectingDispatcher(), tracker(slots={"callback_kind": kind}), {})
    assert bool(found["callback_phone"]) is taken
