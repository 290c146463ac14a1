"""The nouns of opening: stretches of a day, and days that differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time


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
