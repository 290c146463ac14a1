"""The state of a conversation as docs/protocol.md gives it to a client."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from bot.clock import Clock, local, utc_now
from bot.gateway.errors import Moved, UnknownConversation
from bot.gateway.starts import WEBSITE
from bot.handoff.waiting import place_of
from bot.model.conversation import Message
from bot.store import ownership, views
from bot.store.database import Database
from bot.store.feedback import Judgement


async def read_state(database: Database, conversation_id: UUID, after: int, clock: Clock = utc_now) -> dict[str, Any]:
    """Owner, typing, place in the queue and every message after `after`. Raises UnknownConversation or Moved."""
    async with database.statement() as connection:
        view = await views.read(connection, conversation_id, after)
    if view is None:
        raise UnknownConversation
    if view.channel != WEBSITE:
        raise Moved
    return {
        "owner": view.owner,
        "typing": view.typing,
        "waiting": await _waiting(database, conversation_id, clock) if view.owner == "queued" else None,
        "municipality": view.municipality,
        "messages": [show_message(message) | _judged(view.judgements.get(message.seq)) for message in view.messages],
    }


def _judged(given: Judgement | None) -> dict[str, Any]:
    return {"judgement": {"helpful": given.helpful, "reason": given.reason}} if given else {}


async def _waiting(database: Database, conversation_id: UUID, clock: Clock) -> dict[str, Any] | None:
    async with database.snapshot() as connection:
        holding = await ownership.find(connection, conversation_id)
        if holding is None or holding.owner != "queued":
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
