"""Removes what citizens sent for a report that was never made, and the personal side of reports that are over; run by the worker."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from psycopg import Error as DriverError
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.logs import logger
from bot.store import report_pictures, reports
from bot.store.database import Database

log = logger()

_EVERY = timedelta(minutes=5)
_UNCLAIMED = timedelta(days=1)
"""As long as what was sent waits for its report."""


@dataclass(frozen=True)
class Upkeep:
    """Forgets; `keep_days` after a report was handled or passed on nobody needs more of it than the numbers."""

    database: Database
    clock: Clock
    keep_days: int

    async def run(self) -> None:
        """Make rounds for ever; an error of the database only skips a round."""
        while True:
            try:
                await self.forget()
            except (SQLAlchemyError, DriverError) as error:
                log.warning("reports_upkeep_failed", error=type(error).__name__)
            await asyncio.sleep(_EVERY.total_seconds())

    async def forget(self) -> tuple[int, int]:
        """How many pictures of no report went, and how many reports were emptied; twice, or two at once, does no harm."""
        now = self.clock()
        async with self.database.transaction() as connection:
            pictures = await report_pictures.forget(connection, now - _UNCLAIMED)
        async with self.database.transaction() as connection:
            emptied = await reports.forget(connection, now - timedelta(days=self.keep_days))
        if pictures or emptied:
            log.info("reports_forgotten", pictures=pictures, reports=emptied)
        return pictures, emptied
