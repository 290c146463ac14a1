"""Repository of reports about public space."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, delete, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.report import Report, ReportPlace, Standing
from bot.store.report_tables import report, report_picture

_NOT_THE_NOUNS = {"idempotency_key", "place_words", "latitude", "longitude", "external_id", "attempts", "handled_by"} | {
    "due_at",
    "sent_at",
    "looked_at",
}


def _noun(row: Any) -> Report:
    values = dict(row._mapping)
    place = ReportPlace(values["place_words"], values["latitude"], values["longitude"])
    kept = {name: value for name, value in values.items() if name not in _NOT_THE_NOUNS}
    return Report(**{**kept, "place": place, "pictures": tuple(values["pictures"])})


def _reports() -> Select[Any]:
    of_it = select(report_picture.c.id).where(report_picture.c.report_id == report.c.id)
    ordered = of_it.order_by(report_picture.c.created_at, report_picture.c.id).correlate(report).scalar_subquery()
    return select(report, func.array(ordered).label("pictures"))


def _for_a_person(late: datetime) -> ColumnElement[bool]:
    """Open, and ours to deal with: in our own list, or on its way elsewhere in trouble or since before `late`."""
    ours = or_(report.c.backend == "own", report.c.trouble.is_not(None), report.c.created_at < late)
    return and_(report.c.state == "received", ours)


async def add(connection: AsyncConnection, key: str, made: Report, due_at: datetime | None) -> bool:
    """Store a report that was not stored with this key yet; False when it was, or when its reference is taken.

    `due_at` is when it is to be passed on. Pictures are claimed apart.
    """
    values = {
        "id": made.id,
        "reference": made.reference,
        "idempotency_key": key,
        "conversation_id": made.conversation_id,
        "municipality": made.municipality,
        "product": made.product,
        "text": made.text,
        "place_words": made.place.words,
        "latitude": made.place.latitude,
        "longitude": made.place.longitude,
        "email": made.email,
        "phone": made.phone,
        "promised_on": made.promised_on,
        "backend": made.backend,
        "due_at": due_at,
        "created_at": made.created_at,
    }
    return await connection.scalar(upsert(report).values(**values).on_conflict_do_nothing().returning(report.c.id)) is not None


async def with_key(connection: AsyncConnection, key: str) -> Report | None:
    """The report that was handed in with this key."""
    return await _one(connection, report.c.idempotency_key == key)


async def with_reference(connection: AsyncConnection, reference: str) -> Report | None:
    """The report that a citizen knows by this reference."""
    return await _one(connection, report.c.reference == reference)


async def with_id(connection: AsyncConnection, id_: UUID) -> Report | None:
    """The report with this id."""
    return await _one(connection, report.c.id == id_)


async def newest_of(connection: AsyncConnection, conversation_id: UUID) -> Report | None:
    """The last report of this conversation."""
    query = _reports().where(report.c.conversation_id == conversation_id).order_by(report.c.created_at.desc(), report.c.id).limit(1)
    row = (await connection.execute(query)).one_or_none()
    return _noun(row) if row else None


async def references_of(connection: AsyncConnection, conversation_id: UUID) -> list[str]:
    """The numbers of the reports of this conversation, newest first."""
    query = select(report.c.reference).where(report.c.conversation_id == conversation_id)
    return list(await connection.scalars(query.order_by(report.c.created_at.desc(), report.c.reference)))


async def open_ones(
    connection: AsyncConnection, municipalities: Collection[str] | None, late: datetime, most: int | None = None
) -> list[Report]:
    """Reports that wait for a person, the one promised first on top, at most `most`; of every municipality when None."""
    query = _reports().where(_for_a_person(late)).order_by(report.c.promised_on, report.c.created_at, report.c.id)
    if municipalities is not None:
        query = query.where(report.c.municipality.in_(municipalities))
    return [_noun(row) for row in await connection.execute(query.limit(most))]


async def count_open(connection: AsyncConnection, municipalities: Collection[str] | None, late: datetime) -> int:
    """How many reports wait for a person."""
    query = select(func.count()).select_from(report).where(_for_a_person(late))
    if municipalities is not None:
        query = query.where(report.c.municipality.in_(municipalities))
    return int(await connection.scalar(query) or 0)


async def standing(connection: AsyncConnection, late: datetime, today: date) -> Standing:
    """How the list stands, without reading it: every open desk asks this at every change."""
    each = func.concat_ws("|", report.c.id, report.c.trouble)
    listed = func.string_agg(each, aggregate_order_by(literal(","), report.c.id))
    overdue = func.count().filter(report.c.promised_on < today)
    query = select(func.count(), overdue, func.md5(func.coalesce(listed, ""))).select_from(report).where(_for_a_person(late))
    row = (await connection.execute(query)).one()
    return Standing(int(row[0]), int(row[1]), f"{row[1]}-{row[2]}")


async def finish(connection: AsyncConnection, id_: UUID, agent_id: UUID | None, now: datetime) -> bool:
    """Mark a report as handled; False when it was already."""
    result = await connection.execute(
        update(report)
        .where(report.c.id == id_, report.c.state != "handled")
        .values(state="handled", handled_at=now, handled_by=agent_id, due_at=None)
    )
    return result.rowcount == 1


async def forget(connection: AsyncConnection, before: datetime) -> int:
    """Empty reports that were handled or passed on before a moment of whatever tells about somebody; how many.

    What was reported, where in words or degrees, and by whom goes; which product, municipality, days and numbers stay.
    """
    over = func.coalesce(report.c.handled_at, report.c.sent_at) < before
    values = {"place_words": None, "latitude": None, "longitude": None, "email": None, "phone": None, "conversation_id": None}
    emptied = await connection.execute(
        update(report)
        .where(report.c.state.in_(("handled", "passed_on")), over, report.c.text != "")
        .values(text="", **values)
        .returning(report.c.id)
    )
    gone = list(emptied.scalars())
    await connection.execute(delete(report_picture).where(report_picture.c.report_id.in_(gone)))
    return len(gone)


async def _one(connection: AsyncConnection, condition: ColumnElement[bool]) -> Report | None:
    row = (await connection.execute(_reports().where(condition))).one_or_none()
    return _noun(row) if row else None
