"""A made-up municipality with a planning of its own, and the appointment service on it with a clock that a test moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from bot.appointments.service import Appointments, build_appointments
from bot.clock import AMSTERDAM
from bot.knowledge.library import Library
from bot.knowledge.loader import load_knowledge
from bot.model.appointment import Customer, CustomerField, Location, Slot, Wanted, Wish
from bot.model.appointment_rules import ActivityRule, AppointmentRules, PlaceRule
from bot.model.hours import OpeningHours
from bot.model.knowledge_base import KnowledgeBase
from bot.settings import ROOT, Settings
from bot.store.database import Database
from bot.store.tables import conversation

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=AMSTERDAM)
DE_VRIES = Customer("de Vries", email="an@example.nl", phone="+31612345678")
CASTRICUM = "gemeentehuis-castricum"


def hours(start: str, end: str) -> OpeningHours:
    return OpeningHours(time.fromisoformat(start), time.fromisoformat(end))


def place(name: str = "loket", desks: int = 1, *, week: tuple[OpeningHours, ...] = (hours("09:00", "12:00"),), **changes: Any) -> PlaceRule:
    """A counter that is open every day of the week."""
    made = PlaceRule(Location(name, name.capitalize()), "balie", f"dorp/{name}", desks, (week,) * 7, closed_on_holidays=False)
    return replace(made, **changes)


def activity(name: str = "paspoort", minutes: int = 15, more: int = 10, **changes: Any) -> ActivityRule:
    return replace(ActivityRule(name, name.capitalize(), ("balie",), minutes, more, 6, 0, 60), **changes)


def rules(*parts: ActivityRule | PlaceRule, **changes: Any) -> AppointmentRules:
    activities = {part.id: part for part in parts if isinstance(part, ActivityRule)} or {"paspoort": activity()}
    places = {part.location.id: part for part in parts if isinstance(part, PlaceRule)} or {"loket": place()}
    fields = (CustomerField("last_name", required=True),)
    made = AppointmentRules("own", ("balie", "huwelijk", "terugbellen"), activities, places, {"balie": fields, "huwelijk": fields})
    return replace(made, **changes)


def wish(amount: int = 1, kind: Any = "balie", name: str = "paspoort", **changes: Any) -> Wish:
    return replace(Wish("castricum", kind, (Wanted(name, amount),)), **changes)


def moment(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    """A moment in 2026 by the Dutch clock, in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=AMSTERDAM).astimezone(timezone.utc)


_BASE: list[KnowledgeBase] = []


def real_base() -> KnowledgeBase:
    """The knowledge base of the project, read once."""
    if not _BASE:
        _BASE.append(load_knowledge(Path(ROOT / "knowledge")))
    return _BASE[0]


@dataclass
class Town:
    """The service on the real knowledge base, in which Castricum may have a planning of the test's own."""

    database: Database
    now: datetime = MONDAY
    planning: AppointmentRules | None = None
    settings: Settings = field(default_factory=Settings)

    def __post_init__(self) -> None:
        self.service: Appointments = build_appointments(lambda: self.library, self.settings, lambda: self.now, self.database)

    @property
    def library(self) -> Library:
        base = real_base()
        if self.planning is not None:
            castricum = replace(base.municipalities["castricum"], appointments=self.planning)
            towns: Mapping[str, Any] = MappingProxyType({**base.municipalities, "castricum": castricum})
            base = replace(base, municipalities=towns)
        return Library(base, lambda: self.now)

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    async def conversation(self) -> UUID:
        """A conversation of a new citizen."""
        id_ = uuid4()
        async with self.database.transaction() as connection:
            await connection.execute(insert(conversation).values(id=id_, channel="web", owner="bot"))
        return id_

    async def slots(self, of: Wish | None = None, day: date | None = None, location: str | None = None) -> tuple[Slot, ...]:
        day = day or self.now.date()
        return await self.service.offers(of or wish(), location, day, day)
