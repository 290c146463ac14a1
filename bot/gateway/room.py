"""Room for what is held in memory while it is read: so many bytes in one process, and who finds no room in time hears so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.gateway.errors import OutOfOrder


class Room:
    """Bytes that may be held at the same time, by however many."""

    def __init__(self, size: int, patience: float) -> None:
        """`size` in bytes, `patience` in seconds."""
        self._free, self._patience = size, patience
        self._left = asyncio.Event()

    @asynccontextmanager
    async def held(self, size: int) -> AsyncIterator[None]:
        """Hold `size` bytes of it, no more than there are in all. Raises OutOfOrder when there is no room for so long."""
        try:
            async with asyncio.timeout(self._patience):
                while self._free < size:
                    self._left.clear()
                    await self._left.wait()
        except TimeoutError as error:
            raise OutOfOrder("no room", retry_after=int(self._patience)) from error
        self._free -= size
        try:
            yield
        finally:
            self._free += size
            self._left.set()
