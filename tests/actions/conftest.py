"""Builders for the actions: a tracker as the engine sends it, real knowledge, fakes for what people do."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.handoff.errors import CallbackRefused
from bot.knowledge.library import Library
from bot.knowledge.loader import read_knowledge
from bot.model.conversation import CallbackRequest
from bot.model.triage import Facts
from bot.settings import ROOT
from bot.triage.deciding import decide
from bot.triage.service import Considered, Moment
from bot.wiring import Services
from tests.actions.appointments import FakeAppointments, FakeNotices
from tests.actions.reports import FakeReports

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@dataclass
class FakeCallbacks:
    """Remembers what was asked for."""

    made: list[dict[str, Any]] = field(default_factory=list)
    stored: CallbackRequest | None = None
    refuses: bool = False
    overdue: bool = False

    async def request(self, **facts: Any) -> CallbackRequest:
        if self.refuses:
            raise CallbackRefused("no number")
        self.made.append(facts)
        return callback()

    async def leave_note(self, **facts: Any) -> CallbackRequest:
        self.made.append(facts)
        return replace(callback(), kind="note")

    async def find(self, reference: str) -> CallbackRequest | None:
        return self.stored if self.stored is not None and self.stored.reference in reference else None

    async def newest_of(self, conversation_id: UUID) -> CallbackRequest | None:
        return None

    def is_overdue(self, request: CallbackRequest) -> bool:
        return self.overdue


@dataclass
class FakeTriage:
    """The real table and the real decision, on facts that a test sets."""

    library: Library
    there: dict[str, Any] = field(default_factory=dict)
    moments: list[Moment] = field(default_factory=list)

    async def consider(self, moment: Moment) -> Considered:
        self.moments.append(moment)
        product = self.library.product(moment.product) if moment.product else None
        facts = Facts(
            act=moment.act,
            zone=moment.zone,
            misses=moment.misses,
            product=product.id if product else None,
            theme=product.theme if product else None,
            preferred=product.channel if product else None,
            municipality=moment.municipality,
            can_answer=moment.can_answer,
            can_ask=moment.can_ask,
            **self.there,
        )
        return Considered(decide(facts, self.library.policy(moment.municipality)), facts)


def callback(status: Any = "te_verwerken") -> CallbackRequest:
    return CallbackRequest("TB-7K4M2P", uuid4(), "castricum", "Jan", "+31612345678", "paspoort", "", status, date(2026, 11, 24), MONDAY)


@pytest.fixture(scope="session")
def library() -> Library:
    """The library of the real knowledge base, on a Monday morning."""
    return Library(read_knowledge(ROOT / "knowledge").base, lambda: MONDAY)


@pytest.fixture
def given(library: Library) -> Services:
    async def nothing() -> None:
        """Nothing to refresh."""

    calendar = FakeAppointments(lambda: MONDAY)
    return Services(
        lambda: MONDAY,
        lambda: library,
        nothing,
        FakeCallbacks(),
        None,
        calendar,
        FakeTriage(library),
        FakeNotices(),
        {},  # type: ignore[arg-type]
        FakeReports(),  # type: ignore[arg-type]
    )


def tracker(
    text: str = "", intent: str = "", slots: dict[str, Any] | None = None, loop: str | None = None, **understanding: Any
) -> Tracker:
    """A tracker as the engine sends it."""
    latest = {
        "text": text,
        "intent": {"name": intent, "confidence": 0.9},
        "entities": understanding.pop("entities", []),
        "understanding": understanding,
        "metadata": {"message_id": "m-1", "request_id": "r-1"},
    }
    conversation = "2b7a3a34-9c2e-4d1c-9a77-0a6a5c9b7a11"
    return Tracker(conversation, slots or {}, latest, [], False, None, {"name": loop} if loop else {}, None)


def after(said: Said, moment: Tracker) -> Tracker:
    """The moment with what the bot said before it among the events, as Rasa keeps it."""
    for message in said.messages:
        data = {"buttons": message.get("buttons") or None, "custom": message.get("custom") or None}
        moment.events.append({"event": "bot", "text": message.get("text"), "data": data})
    return moment


@dataclass
class Said:
    """What an action said and did."""

    messages: list[dict[str, Any]]
    slots: dict[str, Any]
    followed: str | None = None

    @property
    def meta(self) -> dict[str, Any]:
        return dict(self.messages[-1]["custom"].get("meta", {}))

    @property
    def titles(self) -> list[str]:
        return [button["title"] for message in self.messages for button in message["buttons"]]

    @property
    def response(self) -> str | None:
        return self.messages[-1].get("response")


async def run(action: Any, moment: Tracker) -> Said:
    dispatcher = CollectingDispatcher()
    events = await action.run(dispatcher, moment, {})
    slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    return Said(dispatcher.messages, slots, followed_by(events))


def followed_by(events: list[dict[str, Any]]) -> str | None:
    """The action that follows, or the intent that the message is heard as again."""
    again = (event["parse_data"]["intent"]["name"] for event in events if event["event"] == "user")
    return next((event["name"] for event in events if event["event"] == "followup"), next(again, None))
