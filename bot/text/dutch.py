"""How dates are written for people in Dutch."""

from __future__ import annotations

from datetime import date, datetime

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


def moment_in_words(moment: datetime) -> str:
    """A moment as "dinsdag 3 maart om 14.30 uur", on the clock it carries: pass it through `bot.clock.local` first."""
    return f"{day_in_words(moment.date())} om {moment.hour}.{moment.minute:02d} uur"
