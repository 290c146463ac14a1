"""Writes the amounts below an answer: national amounts and terms, and the municipality's own prices, only while they are valid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from bot.knowledge.filling import Texts
from bot.model.knowledge import Amount, Source
from bot.model.municipality import Municipality
from bot.text.wording import euro


class Dated(Protocol):
    """Something that holds in one period and may be an example."""

    @property
    def valid_from(self) -> date:
        """The first day on which it holds."""

    @property
    def valid_until(self) -> date | None:
        """The last day on which it holds."""

    @property
    def example(self) -> bool:
        """Whether it was made up."""


@dataclass(frozen=True)
class Figures:
    """Lines to add below a text; `complete` is False when one that belongs there is expired, unknown or an example."""

    blocks: tuple[str, ...] = ()
    complete: bool = True
    source: Source | None = None


def holds(fact: Dated, today: date) -> bool:
    """Whether `fact` may be shown today."""
    return not fact.example and fact.valid_from <= today and (fact.valid_until is None or today <= fact.valid_until)


def national_figures(periods: Iterable[tuple[Amount, ...]], today: date, texts: Texts) -> Figures:
    """The amounts and terms that hold today; a maximum is never shown, because it is not the price."""
    lines: list[str] = []
    sentences: list[str] = []
    missing: list[str] = []
    source: Source | None = None
    for amounts in periods:
        if all(amount.kind == "maximum" for amount in amounts):
            continue
        valid = next((amount for amount in amounts if holds(amount, today)), None)
        if valid is None:
            newest = max(amounts, key=lambda amount: amount.valid_from)
            missing.append(texts.say("bedrag_onbekend", titel=newest.source.title, url=newest.source.url))
            continue
        source = source or valid.source
        if valid.euro is None or valid.kind == "termijn":
            sentences.append(valid.text or valid.name)
        else:
            lines.append(_line(valid.name, valid.euro, valid.unit, texts))
    blocks = ["\n".join(lines), " ".join(sentences), " ".join(dict.fromkeys(missing))]
    return Figures(tuple(block for block in blocks if block), not missing, source)


def local_figures(product: str, municipality: Municipality | None, today: date, texts: Texts) -> Figures:
    """The municipality's prices that hold today, and where to find those that are not known."""
    mine = [price for price in municipality.prices if price.product == product] if municipality else []
    valid = [price for price in mine if holds(price, today)]
    known = {price.description for price in valid}
    complete = bool(valid) and all(price.description in known for price in mine)
    blocks = ["\n".join(_line(price.description, price.euro, price.unit, texts) for price in valid)]
    if not complete:
        blocks.append(texts.say("prijs_onbekend", municipality))
    source = next((price.source for price in valid), None)
    return Figures(tuple(block for block in blocks if block), complete, source)


def _line(name: str, amount: Decimal, unit: str | None, texts: Texts) -> str:
    shown = euro(amount) if amount else texts.say("gratis")
    return f"- {name}: {shown}{' ' + unit if unit and amount else ''}"
