"""Signing in: password, second factor, lockout, sessions and one-time links."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.desk import secrets
from bot.desk.errors import CodeNeeded, InvitationGone, KeyGone, Locked, SignedOut, SignInFailed, TotpWanted, WrongCode
from bot.gateway import sealed
from bot.logs import logger
from bot.model.account import Account
from bot.sealing import KeyMissing, Seal
from bot.store import accounts, sessions
from bot.store.database import Database

log = logger()

TRIES = 5
"""So many wrong tries are free; each further one locks the account for longer."""

_FIRST_LOCK, _LONGEST_LOCK = timedelta(minutes=1), timedelta(hours=1)

INVITATION_LASTS = timedelta(days=3)


@dataclass(frozen=True)
class Terms:
    """How long one stays signed in, and whether a second factor is demanded; from bot.settings."""

    idle: timedelta = timedelta(minutes=60)
    longest: timedelta = timedelta(hours=12)
    totp_wanted: bool = False


@dataclass(frozen=True)
class Accounts:
    """The door to the desk; what changes about agents themselves is `bot.handoff.agents`."""

    database: Database
    clock: Clock
    terms: Terms = Terms()
    seal: Seal = field(default_factory=lambda: Seal(lambda _make: []))
    """How the secrets of second factors are kept."""

    async def sign_in(self, email: str, password: str, code: str | None) -> str:
        """The token of a new session. Raises SignInFailed, CodeNeeded or Locked; wrong tries are counted, also of the code."""
        async with self.database.transaction() as connection:
            account = await accounts.by_email(connection, email.strip())
            if account is not None and account.locked_until is not None and account.locked_until > self.clock():
                raise Locked(retry_after=self._seconds_to(account.locked_until))
            right = secrets.is_password(password, account.password_hash if account else None)
            if account is not None and right and not account.agent.disabled:
                if account.has_totp and not code:
                    raise CodeNeeded
                if not account.has_totp or await self._second_factor(connection, account, code or ""):
                    await accounts.change(connection, account.agent_id, failures=0, locked_until=None)
                    return await self._begin(connection, account, "signed_in")
            if account is not None:
                await self._count(connection, account)
        # Behind the transaction, so that the wrong try stays counted.
        log.warning("sign_in_failed", known=account is not None)
        raise SignInFailed

    async def enter(self, agent_id: UUID) -> str:
        """The token of a new session for somebody who signed in at the municipality's own provider. Raises SignInFailed."""
        async with self.database.transaction() as connection:
            account = await accounts.by_agent(connection, agent_id)
            if account is None or account.agent.disabled:
                raise SignInFailed
            return await self._begin(connection, account, "signed_in_elsewhere")

    async def who(self, token: str | None, *, using: bool = True) -> Account:
        """Whose session this is; with `using` that keeps it open. Raises SignedOut."""
        if not token:
            raise SignedOut
        async with self.database.transaction() as connection:
            now = self.clock()
            agent_id = await sessions.use(connection, secrets.token_hash(token), now, self.terms.idle, self.terms.longest, keep=using)
            account = await accounts.by_agent(connection, agent_id) if agent_id else None
        if account is None or account.agent.disabled:
            raise SignedOut
        return account

    def wants_totp(self, account: Account) -> bool:
        """Whether this account must set up a second factor first; who signs in elsewhere has theirs there."""
        return self.terms.totp_wanted and account.password_hash is not None and not account.has_totp

    async def sign_out(self, token: str) -> None:
        """End this session."""
        async with self.database.transaction() as connection:
            await sessions.end(connection, secrets.token_hash(token))

    async def sign_out_everywhere(self, account: Account) -> None:
        """End every session of this account."""
        async with self.database.transaction() as connection:
            await sessions.end_all(connection, account.agent_id)
            await sessions.record(connection, account.agent_id, "signed_out_everywhere", None, self.clock())

    async def invitation(self, token: str) -> Account:
        """Whom a one-time link is for. Raises InvitationGone."""
        async with self.database.transaction() as connection:
            agent_id = await accounts.invited(connection, secrets.token_hash(token), self.clock())
            account = await accounts.by_agent(connection, agent_id) if agent_id else None
        if account is None:
            raise InvitationGone
        return account

    async def accept(self, token: str, password: str) -> str:
        """Set the password with a one-time link, and sign in. Raises InvitationGone or WeakPassword; then the link stays good."""
        account = await self.invitation(token)
        hashed = secrets.hash_password(password, (account.email, account.agent.name))
        async with self.database.transaction() as connection:
            if await accounts.use_invitation(connection, secrets.token_hash(token), self.clock()) != account.agent_id:
                raise InvitationGone
            await accounts.change(connection, account.agent_id, password_hash=hashed, failures=0, locked_until=None)
            await sessions.end_all(connection, account.agent_id)
            return await self._begin(connection, account, "invitation_accepted")

    async def change_password(self, account: Account, old: str, new: str) -> None:
        """Set another password; other sessions end. Raises SignInFailed or WeakPassword."""
        if not secrets.is_password(old, account.password_hash):
            raise SignInFailed
        hashed = secrets.hash_password(new, (account.email, account.agent.name))
        async with self.database.transaction() as connection:
            await accounts.change(connection, account.agent_id, password_hash=hashed)
            await sessions.end_all(connection, account.agent_id)
            await sessions.record(connection, account.agent_id, "password_changed", None, self.clock())

    async def begin_totp(self, account: Account) -> str:
        """A fresh secret, not asked for before `confirm_totp`. Raises WrongCode when there is a second factor already, or KeyGone."""
        if account.has_totp:
            raise WrongCode
        secret = secrets.new_totp()
        async with self.database.transaction() as connection:
            try:
                kept = await sealed.close(connection, self.seal, account.agent_id, secret)
            except KeyMissing as error:
                raise KeyGone from error
            await accounts.change(connection, account.agent_id, totp_secret=kept, totp_confirmed=False)
        return secret

    async def confirm_totp(self, account: Account, code: str) -> list[str]:
        """Turn the second factor on with its first code; gives the recovery codes, once. Raises WrongCode."""
        step = self._step_of(account, code) if account.totp_secret and not account.has_totp else None
        if step is None:
            raise WrongCode
        codes = secrets.recovery_codes()
        async with self.database.transaction() as connection:
            hashes = [secrets.recovery_hash(item) for item in codes]
            await accounts.change(connection, account.agent_id, totp_confirmed=True, totp_step=step, recovery_hashes=hashes)
            await sessions.record(connection, account.agent_id, "totp_on", None, self.clock())
        return codes

    async def drop_totp(self, account: Account, password: str) -> None:
        """Turn the second factor off. Raises SignInFailed, or TotpWanted when the municipality demands one."""
        if self.terms.totp_wanted:
            raise TotpWanted
        if not secrets.is_password(password, account.password_hash):
            raise SignInFailed
        async with self.database.transaction() as connection:
            await accounts.change(connection, account.agent_id, totp_secret=None, totp_confirmed=False, recovery_hashes=[])
            await sessions.record(connection, account.agent_id, "totp_off", None, self.clock())

    async def _second_factor(self, connection: AsyncConnection, account: Account, code: str) -> bool:
        # A recovery code is looked at first: it must work, too, when the key of the secrets is gone.
        if await accounts.use_recovery(connection, account.agent_id, secrets.recovery_hash(code)):
            return True
        step = self._step_of(account, code)
        return step is not None and await accounts.use_code(connection, account.agent_id, step)

    def _step_of(self, account: Account, code: str) -> int | None:
        try:
            secret = self.seal.open(account.agent_id, account.totp_secret or "")
        except KeyMissing as error:
            raise KeyGone from error
        return secrets.step_of(secret, code, self.clock())

    async def _begin(self, connection: AsyncConnection, account: Account, event: str) -> str:
        token = secrets.new_token()
        await sessions.add(connection, secrets.token_hash(token), account.agent_id, self.clock())
        await sessions.record(connection, account.agent_id, event, None, self.clock())
        return token

    async def _count(self, connection: AsyncConnection, account: Account) -> None:
        failures = account.failures + 1
        over = failures - TRIES
        lock = min(_FIRST_LOCK * 2 ** min(over, 10), _LONGEST_LOCK) if over >= 0 else None
        until = self.clock() + lock if lock else None
        await accounts.change(connection, account.agent_id, failures=failures, locked_until=until)

    def _seconds_to(self, moment: datetime) -> int:
        return max(1, int((moment - self.clock()).total_seconds()))
