"""Passes on what is due to the Signalen at an address, as a worker does; made to be killed."""

from __future__ import annotations

import asyncio
import sys

from bot.reports.backends.locatieserver import Locator
from bot.reports.backends.signalen import Signalen
from bot.reports.passing import Passing
from bot.store.database import Database
from tests.reports.conftest import MONDAY, Town


async def main(database: str, address: str) -> None:
    town = Town()
    backend = Signalen(address, 60.0, "online", lambda: town, Locator("", 1.0))  # type: ignore[arg-type,return-value]
    await Passing(Database(database), {"signalen": backend}, lambda: town, lambda: MONDAY, 60).round()  # type: ignore[arg-type,return-value]


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
