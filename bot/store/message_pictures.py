"""Repository of pictures that a citizen showed to a person: they hang on their message, and go wherever that goes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import message, message_picture


async def add(connection: AsyncConnection, message_id: UUID, pictures: Mapping[UUID, bytes], now: datetime) -> None:
    """Keep the pictures of a message, by their ids."""
    rows = [{"id": key, "message_id": message_id, "content": content, "created_at": now} for key, content in pictures.items()]
    await connection.execute(insert(message_picture), rows)


async def count_since(connection: AsyncConnection, conversation_id: UUID, since: datetime) -> int:
    """How many pictures of this conversation were kept after a moment."""
    query = select(func.count()).select_from(message_picture).join(message, message.c.id == message_picture.c.message_id)
    return int(
        await connection.scalar(query.where(message.c.conversation_id == conversation_id, message_picture.c.created_at > since)) or 0
    )


async def content_of(connection: AsyncConnection, conversation_id: UUID, picture_id: UUID) -> bytes | None:
    """The JPEG itself, of a picture of this conversation."""
    query = select(message_picture.c.content).join(message, message.c.id == message_picture.c.message_id)
    content: bytes | None = await connection.scalar(
        query.where(message_picture.c.id == picture_id, message.c.conversation_id == conversation_id)
    )
    return content


async def take_back(connection: AsyncConnection, inbound_key: str) -> int:
    """Forget the pictures of a message that the citizen took back, by the channel's id for it; how many went."""
    theirs = select(message.c.id).where(message.c.inbound_key == inbound_key)
    return (await connection.execute(delete(message_picture).where(message_picture.c.message_id.in_(theirs)))).rowcount
