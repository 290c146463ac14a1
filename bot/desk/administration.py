"""What administrators do: invite, change, reset and disable accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.desk import secrets
from bot.desk.accounts import INVITATION_LASTS
from bot.desk.errors import EmailTaken, LastAdmin, UnknownAccount
from bot.handoff.agents import Agents
from bot.handoff.errors import UnknownAgent
from bot.model.account import Account, AccountRow
from bot.model.people import Role
from bot.store import accounts, sessions
from bot.store.database import Database


@dataclass(frozen=True)
class Profile:
    """Who an agent is; `skills` are teams, none means all."""

    name: str
    role: Role
    skills: frozenset[str]
    most: int


@dataclass(frozen=True)
class Administration:
    """Every act is kept in the record with who did it; `by` is None for the command line."""

    database: Database
    agents: Agents
    clock: Clock
    public_url: str

    async def everybody(self) -> Sequence[AccountRow]:
        """All accounts, by name."""
        async with self.database.transaction() as connection:
            return await accounts.everybody(connection)

    async def invite(self, profile: Profile, email: str, by: UUID | None) -> tuple[UUID, str]:
        """Make an account; gives its id and the one-time link with which its owner sets a password. Raises EmailTaken."""
        async with self.database.transaction() as connection:
            if await accounts.by_email(connection, email) is not None:
                raise EmailTaken
        agent_id = await self.agents.add(profile.name, profile.role, profile.skills, profile.most)
        try:
            async with self.database.transaction() as connection:
                await accounts.add(connection, agent_id, email)
                await sessions.record(connection, by, "account_made", str(agent_id), self.clock())
                return agent_id, await self._link(connection, agent_id)
        except IntegrityError as error:
            await self.agents.change(agent_id, profile.name, profile.role, profile.skills, profile.most, disabled=True)
            raise EmailTaken from error

    async def change(self, agent_id: UUID, profile: Profile, disabled: bool, by: UUID | None) -> None:
        """Change who somebody is, or shut them out. Raises UnknownAccount or LastAdmin."""
        async with self.database.transaction() as connection:
            account = await self._account(connection, agent_id)
            losing = account.agent.role == "admin" and not account.agent.disabled and (disabled or profile.role != "admin")
            if losing and await accounts.count_admins(connection) == 1:
                raise LastAdmin
            if disabled:
                await sessions.end_all(connection, agent_id)
            await sessions.record(connection, by, "account_disabled" if disabled else "account_changed", str(agent_id), self.clock())
        try:
            await self.agents.change(agent_id, profile.name, profile.role, profile.skills, profile.most, disabled=disabled)
        except UnknownAgent as error:
            raise UnknownAccount from error

    async def reset(self, agent_id: UUID, by: UUID | None) -> str:
        """Forget password and second factor, end every session, and give a new one-time link. Raises UnknownAccount."""
        async with self.database.transaction() as connection:
            await self._account(connection, agent_id)
            await accounts.change(
                connection,
                agent_id,
                password_hash=None,
                totp_secret=None,
                totp_confirmed=False,
                recovery_hashes=[],
                failures=0,
                locked_until=None,
            )
            await sessions.end_all(connection, agent_id)
            await sessions.record(connection, by, "account_reset", str(agent_id), self.clock())
            return await self._link(connection, agent_id)

    async def record(self, by: UUID, event: str, subject: str | None) -> None:
        """Keep that somebody did or looked at something."""
        async with self.database.transaction() as connection:
            await sessions.record(connection, by, event, subject, self.clock())

    async def _link(self, connection: AsyncConnection, agent_id: UUID) -> str:
        token = secrets.new_token()
        await accounts.invite(connection, agent_id, secrets.token_hash(token), self.clock() + INVITATION_LASTS)
        return f"{self.public_url}/desk#uitnodiging={token}"

    @staticmethod
    async def _account(connection: AsyncConnection, agent_id: UUID) -> Account:
        account = await accounts.by_agent(connection, agent_id)
        if account is None:
            raise UnknownAccount
        return account
