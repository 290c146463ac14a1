"""A conversation's events stay bounded, and nothing of the dialogue is lost by that."""

from __future__ import annotations

import json
import statistics
import time
import uuid
from typing import Any

import pytest
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, ActiveLoop, ConversationPaused, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.history import KEPT_TURNS, bounded, restore
from bot.engine.inputs import Turn
from tests.engine.fakes import Engine, FakeActions, says


def _state(tracker: DialogueStateTracker) -> dict[str, Any]:
    state: dict[str, Any] = tracker.current_state()
    for passing in ("latest_event_time", "latest_message", "latest_input_channel"):
        del state[passing]
    if state["active_loop"]:
        trigger = state["active_loop"].pop("trigger_message") or {}
        state["trigger"] = (trigger.get("text"), trigger.get("intent"), trigger.get("entities"))
    return state


async def _ask(engine: Engine, texts: list[str], conversation: str = "long") -> list[float]:
    """CPU seconds of this thread for each turn; the action server's share counts alike in all."""
    seconds = []
    for text in texts:
        started = time.thread_time()
        await engine.house.turns.answer(Turn(conversation, uuid.uuid4().hex, "web", "castricum", text, None, "r"))
        seconds.append(time.thread_time() - started)
    return seconds


@pytest.mark.slow
@pytest.mark.parametrize("texts", [["hallo", "prijs paspoort"], ["antwoord"]], ids=["responses", "actions"])
async def test_the_three_hundredth_turn_costs_about_what_the_third_does(engine: Engine, actions: FakeActions, texts: list[str]) -> None:
    await _ask(engine, (texts * 300)[:299], "long")
    early, late = [], []
    for number in range(25):  # in turn, so that a busy machine slows both alike
        early.append((await _ask(engine, (texts * 3)[:3], f"early-{number}"))[2])
        late.append((await _ask(engine, texts[:1], "long"))[0])
    assert statistics.median(late) <= 1.5 * statistics.median(early)
    if actions.calls:
        sizes = [len(json.dumps(call)) for call in actions.calls if call["sender_id"] == "long"]
        assert max(sizes[150:]) <= 1.1 * max(sizes[:10])


async def test_what_is_kept_does_not_grow(engine: Engine) -> None:
    sizes = []
    for number in range(40):
        await engine.turn(("hallo", "prijs paspoort", "antwoord", "afspraak", "stop")[number % 5])
        sizes.append(len(json.dumps((await engine.house.trackers.read("c1", "")).events)))
    assert max(sizes[10:]) <= 1.1 * max(sizes[:10])
    assert max(sizes) < 20_000


async def test_an_action_is_sent_the_last_turns_only(engine: Engine, actions: FakeActions) -> None:
    for _ in range(15):
        await engine.turn("antwoord")
    (call,) = actions.calls[-1:]
    assert sum(event["event"] == "user" for event in call["tracker"]["events"]) <= KEPT_TURNS + 1
    assert "domain" not in call


async def test_a_form_goes_on_after_thirty_digressions(engine: Engine, actions: FakeActions) -> None:
    assert await engine.says("afspraak") == ["Hoe heet u?"]
    for number in range(15):
        answer, question = await engine.says("prijs")
        assert (answer[:4], question) == ("Een ", "Hoe heet u?"), number
    assert await engine.says("Jan de Vries") == ["Wanneer komt u?"]
    for number in range(15):
        assert await engine.says("antwoord") == ["Antwoord.", "Wanneer komt u?"], number
    assert await engine.says("3 dec") == ["Geboekt."]
    slots = actions.calls[-1]["tracker"]["slots"]
    assert (slots["appointment_name"], slots["appointment_date"]) == ("Jan de Vries", "3 dec")


async def test_a_form_can_be_stopped_after_thirty_digressions(engine: Engine, actions: FakeActions) -> None:
    await engine.turn("afspraak")
    for _ in range(30):
        await engine.turn("antwoord")
    assert await engine.says("stop") == ["Gestopt."]
    await engine.turn("antwoord")
    assert actions.calls[-1]["tracker"]["active_loop"] == {}
    assert actions.calls[-1]["tracker"]["slots"]["requested_slot"] is None


async def test_a_form_waits_while_nothing_is_understood(engine: Engine, actions: FakeActions) -> None:
    """A form that rejects and is not asked again stays as it is, however long that lasts."""
    await engine.turn("afspraak")
    for _ in range(10):
        await engine.turn("hallo")
    assert await engine.says("Jan") == ["Wanneer komt u?"]


