"""Repository of hand-offs: each stretch in which a citizen waited for or talked with a person, without what was said."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.people import Ending, HandoffRequest, Holding, Outcome
from bot.store.people_tables import handoff


async def begin(connection: AsyncConnection, holding: Holding, request: HandoffRequest, queued_at: datetime) -> None:
    """The citizen begins to wait."""
    await connection.execute(
        insert(handoff).values(
            conversation_id=holding.conversation_id,
            municipality=holding.municipality,
            channel=holding.channel,
            team=request.team,
            product=request.product,
            rule=request.rule,
            reason=request.reason,
            queued_at=queued_at,
        )
    )


async def claimed(connection: AsyncConnection, holding: Holding, team: str, agent_id: UUID | None, now: datetime) -> None:
    """An agent has it (None: one of another desk); makes the row when nobody had asked for a person. The first claim counts."""
    await connection.execute(
        upsert(handoff)
        .values(
            conversation_id=holding.conversation_id,
            municipality=holding.municipality,
            channel=holding.channel,
            team=team,
            product=holding.product,
            claimed_at=now,
            agent_id=agent_id,
        )
        .on_conflict_do_update(
            index_elements=["conversation_id"],
            index_where=handoff.c.ended_at.is_(None),
            set_={"claimed_at": now, "agent_id": agent_id},
            where=handoff.c.claimed_at.is_(None),
        )
    )


async def is_claimed(connection: AsyncConnection, conversation_id: UUID) -> bool:
    """Whether an agent has what goes on now, or one at another desk has spoken in it."""
    open_now = (handoff.c.conversation_id == conversation_id, handoff.c.ended_at.is_(None), handoff.c.claimed_at.is_not(None))
    return await connection.scalar(select(handoff.c.conversation_id).where(*open_now)) is not None


async def end(connection: AsyncConnection, conversation_id: UUID, ending: Ending, now: datetime, outcome: Outcome | None = None) -> None:
    """The stretch is over."""
    await connection.execute(
        update(handoff)
        .where(handoff.c.conversation_id == conversation_id, handoff.c.ended_at.is_(None))
        .values(ended_at=now, ending=ending, outcome=outcome)
    )


async def reason_of(connection: AsyncConnection, conversation_id: UUID) -> HandoffRequest | None:
    """Why a person was asked in, of the newest stretch; None when nobody was."""
    row = (
        await connection.execute(
            select(handoff.c.team, handoff.c.product, handoff.c.rule, handoff.c.reason)
            .where(handoff.c.conversation_id == conversation_id)
            .order_by(handoff.c.id.desc())
            .limit(1)
        )
    ).one_or_none()
    return HandoffRequest(*row) if row else None


async def handling_times(connection: AsyncConnection, team: str, since: datetime, limit: int = 50) -> list[float]:
    """Seconds that people of this team spent on each of their last conversations."""
    query = (
        select(func.extract("epoch", handoff.c.ended_at - handoff.c.claimed_at))
        .where(
            handoff.c.team == team,
            handoff.c.claimed_at.is_not(None),
            handoff.c.ended_at > since,
            handoff.c.ending.in_(("closed", "handed_back", "forwarded")),
        )
        .order_by(handoff.c.ended_at.desc())
        .limit(limit)
    )
    return [float(value) for value in (await connection.execute(query)).scalars()]
