"""Reads days that are named by their place in the calendar: dates, months, weeks by number, holidays.

Rules, with their reasons:
- Appointments lie ahead: a date without a year is the first one that is not over. Only a year that is said can make it past.
- A weekday that does not go with its date ("maandag 24 november", a Tuesday) is asked: either may be the slip.
- "de 31e" in a month of 30 days is asked: the last day, or the next month that has one.
- "5-6" is a date or two hours; without "op", "om", "tussen" or a zero in front nobody can tell, so it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial

from bot.text.dates import calendar
from bot.text.dates.calendar import DAY, days, month, next_month_with
from bot.text.dates.model import Context, DateRange, Find, Option, TimeRange
from bot.text.dates.page import Page
from bot.text.dutch import DAYS, MONTHS

DAY_NAME = "(?:" + "|".join(DAYS) + ")"
_MONTH = "(?P<month>" + "|".join(MONTHS) + ")"
_WEEKDAY = rf"(?:(?P<weekday>{DAY_NAME}),?\s+(?:(?:de|op|dus)\s+|ochtend\s+|middag\s+)?)?"
_NUMBER = r"(?<![\d.,:/-])(?P<day>\d{1,2})"
_YEAR = r"(?:[\s-]+'?(?P<year>(?:19|20|21)\d\d)(?!\s*uur))?"

_WRITTEN = re.compile(rf"{_WEEKDAY}(?:de\s+)?(?<![\d.,:/])(?<!\d-)(?P<day>\d{{1,2}})(?:e|de|ste)?[\s-]+(?:van\s+)?{_MONTH}\b{_YEAR}")
_SEVERAL = re.compile(
    rf"(?:de\s+)?{_NUMBER}(?:e|de|ste)?"
    rf"(?=(?:\s*(?:,|of|en|t/m|tot en met|tot|-)\s*(?:de\s+)?\d{{1,2}}(?:e|de|ste)?)+[\s-]+(?:van )?{_MONTH}\b)"
)
_MONTH_FIRST = re.compile(
    rf"(?<!\bin )\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:e|de|ste)?\b"
    r"(?!\s*(?:uur|[:.]\d|u\b|(?:dag|wek|maand|jaar|keer|kind)\w*))(?P<year>)(?P<weekday>)"
)
_DIGITS = re.compile(rf"{_WEEKDAY}{_NUMBER}\s?(?P<sign>[-/.])\s?(?P<month>\d{{1,2}})(?P=sign)(?P<year>\d{{4}}|\d\d)(?![\d:-])")
_ISO = re.compile(r"(?<![\d-])(?P<year>(?:19|20|21)\d\d)(?P<sign>[-/])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?![\d-])(?P<weekday>)")
_SPACED = re.compile(r"(?<![\d.,:/-])(?<!\d )(?P<day>\d{1,2}) (?P<month>\d{1,2}) (?P<year>20\d\d|[23]\d)(?! ?[\d:.]| ?uur)(?P<weekday>)")
_SHORT = re.compile(
    rf"(?P<before>\b(?:op|tussen|van|om|vanaf|tot)\s+)?{_WEEKDAY}{_NUMBER}(?P<blank>\s?)(?P<sign>[-/])\s?(?P<month>\d{{1,2}})"
    r"(?![\d.:,/-]\d|\d|u)(?!\s*(?:uur|u|weken|week|dagen|maanden|minuten|min|~)\b)"
)
_DOTTED = re.compile(rf"\b(?:op\s+)(?P<weekday>){_NUMBER}\.(?P<month>\d{{1,2}})(?!\d|\.\d)(?!\s*uur)(?P<year>)")
_AFTER_ORDINAL = (
    r"(?=\s*(?:$|[,.!?;)~]|(?:om|rond|in|na|voor|vanaf|tussen|of|en|van deze|tot|kan|kunnen|is|past|mag|lukt|graag|liefst"
    r"|komt|ook|niet|wel|dan"
    rf"|bij|als|uit|t/m|half|kwart|'s|s|ochtend|middag|avond|maar|zou|ben|heb|moet|{DAY_NAME}|\d+ uur|\d+[:.]\d)\b))"
)
_ORDINAL = re.compile(
    rf"{_WEEKDAY}(?:\b(?P<de>de)\s+)?(?<![\d.,:/-])(?P<day>[12]?\d|3[01])(?:e|de|ste)"
    rf"(?P<of>\s+(?:van )?(?:de|deze|komende|volgende) maand)?{_AFTER_ORDINAL}"
)
_BARE = re.compile(rf"(?P<weekday>{DAY_NAME}),?\s+(?:de\s+)(?P<day>[12]?\d|3[01])\b(?!\s*uur|[.:/-]\d)(?P<of>)(?P<de>)|(?!)")
_THIRD = {"begin": (1, 10), "half": (11, 20), "midden": (11, 20), "eind": (21, 31)}
_PART = re.compile(rf"\b(?P<part>begin|half|midden|eind)\s+(?:(?:in|van)\s+)?(?:de maand\s+)?{_MONTH}\b{_YEAR}")
_WHOLE = re.compile(rf"\b(?:in|heel|maand|gedurende|van|ergens in)\s+{_MONTH}\b{_YEAR}")
_ALONE = re.compile(rf"^\W*{_MONTH}\b{_YEAR}\W*$")
_SIDES = "|".join(rf"(?<=\b{word}\s)" for word in ("na", "voor", "vanaf", "tegen", "tot", "met", "of", "en"))
_SIDED = re.compile(rf"(?:{_SIDES}){_MONTH}\b{_YEAR}")
_NUMBERED = "([1-9]|[1-4]\\d|5[0-3])"
_WEEK = re.compile(rf"\bweek\s?{_NUMBERED}(?:(?:\s?(?:,|of|en)\s?(?:week )?){_NUMBERED})?\b(?! ?uur| ?[./:-]?\d)")
_NAMED = re.compile(rf"\b(?P<name>{'|'.join(calendar.NAMED)})(?:weekend|tijd|en)?\b")


def read_days(page: Page, context: Context) -> None:
    """Take every date, month, week number and holiday from the page."""
    rules: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Context], Find | None]], ...] = (
        (_ISO, _date),
        (_DIGITS, _date),
        (_SPACED, _date),
        (_SEVERAL, _several),
        (_WRITTEN, _date),
        (_MONTH_FIRST, _date),
        (_SHORT, _short),
        (_DOTTED, _date),
        (_ORDINAL, _ordinal),
        (_BARE, _ordinal),
        (_PART, _part_of_month),
        (_NAMED, _holiday),
        (_WHOLE, _whole_month),
        (_ALONE, _whole_month),
        (_SIDED, _whole_month),
        (_WEEK, _week),
    )
    _school_holidays(page, context)
    for pattern, build in rules:
        page.read(pattern, build, context)


def found(match: re.Match[str], what: DateRange | None, *, fixed: bool = False) -> Find | None:
    """What a rule answers: the days at the place of the match."""
    return None if what is None else Find(match.start(), match.end(), days=(what,), fixed=fixed)


def asked(match: re.Match[str], *choices: date) -> Find:
    """A question between days."""
    return Find(match.start(), match.end(), option=Option("day", tuple(days(day) for day in sorted(choices)), match[0].strip()))


def _date(match: re.Match[str], context: Context) -> Find | None:
    name = match["month"]
    number = MONTHS.index(name) + 1 if name in MONTHS else int(name)
    weekday = DAYS.index(match["weekday"]) if match["weekday"] else None
    return _on(match, context, int(match["day"]), number, weekday)


def _on(match: re.Match[str], context: Context, day: int, number: int, weekday: int | None) -> Find | None:
    said_year = match["year"] if "year" in match.re.groupindex else None
    if said_year:
        year = int(said_year) + (2000 if len(said_year) == 2 else 0)
        there = calendar.valid(year, number, day)
    else:
        there = _first_ahead(context.today, number, day)
    if there is None:
        return _impossible(match, day, number)
    if weekday is not None and there.weekday() != weekday:
        before = there - (there.weekday() - weekday) % 7 * DAY
        nearest = min((before, before + 7 * DAY), key=lambda other: abs(other - there))
        return asked(match, there, nearest if nearest >= context.today else before + 7 * DAY)
    return found(match, days(there))


def _impossible(match: re.Match[str], day: int, number: int) -> Find | None:
    """A date that looks like one and that no calendar has; "29 februari" too, when the coming February has no such day."""
    written = not match["month"].isdigit()
    if not (1 <= number <= 12 and 28 < day <= (39 if written else 31)):
        return None
    return Find(match.start(), match.end(), impossible=re.sub(r"^op ", "", match[0].strip()))


def _first_ahead(today: date, number: int, day: int) -> date | None:
    """The first such date from today on, if that year has it."""
    return calendar.valid(today.year + ((number, day) < (today.month, today.day)), number, day)


def _several(match: re.Match[str], context: Context) -> Find | None:
    there = _first_ahead(context.today, MONTHS.index(match["month"]) + 1, int(match["day"]))
    return None if there is None else Find(match.start(), match.end(), days=(days(there),))


def _short(match: re.Match[str], context: Context) -> Find | None:
    day, number = int(match["day"]), int(match["month"])
    zero = match["day"][0] == "0" or match["month"][0] == "0"
    before = (match["before"] or "").strip()
    if before in ("tussen", "van", "om", "vanaf") and not zero and match["sign"] == "-":
        return None
    weekday = DAYS.index(match["weekday"]) if match["weekday"] else None
    hours = day < number and number - day <= 4 and match["sign"] == "-" and not zero and before != "op"
    there = _first_ahead(context.today, number, day) if number <= 12 else None
    if there is None:
        return _impossible(match, day, number)
    if hours and (weekday is None or weekday != there.weekday()):
        return _day_or_hours(match, context, there, weekday)
    return _on(match, context, day, number, weekday)


def _day_or_hours(match: re.Match[str], context: Context, there: date, weekday: int | None) -> Find:
    """Read "10-12": it may be either, unless a weekday that does not go with the date shows that hours are meant ("vr 10-12")."""
    first, last = _likely(int(match["day"])), _likely(int(match["month"]))
    if weekday is not None and first < last:
        on = days(calendar.coming(context.today, weekday))
        return Find(match.start(), match.end(), days=(on,), times=(TimeRange(first, last),), weekly=weekday)
    choices = (days(there), TimeRange(first, last)) if first < last else (days(there),)
    return Find(match.start(), match.end(), option=Option("day or time", choices, match[0].strip()))


def _likely(hour: int) -> time:
    return time(hour + 12 if hour < 7 else hour)


def _ordinal(match: re.Match[str], context: Context) -> Find | None:
    if not (match["de"] or match["weekday"] or int(match["day"]) > 3):
        return None  # "1e" and "2e" without "de" count things
    today, day = context.today, int(match["day"])
    first = today.month + (1 if "volgende" in (match["of"] or "") or day < today.day else 0)
    whole = month(today.year, first)
    there = calendar.valid(whole.first.year, whole.first.month, day)
    if there is None and whole.last is not None:
        after = month(today.year, first + 1).first
        return asked(match, whole.last, after.replace(day=day))
    weekday = DAYS.index(match["weekday"]) if match["weekday"] else None
    if there and weekday is not None and there.weekday() != weekday:
        return _first_with(match, today, day, weekday) or found(match, days(there))
    return found(match, days(there)) if there else None


def _first_with(match: re.Match[str], today: date, day: int, weekday: int) -> Find | None:
    """Read "vrijdag de 13e": the first month where the day falls on that weekday."""
    for more in range(12):
        first = month(today.year, today.month + more).first
        there = calendar.valid(first.year, first.month, day)
        if there and there >= today and there.weekday() == weekday:
            return found(match, days(there))
    return None


def _part_of_month(match: re.Match[str], context: Context) -> Find | None:
    number = MONTHS.index(match["month"]) + 1
    whole = month(int(match["year"]), number) if match["year"] else next_month_with(context.today, number)
    part = third(whole, match["part"])
    if part.last and part.last < context.today and not match["year"]:
        part = third(month(whole.first.year + 1, number), match["part"])
    return found(match, part if match["year"] else replace(part, first=max(part.first, context.today)))


def third(whole: DateRange, part: str) -> DateRange:
    """A third of a month: nobody means an exact day by "begin", "half" or "eind"."""
    first, last = _THIRD[part]
    ends = whole.last or whole.first
    return DateRange(whole.first.replace(day=first), ends if part == "eind" else ends.replace(day=last), about=True)


def _whole_month(match: re.Match[str], context: Context) -> Find | None:
    number = MONTHS.index(match["month"]) + 1
    if match["year"]:
        return found(match, month(int(match["year"]), number))
    ahead = next_month_with(context.today, number)
    return found(match, replace(ahead, first=max(ahead.first, context.today)))


def _holiday(match: re.Match[str], context: Context) -> Find | None:
    return found(match, calendar.named_day(match["name"], context.today))


def _week(match: re.Match[str], context: Context) -> Find | None:
    weeks = [calendar.iso_week(context.today, int(number)) for number in match.groups() if number]
    known = tuple(week for week in weeks if week)
    return Find(match.start(), match.end(), days=known) if known else None


def _school_holidays(page: Page, context: Context) -> None:
    for name, years in context.vacations.items():
        ahead = [DateRange(*both) for both in sorted(years) if both[1] >= context.today]
        if ahead:
            page.take(re.compile(rf"\b{re.escape(name)}\b"), partial(found, what=ahead[0]))


def span(first: date, length: int) -> DateRange:
    """`length` days from `first` on."""
    return DateRange(first, first + timedelta(days=length - 1))
