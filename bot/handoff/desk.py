"""The door for agents: take a conversation, talk in it, and hand it on; every call is safe to send twice and has one winner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.handoff.errors import (
    AlreadyTaken,
    NobodyThere,
    NotAllowed,
    NothingSaid,
    NotPresent,
    NotYours,
    TooMany,
    UnknownAgent,
)
from bot.handoff.queueing import Queue
from bot.handoff.waiting import place_of
from bot.knowledge.library import Library
from bot.logs import logger
from bot.model.conversation import Message, Reply
from bot.model.people import GENERAL_TEAM, Agent, AgentNote, HandoffRequest, Holding, Outcome
from bot.store import agents, handoffs, messages, notes, ownership, ratings, turns
from bot.store.database import Database, announce, announce_agent_typing, announce_desk
from bot.text.personal import mask_bsn
from bot.text.plain import tidy

log = logger()

TYPING = timedelta(seconds=6)
"""So long after the last sign the citizen sees that the agent types."""

LONGEST = 4_000
"""Characters of an agent's message or note."""


@dataclass(frozen=True)
class Desk:
    """What agents do with conversations. Rows are locked in one order: agent, conversation, turn."""

    database: Database
    library: Callable[[], Library]
    clock: Clock

    @property
    def _queue(self) -> Queue:
        return Queue(self.library, self.clock)

    async def claim(self, agent_id: UUID, conversation_id: UUID) -> None:
        """Take a waiting conversation. Raises AlreadyTaken, TooMany, NotPresent or UnknownAgent."""
        async with self.database.transaction() as connection:
            agent = await self._at_the_desk(connection, agent_id)
            await self._has_room(connection, agent)
            moved = await ownership.move(connection, conversation_id, "claim", self.clock(), agent_id=agent_id)
            if moved is None:
                raise AlreadyTaken
            await self._begins(connection, moved, agent)

    async def take_over(self, agent_id: UUID, conversation_id: UUID) -> None:
        """Take a conversation from the bot or the queue; from a colleague only a team lead may. Raises as `claim`, or NotAllowed."""
        async with self.database.transaction() as connection:
            agent = await self._at_the_desk(connection, agent_id)
            await self._take(connection, agent, conversation_id, by_lead=agent.role != "agent")

    async def assign(self, lead_id: UUID, conversation_id: UUID, agent_id: UUID) -> None:
        """A team lead gives a conversation to an agent, over the limit if need be. Raises NotAllowed, NotPresent, AlreadyTaken."""
        async with self.database.transaction() as connection:
            lead = await agents.find(connection, lead_id)
            if lead is None or lead.role == "agent":
                raise NotAllowed
            agent = await self._at_the_desk(connection, agent_id)
            await self._take(connection, agent, conversation_id, by_lead=True)

    async def forward_to_agent(self, agent_id: UUID, conversation_id: UUID, to_agent: UUID, note: str) -> None:
        """Give it to a colleague who is available and has room. Raises NotYours, NotPresent, TooMany or UnknownAgent."""
        async with self.database.transaction() as connection:
            colleague = await self._at_the_desk(connection, to_agent)
            if colleague.presence != "available":
                raise NotPresent
            await self._has_room(connection, colleague)
            moved = await ownership.move(connection, conversation_id, "forward_agent", self.clock(), agent_id=to_agent, held_by=agent_id)
            if moved is None:
                raise NotYours
            await self._note(connection, agent_id, conversation_id, note)
            await handoffs.end(connection, conversation_id, "forwarded", self.clock())
            await self._begins(connection, moved, colleague)

    async def forward_to_team(self, agent_id: UUID, conversation_id: UUID, team: str, note: str) -> None:
        """Put it into the queue of a team that is there. Raises NotYours or NobodyThere."""
        now = self.clock()
        async with self.database.transaction() as connection:
            others = [agent for agent, _ in await agents.present_for(connection, team) if agent.id != agent_id]
            if not others:
                raise NobodyThere
            moved = await ownership.move(connection, conversation_id, "forward_team", now, team=team, held_by=agent_id)
            if moved is None:
                raise NotYours
            await self._note(connection, agent_id, conversation_id, note)
            known = await handoffs.reason_of(connection, conversation_id) or HandoffRequest()
            await handoffs.end(connection, conversation_id, "forwarded", now)
            await handoffs.begin(connection, moved, HandoffRequest(team, known.product, known.rule, known.reason), now)
            place = await place_of(connection, moved, now)
            await messages.add_reply(connection, conversation_id, self._queue.words.forwarded(team, place, moved.municipality))
            await self._tell(connection, conversation_id)

    async def hand_back(self, agent_id: UUID, conversation_id: UUID, product: str | None = None) -> None:
        """Give it back to the bot, which begins afresh with `product`, or the subject it had. Raises NotYours."""
        async with self.database.transaction() as connection:
            before = await ownership.locked(connection, conversation_id)
            subject = product or (before.product if before else None)
            resume = {"product": subject} if subject and self.library().product(subject) else {}
            moved = await ownership.move(connection, conversation_id, "hand_back", self.clock(), held_by=agent_id, resume=resume)
            if moved is None:
                raise NotYours
            await handoffs.end(connection, conversation_id, "handed_back", self.clock())
            await messages.add_reply(connection, conversation_id, self._queue.words.bot_again(moved.municipality))
            await self._tell(connection, conversation_id)

    async def close(self, agent_id: UUID, conversation_id: UUID, outcome: Outcome) -> None:
        """End it; the citizen is asked once how it went, unless it was abuse. Raises NotYours."""
        async with self.database.transaction() as connection:
            before = await ownership.locked(connection, conversation_id)
            moved = await ownership.move(connection, conversation_id, "close", self.clock(), held_by=agent_id)
            if moved is None or before is None:
                raise NotYours
            await handoffs.end(connection, conversation_id, "closed", self.clock(), outcome)
            words = self._queue.words
            await messages.add_reply(connection, conversation_id, words.closed(moved.municipality))
            if outcome != "abuse" and await ratings.ask(connection, moved, before.team, self.clock()):
                await messages.add_reply(connection, conversation_id, words.ask_rating(moved.municipality))
            await self._tell(connection, conversation_id)
        log.info("conversation_closed", conversation_id=str(conversation_id), outcome=outcome)

    async def say(self, agent_id: UUID, conversation_id: UUID, text: str, key: str) -> int:
        """Say something to the citizen, and give its number; the same `key` again says nothing new. Raises NotYours, NothingSaid."""
        said = self._text(text)
        inbound_key = f"desk:{conversation_id}:{key}"
        try:
            return await self._say(agent_id, conversation_id, said, inbound_key, key)
        except IntegrityError:
            return await self._say(agent_id, conversation_id, said, inbound_key, key)  # it was sent twice at once: now it is known

    async def _say(self, agent_id: UUID, conversation_id: UUID, text: str, inbound_key: str, key: str) -> int:
        async with self.database.transaction() as connection:
            known = await messages.seq_of_inbound(connection, inbound_key)
            if known is not None:
                return known
            agent = await agents.find(connection, agent_id)
            await agents.heartbeat(connection, agent_id, self.clock(), active=True)
            if agent is None or not await ownership.answered_by_agent(connection, conversation_id, agent_id):
                raise NotYours
            reply = Reply(text, meta={"agent": agent.name}, author="agent")
            stored = await messages.add_reply(connection, conversation_id, reply, inbound_key=inbound_key, client_id=key)
            await self._tell(connection, conversation_id)
        return stored.seq

    async def typing(self, agent_id: UUID, conversation_id: UUID) -> None:
        """Show the citizen for some seconds that the agent types. Raises NotYours."""
        async with self.database.transaction() as connection:
            if not await ownership.set_typing(connection, conversation_id, agent_id, TYPING):
                raise NotYours
            await announce_agent_typing(connection, conversation_id)

    async def read(self, agent_id: UUID, conversation_id: UUID, seq: int) -> None:
        """The agent has seen everything up to message `seq`; nothing when it is not theirs."""
        async with self.database.transaction() as connection:
            if await ownership.set_read(connection, conversation_id, agent_id, seq):
                await announce_desk(connection, conversation_id)

    async def note(self, agent_id: UUID, conversation_id: UUID, text: str) -> None:
        """Keep an internal note. Raises NothingSaid."""
        async with self.database.transaction() as connection:
            await self._note(connection, agent_id, conversation_id, self._text(text))
            await announce_desk(connection, conversation_id)

    async def notes(self, conversation_id: UUID) -> list[AgentNote]:
        """The internal notes, oldest first."""
        async with self.database.transaction() as connection:
            return await notes.of_conversation(connection, conversation_id)

    async def history(self, conversation_id: UUID, after: int = 0) -> list[Message]:
        """What everybody said after message `after`, at most 200 messages a call."""
        async with self.database.transaction() as connection:
            return await messages.after(connection, conversation_id, after)

    async def _take(self, connection: AsyncConnection, agent: Agent, conversation_id: UUID, *, by_lead: bool) -> None:
        before = await ownership.locked(connection, conversation_id)
        if before is not None and before.agent_id == agent.id:
            return
        if before is not None and before.owner == "agent" and not by_lead:
            raise NotAllowed
        if not by_lead:
            await self._has_room(connection, agent)
        moved = await ownership.move(
            connection, conversation_id, "take_over", self.clock(), agent_id=agent.id, team=(before and before.team) or GENERAL_TEAM
        )
        if moved is None:
            raise AlreadyTaken
        if before is not None and before.owner == "agent":
            await handoffs.end(connection, conversation_id, "forwarded", self.clock())
        await self._begins(connection, moved, agent)

    async def _begins(self, connection: AsyncConnection, moved: Holding, agent: Agent) -> None:
        """What goes with every new owner: the bot owes nothing any more, and the citizen hears who is there."""
        await turns.end_all(connection, moved.conversation_id, "to_agent")
        await handoffs.claimed(connection, moved, moved.team or GENERAL_TEAM, agent.id, self.clock())
        reply = self._queue.words.agent_begins(agent.name, moved.municipality)
        await messages.add_reply(connection, moved.conversation_id, reply)
        await self._queue.tell_others(connection, moved)
        await self._tell(connection, moved.conversation_id)
        log.info("conversation_taken", conversation_id=str(moved.conversation_id), agent_id=str(agent.id), team=moved.team)

    async def _at_the_desk(self, connection: AsyncConnection, agent_id: UUID) -> Agent:
        agent = await agents.locked(connection, agent_id)
        if agent is None or agent.disabled:
            raise UnknownAgent
        if agent.presence == "offline":
            raise NotPresent
        return agent

    @staticmethod
    async def _has_room(connection: AsyncConnection, agent: Agent) -> None:
        if await ownership.count_held(connection, agent.id) >= agent.most:
            raise TooMany

    async def _note(self, connection: AsyncConnection, agent_id: UUID, conversation_id: UUID, text: str) -> None:
        if tidy(text):
            await notes.add(connection, conversation_id, agent_id, self._text(text), self.clock())

    @staticmethod
    def _text(text: str) -> str:
        clean = mask_bsn(tidy(text)).text
        if not clean or len(clean) > LONGEST:
            raise NothingSaid
        return clean

    @staticmethod
    async def _tell(connection: AsyncConnection, conversation_id: UUID) -> None:
        await announce(connection, conversation_id)
        await announce_desk(connection, "queue", "agents", conversation_id)
