"""What every standard offers to the rest of the exchange."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.knowledge.exchange.origin import Origin
from bot.knowledge.exchange.record import Reading
from bot.knowledge.exchange.telling import Telling


@dataclass(frozen=True)
class Written:
    """An exported file, and what stayed behind and why."""

    content: bytes
    products: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standard:
    """One standard; `write` and `faults` (what an exported file breaks of the standard's own rules) go together.

    `read` raises ExchangeError for whatever is not in this standard.
    """

    name: str
    title: str
    read: Callable[[Origin, Telling], Reading]
    write: Callable[[Telling], Written] | None = None
    faults: Callable[[bytes], tuple[str, ...]] | None = None
