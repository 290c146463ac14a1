"""Where Rasa is silent the engine is loud: each failure fails the whole turn and leaves the tracker as it was."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.domain import SessionConfig

from bot.engine.agent import NoTrackerStore
from tests.engine.fakes import Engine, FakeActions, Handler, nothing, says


async def _fails(engine: Engine, text: str, status: int, code: str, detail: str = "") -> None:
    """The turn gives this error, keeps nothing, and can be repaired by a next message."""
    before = await engine.house.trackers.read("c1", "")
    got, answer = await engine.turn(text, message_id="failing")
    assert (got, answer["error"]) == (status, code)
    assert detail in answer["detail"]
    after = await engine.house.trackers.read("c1", "failing")
    assert after.result is None
    assert after.events == before.events
    assert after.version == before.version


async def _hang(_call: dict[str, Any]) -> web.Response:
    await asyncio.sleep(60)
    raise AssertionError("nobody waits this long")


BROKEN_ANSWERS: dict[str, Handler] = {
    "error 500": lambda call: web.json_response({"error": "boom", "request_body": call}, status=500),
    "no such action": lambda call: web.json_response({"error": "x", "action_name": call["next_action"]}, status=404),
    "always wants the domain": lambda _call: web.json_response({"error": "x"}, status=449),
    "refused without a name": lambda _call: web.json_response({"error": "x"}, status=400),
    "no JSON": lambda _call: web.Response(text="<html>"),
    "not an object": lambda _call: web.json_response([]),
    "nothing": lambda _call: web.Response(text=""),
    "null": lambda _call: web.json_response(None),
    "unknown event": nothing({"event": "tea_break"}),
    "malformed event": nothing({"event": "slot", "value": 1}),
    "unknown slot": nothing({"event": "slot", "name": "shoe_size", "value": 43}),
    "unknown follow-up": nothing({"event": "followup", "name": "action_unheard_of"}),
    "a reminder": nothing(
        {"event": "reminder", "name": "r", "intent": "greet", "entities": [], "date_time": "2030-01-01T00:00:00", "kill_on_user_msg": False}
    ),
    "response that does not exist": lambda _call: web.json_response({"events": [], "responses": [{"response": "utter_lost"}]}),
}


@pytest.mark.parametrize("name", BROKEN_ANSWERS)
async def test_an_action_that_answers_nonsense_fails_the_turn(engine: Engine, actions: FakeActions, name: str) -> None:
    await engine.turn("hallo")
    actions.answers["action_answer"] = BROKEN_ANSWERS[name]
    code = ("turn_failed", 500) if name == "response that does not exist" else ("action_failed", 502)
    await _fails(engine, "antwoord", code[1], code[0])
    actions.answers["action_answer"] = says("Weer goed.")
    assert await engine.says("antwoord") == ["Weer goed."]


async def test_the_domain_goes_along_only_when_the_action_server_asks_for_it(engine: Engine, actions: FakeActions) -> None:
    known: set[str] = set()

    def answer(call: dict[str, Any]) -> web.Response:
        if "domain" not in call and call["domain_digest"] not in known:
            return web.json_response({"error": "missing domain"}, status=449)
        known.add(call["domain_digest"])
        return says()(call)  # type: ignore[return-value]

    actions.answers["action_answer"] = answer
    for _ in range(3):
        assert await engine.says("antwoord") == ["Antwoord."]
    assert ["domain" in call for call in actions.calls] == [False, True, False, False]


async def test_the_error_of_an_action_does_not_tell_what_the_citizen_wrote(engine: Engine, actions: FakeActions) -> None:
    actions.answers["action_answer"] = BROKEN_ANSWERS["error 500"]
    _, answer = await engine.turn("antwoord geheimpje")
    assert "geheimpje" not in json.dumps(answer)


async def test_an_action_server_that_is_down_fails_the_turn(engine: Engine, actions: FakeActions) -> None:
    await engine.turn("hallo")
    await actions.stop()
    await _fails(engine, "antwoord", 502, "action_failed", "unreachable")
    await actions.start()
    assert await engine.says("antwoord") == ["Antwoord."]


async def test_an_action_server_that_hangs_up_fails_the_turn(engine: Engine, actions: FakeActions) -> None:
    async def hang_up(_call: dict[str, Any]) -> web.Response:
        actions.requests[-1].transport.close()
        return web.json_response({})

    actions.answers["action_answer"] = hang_up
    await _fails(engine, "antwoord", 502, "action_failed")


async def test_a_slow_action_fails_the_turn(database_url: str, models_dir: Path, actions: FakeActions) -> None:
    engine = Engine(database_url, models_dir, actions.url, actions_timeout=0.3)
    await engine.start()
    await engine.house.models.refresh()
    actions.answers["action_answer"] = _hang
    try:
        await _fails(engine, "antwoord", 502, "action_failed", "no answer within 0.3 s")
    finally:
        await engine.stop()


@pytest.mark.parametrize("name", [name for name in BROKEN_ANSWERS if "follow-up" not in name and "reminder" not in name])
async def test_a_form_does_not_start_when_its_first_check_fails(engine: Engine, actions: FakeActions, name: str) -> None:
    await engine.turn("hallo")
    actions.answers["validate_appointment_form"] = BROKEN_ANSWERS[name]
    code = ("turn_failed", 500) if name == "response that does not exist" else ("action_failed", 502)
    await _fails(engine, "afspraak", code[1], code[0])
    actions.answers["validate_appointment_form"] = nothing()
    assert await engine.says("afspraak") == ["Hoe heet u?"]


async def test_a_form_does_not_speak_its_end_when_the_action_server_is_away_at_its_start(engine: Engine, actions: FakeActions) -> None:
    await engine.turn("hallo")
    await actions.stop()
    await _fails(engine, "afspraak", 502, "action_failed")
    await actions.start()
    assert await engine.says("afspraak") == ["Hoe heet u?"]


async def test_an_action_extracts_a_slot(engine: Engine, actions: FakeActions) -> None:
    assert await engine.says("stemming") == ["Goedendag."]
    await engine.turn("antwoord")
    assert actions.calls[-1]["tracker"]["slots"]["mood"] == "goed"


EXTRACTION: dict[str, Handler] = {
    **{name: answer for name, answer in BROKEN_ANSWERS.items() if name not in ("response that does not exist", "unknown slot")},
    "rejection": lambda call: web.json_response({"action_name": call["next_action"], "error": "no"}, status=400),
    "an event that Rasa drops": nothing({"event": "pause"}),
}


@pytest.mark.parametrize("name", EXTRACTION)
async def test_an_action_that_extracts_slots_and_fails_fails_the_turn(engine: Engine, actions: FakeActions, name: str) -> None:
    await engine.turn("hallo")
    actions.answers["action_extract_mood"] = EXTRACTION[name]
    await _fails(engine, "stemming", 502, "action_failed")


async def test_an_unknown_slot_of_an_extraction_fails_the_turn(engine: Engine, actions: FakeActions) -> None:
    actions.answers["action_extract_mood"] = BROKEN_ANSWERS["unknown slot"]
    await _fails(engine, "stemming", 502, "action_failed", "shoe_size")


async def test_a_rejected_action_leaves_the_word_to_the_rules(engine: Engine, actions: FakeActions) -> None:
    actions.answers["action_answer"] = EXTRACTION["rejection"]
    await _fails(engine, "antwoord", 500, "empty_turn")


async def test_a_form_goes_on_after_the_action_server_was_away_at_its_end(engine: Engine, actions: FakeActions) -> None:
    await engine.turn("afspraak")
    await engine.turn("Jan")
    await actions.stop()
    await _fails(engine, "3 dec", 502, "action_failed")
    await actions.start()
    assert await engine.says("3 dec") == ["Geboekt."]


async def test_a_turn_without_a_model_is_refused(database_url: str, tmp_path: Path, actions: FakeActions) -> None:
    engine = Engine(database_url, tmp_path / "none", actions.url)
    await engine.start()
    try:
        await engine.house.models.refresh()
        await _fails(engine, "hallo", 503, "no_model")
        assert (await engine.post("/parse", {"texts": ["hallo"]}))[0] == 503
        assert (await engine.post("/reset", {"conversation_id": "c1", "slots": {}}))[0] == 503
        assert (await engine.get("/readyz"))[1]["missing"] == ["model"]
    finally:
        await engine.stop()


async def test_a_turn_in_which_nothing_is_said_is_an_error(engine: Engine) -> None:
    await engine.turn("hallo")
    await _fails(engine, "stilte", 500, "empty_turn")


async def test_a_circle_of_actions_is_an_error(engine: Engine, actions: FakeActions) -> None:
    actions.answers["action_answer"] = says(events=[{"event": "followup", "name": "action_answer"}])
    await _fails(engine, "antwoord", 500, "turn_failed", "more than 10 actions")
    assert len(actions.calls) == 10


@pytest.mark.parametrize("text", ["kwijt", "leegte"], ids=["no such response", "a value is missing"])
async def test_a_response_that_cannot_be_spoken_is_an_error(engine: Engine, text: str) -> None:
    await _fails(engine, text, 500, "turn_failed", "utter_")


@pytest.mark.parametrize(
    "response",
    [
        {"text": "Kies.", "buttons": [{"title": "A", "payload": "/unknown"}]},
        {"text": "Kies.", "buttons": [{"title": "A", "payload": "gewone tekst"}]},
        {"text": "Kies.", "buttons": [{"title": "", "payload": "/greet"}]},
        {"text": "Kijk.", "image": "https://example.org/a.png"},
        {"text": "Kijk.", "attachment": "https://example.org/a.pdf"},
        {"text": "Kijk.", "elements": [{"title": "a"}]},
        {"text": "Kijk.", "custom": {"mata": {}}},
        {"text": "Kijk.", "custom": {"handoff": "yes"}},
        {"custom": {"meta": {"product": "paspoort"}}},
        {},
    ],
)
async def test_a_message_outside_the_contract_is_an_error(engine: Engine, actions: FakeActions, response: dict[str, Any]) -> None:
    actions.answers["action_answer"] = lambda _call: web.json_response({"events": [], "responses": [response]})
    await _fails(engine, "antwoord", 500, "turn_failed")


async def test_a_paused_conversation_never_wakes_up_by_itself(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (await engine.turn("pauze"))[1]["error"] == "empty_turn"
    agent = engine.house.models.current
    kept = agent.fresh_events({})
    await engine.house.trackers.reset("c1", [*kept, {"event": "pause", "timestamp": 1.0}])
    agent.domain.session_config = SessionConfig(1, carry_over_slots=False)
    monkeypatch.setattr(time, "time", lambda: 4_000_000_000.0)
    for text in ("hallo", "/restart", "/session_start"):
        assert (await engine.turn(text))[1]["error"] == "empty_turn"


async def test_silence_never_expires_a_conversation_whatever_the_domain_says(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    await engine.turn("afspraak")
    agent = engine.house.models.current
    agent.domain.session_config = SessionConfig(1, carry_over_slots=False)
    monkeypatch.setattr(time, "time", lambda: 4_000_000_000.0)
    assert await engine.says("Jan") == ["Wanneer komt u?"]


async def test_no_store_wrapper_broker_or_reminder_of_rasa_is_used(engine: Engine) -> None:
    agent = engine.house.models.current
    for store in (agent.tracker_store, agent.processor.tracker_store):
        assert isinstance(store, NoTrackerStore)
        assert not isinstance(store, FailSafeTrackerStore)
        assert store.event_broker is None
    assert agent.lock_store is agent.processor.lock_store is engine.house.turns._locks


async def test_rasas_own_way_in_is_closed(engine: Engine) -> None:
    from rasa.core.channels.channel import UserMessage

    with pytest.raises(Exception, match="by itself"):
        await engine.house.models.current.handle_message(UserMessage("hallo"))


async def test_an_exception_in_the_nlu_is_an_error(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise ZeroDivisionError("geheimpje")

    monkeypatch.setattr(engine.house.models.current.processor, "_parse_message_with_graph", fail)
    await _fails(engine, "hallo", 500, "turn_failed", "ZeroDivisionError")
