"""Repository of attempts to book in somebody else's system: written before they are sent, finished when the answer came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, literal_column, select, update
from sqlalchemy import exists as exists_
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.appointment_tables import appointment_attempt


@dataclass(frozen=True)
class Attempt:
    """One booking that was sent, or was about to be; `external_id` is None as long as no answer is known."""

    key: str
    backend: str
    started_at: datetime
    note: str | None
    external_id: str | None


async def begin(connection: AsyncConnection, key: str, backend: str, now: datetime) -> Attempt | None:
    """Write down that `key` is about to be sent; None when this is the first time, otherwise the attempt that is there."""
    statement = upsert(appointment_attempt).values(key=key, backend=backend, started_at=now)
    # An update that changes nothing gives the row in the same breath; xmax is 0 only for a row that was just inserted.
    statement = statement.on_conflict_do_update(index_elements=["key"], set_={"key": statement.excluded.key})
    columns = appointment_attempt.c
    row = await connection.execute(
        statement.returning(columns.key, columns.backend, columns.started_at, columns.note, columns.external_id, literal_column("xmax = 0"))
    )
    *values, is_first = row.one()
    return None if is_first else Attempt(*values)


async def exists(connection: AsyncConnection, key: str) -> bool:
    """Whether an attempt for `key` is written down, ended or not."""
    return bool(await connection.scalar(select(exists_(select(appointment_attempt.c.key).where(appointment_attempt.c.key == key)))))


async def note(connection: AsyncConnection, key: str, text: str) -> None:
    """Keep what helps to look the attempt up."""
    await connection.execute(update(appointment_attempt).where(appointment_attempt.c.key == key).values(note=text))


async def finish(connection: AsyncConnection, key: str, external_id: str) -> None:
    """Keep the id that the other system gave."""
    await connection.execute(update(appointment_attempt).where(appointment_attempt.c.key == key).values(external_id=external_id, note=None))


async def drop(connection: AsyncConnection, key: str) -> None:
    """Forget an attempt that surely booked nothing, so that the key may be used again."""
    await connection.execute(
        delete(appointment_attempt).where(appointment_attempt.c.key == key, appointment_attempt.c.external_id.is_(None))
    )


async def restart(connection: AsyncConnection, key: str, seen: datetime, now: datetime) -> bool:
    """Take over an attempt that started at `seen` and never ended; False when somebody else did, or it ended after all."""
    result = await connection.execute(
        update(appointment_attempt)
        .where(appointment_attempt.c.key == key, appointment_attempt.c.started_at == seen, appointment_attempt.c.external_id.is_(None))
        .values(started_at=now, note=None)
    )
    return result.rowcount == 1


async def forget(connection: AsyncConnection, before: datetime) -> int:
    """Remove attempts that started before this moment; how many there were."""
    return (await connection.execute(delete(appointment_attempt).where(appointment_attempt.c.started_at < before))).rowcount
