"""Passes reports on to the systems of municipalities: each once, as fast as that system allows, for as long as it takes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from psycopg import Error as DriverError
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.knowledge.library import Library
from bot.logs import logger
from bot.model.report import Report, ReportPolicy, ReportTrouble
from bot.reports.errors import ElsewhereRefuses, ElsewhereUnavailable, ElsewhereUnsure
from bot.reports.protocol import Backend
from bot.store import report_passing
from bot.store.database import Database, announce_desk
from bot.store.report_passing import Claim, PictureLeft

log = logger()

_EVERY_SECONDS = 5.0
_WAITS = tuple(timedelta(seconds=seconds) for seconds in (30, 120, 600, 1800, 3600))
"""Between tries; the last goes on for ever: a report is not given up, and after two hours the desk shows it too."""

_HELD = timedelta(minutes=5)
"""How long a system is left alone that says it has enough and not for how long."""

_DEAD = timedelta(minutes=10)
"""No call lasts so long: who sent something before that and wrote down nothing is gone."""

_MOST_PICTURE_TRIES = 20

_LETTER = timedelta(seconds=30)
"""Before pictures follow to a report with an address: Signalen writes to it first, and that changes the report as a picture does."""


@dataclass(frozen=True)
class Passing:
    """The rounds of a worker; any number of workers may make them at once."""

    database: Database
    backends: Mapping[str, Backend]
    library: Callable[[], Library]
    clock: Clock
    per_hour: int

    async def run(self) -> None:
        """Make rounds for ever; an error of the database only skips a round."""
        while True:
            try:
                await self.round()
            except (SQLAlchemyError, DriverError) as error:
                log.warning("reports_round_failed", error=type(error).__name__)
            await asyncio.sleep(_EVERY_SECONDS)

    async def round(self) -> int:
        """Pass on everything that is due; how many reports were looked at."""
        number = 0
        await self._recover()
        while self.backends and (claim := await self._take()) is not None:
            number += 1
            await _to_the_end(self._pass(claim))
        return number

    async def _recover(self) -> None:
        now = self.clock()
        async with self.database.transaction() as connection:
            if unsure := await report_passing.recover(connection, now - _DEAD, now):
                await announce_desk(connection, "reports")
                log.warning("reports_unsure", number=unsure)

    async def _take(self) -> Claim | None:
        async with self.database.transaction() as connection:
            return await report_passing.take(connection, self.clock(), self.backends.keys(), self.per_hour)

    async def _pass(self, claim: Claim) -> None:
        backend, report = self.backends[claim.report.backend], claim.report
        external_id = claim.external_id or await self._make(claim, backend)
        if external_id is None:
            return
        if claim.external_id is None and report.email and report.pictures:
            async with self.database.transaction() as connection:
                await report_passing.again(connection, report.id, self.clock() + _LETTER)
            return
        await self._add_pictures(claim, backend, external_id)

    async def _make(self, claim: Claim, backend: Backend) -> str | None:
        """The id elsewhere; None when it is not there (yet)."""
        report = claim.report
        here = self.library().municipality(report.municipality)
        policy = (here.reports if here else None) or ReportPolicy(report.municipality, "signalen", 0, 0)
        try:
            receipt = await backend.pass_on(report, policy)
        except ElsewhereUnavailable as error:
            await self._wait(claim, error)
        except ElsewhereUnsure as error:
            await self._trouble(report.id, "unsure", error)
        except ElsewhereRefuses as error:
            await self._trouble(report.id, "refused", error)
        else:
            async with self.database.transaction() as connection:
                await report_passing.passed(connection, report.id, receipt.number, receipt.id)
                await announce_desk(connection, "reports")
            log.info("report_passed_on", report=str(report.id), reference=report.reference, elsewhere=receipt.number)
            return receipt.id
        return None

    async def _wait(self, claim: Claim, error: ElsewhereUnavailable) -> None:
        now = self.clock()
        full = str(error) == "http_429"
        pause = timedelta(seconds=error.seconds) if error.seconds else _HELD if full else _pause(claim.attempts)
        async with self.database.transaction() as connection:
            await report_passing.again(connection, claim.report.id, now + pause)
            if full:
                await report_passing.hold(connection, claim.report.backend, now + pause)
        log.warning("report_not_passed_on", report=str(claim.report.id), attempts=claim.attempts, error=str(error))

    async def _trouble(self, report_id: UUID, trouble: ReportTrouble, error: Exception) -> None:
        async with self.database.transaction() as connection:
            await report_passing.in_trouble(connection, report_id, trouble)
            await announce_desk(connection, "reports")
        log.error("report_in_trouble", report=str(report_id), trouble=trouble, error=str(error))

    async def _add_pictures(self, claim: Claim, backend: Backend, external_id: str) -> None:
        """Add what is left of them, one by one, each after a look whether it is there already."""
        async with self.database.transaction() as connection:
            left = await report_passing.pictures_left(connection, claim.report.id)
        for picture in left:
            try:
                await self._add_picture(claim.report, backend, external_id, picture)
            except (ElsewhereUnavailable, ElsewhereUnsure) as error:
                log.warning("picture_not_passed_on", picture=str(picture.id), error=str(error))
                if claim.attempts < _MOST_PICTURE_TRIES:
                    async with self.database.transaction() as connection:
                        await report_passing.again(connection, claim.report.id, self.clock() + _pause(claim.attempts))
                    return
            except ElsewhereRefuses as error:
                log.warning("picture_refused", picture=str(picture.id), error=str(error))
            async with self.database.transaction() as connection:
                await report_passing.picture_passed(connection, picture.id, self.clock())

    async def _add_picture(self, report: Report, backend: Backend, external_id: str, picture: PictureLeft) -> None:
        """Add one picture, unless something was added there since it was sent before: then only its answer was lost."""
        mark = await backend.mark(external_id)
        if picture.mark_before and mark and mark != picture.mark_before:
            log.info("picture_was_there", picture=str(picture.id), report=str(report.id))
            return
        await self._note(picture.id, mark)
        try:
            await backend.add_picture(external_id, picture.content, f"{report.reference}-{report.pictures.index(picture.id) + 1}.jpg")
        except ElsewhereUnavailable:
            await self._note(picture.id, None)  # what changes there from now on is not this picture
            raise

    async def _note(self, picture_id: UUID, mark: str | None) -> None:
        async with self.database.transaction() as connection:
            await report_passing.picture_sending(connection, picture_id, mark)


def _pause(attempts: int) -> timedelta:
    return _WAITS[min(max(attempts, 1), len(_WAITS)) - 1]


async def _to_the_end(work: Coroutine[Any, Any, None]) -> None:
    """Do it even when this process is told to stop: a report that was sent must be written down as sent."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise
