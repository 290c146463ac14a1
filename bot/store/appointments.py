"""Repository of bookings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.appointment import Booking, Hold
from bot.store.appointment_rows import booking_of, customer_to_json, wish_to_json
from bot.store.appointment_tables import appointment as table
from bot.store.appointment_tables import appointment_step

_MOST_FOUND = 50
"""Rows that a search of the desk gives at most."""


async def add(connection: AsyncConnection, booking: Booking) -> bool:
    """Store a new booking; False when its reference is taken."""
    statement = upsert(table).values(
        reference=booking.reference,
        conversation_id=booking.conversation_id,
        municipality=booking.wish.municipality,
        wish=wish_to_json(booking.wish),
        location=booking.slot.location,
        starts=booking.slot.starts,
        ends=booking.slot.ends,
        customer=customer_to_json(booking.customer),
        status=booking.status,
        backend=booking.backend,
        external_id=booking.external_id,
        author=booking.author,
        created_at=booking.created_at,
        changed_at=booking.created_at,
    )
    return await connection.scalar(statement.on_conflict_do_nothing().returning(table.c.reference)) is not None


async def remove(connection: AsyncConnection, reference: str) -> None:
    """Remove a booking that never was."""
    await connection.execute(delete(table).where(table.c.reference == reference, table.c.status == "unsure"))


async def find(connection: AsyncConnection, reference: str) -> Booking | None:
    """The booking with this reference."""
    row = (await connection.execute(select(table).where(table.c.reference == reference))).one_or_none()
    return booking_of(row) if row else None


async def confirm(connection: AsyncConnection, reference: str, external_id: str, now: datetime) -> None:
    """The calendar has it: the booking is sure."""
    await connection.execute(
        update(table)
        .where(table.c.reference == reference, table.c.status == "unsure")
        .values(status="booked", external_id=external_id, changed_at=now)
    )


async def move(
    connection: AsyncConnection, booking: Booking, hold: Hold, external_id: str, backend: str, now: datetime, author: str | None
) -> bool:
    """Give `booking` the time of `hold`; False when in the meantime it got another one or was cancelled."""
    result = await connection.execute(
        update(table)
        .where(table.c.reference == booking.reference, table.c.external_id == booking.external_id, table.c.status == "booked")
        .values(
            external_id=external_id,
            backend=backend,
            wish=wish_to_json(hold.wish),
            location=hold.slot.location,
            starts=hold.slot.starts,
            ends=hold.slot.ends,
            moves=table.c.moves + 1,
            changed_by=author,
            changed_at=now,
        )
    )
    return result.rowcount == 1


async def cancel(connection: AsyncConnection, booking: Booking, now: datetime, author: str | None) -> bool:
    """Mark a booking as cancelled; False when in the meantime it got another time."""
    result = await connection.execute(
        update(table)
        .where(table.c.reference == booking.reference, table.c.external_id == booking.external_id, table.c.status != "unsure")
        .values(status="cancelled", changed_by=author, changed_at=now)
    )
    return result.rowcount == 1


async def coming_of_conversation(connection: AsyncConnection, conversation_id: UUID, now: datetime) -> tuple[Booking, ...]:
    """What was booked in a conversation and has not ended, the first one first."""
    query = select(table).where(table.c.conversation_id == conversation_id, table.c.status == "booked", table.c.ends > now)
    return await _found(connection, query.order_by(table.c.starts, table.c.reference))


async def between(
    connection: AsyncConnection, municipality: str, places: Sequence[str], first: datetime, last: datetime
) -> tuple[Booking, ...]:
    """Every booking of a municipality's citizens, or at one of `places`, that begins between two moments, in time order."""
    ours = or_(table.c.municipality == municipality, table.c.location.in_(places))
    query = select(table).where(ours, table.c.starts >= first, table.c.starts < last)
    return await _found(connection, query.order_by(table.c.starts, table.c.reference))


async def search(connection: AsyncConnection, municipality: str | None, words: str) -> tuple[Booking, ...]:
    """The newest bookings whose reference, surname, e-mail address or phone number holds `words`, without regard to case."""
    customer = table.c.customer
    fields = (table.c.reference, customer["last_name"].astext, customer["email"].astext, customer["phone"].astext)
    fits = or_(*(column.icontains(words, autoescape=True) for column in fields))
    query = select(table).where(fits).order_by(table.c.created_at.desc(), table.c.reference).limit(_MOST_FOUND)
    return await _found(connection, query if municipality is None else query.where(table.c.municipality == municipality))


async def forget(connection: AsyncConnection, before: datetime) -> int:
    """Remove the personal data of appointments that ended before a moment, and how they were booked; gives how many."""
    old = select(table.c.reference).where(table.c.ends < before)
    await connection.execute(delete(appointment_step).where(appointment_step.c.reference.in_(old)))
    result = await connection.execute(
        update(table).where(table.c.ends < before, table.c.customer != {}).values(customer={}, conversation_id=None)
    )
    return result.rowcount


async def _found(connection: AsyncConnection, query: Select[tuple[object, ...]]) -> tuple[Booking, ...]:
    return tuple(booking_of(row) for row in await connection.execute(query))
