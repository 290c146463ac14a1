"""Books a hold in the calendar, says so, and then waits to be killed before our own books know it."""

from __future__ import annotations

import asyncio
import sys
from uuid import UUID

from bot.store.database import Database
from tests.appointments.town import DE_VRIES, Town, place, rules


async def main(address: str, hold_id: UUID) -> None:
    town = Town(Database(address), planning=rules(place()))
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
    asyncio.run(main(sys.argv[1], UUID(sys.argv[2])))
