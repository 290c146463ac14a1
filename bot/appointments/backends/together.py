"""Asks once for all who want to know the same at the same moment; they share the answer, or the error."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Told = TypeVar("Told")


class Together(Generic[Told]):
    """Questions under way. Taking turns instead would let a crowd wait for as many time-outs as it has people."""

    def __init__(self) -> None:
        """Nothing is under way."""
        self._asking: dict[Hashable, asyncio.Task[Told]] = {}

    async def ask(self, question: Hashable, ask: Callable[[], Awaitable[Told]]) -> Told:
        """What `ask` gives, or what somebody else's `ask` for the same question is about to give."""
        task = self._asking.get(question)
        if task is None:
            task = asyncio.ensure_future(_run(ask))
            self._asking[question] = task
            task.add_done_callback(lambda done: self._end(question, done))
        # One who gives up must not take the answer away from the others.
        return await asyncio.shield(task)

    def _end(self, question: Hashable, done: asyncio.Task[Told]) -> None:
        self._asking.pop(question, None)
        if not done.cancelled():
            done.exception()  # looked at, also when nobody waits any more


async def _run(ask: Callable[[], Awaitable[Told]]) -> Told:
    return await ask()
