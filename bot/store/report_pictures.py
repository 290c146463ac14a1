"""Repository of what citizens send for a report: pictures, and the place that they shared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.report import Gathered, ReportPlace
from bot.store.report_tables import report_picture, report_place


async def with_key(connection: AsyncConnection, conversation_id: UUID, key: str) -> UUID | None:
    """The picture that this conversation sent under this key."""
    same = (report_picture.c.conversation_id == conversation_id, report_picture.c.key == key)
    found: UUID | None = await connection.scalar(select(report_picture.c.id).where(*same))
    return found


async def add(connection: AsyncConnection, conversation_id: UUID, key: str, content: bytes, now: datetime) -> UUID:
    """Keep a picture that belongs to no report yet; the same key gives the first one."""
    values = {"id": uuid4(), "conversation_id": conversation_id, "key": key, "content": content, "created_at": now}
    await connection.execute(upsert(report_picture).values(**values).on_conflict_do_nothing(index_elements=["conversation_id", "key"]))
    kept = await with_key(connection, conversation_id, key)
    assert kept is not None  # noqa: S101 - it was there, or was put there just now
    return kept


async def count_unclaimed(connection: AsyncConnection, conversation_id: UUID, since: datetime) -> int:
    """How many pictures of this conversation wait for a report."""
    query = select(func.count()).select_from(report_picture).where(*_unclaimed(conversation_id, since))
    return int(await connection.scalar(query) or 0)


async def keep_place(connection: AsyncConnection, conversation_id: UUID, latitude: float, longitude: float, now: datetime) -> None:
    """Keep the place that was shared last."""
    values = {"latitude": latitude, "longitude": longitude, "created_at": now}
    await connection.execute(
        upsert(report_place)
        .values(conversation_id=conversation_id, **values)
        .on_conflict_do_update(index_elements=["conversation_id"], set_=values)
    )


async def gathered(connection: AsyncConnection, conversation_id: UUID, since: datetime) -> Gathered:
    """What was sent since a moment and is in no report yet, pictures in the order in which they came."""
    query = select(report_picture.c.id).where(*_unclaimed(conversation_id, since))
    pictures = await connection.execute(query.order_by(report_picture.c.created_at, report_picture.c.id))
    shared = select(report_place).where(report_place.c.conversation_id == conversation_id, report_place.c.created_at > since)
    place = (await connection.execute(shared)).one_or_none()
    return Gathered(tuple(pictures.scalars()), ReportPlace(None, place.latitude, place.longitude) if place else None)


async def take_back(connection: AsyncConnection, conversation_id: UUID, message_key: str) -> int:
    """Forget what came with a message that the citizen took back, as far as it is in no report; how many pictures went."""
    theirs = report_picture.c.key.startswith(f"{message_key}:", autoescape=True)
    mine = (report_picture.c.conversation_id == conversation_id, report_picture.c.report_id.is_(None))
    return (await connection.execute(delete(report_picture).where(theirs, *mine))).rowcount


async def claim(connection: AsyncConnection, report_id: UUID, conversation_id: UUID, pictures: Sequence[UUID]) -> None:
    """These pictures, as far as this conversation sent them and they are in no report, belong to the report; the shared place is used."""
    free = (report_picture.c.conversation_id == conversation_id, report_picture.c.report_id.is_(None))
    await connection.execute(update(report_picture).where(report_picture.c.id.in_(pictures), *free).values(report_id=report_id))
    await connection.execute(delete(report_place).where(report_place.c.conversation_id == conversation_id))


async def content_of(connection: AsyncConnection, picture_id: UUID) -> bytes | None:
    """The JPEG itself, of a picture that belongs to a report."""
    claimed = (report_picture.c.id == picture_id, report_picture.c.report_id.is_not(None))
    content: bytes | None = await connection.scalar(select(report_picture.c.content).where(*claimed))
    return content


async def content_in(connection: AsyncConnection, conversation_id: UUID, picture_id: UUID) -> bytes | None:
    """The JPEG itself, of a picture that was sent in this conversation, in a report or not."""
    mine = (report_picture.c.id == picture_id, report_picture.c.conversation_id == conversation_id)
    content: bytes | None = await connection.scalar(select(report_picture.c.content).where(*mine))
    return content


async def forget(connection: AsyncConnection, before: datetime) -> int:
    """Remove pictures and places that became part of no report in time, and pictures whose conversation is gone; how many pictures."""
    alone = or_(report_picture.c.created_at < before, report_picture.c.conversation_id.is_(None))
    gone = await connection.execute(delete(report_picture).where(report_picture.c.report_id.is_(None), alone))
    await connection.execute(delete(report_place).where(report_place.c.created_at < before))
    return int(gone.rowcount)


def _unclaimed(conversation_id: UUID, since: datetime) -> tuple[ColumnElement[bool], ...]:
    mine = report_picture.c.conversation_id == conversation_id
    return (mine, report_picture.c.report_id.is_(None), report_picture.c.created_at > since)
