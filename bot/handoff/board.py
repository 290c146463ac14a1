"""What the desk shows, as values that go over a WebSocket: queue, conversations, agents, call-backs and notes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from bot.clock import Clock
from bot.handoff.service import is_overdue
from bot.handoff.summary import Summary, summarise
from bot.handoff.waiting import forecast
from bot.model.channel import PUSH_CHANNELS
from bot.model.conversation import CallbackRequest, Message
from bot.model.people import Agent, AgentNote, Row
from bot.store import (
    agents,
    board,
    callbacks,
    conversations,
    decisions,
    deliveries,
    handoffs,
    message_pictures,
    messages,
    notes,
    ownership,
    report_pictures,
    reports,
)
from bot.store.database import Database

RECENT = timedelta(hours=4)
SEARCHED = timedelta(days=28)


@dataclass(frozen=True)
class TeamQueue:
    """The queue of one team: how many wait, the longest since when, and how long a new citizen would wait (minutes)."""

    team: str
    waiting: int
    oldest: datetime | None
    expected: int | None


@dataclass(frozen=True)
class Colleague:
    """An agent with the number of conversations they have."""

    agent: Agent
    held: int


@dataclass(frozen=True)
class Promise:
    """A call-back or note that somebody must deal with; `overdue` when the promised day or the chosen time is past."""

    request: CallbackRequest
    overdue: bool


@dataclass(frozen=True)
class Opened:
    """A conversation on a page: its row, what was said, the notes, and how deliveries stand by message id."""

    row: Row
    messages: list[Message]
    notes: list[AgentNote]
    deliveries: dict[UUID, str]


@dataclass(frozen=True)
class Numbers:
    """Who waits, for how long the first of them (seconds), agents who can help, promises that are overdue."""

    waiting: int
    oldest: float
    present: int
    overdue: int


@dataclass(frozen=True)
class Board:
    """Reads only. The desk listens on `bot.store.database.DESK_CHANNEL` and reads again what the news is about."""

    database: Database
    clock: Clock

    async def queue(self, team: str | None = None) -> list[Row]:
        """Who waits, the longest first."""
        async with self.database.snapshot() as connection:
            return await board.queue(connection, team)

    async def live(self, only: Collection[UUID] | None = None) -> list[Row]:
        """Conversations that a person has or waits for, the longest first; of those in `only`, or all."""
        async with self.database.snapshot() as connection:
            return await board.live(connection, only)

    async def teams(self) -> list[TeamQueue]:
        """Every team that somebody waits for, with the forecast for the next citizen."""
        async with self.database.snapshot() as connection:
            return [
                TeamQueue(team, count, oldest, await forecast(connection, team, count, self.clock()))
                for team, count, oldest in await ownership.queues(connection)
            ]

    async def opened(self, conversation_id: UUID, after: int) -> Opened | None:
        """What a page that has everything up to message `after` must still get; None when there is no such conversation."""
        async with self.database.snapshot() as connection:
            row = await board.one(connection, conversation_id)
            if row is None:
                return None
            said = await messages.after(connection, conversation_id, after) if row.last_seq > after else []
            kept = await notes.of_conversation(connection, conversation_id)
            sent = await deliveries.statuses_of(connection, conversation_id) if row.channel in PUSH_CHANNELS else {}
            return Opened(row, said, kept, sent)

    async def numbers(self) -> Numbers:
        """How busy it is now."""
        async with self.database.snapshot() as connection:
            queues = await ownership.queues(connection)
            present = await agents.count_present(connection)
            found = await callbacks.open_requests(connection)
        now = self.clock()
        oldest = min((since for _, _, since in queues), default=now)
        overdue = sum(is_overdue(request, now) for request in found)
        return Numbers(sum(count for _, count, _ in queues), max(0.0, (now - oldest).total_seconds()), present, overdue)

    async def mine(self, agent_id: UUID) -> list[Row]:
        """The conversations of one agent."""
        async with self.database.snapshot() as connection:
            return await board.of_agent(connection, agent_id)

    async def everything(self) -> list[Row]:
        """All conversations of the last hours, those with the bot too."""
        async with self.database.snapshot() as connection:
            return await board.recent(connection, self.clock() - RECENT)

    async def conversation(self, conversation_id: UUID) -> Row | None:
        """One conversation as it stands in the lists."""
        async with self.database.snapshot() as connection:
            return await board.one(connection, conversation_id)

    async def picture(self, conversation_id: UUID, picture_id: UUID) -> bytes | None:
        """A picture that the citizen sent in this conversation, to whomever, as JPEG; None when it is not there (any more)."""
        async with self.database.snapshot() as connection:
            shown = await message_pictures.content_of(connection, conversation_id, picture_id)
            return shown or await report_pictures.content_in(connection, conversation_id, picture_id)

    async def search(self, words: str) -> list[Row]:
        """Recent conversations in which these words were written."""
        async with self.database.snapshot() as connection:
            return await board.search(connection, words, self.clock() - SEARCHED)

    async def sample(self, count: int) -> list[Row]:
        """Closed conversations drawn at random, for quality."""
        async with self.database.snapshot() as connection:
            return await board.sample(connection, self.clock() - SEARCHED, count)

    async def last_question(self, conversation_id: UUID) -> str | None:
        """What the citizen wrote last; None when they wrote nothing."""
        async with self.database.snapshot() as connection:
            said = await messages.latest(connection, conversation_id, "citizen", 1)
        return said[-1].text if said else None

    async def colleagues(self) -> list[Colleague]:
        """Every agent, and how busy they are."""
        async with self.database.snapshot() as connection:
            return [Colleague(agent, held) for agent, held in await agents.everybody(connection)]

    async def promises(self) -> list[Promise]:
        """Call-backs and notes that are open: overdue ones first, then by promised moment."""
        async with self.database.snapshot() as connection:
            found = await callbacks.open_requests(connection)
        shown = [Promise(request, is_overdue(request, self.clock())) for request in found]
        return sorted(shown, key=lambda promise: (not promise.overdue, promise.request.promised_on, promise.request.created_at))

    async def summary(self, conversation_id: UUID) -> Summary | None:
        """What an agent must know before the first word; None when there is no such conversation."""
        async with self.database.snapshot() as connection:
            conversation = await conversations.find(connection, conversation_id)
            if conversation is None:
                return None
            said = await messages.latest_of_all(connection, conversation_id, 200)
            request = await handoffs.reason_of(connection, conversation_id)
            signs = await decisions.signs_of(connection, conversation_id)
            open_requests = await callbacks.of_conversation(connection, conversation_id)
            reported = await reports.references_of(connection, conversation_id)
            product = (await board.one(connection, conversation_id) or _nothing()).product
        return summarise(conversation, said, request, signs, open_requests, product, reported)


def _nothing() -> Any:
    return Row(UUID(int=0), "bot", "", None, None, None, None, None, None, None, None, 0, None, 0)
