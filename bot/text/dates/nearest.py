"""Finds the free moments nearest to days and times that cannot be had."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from bot.text.dates.calendar import DAY
from bot.text.dates.model import DateRange, TimeRange

_A_DAY_OFF = 120
"""Minutes of another hour on the same day that are as much trouble as a day earlier or later."""

_APART = 60
"""Minutes between two moments that are a real choice."""

_FAR = 10_000


def nearest(wanted: Iterable[tuple[DateRange | None, TimeRange | None]], moments: Sequence[datetime], count: int) -> tuple[datetime, ...]:
    """At most `count` of `moments`, ascending: the nearest to what is wanted, an hour apart where it can be, on both sides if there are."""
    combinations = tuple(wanted)
    off = {moment: min((_off(moment, *one) for one in combinations), key=_trouble, default=(0, 0)) for moment in moments}
    ranked = sorted(moments, key=lambda moment: (_trouble(off[moment]), moment))
    chosen: list[datetime] = []
    for moment in ranked:
        if len(chosen) < count and all(_apart(moment, other) for other in chosen):
            chosen.append(moment)
    chosen += [moment for moment in ranked if moment not in chosen][: count - len(chosen)]
    missing = {-1, 1} - {_side(off[moment]) for moment in chosen}
    other_side = next((moment for moment in ranked if _side(off[moment]) in missing and moment not in chosen), None)
    if count > 1 and len(missing) == 1 and len(chosen) == count and other_side:
        chosen[-1] = other_side
    return tuple(sorted(chosen))


def _trouble(off: tuple[int, int]) -> int:
    return abs(off[0]) * _A_DAY_OFF + abs(off[1])


def _side(off: tuple[int, int]) -> int:
    """-1 before what was wanted, 1 after it, 0 where it is that."""
    first = off[0] or off[1]
    return (first > 0) - (first < 0)


def _apart(one: datetime, other: datetime) -> bool:
    return abs((one - other).total_seconds()) >= _APART * 60


def _off(moment: datetime, days: DateRange | None, times: TimeRange | None) -> tuple[int, int]:
    """Days and minutes that a moment is past what was wanted; below zero before it."""
    return (0 if days is None else _days_off(days, moment.date()), 0 if times is None else _minutes_off(times, moment.time()))


def _days_off(days: DateRange, day: date) -> int:
    inside = max(day, days.first)
    inside = inside if days.last is None else min(inside, days.last)
    around = (inside + ahead * DAY for ahead in (0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6))
    there = next((one for one in around if days.holds(one)), None)
    return _FAR if there is None else (day - there).days


def _minutes_off(times: TimeRange, clock: time) -> int:
    if times.holds(clock):
        return 0
    borders = [_minutes(clock) - _minutes(border) for border in (times.start, times.end) if border is not None]
    return min(borders, key=abs) or 1  # the end itself is just past a stretch


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
