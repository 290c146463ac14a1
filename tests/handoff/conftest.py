"""A desk around real PostgreSQL, with texts that show only their key and a clock that stands still."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from bot.handoff.agents import Agents
from bot.handoff.board import Board
from bot.handoff.desk import Desk
from bot.handoff.queueing import Queue
from bot.model.conversation import Inbound
from bot.model.people import HandoffRequest, Holding
from bot.model.triage import Limits, Policy, Rule
from bot.store import conversations, messages, ownership
from bot.store.database import Database

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


class KeyLibrary:
    """Says the key of every message with its values; knows the product paspoort only."""

    limits = Limits()

    def policy(self, municipality: str | None = None) -> Policy:
        return Policy((Rule("rest", "rest", ("callback",)),), self.limits)

    def message(self, key: str, municipality: str | None = None, **values: str) -> str:
        return " ".join([f"<{key}>", *(f"{name}={value}" for name, value in sorted(values.items()))])

    def team_name(self, team: str) -> str:
        return team

    def product(self, key: str) -> object | None:
        return key if key == "paspoort" else None


@dataclass
class FakeClock:
    """A clock that stands still until it is moved."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Office:
    """The desk's services and shortcuts for a test."""

    database: Database
    clock: FakeClock = field(default_factory=FakeClock)
    library: Any = field(default_factory=KeyLibrary)

    @property
    def desk(self) -> Desk:
        return Desk(self.database, lambda: self.library, self.clock)

    @property
    def agents(self) -> Agents:
        return Agents(self.database, lambda: self.library, self.clock)

    @property
    def board(self) -> Board:
        return Board(self.database, self.clock)

    @property
    def queue(self) -> Queue:
        return Queue(lambda: self.library, self.clock)

    async def agent(self, name: str = "Fatima", presence: Any = "available", **facts: Any) -> UUID:
        key = await self.agents.add(name, **facts)
        if presence != "offline":
            await self.agents.presence(key, presence)
        return key

    async def conversation(self, municipality: str | None = "castricum", channel: str = "web") -> UUID:
        key = uuid4()
        async with self.database.transaction() as connection:
            await conversations.create(connection, key, channel, municipality, None)
        return key

    async def waiting(self, team: str = "algemeen", product: str | None = None) -> UUID:
        """A conversation whose citizen waits."""
        key = await self.conversation()
        await self.ask(key, team, product)
        return key

    async def ask(self, conversation: UUID, team: str = "algemeen", product: str | None = None) -> None:
        async with self.database.transaction() as connection:
            request = HandoffRequest(team, product, "vraagt-een-mens", "De inwoner vraagt om een medewerker.")
            await self.queue.ask(connection, conversation, request)

    async def citizen(self, conversation: UUID, text: str) -> None:
        key = uuid4().hex
        async with self.database.transaction() as connection:
            await messages.add_inbound(connection, conversation, Inbound(key, key, text=text), text)
            await ownership.heard_citizen(connection, conversation, self.clock())

    async def holding(self, conversation: UUID) -> Holding:
        async with self.database.transaction() as connection:
            found = await ownership.locked(connection, conversation)
        assert found is not None
        return found

    async def texts(self, conversation: UUID) -> list[str]:
        return [message.text for message in await self.desk.history(conversation)]


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)
