"""Repository of messages and the choices under them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.channel import PUSH_CHANNELS
from bot.model.conversation import Author, Choice, Inbound, Message, OfferedChoice, Owner, Reply
from bot.store import conversations, deliveries
from bot.store.tables import choice, message

_ADD, _ADD_AND_GIVE, _ADD_CHOICE = insert(message), insert(message).returning(message), insert(choice)
"""Made once: at every message, making a statement takes as long as sending it."""


def as_noun(row: Row[Any]) -> Message:
    """A row of the message table, with its id as `id`, as a message."""
    return Message(
        id=row.id,
        conversation_id=row.conversation_id,
        seq=row.seq,
        author=row.author,
        text=row.text,
        created_at=row.created_at,
        choices=tuple(Choice(**item) for item in row.choices),
        meta=row.meta,
        client_id=row.client_id,
    )


async def seq_of_inbound(connection: AsyncConnection, key: str) -> int | None:
    """The number under which a channel's message was stored before, or None."""
    found: int | None = await connection.scalar(select(message.c.seq).where(message.c.inbound_key == key))
    return found


@dataclass(frozen=True)
class StoredInbound:
    """A citizen's message as stored, and who owns its conversation, which nobody changes before the transaction ends."""

    id: UUID
    seq: int
    owner: Owner


async def add_inbound(connection: AsyncConnection, conversation_id: UUID, inbound: Inbound, text: str) -> StoredInbound:
    """Store a citizen's message as `text` (already masked). Raises IntegrityError on a known key."""
    number = await conversations.next_number(connection, conversation_id)
    identifier = uuid4()
    row = {
        "id": identifier,
        "conversation_id": conversation_id,
        "seq": number.seq,
        "author": "citizen",
        "text": text,
        "meta": {"pictures": [str(key) for key in inbound.pictures]} if inbound.pictures else {},
        "client_id": inbound.client_id,
        "inbound_key": inbound.key,
    }
    await connection.execute(_ADD, row)
    return StoredInbound(identifier, number.seq, number.owner)


async def add_reply(
    connection: AsyncConnection,
    conversation_id: UUID,
    reply: Reply,
    in_reply_to: UUID | None = None,
    *,
    inbound_key: str | None = None,
    client_id: str | None = None,
    deliver: bool = True,
) -> Message:
    """Store one message of the bot, an agent or the system, with a fresh one-time id for every choice.

    An agent's message has a key and an id of its own, as a citizen's has. Raises IntegrityError on a known key.
    Without `deliver` it is kept only: the citizen has it already.
    """
    number = await conversations.next_number(connection, conversation_id)
    identifier = uuid4()
    ids = [(secrets.token_urlsafe(12), offered) for offered in reply.choices]
    row = {
        "id": identifier,
        "conversation_id": conversation_id,
        "seq": number.seq,
        "author": reply.author,
        "text": reply.text,
        "choices": [{"id": key, "title": offered.title} for key, offered in ids],
        "meta": reply.meta,
        "in_reply_to": in_reply_to,
        "inbound_key": inbound_key,
        "client_id": client_id,
    }
    stored = as_noun((await connection.execute(_ADD_AND_GIVE, row)).one())
    if ids:
        await connection.execute(_ADD_CHOICE, [_choice_row(key, offered, stored) for key, offered in ids])
    if deliver and number.channel in PUSH_CHANNELS:
        await deliveries.owe(connection, stored)
    return stored


def _choice_row(key: str, offered: OfferedChoice, stored: Message) -> dict[str, Any]:
    return {
        "id": key,
        "conversation_id": stored.conversation_id,
        "message_id": stored.id,
        "title": offered.title,
        "payload": offered.payload,
    }


async def text_of_inbound(connection: AsyncConnection, key: str) -> str | None:
    """The text under which a channel's message was stored, or None."""
    found: str | None = await connection.scalar(select(message.c.text).where(message.c.inbound_key == key))
    return found


