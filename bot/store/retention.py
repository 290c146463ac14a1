"""Forgets what people said and who they were, when it has been kept long enough; numbers without content stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, exists, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.people_tables import rating
from bot.store.report_tables import report_picture
from bot.store.tables import callback_request, conversation, message, rate_window

BATCH = 500
"""Conversations removed in one transaction, so that nobody waits for the broom."""

_IN_FLIGHT = timedelta(hours=1)
"""What the engine keeps of a conversation that is gone: it was answering while a citizen had everything deleted."""

_COUNTED = timedelta(days=1)
"""Counters of the rate limit are of no use after this."""


@dataclass(frozen=True)
class Forgotten:
    """How much went."""

    conversations: int = 0
    messages: int = 0
    promises: int = 0
    remarks: int = 0
    engine: int = 0


async def forget_conversations(connection: AsyncConnection, before: datetime) -> int:
    """Remove at most BATCH conversations in which nothing happened since `before`; how many.

    Those that a person has or that wait for one stay, and those of a promise that is still open: the colleague who keeps it needs them.
    """
    promised = exists().where(callback_request.c.conversation_id == conversation.c.id, callback_request.c.status == "te_verwerken")
    old = (
        select(conversation.c.id)
        .where(conversation.c.updated_at < before, conversation.c.owner.in_(("bot", "closed")), ~promised)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    gone = list((await connection.execute(delete(conversation).where(conversation.c.id.in_(old)).returning(conversation.c.id))).scalars())
    if gone:
        names = {"names": [str(key) for key in gone]}
        await connection.execute(text("delete from engine.turn where conversation_id = any(:names)"), names)
        await connection.execute(text("delete from engine.tracker where conversation_id = any(:names)"), names)
    return len(gone)


async def forget_conversation(connection: AsyncConnection, conversation_id: UUID) -> None:
    """Remove one conversation and what the engine kept of it, because the citizen asked so. A promise, an appointment or a report stays."""
    unclaimed = (report_picture.c.conversation_id == conversation_id, report_picture.c.report_id.is_(None))
    await connection.execute(delete(report_picture).where(*unclaimed))
    await connection.execute(update(rating).where(rating.c.conversation_id == conversation_id).values(remark=None))
    await connection.execute(delete(conversation).where(conversation.c.id == conversation_id))
    name = {"name": str(conversation_id)}
    await connection.execute(text("delete from engine.turn where conversation_id = :name"), name)
    await connection.execute(text("delete from engine.tracker where conversation_id = :name"), name)


async def forget_messages(connection: AsyncConnection, before: datetime) -> int:
    """Remove at most BATCH old messages of conversations that still go on, such as those of one person on WhatsApp; how many."""
    promised = exists().where(callback_request.c.conversation_id == conversation.c.id, callback_request.c.status == "te_verwerken")
    old = (
        select(message.c.id)
        .join(conversation, conversation.c.id == message.c.conversation_id)
        .where(message.c.created_at < before, conversation.c.owner.in_(("bot", "closed")), ~promised)
        .limit(BATCH)
    )
    return int((await connection.execute(delete(message).where(message.c.id.in_(old)))).rowcount)


async def forget_the_rest(connection: AsyncConnection, before: datetime, now: datetime) -> Forgotten:
    """Empty promises that were kept and remarks about conversations, and remove what the engine and the rate limit kept."""
    promises = await connection.execute(
        update(callback_request)
        .where(callback_request.c.finished_at < before, callback_request.c.name != "")
        .values(name="", phone="", email="", subject="", summary="", conversation_id=None)
    )
    remarks = await connection.execute(
        update(rating).where(or_(rating.c.given_at < before, rating.c.asked_at < before), rating.c.remark.is_not(None)).values(remark=None)
    )
    turns = await connection.execute(
        text(
            "delete from engine.turn t where created_at < :before or created_at < :orphaned "
            "and not exists (select 1 from conversation c where c.id::text = t.conversation_id)"
        ),
        {"before": before, "orphaned": now - _IN_FLIGHT},
    )
    trackers = await connection.execute(
        text(
            "delete from engine.tracker t where updated_at < :before "
            "and not exists (select 1 from conversation c where c.id::text = t.conversation_id)"
        ),
        {"before": now - _IN_FLIGHT},
    )
    await connection.execute(delete(rate_window).where(rate_window.c.window_start < now - _COUNTED))
    return Forgotten(promises=promises.rowcount, remarks=remarks.rowcount, engine=turns.rowcount + trackers.rowcount)
