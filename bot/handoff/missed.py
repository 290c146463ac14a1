"""Tells a citizen, in the conversation they came from, that we called and nobody answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.clock import Clock
from bot.handoff.errors import AlreadyTaken
from bot.knowledge.library import Library
from bot.model.conversation import Reply
from bot.store import callbacks, messages
from bot.store.database import Database, announce, announce_desk

ROUTE = "callback"
"""The kind of message; a channel with a window for messages takes the template of this name outside it."""


@dataclass(frozen=True)
class MissedCalls:
    """Counts calls that nobody answered, and says so."""

    database: Database
    library: Callable[[], Library]
    clock: Clock

    async def note(self, reference: str) -> None:
        """A call that nobody answered. Raises AlreadyTaken when the request is not open any more."""
        async with self.database.transaction() as connection:
            if not await callbacks.count_attempt(connection, reference, self.clock()):
                raise AlreadyTaken
            request = await callbacks.find(connection, reference)
            if request is not None and request.conversation_id is not None:
                text = self.library().message("niet_bereikt", municipality=request.municipality, kenmerk=reference)
                reply = Reply(text, meta={"route": ROUTE}, author="system")
                await messages.add_reply(connection, request.conversation_id, reply)
                await announce(connection, request.conversation_id)
            await announce_desk(connection, "callbacks")
