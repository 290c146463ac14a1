"""Repository of the one-time codes with which a conversation goes on in another channel."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.channel import Arrival
from bot.model.conversation import Conversation
from bot.store import conversations
from bot.store.channel_tables import move_code
from bot.store.tables import conversation


async def offer(connection: AsyncConnection, code_hash: bytes, conversation_id: UUID, expires_at: datetime) -> None:
    """Keep the hash of a conversation's code in the place of an earlier one."""
    values = {"code_hash": code_hash, "expires_at": expires_at}
    await connection.execute(
        upsert(move_code)
        .values(conversation_id=conversation_id, **values)
        .on_conflict_do_update(index_elements=["conversation_id"], set_=values)
    )


async def conversation_of(connection: AsyncConnection, code_hash: bytes, now: datetime, municipality: str | None) -> Conversation | None:
    """The conversation that a valid code belongs to, as far as it may go to `municipality` (None: to any); None when there is none.

    Holds the code and the conversation until the transaction ends, so that of two who send it one gets it.
    """
    valid = (move_code.c.code_hash == code_hash, move_code.c.expires_at > now)
    held = await connection.scalar(select(move_code.c.conversation_id).where(*valid).with_for_update())
    if held is None:
        return None
    await conversations.owner_locked(connection, held)
    found = await conversations.find(connection, held)
    fits = found is not None and (municipality is None or found.municipality in (None, municipality))
    return found if fits else None


async def use(connection: AsyncConnection, conversation_id: UUID, arrival: Arrival, now: datetime) -> None:
    """Use the code up: the conversation is from now on that of the arrival's sender, on the arrival's channel."""
    await connection.execute(delete(move_code).where(move_code.c.conversation_id == conversation_id))
    await connection.execute(
        update(conversation)
        .where(conversation.c.id == conversation_id)
        .values(
            channel=arrival.channel,
            channel_user=arrival.user,
            channel_address=arrival.address,
            municipality=func.coalesce(conversation.c.municipality, arrival.municipality),
            updated_at=now,
        )
    )
