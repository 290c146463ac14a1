"""The nouns of the knowledge base: products, organisations, and the answers that the library makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WHAT, HOW, COSTS, BRING = "wat", "aanvragen", "kosten", "meenemen"
CONDITIONS, DURATION, WHEN, WHERE, STATUS = "voorwaarden", "duur", "wanneer", "waar", "status"

ASPECTS = (WHAT, HOW, COSTS, BRING, CONDITIONS, DURATION, WHEN, WHERE, STATUS)
"""Everything that can be asked about a product; the list is closed."""

APPOINTMENT, REPORT = "afspraak", "melden"

QUESTION_GROUPS = (*ASPECTS, APPOINTMENT, REPORT)
"""The groups of example questions: the aspects and the two acts that go with a product."""

INTENTS = {
    WHAT: "ask_what",
    HOW: "ask_how",
    COSTS: "ask_costs",
    BRING: "ask_bring",
    CONDITIONS: "ask_conditions",
    DURATION: "ask_duration",
    WHEN: "ask_when",
    WHERE: "ask_where",
    STATUS: "ask_status",
    APPOINTMENT: "book_appointment",
    REPORT: "report_problem",
}
"""What the NLU calls each group of example questions."""

ASPECT_OF_INTENT = {INTENTS[aspect]: aspect for aspect in ASPECTS}
"""The intents that ask for an aspect of a product."""


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
class Vac:
    """A particular question (vraag-antwoordcombinatie) about a product: `questions` name the product, `follow_ups` need not."""

    id: str
    question: str
    aspect: str
    text: str
    questions: tuple[str, ...]
    follow_ups: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


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
    vacs: tuple[Vac, ...] = ()


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
class Answer:
    """What Wegwijs says about one aspect of a product: safe Markdown in which everything is filled in.

    `local` says that a municipality makes the answer different. `complete` is False when something that belongs here is unknown,
    expired or missing (a municipality, for one): then a person must be offered. `organisation` does this instead of the municipality.
    `vac` is the particular question that it answers, if it is no general text.
    """

    product: str
    aspect: str
    municipality: str | None
    title: str
    text: str
    more: str | None
    links: tuple[Link, ...]
    source_title: str | None
    source_url: str | None
    checked_on: date | None
    owner: str
    applicable: bool = True
    complete: bool = True
    local: bool = False
    organisation: str | None = None
    vac: str | None = None


@dataclass(frozen=True)
class Referral:
    """How a citizen is sent to another organisation."""

    organisation: str
    name: str
    text: str
    links: tuple[Link, ...]
    source_title: str | None
    source_url: str | None
    checked_on: date | None
