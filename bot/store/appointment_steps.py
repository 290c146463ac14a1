"""Repository of steps: each attempt to book or move, by idempotency key, so that a crash halfway can be finished or undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Row, delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.appointment import Hold
from bot.store.appointment_rows import hold_from_json, hold_to_json
from bot.store.appointment_tables import appointment_step as table

StepStatus = Literal["sent", "certain", "done"]


@dataclass(frozen=True)
class Step:
    """One attempt: sent to the calendar, certain there, and (when an old time is given up too) done."""

    key: str
    reference: str
    kind: Literal["book", "move"]
    hold: Hold
    status: StepStatus
    gives_up: str | None = None
    gives_up_backend: str | None = None


def _noun(row: Row[tuple[object, ...]]) -> Step:
    return Step(row.key, row.reference, row.kind, hold_from_json(row.hold), row.status, row.gives_up, row.gives_up_backend)


async def add(connection: AsyncConnection, step: Step, now: datetime) -> bool:
    """Begin a step; False when its key began one before."""
    statement = upsert(table).values(
        key=step.key,
        reference=step.reference,
        kind=step.kind,
        hold=hold_to_json(step.hold),
        status=step.status,
        gives_up=step.gives_up,
        gives_up_backend=step.gives_up_backend,
        created_at=now,
    )
    return await connection.scalar(statement.on_conflict_do_nothing().returning(table.c.key)) is not None


async def find(connection: AsyncConnection, key: str) -> Step | None:
    """The step that this key began."""
    row = (await connection.execute(select(table).where(table.c.key == key))).one_or_none()
    return _noun(row) if row else None


async def reach(connection: AsyncConnection, key: str, status: StepStatus) -> None:
    """Say how far a step is."""
    await connection.execute(update(table).where(table.c.key == key).values(status=status))


async def remove(connection: AsyncConnection, key: str) -> None:
    """Undo a step that did nothing."""
    await connection.execute(delete(table).where(table.c.key == key))


async def unfinished(connection: AsyncConnection, before: datetime) -> tuple[Step, ...]:
    """Steps that began before a moment and are not done, the oldest first."""
    rows = await connection.execute(select(table).where(table.c.status != "done", table.c.created_at < before).order_by(table.c.created_at))
    return tuple(_noun(row) for row in rows)
