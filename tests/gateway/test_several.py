"""Several gateways and workers on one database: everything is answered once and in order, whoever takes it in and whoever answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from bot.gateway.gate import Gate
from bot.gateway.turns import Turns
from bot.model.conversation import Inbound
from bot.store.database import Database
from bot.store.queue import TurnJobs, make_queue, work

SAID = [f"bericht {number}" for number in range(6)]


@pytest.fixture
async def gates(bench: Any) -> AsyncIterator[list[Gate]]:
    """The gates of two processes, each with a worker beside it; the engine lets others go first, as a real one does."""
    turn = bench.engine.turn

    async def unhurried(*arguments: Any) -> Any:
        for _ in range(20):
            await asyncio.sleep(0)
        return await turn(*arguments)

    bench.engine.turn = unhurried
    gates, workers = [], []
    async with AsyncExitStack() as open_:
        for _ in range(2):
            database, queue = Database(bench.database.address), make_queue(bench.database.address)
            jobs = TurnJobs(queue, Turns(database, bench.engine, bench.turns.library, bench.clock).answer)
            open_.push_async_callback(database.close)
            await open_.enter_async_context(queue.open_async())
            workers.append(asyncio.create_task(work(queue, concurrency=4)))
            gates.append(replace(bench.gate, database=database, defer=jobs.defer))
        yield gates
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)


async def test_everything_is_answered_once_and_in_order(bench: Any, gates: list[Gate]) -> None:
    async def converse(conversation: UUID) -> None:
        for text in SAID:
            key = uuid4().hex
            inbound = Inbound(f"web:{conversation}:{key}", key, text=text)
            one, other = await asyncio.gather(*(gate.accept(conversation, inbound) for gate in gates))  # sent again before it was answered
            assert one == other

    async def heard(conversation: UUID, author: str) -> list[str]:
        return [message.text for message in (await bench.history(conversation))[1:] if message.author == author]

    conversations = [await bench.conversation() for _ in range(6)]
    await asyncio.gather(*(converse(conversation) for conversation in conversations))
    async with asyncio.timeout(60):
        for conversation in conversations:
            while len(await heard(conversation, "bot")) < len(SAID):
                continue
    for conversation in conversations:
        assert await heard(conversation, "citizen") == SAID
        assert await heard(conversation, "bot") == [f"echo: {text}" for text in SAID]
