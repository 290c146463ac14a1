"""A gateway around real PostgreSQL with a scripted engine, and small texts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from bot.gateway.albums import Albums
from bot.gateway.engine import EngineResult, EngineUnavailable
from bot.gateway.files import FileSource
from bot.gateway.gate import Gate
from bot.gateway.limits import Limits
from bot.gateway.reception import Courtesy, Reception
from bot.gateway.sharing import Sharing
from bot.gateway.starts import Starts
from bot.gateway.turns import Turns
from bot.gateway.watch import Watch
from bot.handoff.office import Office, open_office
from bot.handoff.watch import Patience
from bot.model.conversation import Conversation, Inbound, Message, OwedTurn, Reply
from bot.model.report import ReportPolicy, ReportSystem
from bot.model.triage import Condition, Policy, Rule
from bot.model.widget import WidgetSettings
from bot.reports.service import Reports
from bot.store import messages, ownership
from bot.store.database import Database
from bot.store.queue import TurnJobs, make_queue
from bot.store.tables import conversation
from bot.text.danger import Danger


@dataclass(frozen=True)
class Town:
    """A municipality as far as the gateway looks at it."""

    id: str
    name: str
    widget: WidgetSettings = field(default_factory=WidgetSettings)
    reports: ReportPolicy | None = None


@dataclass(frozen=True)
class Subject:
    """A product as far as the gateway looks at it."""

    id: str
    theme: str = "reisdocumenten"


class FakeLibrary:
    """Says the key of every message, so that tests do not depend on the wording."""

    def __init__(self) -> None:
        self.policies: dict[str, ReportPolicy] = {}

    def message(self, key: str, municipality: str | None = None, **values: str) -> str:
        return f"<{key}>"

    def place_near(self, latitude: float, longitude: float) -> str | None:
        return "Limmen" if latitude > 52 else None

    def policy(self, municipality: str | None = None) -> Policy:
        return Policy(
            (
                Rule("gevaar", "gevaar", ("emergency",), Condition(signs=frozenset({"danger"}))),
                Rule("rest", "rest", ("live_chat", "callback")),
            )
        )

    def team_name(self, team: str) -> str:
        return team

    def product(self, key: str) -> Subject | None:
        return {"paspoort": Subject(key), "straatverlichting": Subject(key, "openbare-ruimte")}.get(key)

    def municipality_of(self, text: str) -> str | None:
        return "castricum" if text == "Limmen" else None

    def municipality(self, key: str) -> Town | None:
        return next((town for town in self.municipalities() if town.id == key), None)

    def municipalities(self) -> tuple[Town, ...]:
        return tuple(
            Town(
                key,
                key.capitalize(),
                WidgetSettings(colours={"primary": "#0b5563"}, websites=(f"https://www.{key}.example",)),
                self.policies.get(key),
            )
            for key in ("castricum", "heiloo")
        )

    def aspects_of(self, product: str, municipality: str | None = None) -> tuple[str, ...]:
        return ("wat", "kosten", "meenemen")

    def aspect_title(self, aspect: str) -> str:
        return f"<{aspect}>"

    def asks_about_queue(self, text: str) -> bool:
        return text == "hoe lang nog?"

    def title_of(self, product: str) -> str:
        return product


@dataclass
class FakeEngine:
    """Answers with an echo; fails as often as told."""

    failures: list[Exception] = field(default_factory=list)
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    municipality: str | None = None
    handoff: dict[str, Any] | None = None
    resets: list[dict[str, str]] = field(default_factory=list)
    understanding: dict[str, Any] = field(default_factory=dict)

    async def turn(self, conversation: Conversation, owed: OwedTurn, request_id: str) -> EngineResult:
        self.asked.append((owed.text, owed.payload))
        if self.failures:
            raise self.failures.pop(0)
        handoff, self.handoff = self.handoff, None
        return EngineResult((Reply(f"echo: {owed.text}", meta={"route": "answer"}),), handoff, self.municipality, self.understanding)

    async def reset(self, conversation_id: UUID, slots: dict[str, str]) -> None:
        self.resets.append(slots)

    async def is_ready(self) -> bool:
        return not self.failures

    async def close(self) -> None:
        """Nothing is open."""


@dataclass
class FakeClock:
    """A clock that stands still until it is moved."""

    now: datetime = field(default_factory=lambda: datetime.now(timezone.utc))

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by


@dataclass
class Bench:
    """Everything a test of the gateway needs, wired as in the house but with fakes at the edges."""

    database: Database
    engine: FakeEngine
    clock: FakeClock
    gate: Gate
    starts: Starts
    turns: Turns
    watch: Watch
    jobs: TurnJobs
    queue: Any
    office: Office

    @property
    def sharing(self) -> Sharing:
        """What is done with pictures and places."""
        return Sharing(self.database, self.gate, self.gate.library, Reports(self.database, self.gate.library, self.clock))

    def reception(self, sources: Mapping[str, FileSource] | None = None, courtesies: Mapping[str, Courtesy] | None = None) -> Reception:
        """Who reads what channels delivered, at once."""
        albums = Albums(self.sharing, sources or {})
        return Reception(self.database, self.gate, self.starts, self.gate.library, albums, courtesies or {}, settled=timedelta(0))

    def take_reports(self, municipality: str = "castricum", pictures: int = 3, backend: ReportSystem = "own") -> None:
        """Let a municipality take reports."""
        library: FakeLibrary = self.gate.library()  # type: ignore[assignment]
        library.policies[municipality] = ReportPolicy(municipality, backend, 5, pictures)

    async def speak_of(self, conversation_id: UUID, product: str) -> None:
        """Let the conversation be about a product."""
        async with self.database.transaction() as connection:
            await ownership.set_product(connection, conversation_id, product)

    async def conversation(self, municipality: str | None = "castricum") -> UUID:
        return (await self.starts.start("web", municipality, "192.0.2.1")).id

    async def conversations(self) -> list[UUID]:
        """All of every channel, the oldest first; those that were begun at once come in any order."""
        async with self.database.transaction() as connection:
            return list((await connection.execute(select(conversation.c.id).order_by(conversation.c.created_at))).scalars())

    async def give(self, conversation_id: UUID, owner: str) -> None:
        """Let `owner` have the conversation, however that came about."""
        async with self.database.transaction() as connection:
            await connection.execute(update(conversation).where(conversation.c.id == conversation_id).values(owner=owner))

    async def say(self, conversation_id: UUID, text: str, key: str | None = None) -> int:
        identifier = key or uuid4().hex
        return await self.gate.accept(conversation_id, Inbound(f"web:{conversation_id}:{identifier}", identifier, text=text))

    async def choose(self, conversation_id: UUID, choice: str, key: str | None = None) -> int:
        identifier = key or uuid4().hex
        return await self.gate.accept(conversation_id, Inbound(f"web:{conversation_id}:{identifier}", identifier, choice=choice))

    async def history(self, conversation_id: UUID) -> list[Message]:
        async with self.database.transaction() as connection:
            return await messages.after(connection, conversation_id, 0)

    async def texts(self, conversation_id: UUID) -> list[str]:
        return [message.text for message in await self.history(conversation_id)]


def hear(text: str) -> Danger | None:
    return Danger("brand", "<bel 112>") if "brand" in text else None


@pytest.fixture
async def bench(database: Database) -> AsyncIterator[Bench]:
    library, clock, engine = FakeLibrary(), FakeClock(), FakeEngine()
    queue = make_queue(database.address)
    turns = Turns(database, engine, lambda: library, clock)  # type: ignore[arg-type]
    jobs = TurnJobs(queue, turns.answer)
    gate = Gate(database, lambda: library, hear, jobs.defer, clock)  # type: ignore[arg-type]
    starts = Starts(database, lambda: library, clock, Limits())  # type: ignore[arg-type]
    office = open_office(database, lambda: library, clock, 2, Patience())  # type: ignore[arg-type, return-value]
    async with queue.open_async():
        yield Bench(database, engine, clock, gate, starts, turns, Watch(database, lambda: library, jobs), jobs, queue, office)  # type: ignore[arg-type]


AWAY = EngineUnavailable("away")
