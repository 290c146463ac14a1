"""Repository of what the desk shows: conversations in lists, with who waits for whom and since when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.people import Row
from bot.store.people_tables import agent, handoff
from bot.store.tables import conversation, message


def _select() -> Any:
    unread = (
        select(func.count())
        .where(message.c.conversation_id == conversation.c.id, message.c.author == "citizen", message.c.seq > conversation.c.agent_seq)
        .correlate(conversation)
        .scalar_subquery()
    )
    danger = (
        select(message.c.meta["danger"].astext)
        .where(message.c.conversation_id == conversation.c.id, message.c.meta.has_key("danger"))
        .order_by(message.c.seq.desc())
        .limit(1)
        .correlate(conversation)
        .scalar_subquery()
    )
    since = case((conversation.c.owner == "queued", conversation.c.waiting_since), else_=conversation.c.owner_since)
    return (
        select(
            conversation.c.id,
            conversation.c.owner,
            conversation.c.channel,
            conversation.c.municipality,
            conversation.c.team,
            conversation.c.agent_id,
            agent.c.name.label("agent_name"),
            func.coalesce(handoff.c.product, conversation.c.product).label("product"),
            handoff.c.reason,
            since.label("since"),
            conversation.c.unanswered_since,
            unread.label("unread"),
            danger.label("danger"),
            conversation.c.last_seq,
            conversation.c.citizen_seq,
        )
        .outerjoin(agent, agent.c.id == conversation.c.agent_id)
        .outerjoin(handoff, (handoff.c.conversation_id == conversation.c.id) & handoff.c.ended_at.is_(None))
    )


async def _rows(connection: AsyncConnection, *conditions: ColumnElement[bool], order: Any, limit: int) -> list[Row]:
    rows = await connection.execute(_select().where(*conditions).order_by(order, conversation.c.id).limit(limit))
    return [Row(*row) for row in rows]


async def queue(connection: AsyncConnection, team: str | None = None, limit: int = 500) -> list[Row]:
    """Who waits, the longest first; of one team or of all."""
    conditions = [conversation.c.owner == "queued"]
    if team is not None:
        conditions.append(conversation.c.team == team)
    return await _rows(connection, *conditions, order=conversation.c.waiting_since, limit=limit)


async def of_agent(connection: AsyncConnection, agent_id: UUID) -> list[Row]:
    """The conversations of one agent, the oldest first."""
    return await _rows(connection, conversation.c.agent_id == agent_id, order=conversation.c.owner_since, limit=100)


async def one(connection: AsyncConnection, conversation_id: UUID) -> Row | None:
    """One conversation, or None."""
    rows = await _rows(connection, conversation.c.id == conversation_id, order=conversation.c.id, limit=1)
    return rows[0] if rows else None


async def live(connection: AsyncConnection, only: Collection[UUID] | None = None, limit: int = 5_000) -> list[Row]:
    """Conversations that a person has or waits for, the longest first; of those in `only`, or all."""
    conditions = [conversation.c.owner.in_(("queued", "agent"))]
    if only is not None:
        conditions.append(conversation.c.id.in_(only))
    order = func.coalesce(conversation.c.waiting_since, conversation.c.owner_since)
    return await _rows(connection, *conditions, order=order, limit=limit)


async def recent(connection: AsyncConnection, since: datetime, limit: int = 200) -> list[Row]:
    """Conversations in which something happened after `since`, the newest first."""
    return await _rows(connection, conversation.c.updated_at > since, order=conversation.c.updated_at.desc(), limit=limit)


async def search(connection: AsyncConnection, words: str, since: datetime, limit: int = 50) -> list[Row]:
    """Conversations since `since` in which somebody wrote `words`, or that are about that product, the newest first."""
    pattern = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    written = select(message.c.id).where(message.c.conversation_id == conversation.c.id, message.c.text.ilike(pattern))
    found = or_(written.correlate(conversation).exists(), conversation.c.product.ilike(pattern))
    return await _rows(connection, conversation.c.updated_at > since, found, order=conversation.c.updated_at.desc(), limit=limit)


async def sample(connection: AsyncConnection, since: datetime, limit: int) -> list[Row]:
    """Conversations that an agent closed since `since`, drawn at random."""
    with_agent = select(handoff.c.id).where(handoff.c.conversation_id == conversation.c.id, handoff.c.ending == "closed")
    mine = with_agent.correlate(conversation).exists()
    return await _rows(
        connection, conversation.c.owner == "closed", conversation.c.updated_at > since, mine, order=func.random(), limit=limit
    )
