"""How one municipality plans its appointments: what can be booked, where, when, for how long, and in which system."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Literal, get_args

from bot.model.appointment import AppointmentKind, CustomerField, Location
from bot.model.hours import ExceptionalDay, OpeningHours

AppointmentSystem = Literal["own", "jcc", "qmatic", "open_forms"]
"""The calendar that is the truth: ours, or the one that the municipality already has."""

SYSTEMS: tuple[AppointmentSystem, ...] = get_args(AppointmentSystem)


@dataclass(frozen=True)
class ActivityRule:
    """One thing that can be booked. Products name it with `afspraak:`; with `general` it serves every product that names none."""

    id: str
    name: str
    kinds: tuple[AppointmentKind, ...]
    minutes: int
    minutes_more: int
    """For each further person or piece."""
    most: int
    notice_hours: int
    """From now to the start, at least."""
    horizon_days: int
    options: tuple[str, ...] = ()
    option_needed: bool = False
    places: tuple[str, ...] | None = None
    """Ids of the only places for it; None for every place of its kinds."""
    code: str | None = None
    """Its id in the system that is not ours."""
    general: bool = False


@dataclass(frozen=True)
class Break:
    """A pause on every day; `desks` are the numbers that stop, all of them when empty."""

    start: time
    end: time
    desks: tuple[int, ...] = ()


@dataclass(frozen=True)
class PlaceRule:
    """Where appointments of one kind are, and our planning there: never told to citizens as opening hours."""

    location: Location
    kind: AppointmentKind
    resource: str
    """What is busy: the folder that declares the place, and its id; municipalities that inherit it share its desks."""
    desks: int
    week: tuple[tuple[OpeningHours, ...], ...] = ((),) * 7
    exceptions: tuple[ExceptionalDay, ...] = ()
    closed_on_holidays: bool = True
    breaks: tuple[Break, ...] = ()
    grid_minutes: int = 15
    """Appointments begin at the opening, or so many minutes later, twice as many, and so on."""
    minutes: int | None = None
    """How long an appointment lasts here whatever it is for; None: as the activity says."""
    travel_minutes: int = 0
    """Kept free behind each appointment, to get to the next one."""
    options: tuple[str, ...] = ()
    """The only options possible here; none for all."""
    villages: tuple[str, ...] = ()
    """For visits at home: the only villages visited; none for all."""
    position: tuple[float, float] | None = None
    code: str | None = None


@dataclass(frozen=True)
class WeddingRule:
    """The terms of the law, in days: from the notice to the earliest wedding, and to when the notice ends.

    BW 1:62, first paragraph: not before the fourteenth day after the day of the notice. BW 1:46: within a year of it.
    """

    notice_days: int = 14
    valid_days: int = 365


@dataclass(frozen=True)
class AppointmentRules:
    """The planning of one municipality, with what it inherits filled in."""

    system: AppointmentSystem
    kinds: tuple[AppointmentKind, ...]
    activities: Mapping[str, ActivityRule]
    places: Mapping[str, PlaceRule]
    fields: Mapping[AppointmentKind, tuple[CustomerField, ...]]
    wedding: WeddingRule = WeddingRule()
    positions: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Latitude and longitude of villages, to say which place is nearest."""
    example: bool = False
