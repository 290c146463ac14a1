"""Repository of desk accounts and of the one-time links that open them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.account import Account, AccountRow
from bot.store import agents
from bot.store.account_tables import account, invitation, session
from bot.store.people_tables import agent


def _noun(row: Any) -> Account:
    return Account(
        agent=agents.noun(row),
        email=row.email,
        password_hash=row.password_hash,
        totp_secret=row.totp_secret,
        totp_confirmed=row.totp_confirmed,
        totp_step=row.totp_step,
        failures=row.failures,
        locked_until=row.locked_until,
    )


async def add(connection: AsyncConnection, agent_id: UUID, email: str, oidc_subject: str | None = None) -> None:
    """Store an account without a password. Raises IntegrityError when the address is taken."""
    await connection.execute(insert(account).values(agent_id=agent_id, email=email.casefold(), oidc_subject=oidc_subject))


async def by_email(connection: AsyncConnection, email: str) -> Account | None:
    """The account with this address, whose row is held until the transaction ends."""
    return await _one(connection, account.c.email == email.casefold())


async def by_agent(connection: AsyncConnection, agent_id: UUID) -> Account | None:
    """The account of this agent, whose row is held until the transaction ends."""
    return await _one(connection, account.c.agent_id == agent_id)


async def by_subject(connection: AsyncConnection, subject: str) -> Account | None:
    """The account that signs in elsewhere under this name."""
    return await _one(connection, account.c.oidc_subject == subject)


async def _one(connection: AsyncConnection, which: ColumnElement[bool]) -> Account | None:
    query = select(account, agent).join(agent, agent.c.id == account.c.agent_id).where(which).with_for_update(of=account)
    row = (await connection.execute(query)).one_or_none()
    return _noun(row) if row else None


async def change(connection: AsyncConnection, agent_id: UUID, **values: Any) -> None:
    """Set columns of an account."""
    await connection.execute(update(account).where(account.c.agent_id == agent_id).values(**values))


async def use_code(connection: AsyncConnection, agent_id: UUID, step: int) -> bool:
    """Use up the code of a time step; False when it, or a later one, was used before."""
    used = update(account).where(account.c.agent_id == agent_id, account.c.totp_step < step).values(totp_step=step)
    return (await connection.execute(used)).rowcount == 1


async def use_recovery(connection: AsyncConnection, agent_id: UUID, code_hash: bytes) -> bool:
    """Use up a recovery code; False when there is none like it."""
    used = (
        update(account)
        .where(account.c.agent_id == agent_id, account.c.recovery_hashes.contains([code_hash]))
        .values(recovery_hashes=func.array_remove(account.c.recovery_hashes, code_hash))
    )
    return (await connection.execute(used)).rowcount == 1


async def everybody(connection: AsyncConnection) -> Sequence[AccountRow]:
    """All accounts, by name."""
    seen = select(func.max(session.c.used_at)).where(session.c.agent_id == account.c.agent_id).scalar_subquery()
    rows = await connection.execute(
        select(account, agent, seen.label("last_seen")).join(agent, agent.c.id == account.c.agent_id).order_by(agent.c.name, agent.c.id)
    )
    return [AccountRow(_noun(row), row.password_hash is None and row.oidc_subject is None, row.last_seen) for row in rows]


async def count_admins(connection: AsyncConnection) -> int:
    """How many administrators can sign in; their rows are held, so that two of them cannot remove each other at once."""
    rows = await connection.execute(
        select(agent.c.id).where(agent.c.role == "admin", agent.c.disabled.is_(False)).order_by(agent.c.id).with_for_update()
    )
    return len(rows.all())


async def invite(connection: AsyncConnection, agent_id: UUID, token_hash: bytes, expires_at: datetime) -> None:
    """Store a one-time link, in the place of an earlier one."""
    await connection.execute(delete(invitation).where(invitation.c.agent_id == agent_id))
    await connection.execute(insert(invitation).values(token_hash=token_hash, agent_id=agent_id, expires_at=expires_at))


async def invited(connection: AsyncConnection, token_hash: bytes, now: datetime) -> UUID | None:
    """The agent that a one-time link is for; None when there is none, or it is too old."""
    found: UUID | None = await connection.scalar(
        select(invitation.c.agent_id).where(invitation.c.token_hash == token_hash, invitation.c.expires_at > now)
    )
    return found


async def use_invitation(connection: AsyncConnection, token_hash: bytes, now: datetime) -> UUID | None:
    """Use up a one-time link."""
    used = delete(invitation).where(invitation.c.token_hash == token_hash, invitation.c.expires_at > now)
    found: UUID | None = await connection.scalar(used.returning(invitation.c.agent_id))
    return found
