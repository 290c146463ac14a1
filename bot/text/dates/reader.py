"""Puts what was found in a text together: what is wanted, what is excluded, and what has to be asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TypeVar

from bot.clock import local
from bot.text.dates.days import read_days
from bot.text.dates.model import Context, DateRange, Find, Reading, TimeRange, Vacations
from bot.text.dates.page import Page, before
from bot.text.dates.periods import dated, read_periods
from bot.text.dates.refusals import clause, is_told, is_wanted, never, weekly
from bot.text.dates.sides import sided
from bot.text.dates.times import read_times
from bot.text.dates.together import together
from bot.text.dates.weeks import read_nth, read_weeks
from bot.text.dates.whole import direction_of, is_anything, is_asap, is_of_day, shift
from bot.text.dates.words import plain

_Value = TypeVar("_Value")

_MOST = 40
"""Days and times that are looked at; who sends more is not telling when a visit suits."""

_MOVES = re.compile(r"\b(?:verzet\w*|verplaats\w*|verschui\w*|verschoven|wijzig\w*|omzetten|omruilen|ruilen|wisselen|veranderen)\b")
_FROM_TO = re.compile(r"\bafspraak (?:van|op) [^.;!?]*\bnaar\b")
_TO = re.compile(r"\bnaar\s+(?:de\s+|op\s+)?(?=~)")
_FROM = re.compile(r"\bafspraak\s+(?:van|op)\s+(?:de\s+)?$")
_LIKED = re.compile(
    r"\b(?:liefst|liever|voorkeur|als het kan|als dat kan|indien mogelijk|zo mogelijk|eventueel|als het lukt|als het even kan|het beste)\b"
)
_LIKED_AFTER = re.compile(
    r"\b(?:als het kan|als dat kan|indien mogelijk|zo mogelijk|als het lukt|als het even kan|(?:heeft|bij) (?:de )?voorkeur)\b"
)


@dataclass(frozen=True)
class _Judged:
    find: Find
    wanted: bool


def read(text: str, now: datetime, *, opens: time = time(7), closes: time = time(21), vacations: Vacations | None = None) -> Reading:
    """What `text` says about when, said at `now` (aware).

    `opens` and `closes` are the hours a visit can be at, which settle "5 uur"; `vacations` are the school holidays that are known.
    """
    context = Context(local(now), opens, closes, vacations or {})
    page = Page(dated(plain(text), context))
    whole = page.text
    direction, step = shift(page)
    read_nth(page, context)
    read_periods(page, context)
    read_days(page, context)
    read_weeks(page, context)
    read_times(page, context)
    if direction is None:
        direction = direction_of(page.text)
    finds = sorted(page.finds, key=lambda find: find.start)[:_MOST]
    finds = weekly(sided(finds, page.text, whole, context), page.text, context)
    finds = together(finds, page.text, whole, context)
    finds = [find for find in _moved(finds, page.text) if not is_told(find, page.text, context)]
    judged = [_judge(find, page.text, whole, context) for find in finds]
    reading = _compose(judged, context)
    anything = is_anything(whole)
    of_day = direction is not None and is_of_day(whole)
    return replace(reading, direction=direction, step=step, of_day=of_day, asap=is_asap(whole), anything=anything)


def _moved(finds: list[Find], text: str) -> list[Find]:
    """Leave out the day that an appointment is moved from: "van dinsdag verzetten naar donderdag" asks for Thursday."""
    if not (_MOVES.search(text) or _FROM_TO.search(text)):
        return finds
    to = max((match.end() for match in _TO.finditer(text)), default=0)
    return [find for find in finds if find.start >= to and not _FROM.search(before(text, find.start))]


def _judge(find: Find, text: str, whole: str, context: Context) -> _Judged:
    left, right = clause(text, find)
    wanted = is_wanted(find, text)
    liked = wanted and bool(_LIKED.search(left) or _LIKED_AFTER.search(right))
    said = whole[find.start : find.end].strip()
    dates = tuple(_finish(day, said, liked, context) for day in find.days)
    times = tuple(replace(at, said=said, preferred=liked) for at in find.times)
    return _Judged(replace(find, days=dates, times=times), wanted)


def _finish(day: DateRange, said: str, liked: bool, context: Context) -> DateRange:
    return replace(day, said=said, preferred=liked, past=day.last is not None and day.last < context.today)


def _compose(judged: list[_Judged], context: Context) -> Reading:
    wanted = [one.find for one in judged if one.wanted]
    no_days = [never(one.find, context) for one in judged if not one.wanted]
    return Reading(
        dates=_liked_once([day for find in wanted for day in find.days]),
        times=_liked_once([at for find in wanted for at in find.times]),
        excluded_dates=_unique(day for some in no_days for day in some),
        excluded_times=_unique(at for one in judged if not one.wanted and not one.find.days for at in one.find.times),
        ambiguous=_unique(find.option for find in wanted if find.option),
        pairs=_pairs(wanted),
        impossible=_unique(find.impossible for find in wanted if find.impossible),
    )


def _pairs(wanted: list[Find]) -> tuple[tuple[DateRange, TimeRange], ...]:
    """Each time goes with the day before it; only where more than one day has times of its own does that say anything."""
    if sum(bool(find.days) for find in wanted) < 2 or any(find.option for find in wanted):
        return ()
    groups: list[tuple[Find, list[TimeRange]]] = []
    for find in wanted:
        if find.days:
            groups.append((find, list(find.times)))
        elif not groups:
            return ()
        else:
            groups[-1][1].extend(find.times)
    if sum(bool(times) for _, times in groups) < 2:
        return ()
    for (_, times), (_, following) in zip(groups[-2::-1], groups[:0:-1]):  # noqa: B905 - "maandag of dinsdag om tien" shares the time
        times.extend([] if times else following)
    return tuple((day, at) for find, times in groups for day in find.days for at in times)


_Likeable = TypeVar("_Likeable", DateRange, TimeRange)


def _liked_once(values: list[_Likeable]) -> tuple[_Likeable, ...]:
    """Each value once; "dinsdag of woensdag, liefst dinsdag" names Tuesday twice and likes it best."""
    return _unique(value for value in values if value.preferred or replace(value, preferred=True) not in values)


def _unique(values: Iterable[_Value]) -> tuple[_Value, ...]:
    return tuple(dict.fromkeys(values))
