"""Looks after what is owed: tells citizens when an answer is late, and brings lost jobs back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from psycopg import Error as DriverError
from sqlalchemy.exc import SQLAlchemyError

from bot.gateway import metrics
from bot.knowledge.library import Library
from bot.logs import logger
from bot.model.conversation import Reply
from bot.store import conversations, messages, turns
from bot.store.database import Database, announce
from bot.store.queue import QueueError, TurnJobs

log = logger()

TELL_AFTER = timedelta(seconds=8)
"""The citizen hears within 10 seconds that an answer is late; checking takes up to a second."""

LOST_AFTER = timedelta(seconds=30)
"""A turn that is owed for this long gets a new job, in case its job was lost; a second job for the same turn does nothing."""

_EVERY_SECONDS = 1.0


@dataclass(frozen=True)
class Watch:
    """The rounds a gateway makes; any number of gateways may make them at once."""

    database: Database
    library: Callable[[], Library]
    jobs: TurnJobs

    async def run(self) -> None:
        """Make rounds for ever; an error of the database only skips a round."""
        while True:
            try:
                await self.round()
            except (SQLAlchemyError, DriverError, QueueError) as error:
                log.warning("watch_round_failed", error=type(error).__name__)
            await asyncio.sleep(_EVERY_SECONDS)

    async def round(self) -> None:
        """Tell every citizen whose answer is late, once, and have lost jobs brought back."""
        async with self.database.transaction() as connection:
            late = await turns.untold(connection, TELL_AFTER)
            metrics.OWED.set(await turns.count_owed(connection))
        told = [conversation_id for conversation_id in late if await self._tell(conversation_id)]
        if told:
            log.warning("answers_late", conversations=len(told))
        async with self.database.transaction() as connection:
            rescued = await self.jobs.rescue(connection, LOST_AFTER)
        if rescued:
            log.warning("jobs_rescued", jobs=rescued)

    async def _tell(self, conversation_id: UUID) -> bool:
        """Tell one citizen; False when another gateway told, or a person answers now."""
        async with self.database.transaction() as connection:
            owner = await conversations.owner_locked(connection, conversation_id)
            if not await turns.mark_told(connection, conversation_id, TELL_AFTER) or owner not in ("bot", "queued"):
                return False
            conversation = await conversations.find(connection, conversation_id)
            text = self.library().message("storing", municipality=conversation.municipality if conversation else None)
            await messages.add_reply(connection, conversation_id, Reply(text, meta={"route": "late"}, author="system"))
            await announce(connection, conversation_id)
            return True
