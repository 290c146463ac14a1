"""The nouns of one municipality: who it is, where its counters are and when they are open, and what it does differently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from bot.model.appointment_rules import AppointmentRules
from bot.model.hours import ExceptionalDay, OpeningHours
from bot.model.knowledge import AspectText, Link, Source
from bot.model.report import ReportPolicy
from bot.model.widget import WidgetSettings

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
"""Names of the days in the files; the place in the list is `date.weekday()`."""


@dataclass(frozen=True)
class Place:
    """A village or district, with spellings, four-digit postcodes, and phrases in which its name means something else."""

    name: str
    aliases: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counter:
    """A place one can walk into; `week` has seven entries, Monday first. With `example_hours` only the address is true."""

    id: str
    name: str
    street: str | None
    postcode: str | None
    town: str | None
    week: tuple[tuple[OpeningHours, ...], ...]
    exceptions: tuple[ExceptionalDay, ...]
    closed_on_holidays: bool
    sources: tuple[Source, ...]
    example: bool = False
    example_hours: bool = False
    note: str | None = None


@dataclass(frozen=True)
class Contact:
    """A way to reach the municipality: kind is telefoon, whatsapp, email, contactformulier, postadres or a social medium."""

    kind: str
    value: str
    sources: tuple[Source, ...]
    example: bool = False
    note: str | None = None


@dataclass(frozen=True)
class Price:
    """What one municipality asks for a product in one period."""

    product: str
    description: str
    euro: Decimal
    valid_from: date
    valid_until: date | None
    source: Source
    example: bool = False
    unit: str | None = None


@dataclass(frozen=True)
class LocalProduct:
    """What differs from the product itself in one municipality."""

    id: str
    body: str | None = None
    aspects: Mapping[str, AspectText] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Municipality:
    """One municipality, with what it inherits already filled in; `bodies` maps a theme to the organisation that does it here.

    Without `appointments` nothing can be booked there, without `reports` nothing can be reported.
    """

    id: str
    name: str
    in_sentence: str
    cbs_code: str
    website: str
    contacts: Mapping[str, Contact]
    places: tuple[Place, ...]
    counters: tuple[Counter, ...]
    bodies: Mapping[str, str]
    prices: tuple[Price, ...]
    products: Mapping[str, LocalProduct]
    appointments: AppointmentRules | None = None
    reports: ReportPolicy | None = None
    widget: WidgetSettings = field(default_factory=WidgetSettings)


@dataclass(frozen=True)
class DayHours:
    """When one counter is open on one day; `reason` says why the day differs from the week (a holiday, an exception)."""

    counter: Counter
    day: date
    hours: tuple[OpeningHours, ...]
    reason: str | None = None


@dataclass(frozen=True)
class Opening:
    """One stretch in which a counter is open, as moments with Amsterdam's offset."""

    counter: Counter
    starts: datetime
    ends: datetime
    by_appointment: bool
