"""The nouns of the knowledge base: products, organisations, municipalities and what belongs to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from types import MappingProxyType

WHAT, HOW, COSTS, BRING = "wat", "aanvragen", "kosten", "meenemen"
CONDITIONS, DURATION, WHEN, WHERE, STATUS = "voorwaarden", "duur", "wanneer", "waar", "status"

ASPECTS = (WHAT, HOW, COSTS, BRING, CONDITIONS, DURATION, WHEN, WHERE, STATUS)
"""Everything that can be asked about a product; the list is closed."""

QUESTION_GROUPS = (*ASPECTS, "afspraak", "melden")
"""The groups of example questions: the aspects and the two acts that go with a product."""

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
"""Names of the days in the files; the place in the list is `date.weekday()`."""


@dataclass(frozen=True)
class Source:
    """Where a fact stands; an `example` source was not looked up and is never shown."""

    title: str
    url: str
    checked_on: date | None = None
    valid_until: date | None = None
    example: bool = False


@dataclass(frozen=True)
class AspectText:
    """What is said about one aspect; `applicable` is False when the text says that the aspect does not apply."""

    text: str
    more: str | None = None
    applicable: bool = True
    local: bool = False
    amounts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """A next step: kind is online, formulier, informatie or telefoon; without a url only the municipality knows the address."""

    kind: str
    title: str
    url: str | None = None
    digid: bool = False


@dataclass(frozen=True)
class Amount:
    """A national amount or term in one period: kind is bedrag, maximum (never the price) or termijn (a sentence)."""

    id: str
    name: str
    kind: str
    euro: Decimal | None
    text: str | None
    valid_from: date
    valid_until: date | None
    source: Source
    example: bool = False
    unit: str | None = None


@dataclass(frozen=True)
class Product:
    """Something a citizen asks a municipality for; `questions` maps a question group to example sentences."""

    id: str
    name: str
    theme: str
    audience: tuple[str, ...]
    owner: str
    team: str
    channel: str
    channel_reason: str
    words: tuple[str, ...]
    aspects: Mapping[str, AspectText]
    links: tuple[Link, ...]
    related: tuple[str, ...]
    sources: tuple[Source, ...]
    questions: Mapping[str, tuple[str, ...]]
    appointment: str | None = None
    upl_name: str | None = None
    upl_uri: str | None = None


@dataclass(frozen=True)
class Organisation:
    """A body that does what the municipality does not do."""

    id: str
    name: str
    aliases: tuple[str, ...]
    referral: str
    does: str
    words: tuple[str, ...]
    website: str | None
    phone: str | None
    sources: tuple[Source, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """A village or district, with spellings, four-digit postcodes, and phrases in which its name means something else."""

    name: str
    aliases: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpeningHours:
    """One stretch of a day, on the clock in the Netherlands."""

    start: time
    end: time
    by_appointment: bool = False


@dataclass(frozen=True)
class ExceptionalDay:
    """A date on which other hours hold; no hours means closed."""

    day: date
    hours: tuple[OpeningHours, ...]
    reason: str | None = None


@dataclass(frozen=True)
class Counter:
    """A place one can walk into; `week` has seven entries, Monday first."""

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
    """One municipality, with what it inherits already filled in; `bodies` maps a theme to the organisation that does it here."""

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


@dataclass(frozen=True)
class KnowledgeBase:
    """Everything in the knowledge folder at one moment; nothing in it changes."""

    products: Mapping[str, Product] = MappingProxyType({})
    organisations: Mapping[str, Organisation] = MappingProxyType({})
    municipalities: Mapping[str, Municipality] = MappingProxyType({})
    amounts: Mapping[str, tuple[Amount, ...]] = MappingProxyType({})
    themes: Mapping[str, str] = MappingProxyType({})
    teams: Mapping[str, str] = MappingProxyType({})
    messages: Mapping[str, str] = MappingProxyType({})
