"""Repository of conversations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.channel import Arrival
from bot.model.conversation import Conversation, Owner
from bot.store.tables import conversation, message

CONVERSATION = (
    conversation.c.id,
    conversation.c.channel,
    conversation.c.municipality,
    conversation.c.owner,
    conversation.c.last_seq,
    conversation.c.created_at,
)
"""The columns of which a Conversation is made, in its order."""


_KNOWN = select(message.c.seq).where(message.c.inbound_key == bindparam("inbound")).scalar_subquery()
_FOR = select(*CONVERSATION, _KNOWN).where(conversation.c.id == bindparam("key"))


def _noun(row: Any) -> Conversation:
    return Conversation(*row)


async def create(
    connection: AsyncConnection, conversation_id: UUID, channel: str, municipality: str | None, token_hash: bytes | None
) -> None:
    """Store a new conversation that the bot owns."""
    await connection.execute(
        insert(conversation).values(id=conversation_id, channel=channel, municipality=municipality, owner="bot", token_hash=token_hash)
    )


async def of_channel_user(connection: AsyncConnection, arrival: Arrival, conversation_id: UUID) -> tuple[Conversation, bool]:
    """The one conversation of this user of a channel, made with `conversation_id` if there was none; True when it is new.

    A user known under an older name gets the new one; the address is the newest that the channel gave.
    """
    await _rename(connection, arrival)
    made = await connection.execute(
        upsert(conversation)
        .values(
            id=conversation_id,
            channel=arrival.channel,
            channel_user=arrival.user,
            channel_address=arrival.address,
            municipality=arrival.municipality,
            owner="bot",
        )
        .on_conflict_do_nothing(index_elements=["channel", "channel_user"], index_where=conversation.c.superseded_at.is_(None))
        .returning(conversation.c.id)
    )
    new = made.one_or_none() is not None
    mine = _of(arrival.channel, arrival.user)
    if not new and arrival.address:
        moved = conversation.c.channel_address.is_distinct_from(arrival.address)
        await connection.execute(update(conversation).where(mine, moved).values(channel_address=arrival.address))
    row = await connection.execute(select(*CONVERSATION).where(mine))
    return _noun(row.one()), new


async def _rename(connection: AsyncConnection, arrival: Arrival) -> None:
    if arrival.formerly is None:
        return
    known = select(conversation.c.id).where(_of(arrival.channel, arrival.user))
    await connection.execute(
        update(conversation).where(_of(arrival.channel, arrival.formerly), ~known.exists()).values(channel_user=arrival.user)
    )


def _of(channel: str, user: str) -> ColumnElement[bool]:
    """The conversation that this user of a channel is in now; there is at most one."""
    mine = (conversation.c.channel == channel) & (conversation.c.channel_user == user)
    return mine & conversation.c.superseded_at.is_(None)


async def current_of_user(connection: AsyncConnection, arrival: Arrival) -> Conversation | None:
    """The conversation that the sender is in, under their newest name, or None; holds its row until the transaction ends."""
    await _rename(connection, arrival)
    row = await connection.execute(select(*CONVERSATION).where(_of(arrival.channel, arrival.user)).with_for_update())
    found = row.one_or_none()
    return _noun(found) if found else None


async def look_up_user(connection: AsyncConnection, arrival: Arrival) -> Conversation | None:
    """The same, under either of their names, with nothing changed or held."""
    names = {arrival.user, arrival.formerly or arrival.user}
    mine = (conversation.c.channel == arrival.channel) & conversation.c.channel_user.in_(names) & conversation.c.superseded_at.is_(None)
    newest_name = (conversation.c.channel_user == arrival.user).desc()
    row = (await connection.execute(select(*CONVERSATION).where(mine).order_by(newest_name).limit(1))).one_or_none()
    return _noun(row) if row else None


async def supersede(connection: AsyncConnection, conversation_id: UUID, now: datetime) -> None:
    """The citizen goes on in another conversation; what is still owed in this one goes out as before."""
    await connection.execute(update(conversation).where(conversation.c.id == conversation_id).values(superseded_at=now))


async def renumber(connection: AsyncConnection, arrival: Arrival, now: datetime) -> None:
    """A citizen has another number: what was said under the old names (`facts["was"]`, or else the number `facts["number"]` was sent to)
    is theirs under `facts["now"]`, and goes to the arrival's address. Who wrote under the new name already goes on there.
    """
    account, was, number, new = (arrival.facts[name] for name in ("account", "was", "number", "now"))
    known = conversation.c.channel_user.in_(was)
    if (
        number
        and await connection.scalar(select(conversation.c.id).where(conversation.c.channel == arrival.channel, known).limit(1)) is None
    ):
        known = (conversation.c.channel_address == number) & conversation.c.channel_user.startswith(f"{account}:", autoescape=True)
    query = select(conversation.c.id, conversation.c.superseded_at).where(conversation.c.channel == arrival.channel, known)
    newest_first = (conversation.c.superseded_at.is_not(None), conversation.c.updated_at.desc())
    theirs = (await connection.execute(query.order_by(*newest_first).with_for_update())).all()
    begun = await connection.scalar(select(conversation.c.id).where(_of(arrival.channel, new)))
    for place, row in enumerate(theirs):
        goes_on = place == 0 and row.superseded_at is None and begun is None
        values = {"channel_user": new, "channel_address": arrival.address} | (
            {} if goes_on else {"superseded_at": row.superseded_at or now}
        )
        await connection.execute(update(conversation).where(conversation.c.id == row.id).values(values))


async def find_for(connection: AsyncConnection, conversation_id: UUID, inbound_key: str) -> tuple[Conversation | None, int | None]:
    """The conversation, and the number under which a channel's message was stored before; each None when there is none."""
    row = (await connection.execute(_FOR, {"key": conversation_id, "inbound": inbound_key})).one_or_none()
    return (_noun(row[:-1]), row[-1]) if row else (None, None)


