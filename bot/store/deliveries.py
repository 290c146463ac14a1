"""Repository of deliveries: which message must still go out to a channel, and how the others fared."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID, uuid4

from sqlalchemy import Integer, Select, bindparam, func, insert, select, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.channel import PUSH_CHANNELS, Addressee, DeliveryStatus, Taken
from bot.model.conversation import Message
from bot.store.channel_tables import delivery
from bot.store.tables import conversation, message

_ORDER = ("owed", "sending", "sent", "delivered", "read")


async def owe(connection: AsyncConnection, stored: Message) -> None:
    """Note that this message must go out: its conversation is on a channel that must be sent to."""
    await connection.execute(insert(delivery).values(message_id=stored.id, conversation_id=stored.conversation_id, seq=stored.seq))


async def due(
    connection: AsyncConnection, now: datetime, unanswered: timedelta, channels: Collection[str] = PUSH_CHANNELS, limit: int = 50
) -> list[UUID]:
    """Conversations with something to send now: owed, or handed over `unanswered` ago without an answer. Longest due first."""
    asked = {"now": now, "before": now - unanswered, "channels": list(channels), "most": limit}
    return list((await connection.execute(_due(), asked)).scalars())


@cache
def _due() -> Select[UUID]:
    """Made once: every outbox asks it ten times a second, and making it costs more than asking it."""
    first = (
        select(delivery)
        .join(conversation, conversation.c.id == delivery.c.conversation_id)
        .where(delivery.c.status.in_(("owed", "sending")), conversation.c.channel.in_(bindparam("channels", expanding=True)))
        .ext(distinct_on(delivery.c.conversation_id))
        .order_by(delivery.c.conversation_id, delivery.c.seq)
        .subquery()
    )
    now, before = bindparam("now", type_=first.c.changed_at.type), bindparam("before", type_=first.c.changed_at.type)
    at = func.coalesce(first.c.not_before, first.c.created_at)
    ready = ((first.c.status == "owed") & (func.coalesce(first.c.not_before, now) <= now)) | (
        (first.c.status == "sending") & (first.c.changed_at <= before)
    )
    return select(first.c.conversation_id).where(ready).order_by(at).limit(bindparam("most", type_=Integer))


async def take(connection: AsyncConnection, conversation_id: UUID, now: datetime, unanswered: timedelta) -> Taken | None:
    """Mark what is next in this conversation as being sent, its messages in order.

    Everything owed goes into one parcel; one without an answer is taken again as it was. None when another worker was quicker.
    """
    first = (
        await connection.execute(
            select(delivery.c.parcel, delivery.c.status)
            .where(delivery.c.conversation_id == conversation_id, delivery.c.status.in_(("owed", "sending")))
            .order_by(delivery.c.seq)
            .limit(1)
            .with_for_update()  # else who waits for another worker's update gets what came since, and sends it beside what is sent
        )
    ).one_or_none()
    if first is None:
        return None
    ready = func.coalesce(delivery.c.not_before, now) <= now if first.status == "owed" else delivery.c.changed_at <= now - unanswered
    taken = await connection.execute(
        update(delivery)
        .where(
            delivery.c.conversation_id == conversation_id,
            delivery.c.status == first.status,
            delivery.c.parcel.is_not_distinct_from(first.parcel),
            ready,
        )
        .values(parcel=first.parcel or uuid4(), status="sending", attempts=delivery.c.attempts + 1, changed_at=now)
        .returning(delivery)
    )
    rows = sorted(taken, key=lambda row: row.seq)
    if not rows:
        return None
    return Taken(rows[0].parcel, rows[0].attempts, rows[0].parts_sent, rows[0].created_at, tuple(row.message_id for row in rows))


async def sent(connection: AsyncConnection, parcel: UUID, parts: int, external_id: str, now: datetime, done: bool) -> None:
    """The channel took so many parts of the parcel and calls the newest `external_id`; `done` when that was the last."""
    await connection.execute(
        update(delivery)
        .where(delivery.c.parcel == parcel, delivery.c.status == "sending")
        .values(status="sent" if done else "sending", parts_sent=parts, external_id=external_id, error=None, changed_at=now)
    )


async def begun(connection: AsyncConnection, parcel: UUID, parts: int) -> None:
    """The channel tells that it has the first `parts` of a parcel; the others must still go out."""
    await connection.execute(
        update(delivery)
        .where(delivery.c.parcel == parcel, delivery.c.status.in_(("owed", "sending")), delivery.c.parts_sent < parts)
        .values(parts_sent=parts)
    )


async def again(
    connection: AsyncConnection, parcel: UUID, external_id: str, parts: int, error: str, not_before: datetime, most: int
) -> bool:
    """The channel took a message and then could not bring it: what comes after the first `parts` goes out again from `not_before` on.

    False when that is no use: it was handed over `most` times, or another message of the parcel came after this one.
    """
    changed = await connection.execute(
        update(delivery)
        .where(
            delivery.c.parcel == parcel,
            delivery.c.external_id == external_id,
            delivery.c.status.in_(("sending", "sent")),
            delivery.c.attempts < most,
        )
        .values(status="owed", parts_sent=parts, error=error, not_before=not_before)
    )
    return changed.rowcount > 0


async def later(connection: AsyncConnection, parcel: UUID, error: str, not_before: datetime) -> None:
    """The channel did not take the parcel: try again from `not_before` on."""
    await connection.execute(
        update(delivery)
        .where(delivery.c.parcel == parcel, delivery.c.status == "sending")
        .values(status="owed", error=error, not_before=not_before)
    )


async def failed(connection: AsyncConnection, parcel: UUID, error: str, now: datetime) -> None:
    """The channel will never take the parcel."""
    await connection.execute(
        update(delivery)
        .where(delivery.c.parcel == parcel, delivery.c.status == "sending")
        .values(status="failed", error=error, changed_at=now)
    )


async def report(
    connection: AsyncConnection, status: DeliveryStatus, external_id: str, parcel: UUID | None, error: str | None, now: datetime
) -> UUID | None:
    """Note what the channel tells about a parcel; older news than what is known changes nothing, and a part that failed fails the whole.

    Gives the conversation that it is about when it was news.
    """
    before = _ORDER if status == "failed" else _ORDER[: _ORDER.index(status)]
    named = delivery.c.external_id == external_id
    changed = await connection.execute(
        update(delivery)
        .where(named | (delivery.c.parcel == parcel) if parcel else named, delivery.c.status.in_(before))
        .values(status=status, external_id=external_id, error=error, changed_at=now)
        .returning(delivery.c.conversation_id)
    )
    found: UUID | None = changed.scalars().first()
    return found


async def addressee(connection: AsyncConnection, conversation_id: UUID) -> Addressee | None:
    """To whom the messages of a conversation go; None when it is not on a channel that must be sent to."""
    heard = (
        select(func.max(message.c.created_at))
        .where(message.c.conversation_id == conversation_id, message.c.author == "citizen")
        .scalar_subquery()
    )
    row = (
        await connection.execute(
            select(
                conversation.c.id,
                conversation.c.channel,
                conversation.c.channel_user,
                conversation.c.channel_address,
                conversation.c.municipality,
                heard,
            ).where(conversation.c.id == conversation_id, conversation.c.channel.in_(PUSH_CHANNELS))
        )
    ).one_or_none()
    return Addressee(*row) if row else None


async def drop_answers(connection: AsyncConnection, conversation_id: UUID, now: datetime) -> int:
    """A person answers now: what the bot said and was not sent yet stays here, except in danger; how many messages."""
    dropped = await connection.execute(
        update(delivery)
        .where(
            delivery.c.conversation_id == conversation_id,
            delivery.c.status == "owed",
            delivery.c.parts_sent == 0,  # of what has begun the parts are counted
            delivery.c.message_id == message.c.id,
            message.c.author == "bot",
            ~message.c.meta.has_key("danger"),
        )
        .values(status="failed", error="person_answers", changed_at=now)
    )
    return dropped.rowcount


async def calm_since(connection: AsyncConnection, conversation_id: UUID, nothing: datetime) -> datetime | None:
    """When the last message of a conversation went out (`nothing` when none ever did); None while one has still to go out."""
    row = (
        await connection.execute(
            select(
                func.max(delivery.c.changed_at).label("last"),
                func.bool_or(delivery.c.status.in_(("owed", "sending"))).label("open"),
            ).where(delivery.c.conversation_id == conversation_id)
        )
    ).one()
    return None if row.open else row.last or nothing


async def statuses(connection: AsyncConnection, message_ids: Sequence[UUID]) -> dict[UUID, str]:
    """How the delivery of these messages stands; messages that are not sent are left out."""
    rows = await connection.execute(select(delivery.c.message_id, delivery.c.status).where(delivery.c.message_id.in_(message_ids)))
    return {row.message_id: row.status for row in rows}


async def statuses_of(connection: AsyncConnection, conversation_id: UUID) -> dict[UUID, str]:
    """How the delivery of every message of a conversation stands; empty on a channel that fetches."""
    rows = await connection.execute(select(delivery.c.message_id, delivery.c.status).where(delivery.c.conversation_id == conversation_id))
    return {row.message_id: row.status for row in rows}
