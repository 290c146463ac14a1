"""Repository of agents: who they are, what they may do, and whether they are there."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, and_, any_, bindparam, func, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.people import Agent, Presence, Role
from bot.store.people_tables import agent
from bot.store.tables import conversation

_COLUMNS = (
    agent.c.id,
    agent.c.name,
    agent.c.role,
    agent.c.skills,
    agent.c.most,
    agent.c.presence,
    agent.c.away_reason,
    agent.c.presence_since,
    agent.c.heartbeat_at,
    agent.c.disabled,
)


def noun(row: Any) -> Agent:
    """A row with the columns of an agent as the noun."""
    return Agent(
        id=row.id,
        name=row.name,
        role=row.role,
        skills=frozenset(row.skills),
        most=row.most,
        presence=row.presence,
        away_reason=row.away_reason,
        presence_since=row.presence_since,
        heartbeat_at=row.heartbeat_at,
        disabled=row.disabled,
    )


async def add(connection: AsyncConnection, agent_id: UUID, name: str, role: Role, skills: frozenset[str], most: int) -> None:
    """Store a new agent, who is offline."""
    await connection.execute(insert(agent).values(id=agent_id, name=name, role=role, skills=sorted(skills), most=most))


async def change(
    connection: AsyncConnection, agent_id: UUID, name: str, role: Role, skills: frozenset[str], most: int, disabled: bool
) -> bool:
    """Change who an agent is; False when there is no such agent."""
    result = await connection.execute(
        update(agent).where(agent.c.id == agent_id).values(name=name, role=role, skills=sorted(skills), most=most, disabled=disabled)
    )
    return result.rowcount == 1


async def find(connection: AsyncConnection, agent_id: UUID) -> Agent | None:
    """The agent, or None."""
    row = (await connection.execute(select(*_COLUMNS).where(agent.c.id == agent_id))).one_or_none()
    return noun(row) if row else None


async def locked(connection: AsyncConnection, agent_id: UUID) -> Agent | None:
    """The agent, whose row is held until the transaction ends; always before the row of a conversation."""
    # Without the key: a note that names an agent, written behind a conversation's row, must not wait for it.
    row = (await connection.execute(select(*_COLUMNS).where(agent.c.id == agent_id).with_for_update(key_share=True))).one_or_none()
    return noun(row) if row else None


async def everybody(connection: AsyncConnection) -> list[tuple[Agent, int]]:
    """Every agent who is not disabled, with the number of their conversations, by name."""
    held = select(func.count()).where(conversation.c.agent_id == agent.c.id).correlate(agent).scalar_subquery()
    rows = await connection.execute(
        select(*_COLUMNS, held.label("held")).where(agent.c.disabled.is_(False)).order_by(agent.c.name, agent.c.id)
    )
    return [(noun(row), int(row.held)) for row in rows]


async def present_for(connection: AsyncConnection, team: str) -> list[tuple[Agent, int]]:
    """The agents of a team who are at their desk, with the number of conversations that each has."""
    held = select(func.count()).where(conversation.c.agent_id == agent.c.id).correlate(agent).scalar_subquery()
    query = select(*_COLUMNS, held.label("held")).where(_at_desk(literal(team)))
    return [(noun(row), int(row.held)) for row in await connection.execute(query)]


def _at_desk(team: ColumnElement[str]) -> ColumnElement[bool]:
    helps = or_(agent.c.skills == [], team == any_(agent.c.skills))
    return and_(agent.c.presence.in_(("available", "busy")), agent.c.disabled.is_(False), helps)


_TEAM = bindparam("team", type_=Text)
_BUSYNESS = select(
    select(func.count()).select_from(agent).where(_at_desk(_TEAM)).scalar_subquery(),
    select(func.count()).select_from(conversation).where(conversation.c.owner == "queued", conversation.c.team == _TEAM).scalar_subquery(),
)
"""Made once: triage asks it at every answer."""


async def busyness(connection: AsyncConnection, team: str) -> tuple[int, int]:
    """How many agents of a team are at their desk, and how many citizens wait for it."""
    present, waiting = (await connection.execute(_BUSYNESS, {"team": team})).one()
    return int(present), int(waiting)


async def count_present(connection: AsyncConnection) -> int:
    """How many agents are at their desk and can take a conversation."""
    query = select(func.count()).select_from(agent).where(agent.c.presence == "available", agent.c.disabled.is_(False))
    return int(await connection.scalar(query) or 0)


async def set_presence(connection: AsyncConnection, agent_id: UUID, presence: Presence, reason: str | None, now: datetime) -> None:
    """The agent says where they are; that is a sign of life too."""
    await connection.execute(
        update(agent)
        .where(agent.c.id == agent_id)
        .values(presence=presence, away_reason=reason, presence_since=now, heartbeat_at=now, active_at=now)
    )


async def heartbeat(connection: AsyncConnection, agent_id: UUID, now: datetime, active: bool) -> None:
    """The agent's desk is connected; `active` when the agent did something there since the last time."""
    values: dict[str, Any] = {"heartbeat_at": now}
    if active:
        values["active_at"] = now
    await connection.execute(update(agent).where(agent.c.id == agent_id).values(**values))


async def claim_silent(connection: AsyncConnection, before: datetime, now: datetime, reason: str) -> list[UUID]:
    """Make agents whose desk was not heard of since `before` go offline; each is given to one caller only."""
    lost = select(agent.c.id).where(agent.c.presence != "offline", agent.c.heartbeat_at < before).with_for_update(skip_locked=True)
    rows = await connection.execute(
        update(agent).where(agent.c.id.in_(lost)).values(presence="offline", away_reason=reason, presence_since=now).returning(agent.c.id)
    )
    return list(rows.scalars())


async def claim_idle(connection: AsyncConnection, before: datetime, now: datetime, reason: str) -> list[UUID]:
    """Make available agents who did nothing since `before` go away by themselves."""
    idle = select(agent.c.id).where(agent.c.presence == "available", agent.c.active_at < before).with_for_update(skip_locked=True)
    rows = await connection.execute(
        update(agent).where(agent.c.id.in_(idle)).values(presence="away", away_reason=reason, presence_since=now).returning(agent.c.id)
    )
    return list(rows.scalars())


async def last_change_for(connection: AsyncConnection, team: str) -> datetime | None:
    """When somebody of this team last came, went or took a break; None when there is nobody at all."""
    query = select(func.max(agent.c.presence_since)).where(
        agent.c.disabled.is_(False), or_(agent.c.skills == [], literal(team) == any_(agent.c.skills))
    )
    found: datetime | None = await connection.scalar(query)
    return found
