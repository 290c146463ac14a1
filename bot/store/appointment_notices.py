"""Repository of the marks that a letter or reminder about an appointment was sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, DateTime, ForeignKey, Integer, Table, Text, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import metadata

appointment_notice = Table(
    "appointment_notice",
    metadata,
    Column("reference", Text, ForeignKey("appointment.reference", ondelete="cascade"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("sent_at", DateTime(timezone=True)),
)


async def claim(connection: AsyncConnection, reference: str, kind: str, sequence: int) -> bool:
    """Whether this notice still has to be sent; its row is locked until the transaction ends, so nobody else sends it meanwhile."""
    key = {"reference": reference, "kind": kind, "sequence": sequence}
    await connection.execute(upsert(appointment_notice).values(**key).on_conflict_do_nothing())
    row = await connection.execute(select(appointment_notice.c.sent_at).filter_by(**key).with_for_update())
    return row.scalar_one() is None


async def mark_sent(connection: AsyncConnection, reference: str, kind: str, sequence: int, at: datetime) -> None:
    """Remember that the notice was sent, in the transaction that claimed it."""
    await connection.execute(update(appointment_notice).filter_by(reference=reference, kind=kind, sequence=sequence).values(sent_at=at))
