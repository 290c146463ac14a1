"""Repository of who owns a conversation: every change is one conditional update, so of many at once one wins."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.people import TRANSITIONS, Event, Holding
from bot.store.people_tables import agent
from bot.store.tables import conversation

_COLUMNS = (
    conversation.c.id,
    conversation.c.owner,
    conversation.c.team,
    conversation.c.agent_id,
    conversation.c.waiting_since,
    conversation.c.owner_since,
    conversation.c.municipality,
    conversation.c.channel,
    conversation.c.product,
    conversation.c.told_wait_at,
)


_LOCKED = select(*_COLUMNS).where(conversation.c.id == bindparam("key")).with_for_update()
"""Made once: every answer asks it."""


def _noun(row: Any) -> Holding:
    return Holding(*row)


async def locked(connection: AsyncConnection, conversation_id: UUID) -> Holding | None:
    """Who owns the conversation; holds its row until the transaction ends. None when there is none."""
    row = (await connection.execute(_LOCKED, {"key": conversation_id})).one_or_none()
    return _noun(row) if row else None


async def find(connection: AsyncConnection, conversation_id: UUID) -> Holding | None:
    """Who owns the conversation, or None."""
    row = (await connection.execute(select(*_COLUMNS).where(conversation.c.id == conversation_id))).one_or_none()
    return _noun(row) if row else None


async def move(
    connection: AsyncConnection,
    conversation_id: UUID,
    event: Event,
    now: datetime,
    *,
    agent_id: UUID | None = None,
    team: str | None = None,
    held_by: UUID | None = None,
    waiting: bool = False,
    resume: dict[str, str] | None = None,
) -> Holding | None:
    """Let `event` happen, and give the ownership after it; None, and nothing changed, when it cannot happen (any more).

    `agent_id` is who takes it, `team` where it waits, `resume` the slots a fresh bot begins with. `held_by` must own it now;
    with `waiting` it must stand in the queue.
    """
    sources = TRANSITIONS[event]
    after = next(iter(sources.values()))
    values: dict[str, Any] = {"owner": after, "owner_since": now, "updated_at": func.now(), "typing_until": None, "agent_id": None}
    if after == "agent":
        values["agent_id"] = agent_id
    elif after == "queued":
        since = now if event == "ask_person" else func.coalesce(conversation.c.waiting_since, now)
        values |= {"waiting_since": since, "told_wait_at": None, "unanswered_since": func.coalesce(conversation.c.unanswered_since, now)}
    else:
        values |= {"waiting_since": None, "team": None, "unanswered_since": None, "told_wait_at": None}
    if team is not None:
        values["team"] = team
    if resume is not None:
        values["resume"] = resume
    query = update(conversation).where(conversation.c.id == conversation_id, conversation.c.owner.in_(sources)).values(**values)
    if held_by is not None:
        query = query.where(conversation.c.agent_id == held_by)
    if waiting:
        query = query.where(conversation.c.owner == "queued")
    row = (await connection.execute(query.returning(*_COLUMNS))).one_or_none()
    return _noun(row) if row else None


async def count_held(connection: AsyncConnection, agent_id: UUID) -> int:
    """How many conversations this agent has now."""
    query = select(func.count()).select_from(conversation).where(conversation.c.agent_id == agent_id)
    return int(await connection.scalar(query) or 0)


async def held_by(connection: AsyncConnection, agent_id: UUID) -> list[UUID]:
    """The conversations of this agent, the oldest first."""
    query = select(conversation.c.id).where(conversation.c.agent_id == agent_id).order_by(conversation.c.owner_since, conversation.c.id)
    return list((await connection.execute(query)).scalars())


async def ahead_of(connection: AsyncConnection, team: str, waiting_since: datetime | None) -> int:
    """How many wait for this team, longer than since `waiting_since`; all of them when that is None."""
    query = select(func.count()).select_from(conversation).where(conversation.c.owner == "queued", conversation.c.team == team)
    if waiting_since is not None:
        query = query.where(conversation.c.waiting_since < waiting_since)
    return int(await connection.scalar(query) or 0)


async def queued(connection: AsyncConnection, limit: int = 500) -> list[Holding]:
    """Who waits, the longest first."""
    query = select(*_COLUMNS).where(conversation.c.owner == "queued").order_by(conversation.c.waiting_since, conversation.c.id).limit(limit)
    return [_noun(row) for row in await connection.execute(query)]


async def queues(connection: AsyncConnection) -> list[tuple[str, int, datetime]]:
    """Every team that somebody waits for, the longest queue first: how many, and the longest since when."""
    count = func.count()
    query = (
        select(func.coalesce(conversation.c.team, ""), count, func.min(conversation.c.waiting_since))
        .where(conversation.c.owner == "queued")
        .group_by(conversation.c.team)
        .order_by(count.desc(), conversation.c.team)
    )
    return [(team, int(number), oldest) for team, number, oldest in await connection.execute(query)]


async def first_queued(connection: AsyncConnection, team: str, limit: int) -> list[UUID]:
    """The first in the queue of a team."""
    query = (
        select(conversation.c.id)
        .where(conversation.c.owner == "queued", conversation.c.team == team)
        .order_by(conversation.c.waiting_since, conversation.c.id)
        .limit(limit)
    )
    return list((await connection.execute(query)).scalars())


async def claim_untold_wait(connection: AsyncConnection, conversation_id: UUID, now: datetime) -> bool:
    """Note that this waiting citizen is told that it takes long; True for the one who may tell."""
    result = await connection.execute(
        update(conversation)
        .where(conversation.c.id == conversation_id, conversation.c.owner == "queued", conversation.c.told_wait_at.is_(None))
        .values(told_wait_at=now)
    )
    return result.rowcount == 1


async def heard_citizen(connection: AsyncConnection, conversation_id: UUID, now: datetime) -> None:
    """The citizen wrote: from now on a person owes an answer, unless one was owed already."""
    await connection.execute(
        update(conversation)
        .where(conversation.c.id == conversation_id, conversation.c.owner == "agent", conversation.c.unanswered_since.is_(None))
        .values(unanswered_since=now)
    )


async def answered_by_agent(connection: AsyncConnection, conversation_id: UUID, agent_id: UUID | None) -> bool:
    """The agent who owns the conversation (None: one of another desk) answered; False when it is not (any more) theirs."""
    result = await connection.execute(
        update(conversation)
        .where(
            conversation.c.id == conversation_id, conversation.c.owner == "agent", conversation.c.agent_id.is_not_distinct_from(agent_id)
        )
        .values(unanswered_since=None, typing_until=None)
    )
    return result.rowcount == 1


async def set_typing(connection: AsyncConnection, conversation_id: UUID, agent_id: UUID, lasts: timedelta) -> bool:
    """The agent types, for the next moments; False when the conversation is not theirs."""
    result = await connection.execute(
        update(conversation)
        .where(conversation.c.id == conversation_id, conversation.c.agent_id == agent_id)
        .values(typing_until=func.now() + literal(lasts))
    )
    return result.rowcount == 1


async def set_read(connection: AsyncConnection, conversation_id: UUID, agent_id: UUID, seq: int) -> bool:
    """The agent has read everything up to `seq`; False when the conversation is not theirs."""
    result = await connection.execute(
        update(conversation)
        .where(conversation.c.id == conversation_id, conversation.c.agent_id == agent_id)
        .values(agent_seq=func.greatest(conversation.c.agent_seq, seq))
    )
    return result.rowcount == 1


async def set_seen(connection: AsyncConnection, conversation_id: UUID, seq: int) -> bool:
    """The citizen has seen everything up to `seq`; False when that is no news, or no agent has the conversation."""
    seen = func.least(seq, conversation.c.last_seq)
    result = await connection.execute(
        update(conversation)
        .where(conversation.c.id == conversation_id, conversation.c.owner == "agent", conversation.c.citizen_seq < seen)
        .values(citizen_seq=seen)
    )
    return result.rowcount == 1


async def resume_of(connection: AsyncConnection, conversation_id: UUID) -> dict[str, str] | None:
    """The slots with which the bot must begin afresh before its next answer; None when it just goes on."""
    found: dict[str, str] | None = await connection.scalar(select(conversation.c.resume).where(conversation.c.id == conversation_id))
    return found


async def clear_resume(connection: AsyncConnection, conversation_id: UUID) -> None:
    """The bot has begun afresh."""
    await connection.execute(update(conversation).where(conversation.c.id == conversation_id).values(resume=None))


async def set_product(connection: AsyncConnection, conversation_id: UUID, product: str) -> None:
    """Remember what the conversation is about."""
    await connection.execute(
        update(conversation)
        .where(conversation.c.id == conversation_id, conversation.c.product.is_distinct_from(product))
        .values(product=product)
    )


async def silent(connection: AsyncConnection, unanswered_before: datetime, inactive_before: datetime) -> list[tuple[UUID, UUID]]:
    """Conversations, with their agents, whose citizen waits for an answer too long while the agent does nothing at all."""
    query = (
        select(conversation.c.id, conversation.c.agent_id)
        .join(agent, agent.c.id == conversation.c.agent_id)
        .where(
            conversation.c.owner == "agent",
            conversation.c.unanswered_since < unanswered_before,
            conversation.c.owner_since < unanswered_before,
            func.coalesce(agent.c.active_at, conversation.c.owner_since) < inactive_before,
        )
    )
    return [(row.id, row.agent_id) for row in await connection.execute(query)]