async def find(connection: AsyncConnection, conversation_id: UUID) -> Conversation | None:
    """The conversation, or None."""
    row = (await connection.execute(select(*CONVERSATION).where(conversation.c.id == conversation_id))).one_or_none()
    return _noun(row) if row else None


async def entry(connection: AsyncConnection, conversation_id: UUID) -> tuple[bytes | None, str] | None:
    """SHA-256 of the conversation's bearer token, if it has one, and the channel it is on now; None when there is no such conversation."""
    query = select(conversation.c.token_hash, conversation.c.channel).where(conversation.c.id == conversation_id)
    row = (await connection.execute(query)).one_or_none()
    return (bytes(row.token_hash) if row.token_hash is not None else None, row.channel) if row else None


@dataclass(frozen=True)
class Number:
    """The next message number of a conversation, with what its row says while it is held."""

    seq: int
    owner: Owner
    channel: str


_NEXT = (
    update(conversation)
    .where(conversation.c.id == bindparam("key"))
    .values(last_seq=conversation.c.last_seq + 1, updated_at=func.now())
    .returning(conversation.c.last_seq, conversation.c.owner, conversation.c.channel)
)


async def next_number(connection: AsyncConnection, conversation_id: UUID) -> Number:
    """Take the next message number; holds the conversation's row until the transaction ends, which keeps messages in order."""
    return Number(*(await connection.execute(_NEXT, {"key": conversation_id})).one())


async def owner_locked(connection: AsyncConnection, conversation_id: UUID) -> Owner:
    """Who owns the conversation; holds its row until the transaction ends, so that nobody takes it over meanwhile."""
    owner: Owner = (
        await connection.execute(select(conversation.c.owner).where(conversation.c.id == conversation_id).with_for_update())
    ).scalar_one()
    return owner


async def set_municipality(connection: AsyncConnection, conversation_id: UUID, municipality: str) -> None:
    """Remember the municipality that the citizen told."""
    await connection.execute(
        update(conversation)
        .where(conversation.c.id == conversation_id, conversation.c.municipality.is_distinct_from(municipality))
        .values(municipality=municipality)
    )
