"""Books at most once in a system that has no idempotency of its own: every attempt is written down before it is sent."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.appointments.books import books
from bot.appointments.errors import BackendUnavailable, OutcomeUnknown, SlotTaken
from bot.clock import Clock
from bot.errors import BotError
from bot.logs import logger
from bot.store import appointment_attempts as attempts
from bot.store.appointment_attempts import Attempt
from bot.store.database import Database

log = logger()

_SETTLED = timedelta(seconds=60)
"""After so long a request that was on its way has arrived or never will: "not there" then means "was not booked"."""
_BUSY = timedelta(seconds=4)
"""How long an attempt may be at work in another process; so long the same key waits for it."""
_GLANCE = 0.1
"""Seconds between two looks at an attempt of another process."""

Remember = Callable[[str], Awaitable[None]]
"""Writes down what helps to look the attempt up later; no personal data."""

Send = Callable[[Remember], Awaitable[str]]
"""Sends the booking and gives the external id. OutcomeUnknown: it may have been booked; any other error: it surely was not."""

LookUp = Callable[[str | None], Awaitable[str | None]]
"""Finds what was sent, by what was remembered: the external id, or None when it is not there now.

Raises SlotTaken when the system surely refused it, OutcomeUnknown when it cannot tell, and BackendUnavailable.
"""


def marker(key: str) -> str:
    """What a booking carries in its note or title, so that a machine or a colleague finds it again: ww-1a2b3c4d5e."""
    return f"ww-{hashlib.sha256(key.encode()).hexdigest()[:10]}"


class Once:
    """The way to book of one backend."""

    def __init__(self, backend: str, database: Database, clock: Clock) -> None:
        """`backend` is the name that is stored with the attempts."""
        self._backend = backend
        self._database = database
        self._clock = clock

    async def book(self, key: str, send: Send, look_up: LookUp) -> str:
        """The external id for `key`: of the booking that is there, or of a new one. Raises what `send` raises, or OutcomeUnknown."""
        seen = await self._when_idle(key)
        if seen is None:
            return await self._send(key, send, look_up)
        return seen.external_id or await self._after(seen, send, look_up)

    async def knows(self, key: str) -> bool:
        """Whether something was sent under this key before, or is about to be."""
        async with books(self._database) as connection:
            return await attempts.exists(connection, key)

    async def _when_idle(self, key: str) -> Attempt | None:
        """The attempt for `key` once nobody can be busy with it any more; None when this call is the first, and has begun."""
        seen = await self._begin(key)
        for _ in range(int(_BUSY.total_seconds() / _GLANCE)):
            if seen is None or seen.external_id is not None or self._clock() - seen.started_at >= _BUSY:
                break
            await asyncio.sleep(_GLANCE)
            seen = await self._begin(key)
        return seen

    async def _after(self, seen: Attempt, send: Send, look_up: LookUp) -> str:
        """What became of an attempt that never ended."""
        found = await self._look_up(seen.key, seen.note, look_up)
        if found is not None:
            return found
        if self._clock() - seen.started_at < _SETTLED or not await self._take_over(seen.key, seen.started_at):
            raise OutcomeUnknown(f"not there yet: {marker(seen.key)}")
        log.info("appointment_sent_again", marker=marker(seen.key), backend=self._backend)
        return await self._send(seen.key, send, look_up)

    async def _send(self, key: str, send: Send, look_up: LookUp) -> str:
        notes: list[str] = []

        async def remember(note: str) -> None:
            notes.append(note)
            await self._write_down(lambda connection: attempts.note(connection, key, note))

        try:
            external_id = await send(remember)
        except OutcomeUnknown:
            log.warning("appointment_answer_lost", marker=marker(key), backend=self._backend)
            found = await self._look_up(key, notes[-1] if notes else None, look_up)
            if found is None:
                raise OutcomeUnknown(f"no answer and not there yet: {marker(key)}") from None
            return found
        except BotError:
            await self._drop(key)
            raise
        return await self._finish(key, external_id)

    async def _look_up(self, key: str, note: str | None, look_up: LookUp) -> str | None:
        try:
            found = await look_up(note)
        except SlotTaken:
            await self._drop(key)
            raise
        except BotError as error:
            raise OutcomeUnknown(f"cannot be looked up: {marker(key)}") from error
        if found is None:
            return None
        log.info("appointment_found_again", marker=marker(key), backend=self._backend)
        return await self._finish(key, found)

    async def _begin(self, key: str) -> Attempt | None:
        async with books(self._database) as connection:
            return await attempts.begin(connection, key, self._backend, self._clock())

    async def _take_over(self, key: str, started_at: datetime) -> bool:
        async with books(self._database) as connection:
            return await attempts.restart(connection, key, started_at, self._clock())

    async def _drop(self, key: str) -> None:
        await self._write_down(lambda connection: attempts.drop(connection, key))

    async def _finish(self, key: str, external_id: str) -> str:
        await self._write_down(lambda connection: attempts.finish(connection, key, external_id))
        return external_id

    async def _write_down(self, write: Callable[[AsyncConnection], Awaitable[None]]) -> None:
        """Write what is already a fact. Without the database the fact stays one; the same key later only knows less."""
        try:
            async with books(self._database) as connection:
                await write(connection)
        except BackendUnavailable:
            log.warning("appointment_attempt_not_written", backend=self._backend)


async def cannot_tell(_note: str | None) -> str | None:
    """The look-up of a system that finds nothing without its own id."""
    raise OutcomeUnknown("this system finds a booking only by its own id")
