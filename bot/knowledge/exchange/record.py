"""What another system says about one product, in our own terms; what a standard cannot say stays empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.model.knowledge import Link


@dataclass(frozen=True)
class PriceOffer:
    """A price that holds from a day on; without a description it is the only one of its product."""

    description: str | None
    euro: Decimal
    valid_from: date


@dataclass(frozen=True)
class Record:
    """One foreign entry; None and empty mean that it says nothing about that, so nothing changes there.

    `label` is what the other side calls it, `source` the page or address where it stands. The product is found by `product` (our id),
    the UPL, `names`, in that order. `name` is only given where the standard is sure that it names the product and not a page.
    `texts` are whole answers in our Markdown, `summary` only the first part of `wat`. `apply` is the way to request it online, and
    `links` the other links: all of them when `all_links` is True, else only some.
    """

    label: str
    source: str | None = None
    product: str | None = None
    upl_name: str | None = None
    upl_uri: str | None = None
    names: tuple[str, ...] = ()
    name: str | None = None
    audience: tuple[str, ...] = ()
    team: str | None = None
    words: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    summary: str | None = None
    apply: Link | None = None
    online: str | None = None
    links: tuple[Link, ...] = ()
    all_links: bool = False
    page: str | None = None
    related: tuple[str, ...] = ()
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prices: tuple[PriceOffer, ...] = ()


@dataclass(frozen=True)
class Reading:
    """Everything that was read, and what an editor should know about what was left out."""

    records: tuple[Record, ...]
    notes: tuple[str, ...] = ()
