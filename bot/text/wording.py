"""Writes amounts, days and times the way Dutch readers expect them."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def euro(amount: Decimal) -> str:
    """An amount as "€ 1.250,00"."""
    return "€ " + f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def day_name(day: date) -> str:
    """A date as "dinsdag 3 maart"."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def day_and_year(day: date) -> str:
    """A date as "3 maart 2026", for what lies further away."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def clock_time(moment: time) -> str:
    """A time as "9.30"; the word "uur" is the sentence's."""
    return f"{moment.hour}.{moment.minute:02d}"


_COMMON_NOUNS = ("Gemeentehuis", "Stadhuis", "Raadhuis", "Trouwzaal", "Loket", "Balie", "Servicepunt")


def in_sentence(name: str) -> str:
    """The name of a place as it stands inside a sentence: "gemeentehuis Castricum"."""
    return name[:1].lower() + name[1:] if name.split(" ", 1)[0] in _COMMON_NOUNS else name


def sentence_start(text: str) -> str:
    """`text` with a capital in front."""
    return text[:1].upper() + text[1:]
