"""What the gate does for people who help: choices of the house itself, an agent who must hear, a closed conversation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.handoff.queueing import Queue
from bot.handoff.words import LEAVE_QUEUE, RATE
from bot.knowledge.library import Library
from bot.logs import logger
from bot.model.conversation import Conversation, Owner
from bot.model.triage import Facts
from bot.store import decisions, messages, ownership, ratings
from bot.triage.deciding import decide

log = logger()

HOUSE = "house:"
"""Choices whose payload begins so are done here, also while the engine is away."""


@dataclass(frozen=True)
class People:
    """Works in the transaction of the gate, which holds the conversation's row."""

    library: Callable[[], Library]
    clock: Clock

    @property
    def queue(self) -> Queue:
        """The queue for a person."""
        return Queue(self.library, self.clock)

    async def do(self, connection: AsyncConnection, conversation: Conversation, payload: str) -> None:
        """Do what a choice of the house says."""
        if payload == LEAVE_QUEUE:
            await self._leave(connection, conversation.id)
        elif payload.startswith(RATE) and payload.removeprefix(RATE) in ("1", "2", "3", "4", "5"):
            await ratings.give(connection, conversation.id, int(payload.removeprefix(RATE)), None, self.clock())
            await messages.add_reply(connection, conversation.id, self.queue.words.thanks(conversation.municipality))
        else:
            log.error("unknown_house_choice", conversation_id=str(conversation.id))

    async def _leave(self, connection: AsyncConnection, conversation_id: UUID) -> None:
        """Who presses an old button gets an answer too; an agent who has come meanwhile gives it."""
        if await self.queue.leave(connection, conversation_id):
            return
        holding = await ownership.locked(connection, conversation_id)
        if holding is not None and holding.owner == "bot":
            await messages.add_reply(connection, conversation_id, self.queue.words.left(holding.municipality))

    async def tell_place(self, connection: AsyncConnection, conversation: Conversation, text: str) -> bool:
        """Answer a waiting citizen who asks about the queue itself; False when they ask something else."""
        if not self.library().asks_about_queue(text):
            return False
        await self.queue.tell_place(connection, conversation.id)
        return True

    async def hear(self, connection: AsyncConnection, conversation_id: UUID) -> None:
        """The citizen wrote to an agent, who owes an answer from now on."""
        await ownership.heard_citizen(connection, conversation_id, self.clock())

    async def reopen(self, connection: AsyncConnection, conversation_id: UUID, owner: Owner) -> None:
        """A closed conversation begins again with the bot."""
        if owner == "closed":
            await self.queue.reopen(connection, conversation_id)

    async def note_danger(self, connection: AsyncConnection, conversation: Conversation, message_id: UUID) -> None:
        """Keep triage's decision on a message in which danger was heard."""
        policy = self.library().policy(conversation.municipality)
        facts = Facts(zone="danger", signs=frozenset({"danger"}), municipality=conversation.municipality, channel=conversation.channel)
        await decisions.keep(connection, str(message_id), conversation.id, facts, decide(facts, policy), policy.version, self.clock())
