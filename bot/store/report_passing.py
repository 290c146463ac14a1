"""Repository of the way of reports to another system: what is due, what was sent, and what became of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, case, exists, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.report import Report, ReportTrouble
from bot.store import reports
from bot.store.report_tables import report, report_picture

_LOCK = 72_616_774
"""Key of the advisory lock under which sendings of the last hour are counted and the next is taken."""

_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Claim:
    """A report that one worker passes on now; with `external_id` it is there already and only pictures are left."""

    report: Report
    external_id: str | None
    attempts: int


@dataclass(frozen=True)
class PictureLeft:
    """A picture to be passed on; with `mark_before` it was sent already, and what became of it is not known."""

    id: UUID
    content: bytes
    mark_before: str | None


async def take(connection: AsyncConnection, now: datetime, systems: Collection[str], per_hour: int) -> Claim | None:
    """The report that is due longest, sent from here on; None when nothing is, or when the hour is full."""
    await connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    sent = await connection.scalar(select(func.count()).select_from(report).where(report.c.sent_at > now - _HOUR))
    new = and_(report.c.external_id.is_(None), report.c.state == "received")
    due = select(report.c.id).where(report.c.due_at <= now, report.c.backend.in_(systems))
    due = due.where(report.c.external_id.is_not(None) if (sent or 0) >= per_hour else or_(new, report.c.external_id.is_not(None)))
    first = due.order_by(report.c.due_at, report.c.created_at).limit(1).with_for_update(skip_locked=True).scalar_subquery()
    taken = await connection.execute(
        update(report)
        .where(report.c.id == first)
        .values(due_at=None, sent_at=case((report.c.external_id.is_(None), now), else_=report.c.sent_at), attempts=report.c.attempts + 1)
        .returning(report.c.id, report.c.external_id, report.c.attempts)
    )
    row = taken.one_or_none()
    found = await reports.with_id(connection, row.id) if row else None
    return Claim(found, row.external_id, row.attempts) if found and row else None


async def passed(connection: AsyncConnection, id_: UUID, number: str, external_id: str) -> None:
    """It arrived, under this number; one that an agent marked as handled meanwhile stays so."""
    state = case((report.c.state == "received", "passed_on"), else_=report.c.state)
    values = {"state": state, "elsewhere": number, "external_id": external_id, "trouble": None, "attempts": 0}
    await connection.execute(update(report).where(report.c.id == id_).values(**values))


async def again(connection: AsyncConnection, id_: UUID, due_at: datetime) -> None:
    """Try it again at a moment, unless it was handled meanwhile."""
    await connection.execute(update(report).where(report.c.id == id_, report.c.state != "handled").values(due_at=due_at))


async def hold(connection: AsyncConnection, system: str, until: datetime) -> None:
    """Send this system no new report before a moment: it says that it has enough."""
    due = (report.c.backend == system, report.c.external_id.is_(None), report.c.due_at < until)
    await connection.execute(update(report).where(*due).values(due_at=until))


async def in_trouble(connection: AsyncConnection, id_: UUID, trouble: ReportTrouble) -> None:
    """A person must look at it."""
    await connection.execute(update(report).where(report.c.id == id_, report.c.state == "received").values(trouble=trouble, due_at=None))


async def retry(connection: AsyncConnection, id_: UUID, now: datetime) -> bool:
    """Send a report in trouble once more, because somebody saw that it did not arrive; False when it is not in trouble."""
    result = await connection.execute(
        update(report)
        .where(report.c.id == id_, report.c.state == "received", report.c.trouble.is_not(None))
        .values(trouble=None, due_at=now, attempts=0)
    )
    return result.rowcount == 1


async def recover(connection: AsyncConnection, before: datetime, now: datetime) -> int:
    """Take up what a worker that died left since `before`; how many reports nobody can be sure of.

    A report that was being sent may have arrived: it is `unsure`. Pictures of one that arrived are simply due again.
    """
    left = (report.c.backend != "own", report.c.due_at.is_(None), report.c.sent_at < before)
    unsure = await connection.execute(
        update(report)
        .where(*left, report.c.state == "received", report.c.external_id.is_(None), report.c.trouble.is_(None))
        .values(trouble="unsure")
    )
    waiting = exists().where(report_picture.c.report_id == report.c.id, report_picture.c.passed_on_at.is_(None))
    await connection.execute(update(report).where(*left, report.c.external_id.is_not(None), waiting).values(due_at=now))
    return int(unsure.rowcount)


async def pictures_left(connection: AsyncConnection, id_: UUID) -> list[PictureLeft]:
    """Pictures of a report that were not passed on yet, in order."""
    wanted = (report_picture.c.id, report_picture.c.content, report_picture.c.mark_before)
    query = select(*wanted).where(report_picture.c.report_id == id_, report_picture.c.passed_on_at.is_(None))
    rows = await connection.execute(query.order_by(report_picture.c.created_at, report_picture.c.id))
    return [PictureLeft(row.id, bytes(row.content), row.mark_before) for row in rows]


async def picture_sending(connection: AsyncConnection, picture_id: UUID, mark: str | None) -> None:
    """A picture is sent now, to a report that stands there like this; None: it surely did not arrive."""
    await connection.execute(update(report_picture).where(report_picture.c.id == picture_id).values(mark_before=mark))


async def picture_passed(connection: AsyncConnection, picture_id: UUID, now: datetime) -> None:
    """Nothing more is to be done with a picture."""
    await connection.execute(update(report_picture).where(report_picture.c.id == picture_id).values(passed_on_at=now))


async def may_look(connection: AsyncConnection, id_: UUID, before: datetime, now: datetime) -> str | None:
    """The id elsewhere of a report that was passed on, when nobody has asked there how it stands since `before`."""
    stale = or_(report.c.looked_at.is_(None), report.c.looked_at < before)
    found: str | None = await connection.scalar(
        update(report).where(report.c.id == id_, report.c.state == "passed_on", stale).values(looked_at=now).returning(report.c.external_id)
    )
    return found
