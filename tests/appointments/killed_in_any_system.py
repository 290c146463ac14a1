"""Books in the calendar of any system, says so, and waits to be killed: python -m … DATABASE HOLD SYSTEM PORT."""

from __future__ import annotations

import asyncio
import sys
from uuid import UUID

from bot.store.database import Database
from tests.appointments.backends.systems import SYSTEMS
from tests.appointments.builders import DE_VRIES
from tests.appointments.test_every_system import own_rules
from tests.appointments.town import Town


async def main(address: str, hold_id: UUID, name: str, port: int) -> None:
    database = Database(address)
    if name == "own":
        town = Town(database, planning=own_rules(2))
    else:
        system = SYSTEMS[name]()  # type: ignore[index]
        system.server.port = port
        town = Town(database, planning=system.rules, settings=system.settings())
    calendar = town.service.calendars.of("castricum")
    really_book = calendar.book

    async def book_and_wait(*arguments: object) -> str:
        await really_book(*arguments)  # type: ignore[arg-type]
        print("booked in the calendar", flush=True)
        await asyncio.sleep(600)
        raise AssertionError("nobody killed this process")

    calendar.book = book_and_wait  # type: ignore[method-assign]
    await town.service.book("key-1", hold_id, DE_VRIES)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], UUID(sys.argv[2]), sys.argv[3], int(sys.argv[4])))
