"""Turns: what is owed is answered once, in order, whatever happens to the engine."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.gateway.engine import EngineUnavailable, TurnFailed, TurnRefused
from bot.store import conversations, turns


async def test_everything_owed_is_answered_in_order(bench: Any) -> None:
    conversation = await bench.conversation()
    for word in ("een", "twee", "drie"):
        await bench.say(conversation, word)
    await bench.turns.answer(str(conversation))
    assert (await bench.texts(conversation))[-3:] == ["echo: een", "echo: twee", "echo: drie"]


async def test_what_is_written_while_an_answer_is_made_is_answered_right_after_it(bench: Any) -> None:
    # Its own job cannot begin before this one has ended, and nothing tells a worker when that is.
    conversation = await bench.conversation()
    await bench.say(conversation, "een")
    turn = bench.engine.turn

    async def say_more_meanwhile(*arguments: Any) -> Any:
        bench.engine.turn = turn
        await bench.say(conversation, "twee")
        return await turn(*arguments)

    bench.engine.turn = say_more_meanwhile
    await bench.turns.answer(str(conversation))
    assert (await bench.texts(conversation))[-2:] == ["echo: een", "echo: twee"]


async def test_two_workers_on_one_conversation_answer_once(bench: Any) -> None:
    conversation = await bench.conversation()
    await bench.say(conversation, "hallo")
    await asyncio.gather(*(bench.turns.answer(str(conversation)) for _ in range(5)))
    assert (await bench.texts(conversation)).count("echo: hallo") == 1


async def test_an_engine_that_is_away_leaves_the_turn_owed(bench: Any) -> None:
    conversation = await bench.conversation()
    await bench.say(conversation, "hallo")
    bench.engine.failures = [EngineUnavailable("away")]
    with pytest.raises(EngineUnavailable):
        await bench.turns.answer(str(conversation))
    await bench.turns.answer(str(conversation))
    assert (await bench.texts(conversation))[-1] == "echo: hallo"


async def test_an_engine_that_keeps_failing_ends_in_an_apology(bench: Any) -> None:
    conversation = await bench.conversation()
    await bench.say(conversation, "hallo")
    bench.engine.failures = [TurnFailed("policy")] * 5
    for _ in range(4):
        with pytest.raises(TurnFailed):
            await bench.turns.answer(str(conversation))
    await bench.turns.answer(str(conversation))
    assert (await bench.texts(conversation))[-1] == "<fout>"
    async with bench.database.transaction() as connection:
        assert not await turns.is_owed(connection, conversation)


async def test_a_turn_that_the_engine_refuses_ends_in_an_apology_at_once(bench: Any) -> None:
    conversation = await bench.conversation()
    await bench.say(conversation, "hallo")
    bench.engine.failures = [TurnRefused("bad_request")]
    await bench.turns.answer(str(conversation))
    assert (await bench.texts(conversation))[-1] == "<fout>"


async def test_an_answer_that_would_come_too_late_is_not_given(bench: Any) -> None:
    conversation = await bench.conversation()
    await bench.say(conversation, "hallo")
    bench.clock.move(timedelta(minutes=16))
    await bench.turns.answer(str(conversation))
    assert (await bench.texts(conversation))[-1] == "<storing_verlopen>"
    assert bench.engine.asked == []


async def test_an_agent_who_takes_over_during_the_turn_is_not_talked_over(bench: Any) -> None:
    conversation = await bench.conversation()
    await bench.say(conversation, "hallo")
    turn = bench.engine.turn

    async def take_over_meanwhile(*arguments: Any) -> Any:
        await bench.give(conversation, "agent")
        return await turn(*arguments)

    bench.engine.turn = take_over_meanwhile
    await bench.turns.answer(str(conversation))
    assert "echo: hallo" not in await bench.texts(conversation)


async def test_the_municipality_that_the_engine_heard_is_remembered(bench: Any) -> None:
    conversation = await bench.conversation(None)
    await bench.say(conversation, "ik woon in heiloo")
    bench.engine.municipality = "heiloo"
    await bench.turns.answer(str(conversation))
    async with bench.database.transaction() as connection:
        found = await conversations.find(connection, conversation)
    assert found is not None
    assert found.municipality == "heiloo"


async def test_a_citizen_who_waits_is_told_once(bench: Any) -> None:
    conversation = await bench.conversation()
    await bench.say(conversation, "hallo")
    async with bench.database.transaction() as connection:
        from sqlalchemy import text

        await connection.execute(text("update turn set created_at = now() - interval '9 seconds'"))
    await asyncio.gather(bench.watch.round(), bench.watch.round())
    assert (await bench.texts(conversation)).count("<storing>") == 1


async def test_a_turn_without_a_job_gets_one(bench: Any) -> None:
    from sqlalchemy import text

    conversation = await bench.conversation()
    await bench.say(conversation, "hallo")
    async with bench.database.transaction() as connection:
        await connection.execute(text("delete from procrastinate_jobs"))
        await connection.execute(text("update turn set created_at = now() - interval '40 seconds'"))
    await bench.watch.round()
    await bench.watch.round()
    async with bench.database.transaction() as connection:
        assert await connection.scalar(text("select count(*) from procrastinate_jobs")) == 1


async def test_a_turn_whose_worker_died_is_given_to_another(bench: Any) -> None:
    from sqlalchemy import text

    conversation = await bench.conversation()
    await bench.say(conversation, "hallo")
    async with bench.database.transaction() as connection:
        await connection.execute(text("insert into procrastinate_workers(last_heartbeat) values (now() - interval '1 minute')"))
        await connection.execute(
            text("update procrastinate_jobs set status='doing', worker_id=(select max(id) from procrastinate_workers)")
        )
    await bench.watch.round()
    async with bench.database.transaction() as connection:
        assert await connection.scalar(text("select status from procrastinate_jobs")) == "todo"
