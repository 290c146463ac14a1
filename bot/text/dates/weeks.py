"""Reads days that are named from today: weekdays, tomorrow, next week, in three weeks.

Rules, with their reasons:
- A bare weekday is the first one ahead. Said on that very weekday it may be today or in a week, so it is asked.
- "komende" and "aanstaande" never mean today; "deze" stays in this week while that day is still ahead.
- "volgende vrijdag" divides the Dutch: the first Friday ahead, or the Friday of next week. It is asked where these differ.
- Weeks begin on Monday, yet "volgende week zondag" is heard both ways and is asked.
- "over drie weken" is not exact (`about`), "over 14 dagen" is.
- "dinsdag over een week" is seven days after the first Tuesday ahead, today included.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta, timezone

from bot.clock import local
from bot.text.dates.calendar import DAY, WEEK, coming, days, monday, month
from bot.text.dates.days import DAY_NAME, asked, found, span, third
from bot.text.dates.model import Context, DateRange, Find, Option, TimeRange
from bot.text.dates.page import Page
from bot.text.dutch import DAYS, MONTHS

_DAY = f"(?P<weekday>{DAY_NAME})"
_NEXT_WEEK = r"(?P<which>volgende|komende|deze|vorige|afgelopen) week"
_COUNT = r"(?P<count>\d{1,2}|een|paar|een paar)"
_PASTS = {"gisteren": 1, "eergisteren": 2}
_PARTS_OF_WEEK = {"begin": (0, 1), "midden": (1, 3), "eind": (3, 4)}
_PLACES = {"eerste": 0, "1e": 0, "tweede": 1, "2e": 1, "derde": 2, "3e": 2, "vierde": 3, "4e": 3, "laatste": -1}
_NTH = re.compile(rf"(?P<which>{'|'.join(_PLACES)}) {_DAY} (?:van|in) (?:de |deze )?(?P<month>volgende maand|maand|{'|'.join(MONTHS)})")


def read_nth(page: Page, context: Context) -> None:
    """Take "de eerste maandag van december", before another rule sees a month in it."""
    page.read(_NTH, _of_month, context)


def read_weeks(page: Page, context: Context) -> None:
    """Take everything counted from today from the page."""
    rules: tuple[tuple[str, Callable[[re.Match[str], Context], Find | None]], ...] = (
        (rf"(?:{_NEXT_WEEK} (?:op )?{_DAY})", _in_week),
        (rf"{_DAY} (?:van |in )?(?:de )?{_NEXT_WEEK}", _in_week),
        (rf"{_DAY},? over {_COUNT} we(?:ek|ken)", _weekday_in_weeks),
        (rf"{_DAY},? over (?P<count>7|14|21) dagen", _weekday_in_weeks),
        (rf"over {_COUNT} we(?:ek|ken),? (?:op )?{_DAY}", _weekday_in_weeks),
        (rf"(?P<which>komende|volgende|deze|afgelopen|vorige) {_DAY}", _which_weekday),
        (rf"{_DAY} (?P<which>komende|volgende)\b(?! (?:week|maand))", _which_weekday),
        (rf"(?:elke|iedere|alle|op) {_DAY}en\b|(?:elke|iedere) {_DAY.replace('weekday', 'every')}\b", _every),
        (rf"{_DAY}s\b(?:-)?|{_DAY.replace('weekday', 'every')}en\b", _every),
        (r"\b(?:doordeweeks|door de weeks?|(?:op )?(?:een )?werkdag(?:en)?|doordeweekse(?: dag(?:en)?)?)\b", _workdays),
        (r"\b(?P<part>begin|midden|eind) (?:van )?(?:de )?(?P<which>volgende |komende |deze )?week\b", _part_of_week),
        (r"\b(?P<part>begin|midden|half|eind) (?:van )?(?:de |deze )?(?P<which>volgende )?maand\b", _part_of_month),
        (rf"\bover (?P<about>ongeveer )?{_COUNT} (?P<unit>dag|dagen|week|weken|maand|maanden|jaar)\b", _in_days),
        (r"\bover (?P<half>een half uur|half uur)\b|\bover (?P<count>\d{1,2}|een) (?P<unit>uur|uurtje|minuten)\b", _in_hours),
        (r"\b(?:(?:in )?de komende (?:paar )?dagen|een dezer dagen|(?:in )?de loop van de week)\b", _these_days),
        (rf"\b(?:binnen|in de komende|de komende|komende) {_COUNT} (?P<unit>dag|dagen|week|weken|maand|maanden)\b", _within),
        (rf"(?<=\bvanaf ){_NEXT_WEEK}|\b(?:in de )?(?:loop van )?(?:de )?{_NEXT_WEEK.replace('which', 'other')}\b", _week),
        (r"\b(?P<which>dit|deze|komende|volgende|aanstaande|het) weekend\b|\b(?:in (?:het|'t) |in )?weekend(?:en)?\b", _weekend),
        (r"\b(?P<which>volgende|deze|vorige|komende) maand\b", _month),
        (r"\b(?P<which>volgende|komende|dit) jaar\b", _year),
        (r"\b(?:vandaag|vndg|nu meteen|vandaag nog)\b", lambda m, c: found(m, days(c.today))),
        (r"\bovermorgen\b", lambda m, c: found(m, days(c.today + 2 * DAY))),
        (r"\bmorgen\b", lambda m, c: found(m, days(c.today + DAY))),
        (r"\b(?P<past>eergisteren|gisteren)\b", lambda m, c: found(m, days(c.today - _PASTS[m["past"]] * DAY))),
        (rf"\b{_DAY}\b(?!e)", _bare),
    )
    for pattern, build in rules:
        page.read(re.compile(pattern), build, context)


def _number(match: re.Match[str]) -> int:
    count = match["count"]
    return int(count) if count.isdigit() else (3 if "paar" in count else 1)


def _weekday(match: re.Match[str]) -> int:
    return DAYS.index(match["weekday"])


def _weeks_ahead(which: str) -> int:
    return {"deze": 0, "vorige": -1, "afgelopen": -1}.get(which, 1)


def _in_week(match: re.Match[str], context: Context) -> Find | None:
    weekday = _weekday(match)
    there = monday(context.today) + _weeks_ahead(match["which"]) * WEEK + weekday * DAY
    if match["which"] in ("volgende", "komende") and weekday == 6:
        other = there - WEEK
        return asked(match, there, other if other > context.today else there + WEEK)
    return found(match, days(there if there >= context.today or match["which"] in ("vorige", "afgelopen") else there + WEEK))


def _weekday_in_weeks(match: re.Match[str], context: Context) -> Find | None:
    return found(
        match,
        days(coming(context.today, _weekday(match), including_today=True) + _number(match) * (DAY if match[0].endswith("dagen") else WEEK)),
    )


def _of_month(match: re.Match[str], context: Context) -> Find | None:
    today, name = context.today, match["month"]
    first = today.month + (name == "volgende maand") if name.endswith("maand") else MONTHS.index(name) + 1
    for whole in (month(today.year, first), month(today.year, first + (1 if name.endswith("maand") else 12))):
        last = whole.last or whole.first
        is_last = match["which"] == "laatste"
        nth = coming(whole.first, _weekday(match), including_today=True) + _PLACES[match["which"]] * WEEK
        there = coming(last - 7 * DAY, _weekday(match)) if is_last else nth
        if last >= there >= today:
            return found(match, days(there))
    return None


def _which_weekday(match: re.Match[str], context: Context) -> Find | None:
    today, which = context.today, match["which"]
    first = coming(today, _weekday(match), including_today=which == "deze")
    if which in ("afgelopen", "vorige"):
        return found(match, days(coming(today, _weekday(match), including_today=True) - WEEK))
    if which != "volgende":
        return found(match, days(first))
    next_week = monday(today) + WEEK + _weekday(match) * DAY
    if first == next_week and first > today + DAY:
        return found(match, days(first))
    return asked(match, first, next_week if next_week != first else first + WEEK)


def _every(match: re.Match[str], context: Context) -> Find | None:
    weekday = DAYS.index(match["weekday"] or match["every"])
    return found(match, DateRange(context.today, None, (weekday,)))


def _workdays(match: re.Match[str], context: Context) -> Find | None:
    return found(match, DateRange(context.today, None, (0, 1, 2, 3, 4)))


def _part_of_week(match: re.Match[str], context: Context) -> Find | None:
    first, last = _PARTS_OF_WEEK[match["part"]]
    start = monday(context.today)
    if "volgende" in (match["which"] or "") or "komende" in (match["which"] or "") or start + last * DAY < context.today:
        start += WEEK
    return found(match, DateRange(max(start + first * DAY, context.today), start + last * DAY, about=True))


def _part_of_month(match: re.Match[str], context: Context) -> Find | None:
    today = context.today
    part = third(month(today.year, today.month + (1 if match["which"] else 0)), match["part"])
    if part.last and part.last < today:
        part = third(month(today.year, today.month + 1), match["part"])
    return found(match, replace(part, first=max(part.first, today)))


def _in_days(match: re.Match[str], context: Context) -> Find | None:
    number, unit, today = _number(match), match["unit"], context.today
    if unit.startswith("dag"):
        about = bool(match["about"]) or not match["count"].isdigit()
        return found(match, replace(days(today + number * DAY), about=about and match["count"] != "een"))
    if unit == "jaar" or unit.startswith("maand"):
        whole = month(today.year, today.month + number * (12 if unit == "jaar" else 1))
        there = whole.first.replace(day=min(today.day, (whole.last or whole.first).day))
    else:
        there = today + number * WEEK
    return found(match, DateRange(there, there, about=True))


def _in_hours(match: re.Match[str], context: Context) -> Find | None:
    minutes = 30 if match["half"] else _number(match) * (1 if match["unit"] == "minuten" else 60)
    there = local(context.now.astimezone(timezone.utc) + timedelta(minutes=minutes))  # a clock change does not lengthen an hour
    clock = there.time().replace(second=0, microsecond=0)
    return Find(match.start(), match.end(), days=(days(there.date()),), times=(TimeRange(clock, clock, about=True),))


def _within(match: re.Match[str], context: Context) -> Find | None:
    length = {"d": 1, "w": 7, "m": 31}[match["unit"][0]] * _number(match)
    return found(match, span(context.today, length + 1), fixed=True)


def _these_days(match: re.Match[str], context: Context) -> Find | None:
    return found(match, replace(span(context.today, 5), about=True), fixed=True)


def _week(match: re.Match[str], context: Context) -> Find | None:
    which = match["which"] or match["other"]
    first = monday(context.today) + _weeks_ahead(which) * WEEK
    last = first + 6 * DAY
    return found(match, DateRange(max(first, context.today) if last >= context.today else first, last))


def _weekend(match: re.Match[str], context: Context) -> Find | None:
    today, which = context.today, match["which"]
    if which in (None, "het"):
        return found(match, DateRange(today, None, (5, 6)))
    saturday = monday(today) + 5 * DAY
    if which == "volgende" and today < saturday:
        return Find(match.start(), match.end(), option=_either_weekend(match, saturday))
    if which not in ("dit", "deze") and today >= saturday:
        saturday += WEEK
    return found(match, DateRange(max(saturday, today), saturday + DAY))


def _either_weekend(match: re.Match[str], saturday: date) -> Option:
    both = (DateRange(saturday, saturday + DAY), DateRange(saturday + WEEK, saturday + WEEK + DAY))
    return Option("day", both, match[0].strip())


def _month(match: re.Match[str], context: Context) -> Find | None:
    ahead = {"deze": 0, "vorige": -1}.get(match["which"], 1)
    whole = month(context.today.year, context.today.month + ahead)
    return found(match, DateRange(max(whole.first, context.today) if ahead == 0 else whole.first, whole.last))


def _year(match: re.Match[str], context: Context) -> Find | None:
    year = context.today.year + (match["which"] != "dit")
    return found(match, DateRange(max(date(year, 1, 1), context.today), date(year, 12, 31)))


def _bare(match: re.Match[str], context: Context) -> Find | None:
    weekday = _weekday(match)
    if weekday == context.today.weekday():
        asking = asked(match, context.today, context.today + WEEK)
        return replace(asking, weekly=weekday)
    return Find(match.start(), match.end(), days=(days(coming(context.today, weekday)),), weekly=weekday)
