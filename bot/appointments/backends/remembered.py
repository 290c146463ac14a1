"""Keeps what a system tells about itself for a few minutes, and asks once for all who wait for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.appointments.backends.together import Together
from bot.clock import Clock

Told = TypeVar("Told")

_KEPT = timedelta(minutes=5)


class Remembered(Generic[Told]):
    """Answers by question; an error is not remembered."""

    def __init__(self, clock: Clock) -> None:
        """Nothing is known yet."""
        self._clock = clock
        self._told: dict[Hashable, tuple[datetime, Told]] = {}
        self._together: Together[Told] = Together()

    async def get(self, question: Hashable, ask: Callable[[], Awaitable[Told]]) -> Told:
        """What was told in the last five minutes, or what `ask` gives now."""
        told = self._told.get(question)
        if told is not None and self._clock() - told[0] <= _KEPT:
            return told[1]
        new = await self._together.ask(question, ask)
        self._told[question] = self._clock(), new
        return new