async def withdraw(connection: AsyncConnection, key: str, text: str, author: Author = "citizen") -> bool:
    """Put `text` in the place of a message that was taken back, by the channel's id for it; False when it is not there."""
    changed = await connection.execute(
        update(message).where(message.c.inbound_key == key, message.c.author == author).values(text=text, meta={"withdrawn": True})
    )
    return changed.rowcount == 1


async def use_choice(connection: AsyncConnection, conversation_id: UUID, choice_id: str) -> OfferedChoice | None:
    """Use up an open choice of this conversation; None when there is none or it was used before."""
    row = (
        await connection.execute(
            update(choice)
            .where(choice.c.id == choice_id, choice.c.conversation_id == conversation_id, choice.c.used_at.is_(None))
            .values(used_at=func.now())
            .returning(choice.c.title, choice.c.payload)
        )
    ).one_or_none()
    return OfferedChoice(row.title, row.payload) if row else None


async def open_choices(connection: AsyncConnection, conversation_id: UUID) -> list[tuple[str, str]]:
    """Ids and titles of the choices under the newest message that has any, for channels that send titles back."""
    newest = (
        select(choice.c.message_id)
        .join(message, message.c.id == choice.c.message_id)
        .where(choice.c.conversation_id == conversation_id)
        .order_by(message.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = await connection.execute(select(choice.c.id, choice.c.title).where(choice.c.message_id == newest, choice.c.used_at.is_(None)))
    return [(row.id, row.title) for row in rows]


async def open_choices_of(connection: AsyncConnection, message_id: UUID) -> tuple[OfferedChoice, ...]:
    """The choices under a message that were not used, in order, as they were offered."""
    rows = await connection.execute(
        select(choice.c.id, choice.c.title, choice.c.payload).where(choice.c.message_id == message_id, choice.c.used_at.is_(None))
    )
    found = {row.id: OfferedChoice(row.title, row.payload) for row in rows}
    shown = await connection.scalar(select(message.c.choices).where(message.c.id == message_id))
    return tuple(found[item["id"]] for item in shown or () if item["id"] in found)


async def after(connection: AsyncConnection, conversation_id: UUID, seq: int, limit: int = 200) -> list[Message]:
    """Messages with a higher number than `seq`, in order."""
    rows = await connection.execute(
        select(message).where(message.c.conversation_id == conversation_id, message.c.seq > seq).order_by(message.c.seq).limit(limit)
    )
    return [as_noun(row) for row in rows]


async def latest_of_all(connection: AsyncConnection, conversation_id: UUID, limit: int) -> list[Message]:
    """The last messages of everybody, oldest first."""
    query = select(message).where(message.c.conversation_id == conversation_id).order_by(message.c.seq.desc()).limit(limit)
    return [as_noun(row) for row in await connection.execute(query)][::-1]


async def latest(connection: AsyncConnection, conversation_id: UUID, author: Author, limit: int) -> list[Message]:
    """The last messages of one author, oldest first."""
    rows = await connection.execute(
        select(message)
        .where(message.c.conversation_id == conversation_id, message.c.author == author)
        .order_by(message.c.seq.desc())
        .limit(limit)
    )
    return [as_noun(row) for row in rows][::-1]


async def last_reply(connection: AsyncConnection, conversation_id: UUID) -> Message | None:
    """What was said last to the citizen, by whomever; None when nothing was."""
    query = select(message).where(message.c.conversation_id == conversation_id, message.c.author != "citizen")
    row = (await connection.execute(query.order_by(message.c.seq.desc()).limit(1))).one_or_none()
    return as_noun(row) if row else None


async def by_ids(connection: AsyncConnection, identifiers: Sequence[UUID]) -> tuple[Message, ...]:
    """These messages of one conversation, in order."""
    rows = await connection.execute(select(message).where(message.c.id.in_(identifiers)).order_by(message.c.seq))
    return tuple(as_noun(row) for row in rows)
