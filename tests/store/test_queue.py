"""The queue's own connections: cut ones are replaced, and every step is one statement."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any
from uuid import uuid4

import psycopg

from bot.store.database import Database
from bot.store.queue import TurnJobs, make_queue, work


async def test_a_queue_goes_on_after_the_server_ended_its_connections(database_url: str) -> None:
    queue = make_queue(database_url, max_size=1)
    async with queue.open_async():
        first = await queue.connector.execute_query_one_async("select pg_backend_pid() as pid")
        with psycopg.connect(database_url, autocommit=True) as killer:
            killer.execute("select pg_terminate_backend(%s, 5000)", (first["pid"],))
        again = await queue.connector.execute_query_one_async("select pg_backend_pid() as pid")
    assert again["pid"] != first["pid"]


async def test_a_step_of_the_queue_leaves_no_transaction_open(database_url: str) -> None:
    queue = make_queue(database_url, max_size=1)
    async with queue.open_async():
        found = await queue.connector.execute_query_one_async("select now() = statement_timestamp() as alone, txid_current() as number")
        again = await queue.connector.execute_query_one_async("select txid_current() as number")
    assert found["alone"]
    assert again["number"] > found["number"]


async def test_a_job_begins_soon_after_the_one_of_its_conversation_that_it_waited_for(database: Database) -> None:
    """PostgreSQL tells of it while it cannot begin yet; who only looked again every five seconds left the citizen waiting so long."""
    queue, conversation = make_queue(database.address), uuid4()
    begun, may_end, in_vain = asyncio.Semaphore(0), asyncio.Semaphore(0), asyncio.Event()

    async def answer(conversation_id: str) -> None:
        begun.release()
        await may_end.acquire()

    async def defer() -> None:
        async with database.transaction() as connection:
            await jobs.defer(connection, conversation)

    fetch = queue.job_manager.fetch_job

    async def noted(**wanted: Any) -> Any:
        found = await fetch(**wanted)
        if found is None:
            in_vain.set()
        return found

    jobs = TurnJobs(queue, answer)
    async with queue.open_async():
        await defer()
        queue.job_manager.fetch_job = noted  # type: ignore[method-assign, assignment]
        working = asyncio.create_task(work(queue, concurrency=4))
        await begun.acquire()
        await defer()
        in_vain.clear()
        await in_vain.wait()
        may_end.release()
        async with asyncio.timeout(4.5):  # half a second, on a busy machine
            await begun.acquire()
        may_end.release()
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
