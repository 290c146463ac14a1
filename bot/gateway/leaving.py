"""How a citizen leaves a conversation: ends it, or has it deleted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.handoff.queueing import Queue
from bot.knowledge.library import Library
from bot.logs import logger
from bot.model.conversation import Reply
from bot.store import handoffs, messages, ownership, retention
from bot.store.database import Database, announce, announce_desk

log = logger()


@dataclass(frozen=True)
class Leaving:
    """Both are safe to do twice."""

    database: Database
    library: Callable[[], Library]
    clock: Clock

    async def end(self, conversation_id: UUID) -> None:
        """Close the conversation; whoever helped or was asked in hears it."""
        async with self.database.transaction() as connection:
            before = await ownership.locked(connection, conversation_id)
            if before is None or not await self._let_go(connection, conversation_id):
                return
            text = self.library().message("gesprek_beeindigd", municipality=before.municipality)
            await messages.add_reply(connection, conversation_id, Reply(text, meta={"route": "closed"}, author="system"))
            await announce(connection, conversation_id)
        log.info("conversation_ended", conversation_id=str(conversation_id), owner=before.owner)

    async def erase(self, conversation_id: UUID) -> None:
        """Delete everything that was said, here and in the engine; a call-back or appointment that was agreed on stays."""
        async with self.database.transaction() as connection:
            await self._let_go(connection, conversation_id)
            await retention.forget_conversation(connection, conversation_id)
            await announce(connection, conversation_id)
        log.info("conversation_erased", conversation_id=str(conversation_id))

    async def _let_go(self, connection: AsyncConnection, conversation_id: UUID) -> bool:
        before = await ownership.locked(connection, conversation_id)
        if before is None or await ownership.move(connection, conversation_id, "close", self.clock()) is None:
            return False
        await handoffs.end(connection, conversation_id, "left", self.clock())
        if before.owner == "queued":
            await Queue(self.library, self.clock).tell_others(connection, before)
        await announce_desk(connection, "agents", conversation_id)
        return True
