"""Asks the system that a report was passed on to how it stands: quickly, not too often, and never in the citizen's way."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.logs import logger
from bot.model.report import Report
from bot.reports.errors import ElsewhereRefuses, ElsewhereUnavailable
from bot.reports.protocol import Backend
from bot.store import report_passing, reports
from bot.store.database import Database

log = logger()

_ASKED_AGAIN = timedelta(minutes=5)
"""How often one report is asked after."""

ASKING_SECONDS = 2.0
"""How long a citizen waits for the other system's word; without it they hear what we know."""


async def ask_elsewhere(database: Database, backends: Mapping[str, Backend], found: Report, now: datetime) -> Report:
    """The report with what the other system says of it now; as it is when that does not answer, or was asked a moment ago."""
    backend = backends.get(found.backend)
    if backend is None or found.state != "passed_on":
        return found
    async with database.transaction() as connection:
        there = await report_passing.may_look(connection, found.id, now - _ASKED_AGAIN, now)
    try:
        async with asyncio.timeout(ASKING_SECONDS):
            if there is None or not await backend.is_closed(there):
                return found
    except (ElsewhereUnavailable, ElsewhereRefuses, TimeoutError) as error:
        log.warning("report_not_asked_after", report=str(found.id), error=type(error).__name__)
        return found
    async with database.transaction() as connection:
        await reports.finish(connection, found.id, None, now)
    return replace(found, state="handled", handled_at=now)
