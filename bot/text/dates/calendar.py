"""Counts days the Dutch way: weeks that begin on Monday, months, and named days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from bot.text.dates.model import DateRange

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def days(first: date, last: date | None = None) -> DateRange:
    """One day, or the days up to and including `last`."""
    return DateRange(first, last or first)


def valid(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day or it is not one that people plan with."""
    if not (1900 <= year <= 2200 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def monday(day: date) -> date:
    """The Monday of the week of `day`: Dutch weeks (ISO) begin on Monday."""
    return day - day.weekday() * DAY


def coming(today: date, weekday: int, *, including_today: bool = False) -> date:
    """The first such weekday after today."""
    ahead = (weekday - today.weekday()) % 7
    return today + (ahead if ahead or including_today else 7) * DAY


def month(year: int, number: int) -> DateRange:
    """All of a month; `number` may run past December."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return DateRange(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def next_month_with(today: date, number: int) -> DateRange:
    """The first time month `number` is not over yet."""
    this_year = month(today.year, number)
    return this_year if this_year.last and this_year.last >= today else month(today.year + 1, number)


def iso_week(today: date, number: int) -> DateRange | None:
    """Week `number` of this year, or of next year where it is over."""
    for year in (today.year, today.year + 1):
        try:
            first = date.fromisocalendar(year, number, 1)
        except ValueError:
            continue
        if first + 6 * DAY >= today:
            return DateRange(first, first + 6 * DAY)
    return None


def easter(year: int) -> date:
    """Easter Sunday, by the Gregorian computus."""
    century, golden = year // 100, year % 19
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - golden) // 11))
    back = moon - (year + year // 4 + moon + 2 - century + century // 4) % 7
    number = 3 + (back + 40) // 44
    return date(year, number, back + 28 - 31 * (number // 4))


def _kings_day(year: int) -> date:
    day = date(year, 4, 27)
    return day - DAY if day.weekday() == 6 else day  # never on a Sunday: it is kept the day before


def _named(year: int) -> dict[str, DateRange]:
    sunday = easter(year)
    return {
        "eerste kerstdag": days(date(year, 12, 25)),
        "tweede kerstdag": days(date(year, 12, 26)),
        "kerst": days(date(year, 12, 25), date(year, 12, 26)),
        "kerstavond": days(date(year, 12, 24)),
        "feestdagen": days(date(year, 12, 25), date(year + 1, 1, 1)),
        "sinterklaas": days(date(year, 12, 5)),
        "oud en nieuw": days(date(year, 12, 31), date(year + 1, 1, 1)),
        "oudjaarsdag": days(date(year, 12, 31)),
        "nieuwjaarsdag": days(date(year, 1, 1)),
        "goede vrijdag": days(sunday - 2 * DAY),
        "eerste paasdag": days(sunday),
        "tweede paasdag": days(sunday + DAY),
        "pasen": days(sunday, sunday + DAY),
        "koningsdag": days(_kings_day(year)),
        "bevrijdingsdag": days(date(year, 5, 5)),
        "hemelvaart": days(sunday + 39 * DAY),
        "eerste pinksterdag": days(sunday + 49 * DAY),
        "tweede pinksterdag": days(sunday + 50 * DAY),
        "pinksteren": days(sunday + 49 * DAY, sunday + 50 * DAY),
    }


NAMED = tuple(sorted(_named(2026), key=len, reverse=True))
"""The named days, longest name first."""


def named_day(name: str, today: date) -> DateRange:
    """The next time a named day comes, today included."""
    this_year = _named(today.year)[name]
    return this_year if this_year.last and this_year.last >= today else _named(today.year + 1)[name]
