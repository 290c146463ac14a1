"""What the library gives: an answer about a product, or the way to another organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.model.knowledge import Link


@dataclass(frozen=True)
class Answer:
    """What Wegwijs says about one aspect of a product; text in a safe subset of Markdown, everything filled in.

    `complete` is False when something that belongs here is unknown or expired: then a person must be offered.
    `needs_municipality` is True when a municipality would make the answer more precise and none was given.
    `organisation` is the body that does this instead of the municipality.
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
    needs_municipality: bool = False
    organisation: str | None = None


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
