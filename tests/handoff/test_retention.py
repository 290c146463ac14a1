"""What was kept long enough is forgotten; what is open, and numbers without content, stay."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from bot.handoff.retention import Retention
from bot.handoff.service import Callbacks
from bot.model.triage import Decision, Facts
from bot.store import decisions, ratings
from bot.store.jobs import JOBS, repeat
from bot.store.queue import make_queue
from tests.handoff.conftest import Office

LATER = datetime.now(timezone.utc) + timedelta(days=30)


async def _sweep(office: Office, now: datetime = LATER) -> Any:
    return await Retention(office.database, lambda: now, 28).sweep()


async def _count(office: Office, query: str) -> int:
    async with office.database.transaction() as connection:
        return int(await connection.scalar(text(query)))


async def _talk(office: Office) -> UUID:
    """A conversation with everything that may hang on it."""
    agent = await office.agent()
    conversation = await office.waiting(product="paspoort")
    await office.citizen(conversation, "hallo")
    await office.desk.claim(agent, conversation)
    await office.desk.note(agent, conversation, "Belt vaker")
    await office.desk.close(agent, conversation, "answered")
    async with office.database.transaction() as connection:
        decision = Decision("live_chat", (), "rest", "rest")
        await decisions.keep(connection, "m", conversation, Facts(), decision, "v", office.clock())
        await ratings.give(connection, conversation, 4, "Aardige man", datetime.now(timezone.utc))
        key = {"key": str(conversation)}
        await connection.execute(text("insert into engine.tracker (conversation_id, events) values (:key, '[]')"), key)
        await connection.execute(text("insert into engine.turn (conversation_id, message_id, result) values (:key, 'x', '{}')"), key)
    return conversation


async def test_an_old_conversation_goes_with_everything_that_was_said(office: Office) -> None:
    await _talk(office)
    forgotten = await _sweep(office)
    assert forgotten.conversations == 1
    for table in ("conversation", "message", "choice", "turn", "agent_note", "engine.tracker", "engine.turn"):
        assert await _count(office, f"select count(*) from {table}") == 0, table  # noqa: S608 - the names above


async def test_numbers_without_content_stay(office: Office) -> None:
    await _talk(office)
    await _sweep(office)
    assert await _count(office, "select count(*) from handoff where outcome = 'answered' and conversation_id is null") == 1
    assert await _count(office, "select count(*) from triage_decision where conversation_id is null") == 1
    assert await _count(office, "select count(*) from rating where score = 4 and remark is null") == 1


async def test_a_young_conversation_stays(office: Office) -> None:
    await _talk(office)
    forgotten = await _sweep(office, LATER - timedelta(days=3))
    assert (forgotten.conversations, await _count(office, "select count(*) from conversation")) == (0, 1)


async def test_what_a_person_still_has_stays(office: Office) -> None:
    agent, held = await office.agent(), await office.waiting()
    await office.desk.claim(agent, held)
    await office.waiting()
    assert (await _sweep(office)).conversations == 0


async def test_an_open_promise_keeps_its_conversation_and_a_kept_one_is_emptied(office: Office) -> None:
    callbacks = Callbacks(office.database, lambda: datetime.now(timezone.utc), 2)
    conversation = await office.conversation()
    made = await callbacks.request("k", conversation, "castricum", "Jan", "06 12345678", "paspoort")
    assert (await _sweep(office)).conversations == 0
    await callbacks.finish(made.reference, "reached")
    swept = await _sweep(office)
    assert (swept.conversations, swept.promises) == (1, 1)
    assert await _count(office, "select count(*) from callback_request where name = '' and phone = '' and subject = ''") == 1


async def test_old_messages_of_a_conversation_that_goes_on_go(office: Office) -> None:
    conversation = await office.conversation(channel="whatsapp")
    await office.citizen(conversation, "oud")
    async with office.database.transaction() as connection:
        await connection.execute(text("update message set created_at = now() - interval '40 days'"))
    await office.citizen(conversation, "nieuw")
    await _sweep(office, datetime.now(timezone.utc))
    assert await office.texts(conversation) == ["nieuw"]


async def test_sweeping_more_than_one_batch_and_twice(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.retention.BATCH", 2)
    for _ in range(5):
        await office.conversation()
    assert (await _sweep(office)).conversations == 5
    assert (await _sweep(office)).conversations == 0


async def test_the_nightly_job_is_done_by_a_worker(office: Office) -> None:
    done: list[str] = []

    async def sweep() -> None:
        done.append("swept")

    queue = make_queue(office.database.address)
    repeat(queue, "broom", "17 2 * * *", sweep)
    async with queue.open_async():
        await queue.tasks["broom"].defer_async(timestamp=0)
        await queue.run_worker_async(queues=[JOBS], wait=False, install_signal_handlers=False)
    assert done == ["swept"]
    assert [(task.cron, task.task.name) for task in queue.periodic_registry.periodic_tasks.values()] == [("17 2 * * *", "broom")]


async def test_keys_of_arrivals_sessions_and_the_desks_record_go_when_nobody_needs_them(office: Office) -> None:
    from bot.model.channel import Arrival
    from bot.store import arrivals, sessions

    agent, begun = await office.agent(), datetime.now(timezone.utc)
    async with office.database.transaction() as connection:
        await arrivals.add(connection, [Arrival("whatsapp:1", "whatsapp", "u", "text", begun, text="hoi")])
        await arrivals.handled(connection, "whatsapp:1")
        await sessions.add(connection, b"hash", agent, begun)
        await sessions.record(connection, agent, "claim", "x", begun)
    counted = "select (select count(*) from arrival) * 100 + (select count(*) from session) * 10 + (select count(*) from audit)"
    for days, left in ((0, 111), (2, 101), (8, 101), (10, 1), (366, 0)):
        await _sweep(office, begun + timedelta(days=days))
        assert await _count(office, counted) == left


async def test_what_the_engine_wrote_while_everything_was_deleted_goes_the_same_night(office: Office) -> None:
    async with office.database.transaction() as connection:
        await connection.execute(text("insert into engine.tracker (conversation_id, events) values ('gone', '[]')"))
        await connection.execute(text("insert into engine.turn (conversation_id, message_id, result) values ('gone', 'x', '{}')"))
    await _sweep(office, datetime.now(timezone.utc) + timedelta(minutes=5))
    assert await _count(office, "select count(*) from engine.turn") == 1  # perhaps its conversation is being made at this moment
    await _sweep(office, datetime.now(timezone.utc) + timedelta(hours=2))
    assert await _count(office, "select (select count(*) from engine.turn) + (select count(*) from engine.tracker)") == 0
