"""Repository of the desk's sessions, and of the record of what agents did."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.account_tables import audit, session


async def add(connection: AsyncConnection, token_hash: bytes, agent_id: UUID, now: datetime) -> None:
    """Begin a session; only the hash of its token is kept."""
    await connection.execute(insert(session).values(token_hash=token_hash, agent_id=agent_id, created_at=now, used_at=now))


async def use(
    connection: AsyncConnection, token_hash: bytes, now: datetime, idle: timedelta, longest: timedelta, *, keep: bool = True
) -> UUID | None:
    """Whose session this is; None when there is none, or it was idle or open for too long. With `keep` it counts as used."""
    found: UUID | None = await connection.scalar(
        select(session.c.agent_id).where(
            session.c.token_hash == token_hash, session.c.used_at > now - idle, session.c.created_at > now - longest
        )
    )
    if found is not None and keep:
        # Once a minute is enough to know that somebody is there; every call would be a write.
        stale = session.c.used_at < now - timedelta(minutes=1)
        await connection.execute(update(session).where(session.c.token_hash == token_hash, stale).values(used_at=now))
    return found


async def end(connection: AsyncConnection, token_hash: bytes) -> None:
    """End one session."""
    await connection.execute(delete(session).where(session.c.token_hash == token_hash))


async def end_all(connection: AsyncConnection, agent_id: UUID) -> None:
    """End every session of an agent."""
    await connection.execute(delete(session).where(session.c.agent_id == agent_id))


async def record(connection: AsyncConnection, agent_id: UUID | None, event: str, subject: str | None, now: datetime) -> None:
    """Keep what an agent did, to what, and when; never what was said."""
    await connection.execute(insert(audit).values(agent_id=agent_id, event=event, subject=subject, at=now))


async def forget(connection: AsyncConnection, sessions_before: datetime, audit_before: datetime) -> int:
    """Remove sessions last used, and records made, before a moment; how many."""
    gone = await connection.execute(delete(session).where(session.c.used_at < sessions_before))
    old = await connection.execute(delete(audit).where(audit.c.at < audit_before))
    return gone.rowcount + old.rowcount
