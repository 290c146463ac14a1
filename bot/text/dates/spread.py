"""Picks a few moments out of many, so that a citizen sees real differences instead of five times the same morning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby

_NOON, _EVENING = 12, 17
_A_DAY = 2
"""Moments of one day to show where the first days are wanted: one in the morning, one later."""


def spread(moments: Sequence[datetime], count: int, *, soon: bool) -> tuple[datetime, ...]:
    """`count` of `moments` (ascending, on a Dutch clock), ascending, the first of them always among them.

    `soon` keeps to the first days with room; otherwise they are spread over all days, turning morning and afternoon.
    """
    if len(moments) <= count:
        return tuple(moments)
    days = [list(of_day) for _, of_day in groupby(moments, key=datetime.date)]
    kept = _first_days(days, count) if soon else _even(days, count)
    shares = _shares(kept, count)
    return tuple(moment for turn, (day, share) in enumerate(zip(kept, shares)) for moment in _of_day(day, share, turn))  # noqa: B905


def part_of_day(moment: datetime) -> int:
    """0 for a morning, 1 for an afternoon, 2 for an evening."""
    return (moment.hour >= _NOON) + (moment.hour >= _EVENING)


def days_of(moments: Sequence[datetime]) -> tuple[date, ...]:
    """The days of `moments`, each once."""
    return tuple(dict.fromkeys(moment.date() for moment in moments))


def _first_days(days: list[list[datetime]], count: int) -> list[list[datetime]]:
    kept: list[list[datetime]] = []
    for day in days:
        if sum(min(len(one), _A_DAY) for one in kept) >= count:
            break
        kept.append(day)
    return kept


def _even(values: list[list[datetime]], count: int) -> list[list[datetime]]:
    if len(values) <= count:
        return values
    return [values[round(at * (len(values) - 1) / (count - 1))] for at in range(count)] if count > 1 else values[:1]


def _shares(days: list[list[datetime]], count: int) -> list[int]:
    """How many moments of each day are shown: by turns, so that no day is forgotten."""
    shares = [0] * len(days)
    while sum(shares) < min(count, sum(len(day) for day in days)):
        for at, day in enumerate(days):
            if shares[at] < len(day) and sum(shares) < count:
                shares[at] += 1
    return shares


def _of_day(day: list[datetime], share: int, turn: int) -> list[datetime]:
    parts = [list(part) for _, part in groupby(day, key=part_of_day)]
    if share <= 1:
        return parts[turn % len(parts)][:share]
    if share == _A_DAY:
        return [day[0], parts[1][0] if len(parts) > 1 else day[-1]]
    return _even_in_time(day, share)


def _between(one: datetime, other: datetime) -> timedelta:
    return abs(one - other)


def _even_in_time(day: list[datetime], share: int) -> list[datetime]:
    """As evenly over the hours as the free moments allow: five slots before ten o'clock are no choice."""
    step = (day[-1] - day[0]) / (share - 1)
    chosen: list[datetime] = []
    for at in range(share):
        target = day[0] + at * step
        chosen.append(min((moment for moment in day if moment not in chosen), key=partial(_between, target)))
    return sorted(chosen)
