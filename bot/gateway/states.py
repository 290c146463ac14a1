"""The state of a conversation as docs/protocol.md gives it to a client."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock, local, utc_now
from bot.gateway.errors import Moved, UnknownConversation
from bot.gateway.starts import WEBSITE
from bot.handoff.waiting import place_of
from bot.model.conversation import Message
from bot.store import conversations, messages, ownership, turns
from bot.store.database import Database


async def read_state(database: Database, conversation_id: UUID, after: int, clock: Clock = utc_now) -> dict[str, Any]:
    """Owner, typing, place in the queue and every message after `after`. Raises UnknownConversation or Moved."""
    async with database.snapshot() as connection:
        conversation = await conversations.find(connection, conversation_id)
        if conversation is None:
            raise UnknownConversation
        if conversation.channel != WEBSITE:
            raise Moved
        # Read for every message of everybody who has a page open: nothing is asked that the row tells already.
        news = await messages.after(connection, conversation_id, after) if conversation.last_seq > after else []
        with_agent = conversation.owner == "agent"
        typing = await (ownership.is_agent_typing if with_agent else turns.is_owed)(connection, conversation_id)
        waiting = await _waiting(connection, conversation_id, clock) if conversation.owner == "queued" else None
    return {
        "owner": conversation.owner,
        "typing": typing,
        "waiting": waiting,
        "municipality": conversation.municipality,
        "messages": [show_message(message) for message in news],
    }


async def _waiting(connection: AsyncConnection, conversation_id: UUID, clock: Clock) -> dict[str, Any] | None:
    holding = await ownership.find(connection, conversation_id)
    if holding is None:
        return None
    place = await place_of(connection, holding, clock())
    return {"place": place.number, "minutes": place.minutes}


def show_message(message: Message) -> dict[str, Any]:
    """One message as a client gets it."""
    shown: dict[str, Any] = {
        "seq": message.seq,
        "author": message.author,
        "text": message.text,
        "at": local(message.created_at).isoformat(timespec="seconds"),
        "choices": [{"id": choice.id, "title": choice.title} for choice in message.choices],
        "meta": message.meta,
    }
    if message.client_id is not None:
        shown["client_id"] = message.client_id
    return shown
