"""Agents at a desk that is not ours (Chatwoot, for one): the same ownership, without an agent of our own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.knowledge.library import Library
from bot.model.people import GENERAL_TEAM
from bot.store import handoffs, ownership, turns
from bot.store.database import announce, announce_desk


@dataclass(frozen=True)
class OutsideDesk:
    """Works in the transaction of its caller; the other desk tells the citizen itself who is talking."""

    library: Callable[[], Library]
    clock: Clock

    async def take(self, connection: AsyncConnection, conversation_id: UUID) -> bool:
        """A person over there answers from now on, and the bot is silent; False when a person had it already."""
        before = await ownership.locked(connection, conversation_id)
        if before is None or before.owner == "agent":
            return False
        if before.owner == "closed":
            await ownership.move(connection, conversation_id, "reopen", self.clock(), resume={})
        moved = await ownership.move(connection, conversation_id, "take_over", self.clock(), team=before.team or GENERAL_TEAM)
        if moved is None:
            return False
        await turns.end_all(connection, conversation_id, "to_agent")
        await handoffs.claimed(connection, moved, moved.team or GENERAL_TEAM, None, self.clock())
        await self._tell(connection, conversation_id)
        return True

    async def give_back(self, connection: AsyncConnection, conversation_id: UUID) -> bool:
        """The bot answers again, afresh, with the subject known; False when no person over there had it."""
        before = await ownership.locked(connection, conversation_id)
        if before is None or before.owner != "agent" or before.agent_id is not None:
            return False
        known = before.product is not None and self.library().product(before.product) is not None
        resume = {"product": before.product} if known and before.product else {}
        await ownership.move(connection, conversation_id, "hand_back", self.clock(), resume=resume)
        await handoffs.end(connection, conversation_id, "handed_back", self.clock())
        await self._tell(connection, conversation_id)
        return True

    async def close(self, connection: AsyncConnection, conversation_id: UUID) -> bool:
        """It is over, over there; the citizen's next message begins with the bot. False when it was closed already."""
        moved = await ownership.move(connection, conversation_id, "close", self.clock())
        if moved is None:
            return False
        await handoffs.end(connection, conversation_id, "closed", self.clock())
        await self._tell(connection, conversation_id)
        return True

    @staticmethod
    async def _tell(connection: AsyncConnection, conversation_id: UUID) -> None:
        await announce(connection, conversation_id)
        await announce_desk(connection, "queue", conversation_id)
