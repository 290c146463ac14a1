"""How dates are written for people in Dutch."""

from __future__ import annotations

from datetime import date

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
"""Days of the week, Monday first."""

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
"""Months, January first."""


def day_in_words(day: date) -> str:
    """A date as "dinsdag 3 maart"."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
