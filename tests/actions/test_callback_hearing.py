"""The answers to a call-back: a time is no subject, yes is no name, and what is typed at the end corrects the subject."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.appointments import ActionBeginCallback
from actions.callback import ValidateCallbackForm
from actions.callback_hearing import is_only_time
from bot.wiring import Services
from tests.actions.conftest import run, tracker


async def validated(slot: str, typed: str, **understood: Any) -> dict[str, Any]:
    moment = tracker(typed, "give_details", {"requested_slot": slot}, "callback_form", **understood)
    answer: dict[str, Any] = await getattr(ValidateCallbackForm(), f"validate_{slot}")(typed, CollectingDispatcher(), moment, {})
    return answer


async def extracted(slot: str, asked: str, typed: str, intent: str, **slots: Any) -> dict[str, Any]:
    moment = tracker(typed, intent, {"requested_slot": asked, **slots}, "callback_form")
    found: dict[str, Any] = await getattr(ValidateCallbackForm(), f"extract_{slot}")(CollectingDispatcher(), moment, {})
    return found


@pytest.mark.parametrize("text", ["vrijdag", "dinsdag 10 uur", "morgen om half elf graag", "volgende week maandag"])
async def test_a_time_is_no_subject_and_no_name(text: str) -> None:
    assert await validated("callback_subject", text) == {"callback_subject": None}
    assert await validated("callback_name", text) == {"callback_name": None}


@pytest.mark.parametrize("text", ["de huwelijksdag in mei", "afval van dinsdag", "mijn afspraak van vrijdag"])
def test_a_subject_may_hold_a_day(text: str) -> None:
    assert not is_only_time(text)


@pytest.mark.parametrize("text", ["ja", "nee", "ja klopt"])
async def test_yes_is_no_name(text: str) -> None:
    assert await validated("callback_name", text) == {"callback_name": None}


async def test_a_number_where_the_subject_is_asked_is_kept() -> None:
    assert await validated("callback_subject", "0251 123456") == {"callback_subject": None, "callback_phone": "+31251123456"}
    assert await validated("callback_subject", "rekening 0251123456") == {"callback_subject": "rekening 0251123456"}


async def test_a_name_where_the_subject_is_asked_is_kept() -> None:
    people = [{"entity": "person", "value": "Henk Zonneveld"}]
    found = await validated("callback_subject", "Henk Zonneveld", entities=people)
    assert found == {"callback_subject": None, "callback_name": "Henk Zonneveld"}


@pytest.mark.parametrize("asked", ["callback_name", "callback_phone", "callback_confirmed"])
async def test_what_it_is_about_is_heard_wherever_it_is_said(asked: str) -> None:
    found = await extracted("callback_subject", asked, "het gaat over mijn vergunning", "ask_what")
    assert found == {"callback_subject": "mijn vergunning"}
    assert await extracted("callback_name", asked, "het gaat over mijn vergunning", "give_details") == {}


async def test_a_subject_typed_at_the_end_corrects_it() -> None:
    assert await extracted("callback_subject", "callback_confirmed", "verhuizing", "ask_what") == {"callback_subject": "verhuizing"}


@pytest.mark.parametrize("text", ["ja", "nee", "wat kost een paspoort", "06 12345678", "dinsdag", "ja klopt"])
async def test_what_is_no_subject_corrects_none(text: str) -> None:
    assert await extracted("callback_subject", "callback_confirmed", text, "digress") == {}


async def test_who_wants_a_fixed_moment_gets_times_to_choose_from(given: Services) -> None:
    begin, here = ActionBeginCallback(given), {"municipality": "castricum"}
    assert (await run(begin, tracker("bel mij op een vast moment", "request_callback", here))).followed == "appointment_form"
    assert (await run(begin, tracker("bel mij maar", "request_callback", here))).followed == "callback_form"


async def test_what_a_planned_call_is_about_is_not_asked_again(given: Services) -> None:
    said = "kunnen jullie mij morgen om 10 uur bellen over mijn bouwvergunning"
    found = await run(ActionBeginCallback(given), tracker(said, "request_callback", {"municipality": "castricum"}))
    assert found.slots["appointment"]["facts"]["note"] == "mijn bouwvergunning"
