"""A process that books and is killed meanwhile: python -m … SYSTEM PORT DATABASE."""

from __future__ import annotations

import asyncio
import sys

from bot.store.database import Database
from tests.appointments.backends.systems import SYSTEMS
from tests.appointments.builders import DE_VRIES, NOW, amsterdam, hold, wish


async def book(name: str, port: int, address: str) -> None:
    system = SYSTEMS[name]()  # type: ignore[index]
    system.server.port = port
    backend = system.build(
        Database(address),
        lambda: NOW,
    )
    backend_slots = await backend.slots(wish(), "castricum", amsterdam(3, 9).date(), amsterdam(3, 9).date())
    await backend.book("key-1", hold(backend_slots[0]), DE_VRIES)


if __name__ == "__main__":
    asyncio.run(book(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
