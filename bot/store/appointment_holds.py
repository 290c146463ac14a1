"""Repository of holds: one slot kept for one conversation, whatever calendar it is in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, delete, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.appointment import Hold
from bot.store.appointment_rows import slot_of, wish_from_json, wish_to_json
from bot.store.appointment_tables import appointment_hold as table


def _noun(row: Row[tuple[object, ...]]) -> Hold:
    return Hold(row.id, row.conversation_id, wish_from_json(row.wish), slot_of(row), row.expires, row.backend_ref)


async def put(connection: AsyncConnection, hold: Hold, backend: str) -> None:
    """Keep a hold; it takes the place of the conversation's earlier one, and of itself."""
    values = {
        "conversation_id": hold.conversation_id,
        "wish": wish_to_json(hold.wish),
        "location": hold.slot.location,
        "starts": hold.slot.starts,
        "ends": hold.slot.ends,
        "expires": hold.expires,
        "backend": backend,
        "backend_ref": hold.backend_ref,
    }
    if hold.conversation_id is not None:
        await connection.execute(delete(table).where(table.c.conversation_id == hold.conversation_id, table.c.id != hold.id))
    await connection.execute(upsert(table).values(id=hold.id, **values).on_conflict_do_update(index_elements=["id"], set_=values))


async def find(connection: AsyncConnection, id_: UUID) -> tuple[Hold, str] | None:
    """A hold, expired or not, and the name of its backend."""
    row = (await connection.execute(select(table).where(table.c.id == id_))).one_or_none()
    return (_noun(row), row.backend) if row else None


async def of_conversation(connection: AsyncConnection, conversation_id: UUID) -> tuple[Hold, str] | None:
    """What is kept for a conversation, expired or not, and the name of its backend."""
    row = (await connection.execute(select(table).where(table.c.conversation_id == conversation_id))).one_or_none()
    return (_noun(row), row.backend) if row else None


async def remove(connection: AsyncConnection, id_: UUID) -> None:
    """Remove a hold, if it is there."""
    await connection.execute(delete(table).where(table.c.id == id_))


async def forget(connection: AsyncConnection, before: datetime) -> None:
    """Remove holds that expired before a moment."""
    await connection.execute(delete(table).where(table.c.expires < before))
