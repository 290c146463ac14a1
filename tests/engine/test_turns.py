"""A turn runs once, in order, in time, and to the end."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.engine.inputs import Turn
from tests.engine.fakes import Engine, FakeActions, eventually, says


def _counting(actions: FakeActions) -> list[str]:
    """Let action_answer say how often it ran, and return what it was asked."""
    asked: list[str] = []

    def answer(call: dict[str, Any]) -> web.Response:
        asked.append(call["tracker"]["latest_message"]["text"])
        return says(f"Antwoord {len(asked)}.")(call)  # type: ignore[return-value]

    actions.answers["action_answer"] = answer
    return asked


def _held(actions: FakeActions) -> tuple[asyncio.Event, asyncio.Event]:
    """Let action_answer wait; gives the events "it has begun" and "go on"."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def answer(call: dict[str, Any]) -> web.Response:
        begun.set()
        await go_on.wait()
        return says()(call)  # type: ignore[return-value]

    actions.answers["action_answer"] = answer
    return begun, go_on


async def test_the_same_message_gives_the_first_result_and_runs_nothing(engine: Engine, actions: FakeActions) -> None:
    asked = _counting(actions)
    first = await engine.turn("antwoord", message_id="once")
    again = await engine.turn("antwoord", message_id="once")
    assert first == again
    assert len(asked) == 1


async def test_the_same_message_sent_ten_times_at_once_runs_once(engine: Engine, actions: FakeActions) -> None:
    asked = _counting(actions)
    results = await asyncio.gather(*(engine.turn("antwoord", message_id="once") for _ in range(10)))
    assert all(result == results[0] and result[0] == 200 for result in results)
    assert len(asked) == 1


async def test_the_same_message_after_a_restart_gives_the_first_result(
    engine: Engine, actions: FakeActions, database_url: str, models_dir: Path
) -> None:
    asked = _counting(actions)
    first = await engine.turn("antwoord", message_id="once")
    other = Engine(database_url, models_dir, actions.url)
    await other.start()  # without a model: none is needed to repeat a result
    try:
        assert await other.turn("antwoord", message_id="once") == first
    finally:
        await other.stop()
    assert len(asked) == 1


async def test_the_same_message_at_two_engines_at_once_has_one_result(
    engine: Engine, actions: FakeActions, database_url: str, models_dir: Path
) -> None:
    asked = _counting(actions)
    other = Engine(database_url, models_dir, actions.url)
    await other.start()
    await other.house.models.refresh()
    try:
        for number in range(5):
            calls = [house.turn("antwoord", message_id=f"both-{number}") for house in (engine, other)]
            first, second = await asyncio.gather(*calls)
            assert first == second
            assert first[0] == 200
    finally:
        await other.stop()
    assert len(asked) >= 5


async def test_a_message_id_of_another_conversation_is_refused(engine: Engine) -> None:
    await engine.turn("hallo", conversation="c1", message_id="taken")
    status, answer = await engine.turn("hallo", conversation="c2", message_id="taken")
    assert (status, answer["error"]) == (400, "bad_request")


async def test_a_failed_message_may_be_tried_again(engine: Engine, actions: FakeActions) -> None:
    actions.answers["action_answer"] = lambda _call: web.json_response({"error": "x"}, status=500)
    assert (await engine.turn("antwoord", message_id="again"))[0] == 502
    actions.answers["action_answer"] = says("Nu wel.")
    assert await engine.says("antwoord", message_id="again") == ["Nu wel."]


async def test_a_conversation_goes_on_after_a_restart(engine: Engine, actions: FakeActions, database_url: str, models_dir: Path) -> None:
    assert await engine.says("afspraak") == ["Hoe heet u?"]
    other = Engine(database_url, models_dir, actions.url)
    await other.start()
    await other.house.models.refresh()
    try:
        assert await other.says("Jan", message_id="a") == ["Wanneer komt u?"]
        assert await other.says("3 dec", message_id="b") == ["Geboekt."]
    finally:
        await other.stop()
    slots = actions.calls[-1]["tracker"]["slots"]
    assert (slots["appointment_name"], slots["appointment_date"]) == ("Jan", "3 dec")


