"""Repository of our own calendar: when each desk is busy; the table's exclusion constraint forbids double booking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.appointment import Slot
from bot.store.appointment_tables import calendar_desk, calendar_entry


@dataclass(frozen=True)
class Entry:
    """A stretch in which desk `number` of a resource is held or booked; `busy_until` includes the way to the next one."""

    id: UUID
    number: int
    starts: datetime
    ends: datetime
    busy_until: datetime


async def busy(connection: AsyncConnection, resource: str, first: datetime, last: datetime, now: datetime) -> tuple[Entry, ...]:
    """What is booked, or held at `now`, between two moments."""
    rows = await connection.execute(
        select(calendar_entry.c.id, calendar_desk.c.number, calendar_entry.c.starts, calendar_entry.c.ends, calendar_entry.c.busy_until)
        .join(calendar_desk)
        .where(calendar_desk.c.resource == resource, calendar_entry.c.starts < last, calendar_entry.c.busy_until > first)
        .where(or_(calendar_entry.c.held_until.is_(None), calendar_entry.c.held_until > now))
    )
    return tuple(Entry(*row) for row in rows)


async def desk_ids(connection: AsyncConnection, resource: str, numbers: Sequence[int]) -> dict[int, int]:
    """The ids of these desks of a resource, by number; they are made at the first asking."""
    query = select(calendar_desk.c.number, calendar_desk.c.id).where(calendar_desk.c.resource == resource)
    found = {number: id_ for number, id_ in await connection.execute(query)}
    missing = [number for number in numbers if number not in found]
    if missing:
        rows = [{"resource": resource, "number": number} for number in missing]
        await connection.execute(upsert(calendar_desk).values(rows).on_conflict_do_nothing())
        found = {number: id_ for number, id_ in await connection.execute(query)}
    return {number: found[number] for number in numbers}


async def forget_expired(connection: AsyncConnection, desks: Sequence[int], first: datetime, last: datetime, now: datetime) -> None:
    """Free these desks of holds that expired, between two moments; rows that somebody else is freeing are left to them."""
    expired = (
        select(calendar_entry.c.id)
        .where(calendar_entry.c.desk_id.in_(desks), calendar_entry.c.held_until <= now)
        .where(calendar_entry.c.starts < last, calendar_entry.c.busy_until > first)
        .with_for_update(skip_locked=True)
    )
    await connection.execute(delete(calendar_entry).where(calendar_entry.c.id.in_(expired)))


async def hold(connection: AsyncConnection, id_: UUID, desk: int, slot: Slot, busy_until: datetime, held_until: datetime) -> bool:
    """Keep a stretch of one desk; False when the database refuses it because the desk is not free (or the id is in use)."""
    values = {"location": slot.location, "starts": slot.starts, "ends": slot.ends, "busy_until": busy_until, "held_until": held_until}
    statement = upsert(calendar_entry).values(id=id_, desk_id=desk, **values)
    return await connection.scalar(statement.on_conflict_do_nothing().returning(calendar_entry.c.id)) is not None


async def book(connection: AsyncConnection, id_: UUID, key: str, now: datetime) -> bool:
    """Turn a hold that has not expired into a booking; True also when `key` did so before."""
    result = await connection.execute(
        update(calendar_entry)
        .where(calendar_entry.c.id == id_, or_(calendar_entry.c.held_until > now, calendar_entry.c.booked_key == key))
        .values(held_until=None, booked_key=key)
    )
    return result.rowcount == 1


async def release(connection: AsyncConnection, id_: UUID) -> None:
    """Remove a hold; a booking stays."""
    await connection.execute(delete(calendar_entry).where(calendar_entry.c.id == id_, calendar_entry.c.held_until.is_not(None)))


async def cancel(connection: AsyncConnection, id_: UUID) -> None:
    """Remove a hold or booking, if it is there."""
    await connection.execute(delete(calendar_entry).where(calendar_entry.c.id == id_))


async def find(connection: AsyncConnection, id_: UUID) -> Slot | None:
    """When and where a booking is; None when it is not there (any more)."""
    query = select(calendar_entry.c.location, calendar_entry.c.starts, calendar_entry.c.ends)
    row = (await connection.execute(query.where(calendar_entry.c.id == id_, calendar_entry.c.held_until.is_(None)))).one_or_none()
    return Slot(row.location, row.starts.astimezone(timezone.utc), row.ends.astimezone(timezone.utc)) if row else None


async def forget(connection: AsyncConnection, before: datetime, now: datetime) -> int:
    """Remove what ended before a moment and every expired hold; gives how many."""
    gone = or_(calendar_entry.c.busy_until < before, calendar_entry.c.held_until <= now)
    return (await connection.execute(delete(calendar_entry).where(gone))).rowcount
