"""Looks after what is owed: tells citizens when an answer is late, and brings lost jobs back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

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
            late = await turns.claim_untold(connection, TELL_AFTER)
            for conversation_id in late:
                conversation = await conversations.find(connection, conversation_id)
                if conversation is None or conversation.owner not in ("bot", "queued"):
                    continue
                text = self.library().message("storing", municipality=conversation.municipality)
                await messages.add_reply(connection, conversation_id, Reply(text, meta={"route": "late"}, author="system"))
                await announce(connection, conversation_id)
            metrics.OWED.set(await turns.count_owed(connection))
        if late:
            log.warning("answers_late", conversations=len(late))
        async with self.database.transaction() as connection:
            rescued = await self.jobs.rescue(connection, LOST_AFTER)
        if rescued:
            log.warning("jobs_rescued", jobs=rescued)