async def test_messages_of_one_conversation_are_answered_in_order(engine: Engine, actions: FakeActions) -> None:
    asked = _counting(actions)
    turns = [Turn("c1", f"m{number}", "web", None, f"antwoord {number}", None, "r") for number in range(12)]
    await asyncio.gather(*(engine.house.turns.answer(turn) for turn in turns))
    assert asked == [turn.text for turn in turns]
    assert len(engine.house.turns._locks) == 0


async def test_other_conversations_and_health_do_not_wait_for_a_slow_action(engine: Engine, actions: FakeActions) -> None:
    begun, go_on = _held(actions)
    slow = asyncio.create_task(engine.turn("antwoord", conversation="slow"))
    await begun.wait()
    assert await engine.get("/healthz") == (200, {"status": "alive"})
    assert await engine.says("hallo", conversation="quick") == ["Goedendag."]
    assert not slow.done()
    go_on.set()
    assert (await slow)[0] == 200


async def test_a_turn_that_takes_too_long_fails_and_leaves_the_tracker(database_url: str, models_dir: Path, actions: FakeActions) -> None:
    engine = Engine(database_url, models_dir, actions.url, engine_timeout=1.0)  # leaves half a second for the turn
    await engine.start()
    await engine.house.models.refresh()
    try:
        await engine.turn("afspraak")
        before = await engine.house.trackers.read("c1", "")
        _, go_on = _held(actions)
        status, answer = await engine.turn("antwoord", message_id="slow")
        after = await engine.house.trackers.read("c1", "slow")
        go_on.set()
    finally:
        await engine.stop()
    assert (status, answer["error"]) == (504, "turn_timeout")
    assert (after.result, after.events) == (None, before.events)


async def test_waiting_for_an_earlier_turn_counts_as_time_of_the_turn(database_url: str, models_dir: Path, actions: FakeActions) -> None:
    engine = Engine(database_url, models_dir, actions.url, engine_timeout=1.0)
    await engine.start()
    await engine.house.models.refresh()
    try:
        _, go_on = _held(actions)
        statuses = [status for status, _ in await asyncio.gather(*(engine.turn("antwoord") for _ in range(3)))]
        go_on.set()
        assert statuses == [504, 504, 504]
        assert len(engine.house.turns._locks) == 0
        assert await engine.says("hallo") == ["Goedendag."]
    finally:
        await engine.stop()


async def test_a_caller_that_hangs_up_does_not_break_off_the_turn(engine: Engine, actions: FakeActions) -> None:
    begun, go_on = _held(actions)
    call = asyncio.create_task(engine.turn("antwoord", message_id="hung-up"))
    await begun.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    go_on.set()

    async def kept() -> bool:
        return (await engine.house.trackers.read("c1", "hung-up")).result is not None

    await eventually(kept)
    assert len(actions.calls) == 1
    assert await engine.says("antwoord", message_id="hung-up") == ["Antwoord."]
    assert len(actions.calls) == 1


async def test_the_municipality_of_the_request_wins_and_the_citizen_may_change_it(engine: Engine, actions: FakeActions) -> None:
    actions.answers["action_answer"] = says(events=[{"event": "slot", "name": "municipality", "value": "heiloo"}])
    assert (await engine.turn("hallo", municipality="castricum"))[1]["municipality"] == "castricum"
    assert (await engine.turn("antwoord", municipality="castricum"))[1]["municipality"] == "heiloo"
    assert (await engine.turn("hallo", municipality=None))[1]["municipality"] == "heiloo"
    assert (await engine.turn("hallo", municipality="uitgeest"))[1]["municipality"] == "uitgeest"


async def test_a_failed_turn_does_not_keep_the_municipality_either(engine: Engine) -> None:
    await engine.turn("hallo", municipality="castricum")
    await engine.turn("stilte", municipality="uitgeest")
    assert (await engine.turn("hallo", municipality=None))[1]["municipality"] == "castricum"
