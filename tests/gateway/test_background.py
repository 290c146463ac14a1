"""Work that goes on beside: what falls over begins again, and what is cancelled ends."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from bot.gateway import metrics
from bot.gateway.background import begin_all, end_all


def failures(name: str) -> float:
    return metrics.BACKGROUND_FAILURES.labels(name)._value.get()


async def test_work_that_falls_over_begins_again_and_is_counted() -> None:
    begun: list[int] = []
    third = asyncio.Event()
    before = failures("sending")

    async def work() -> None:
        begun.append(1)
        if len(begun) < 3:
            raise KeyError("unexpected")
        third.set()
        await asyncio.Event().wait()

    tasks = begin_all({"sending": work}, again=0)
    async with asyncio.timeout(30):
        await third.wait()
    await end_all(tasks)
    assert failures("sending") - before == 2
    assert all(task.cancelled() for task in tasks)


async def test_work_that_swallows_its_cancellation_ends_all_the_same() -> None:
    begun = asyncio.Event()

    async def stubborn() -> None:
        begun.set()
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()

    tasks = begin_all({"jobs": stubborn}, again=0)
    async with asyncio.timeout(30):
        await begun.wait()
        await end_all(tasks)
