"""Keeps a crowd for one slot from flooding a system without holds: it looks together, and books one after another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.appointments.backends.moments import check_free
from bot.appointments.backends.together import Together
from bot.appointments.errors import BackendUnavailable
from bot.appointments.once import Once
from bot.appointments.protocol import Backend
from bot.model.appointment import Hold

_PATIENCE = 4.0
"""Seconds that one waits for a turn: an action has six (ACTIONS_TIMEOUT)."""


class Turnstile:
    """One at a time books a slot; whoever waits looks again after that, all in one question, and mostly hears a certain no.

    This holds within one process. Between processes the system itself decides, as it must.
    """

    def __init__(self, backend: Backend, once: Once) -> None:
        """Nobody is in it."""
        self._backend = backend
        self._once = once
        self._inside: dict[object, asyncio.Event] = {}
        self._looks: Together[None] = Together()

    async def look(self, hold: Hold) -> None:
        """Look whether the slot is still free, together with whoever looks at this moment. Raises SlotTaken."""
        await self._looks.ask((hold.wish, hold.slot), lambda: check_free(self._backend, hold))

    @asynccontextmanager
    async def turn(self, key: str, hold: Hold) -> AsyncIterator[None]:
        """A turn to book the slot under `key`. Raises SlotTaken, and BackendUnavailable when its turn did not come in time."""
        slot = hold.slot.location, hold.slot.starts
        try:
            async with asyncio.timeout(_PATIENCE):
                entered = await self._enter(slot, key, hold)
        except TimeoutError as error:
            raise BackendUnavailable("too many want this slot at once") from error
        try:
            yield
        finally:
            if entered:
                self._inside.pop(slot).set()

    async def _enter(self, slot: object, key: str, hold: Hold) -> bool:
        """Wait until nobody else books `slot`. False for a key that was sent before: it needs no turn to ask what became of that.

        Its slot is no longer free either, which is no refusal.
        """
        waited = False
        while not await self._once.knows(key):
            if waited:
                await self.look(hold)
            busy = self._inside.get(slot)
            if busy is None:
                self._inside[slot] = asyncio.Event()
                return True
            await busy.wait()
            waited = True
        return False
