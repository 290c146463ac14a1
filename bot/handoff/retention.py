"""The broom: every night what was kept long enough is forgotten."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.clock import Clock
from bot.logs import logger
from bot.store import arrivals, retention, sessions
from bot.store.database import Database
from bot.store.retention import Forgotten

log = logger()

_REPEATED = timedelta(days=9)
"""WhatsApp repeats a message that was not acknowledged for up to seven days: its key must be known for longer."""

_SESSION = timedelta(days=1)
"""No session of the desk lasts longer."""

_RECORD = timedelta(days=365)
"""Who looked at or did what in the desk; long enough to look into a complaint."""


@dataclass(frozen=True)
class Retention:
    """Keeps conversations, promises and remarks for `days` after the last that happened to them."""

    database: Database
    clock: Clock
    days: int

    async def sweep(self) -> Forgotten:
        """Forget everything that is old enough; running it twice, or two at once, does no harm."""
        now = self.clock()
        before = now - timedelta(days=self.days)
        conversations = messages = 0
        while True:
            async with self.database.transaction() as connection:
                gone = await retention.forget_conversations(connection, before)
            conversations += gone
            if gone < retention.BATCH:
                break
        while True:
            async with self.database.transaction() as connection:
                gone = await retention.forget_messages(connection, before)
            messages += gone
            if gone < retention.BATCH:
                break
        async with self.database.transaction() as connection:
            rest = await retention.forget_the_rest(connection, before, now)
            await arrivals.forget(connection, now - _REPEATED)
            await sessions.forget(connection, now - _SESSION, now - _RECORD)
        forgotten = replace(rest, conversations=conversations, messages=messages)
        log.info("retention_swept", conversations=conversations, messages=messages, promises=rest.promises, engine=rest.engine)
        return forgotten