async def test_slots_outlive_the_turns_that_set_them(engine: Engine, actions: FakeActions) -> None:
    slot = {"event": "slot", "name": "product", "value": "rijbewijs"}
    actions.answers["action_answer"] = says(events=[slot])
    await engine.turn("antwoord")
    actions.answers["action_answer"] = says()
    for _ in range(3 * KEPT_TURNS):
        await engine.turn("hallo")
    await engine.turn("antwoord")
    assert actions.calls[-1]["tracker"]["slots"]["product"] == "rijbewijs"


SCRIPTS = {
    "questions": ["hallo", "prijs paspoort", "antwoord", "xyz"] * 4,
    "a form begun": ["hallo", "hallo", "afspraak", "prijs", "prijs", "Jan", "prijs", "antwoord", "prijs", "prijs"],
    "a form filled": ["afspraak", "Jan", "3 dec", "hallo", "prijs", "hallo", "prijs", "hallo"],
    "a form stopped": ["afspraak", "Jan", "stop", "hallo", "prijs", "hallo", "prijs", "hallo"],
    "two forms": ["afspraak", "Jan", "3 dec", "afspraak", "stop", "hallo", "prijs", "hallo", "prijs"],
}


@pytest.mark.parametrize("name", SCRIPTS)
async def test_the_bounded_tracker_is_in_the_same_state_as_the_whole_one(
    engine: Engine, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same script, once bounded after every turn and once never: the trackers must agree after each turn."""
    texts = SCRIPTS[name]
    short = await _states(engine, texts, "short")
    monkeypatch.setattr("bot.engine.history.KEPT_TURNS", 1_000)
    whole = await _states(engine, texts, "whole")
    assert short == whole


async def _states(engine: Engine, texts: list[str], conversation: str) -> list[dict[str, Any]]:
    states = []
    for text in texts:
        _, answer = await engine.turn(text, conversation=conversation)
        kept = await engine.house.trackers.read(conversation, "")
        tracker = restore("same", kept.events, engine.house.models.current.domain)
        states.append({"said": answer.get("messages"), **_state(tracker)})
    return states


async def test_a_pause_a_rejection_and_the_message_that_started_a_form_are_kept(engine: Engine) -> None:
    domain = engine.house.models.current.domain
    trigger = UserUttered("afspraak voor paspoort", {"name": "book", "confidence": 0.9}, [{"entity": "product", "value": "paspoort"}])
    events = [ActionExecuted("action_listen"), trigger, ActionExecuted("appointment_form"), ActiveLoop("appointment_form")]
    events += [SlotSet("requested_slot", "appointment_name"), ActionExecuted("action_listen"), UserUttered("x", {"name": "greet"})]
    events += [ActionExecutionRejected("appointment_form"), ActionExecuted("action_listen"), ConversationPaused()]
    for number in range(10):
        events += [UserUttered(f"{number}", {"name": "greet"}), ActionExecuted("action_listen")]
    tracker = DialogueStateTracker.from_events("c", events, domain.slots)
    kept = restore("c", bounded(tracker, domain), domain)
    assert _state(kept) == {**_state(tracker), "sender_id": "c"}
    assert kept.is_paused()
    assert kept.is_active_loop_rejected
    assert len(kept.events) < len(tracker.events)


async def test_a_newer_model_forgets_the_slots_and_forms_it_no_longer_has(engine: Engine) -> None:
    domain = engine.house.models.current.domain
    events: list[Any] = [ActionExecuted("action_listen"), UserUttered("x", {"name": "greet"})]
    events += [SlotSet("shoe_size", 43), ActiveLoop("gone_form"), SlotSet("requested_slot", "shoe_size")]
    kept = restore("c", [event.as_dict() for event in events], domain)
    assert kept.active_loop_name is None
    assert kept.get_slot("requested_slot") is None
    assert "shoe_size" not in kept.slots


async def test_working_material_of_older_messages_is_dropped(engine: Engine) -> None:
    for _ in range(2):
        await engine.turn(choice='/tell_more{"product": "paspoort"}')
    users = [event for event in (await engine.house.trackers.read("c1", "")).events if event["event"] == "user"]
    assert ["intent_ranking" in user["parse_data"] for user in users] == [False, True]


async def test_characters_that_postgresql_refuses_do_not_break_a_turn(engine: Engine, actions: FakeActions) -> None:
    actions.answers["action_answer"] = says("nul\x00 en \\u0000 en 👩‍👧")
    assert await engine.says("antwoord \x00\ud800 \\u0000", message_id="odd") == ["nul\x00 en \\u0000 en 👩‍👧"]
    assert await engine.says("antwoord", message_id="odd") == ["nul en \\u0000 en 👩‍👧"]
