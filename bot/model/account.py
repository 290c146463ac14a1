"""The nouns of signing in to the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.model.people import Agent


@dataclass(frozen=True)
class Account:
    """How an agent signs in; without a password hash they were invited, or they sign in at the municipality's own provider."""

    agent: Agent
    email: str
    password_hash: str | None
    totp_secret: str | None
    totp_confirmed: bool
    totp_step: int
    failures: int
    locked_until: datetime | None

    @property
    def agent_id(self) -> UUID:
        """The agent's id, which is the account's too."""
        return self.agent.id

    @property
    def has_totp(self) -> bool:
        """Whether a second factor is asked."""
        return self.totp_confirmed and self.totp_secret is not None


@dataclass(frozen=True)
class AccountRow:
    """An account as an administrator sees it."""

    account: Account
    invited: bool
    last_seen: datetime | None
