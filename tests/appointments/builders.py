"""Wishes, holds, customers and the planning of a municipality, for the tests of appointments."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from uuid import uuid4

from bot.clock import AMSTERDAM
from bot.model.appointment import Customer, Hold, Location, Slot, Wanted, Wish
from bot.model.appointment_rules import ActivityRule, AppointmentRules, AppointmentSystem, PlaceRule

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc)
"""A Monday, four weeks before summer time begins."""

DE_VRIES = Customer("de Vries", "Anna Maria", "anna@voorbeeld.example", "0612345678")


def amsterdam(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    """A moment in 2026 by the clocks in the Netherlands, in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=AMSTERDAM).astimezone(timezone.utc)


def written(day: int, hour: int, minute: int = 0) -> datetime:
    """The same in March as a system writes it: without an offset."""
    return datetime(2026, 3, day, hour, minute)  # noqa: DTZ001 - that is the point


def wish(*wanted: tuple[str, int], option: str | None = None) -> Wish:
    return Wish("castricum", "balie", tuple(Wanted(*item) for item in wanted or (("reisdocument", 1),)), option)


def hold(slot: Slot, of: Wish | None = None) -> Hold:
    return Hold(uuid4(), uuid4(), of or wish(), slot, NOW + timedelta(minutes=10))


def rules(system: AppointmentSystem, activities: dict[str, str], places: dict[str, str]) -> AppointmentRules:
    """The planning of Castricum, with the other system's ids of activities and places (ours → theirs)."""
    return AppointmentRules(
        system=system,
        kinds=("balie",),
        activities={name: _activity(name, code) for name, code in activities.items()},
        places={name: _place(name, code) for name, code in places.items()},
        fields={},
    )


def _activity(name: str, code: str) -> ActivityRule:
    minutes = {"reisdocument": 15, "rijbewijs": 10}.get(name, 60)
    return ActivityRule(
        name, name, ("balie",), minutes, minutes_more=10, most=4, notice_hours=0, horizon_days=90, options=("bezorgen",), code=code or None
    )


def _place(name: str, code: str) -> PlaceRule:
    return PlaceRule(Location(name, f"Gemeentehuis {name}"), "balie", f"castricum/{name}", desks=1, code=code or None)
