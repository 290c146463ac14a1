"""Chooses which free moments to offer for what a citizen said, and says which wish was in the way when none fits.

Rules, with their reasons:
- What is liked best ("liefst dinsdag") comes first and shuts nothing out; what is refused ("niet op maandag") is offered only if nothing
  else is left, so that nobody ends with empty hands.
- "over drie weken" is no exact day: three days either way are as good, the day itself first.
- Nearest is measured as people do: an hour earlier or later is less trouble than another day, a day as much as two hours.
- An offer shows both sides of a wish that cannot be met, if there is anything on both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import product
from typing import Literal, Optional

from bot.clock import local
from bot.text.dates.calendar import DAY
from bot.text.dates.model import DateRange, Option, Reading, TimeRange
from bot.text.dates.nearest import nearest
from bot.text.dates.spread import days_of, spread

Obstacle = Literal["day", "time", "both", "earlier", "later", "full"]
"""day: no room on those days. time: room on those days, not at those times. both: neither the days nor the times have room.
earlier, later: nothing before or after what was shown. full: nothing is free at all."""

Combination = tuple[Optional[DateRange], Optional[TimeRange]]  # noqa: UP045 - evaluated at run time in Python 3.10 too
"""Days and times that were said together; None where anything goes."""

_NEIGHBOURS = 3 * DAY


@dataclass(frozen=True)
class Offer:
    """What to put to the citizen, on a Dutch clock.

    `slots` fit, best first; `more` counts the fitting ones that are not among them. Only where nothing fits, `near` has the nearest
    others, ascending. `obstacle` says what was in the way; beside slots it means that what was liked best cannot be had.
    """

    slots: tuple[datetime, ...] = ()
    near: tuple[datetime, ...] = ()
    obstacle: Obstacle | None = None
    more: int = 0


def offer(reading: Reading, free: Sequence[datetime], *, shown: Sequence[datetime] = (), count: int = 5) -> Offer:
    """The moments of `free` (aware, ascending) to offer for `reading`, `count` at most.

    `shown` are the moments on the table now, or the appointment that is moved: "later" is later than those, and they are not offered
    again while there is anything else. Where the reading still has to be asked (`ambiguous`), everything it may mean fits.
    """
    all_free = tuple(dict.fromkeys(local(moment) for moment in free))
    here = tuple(sorted(local(moment) for moment in shown))
    others = tuple(moment for moment in all_free if moment not in here) or all_free
    if not others:
        return Offer(obstacle="full")
    wish = _shifted(reading, here)
    left = _beyond(wish, others, here)
    if not left:
        return Offer(near=tuple(moment for moment in here if moment in all_free) or others[:count], obstacle=wish.direction)
    allowed = tuple(moment for moment in left if not _refused(wish, moment))
    fitting = [moment for moment in allowed if _suits(_hard(wish), moment)]
    if not fitting:
        return Offer(near=nearest(_liked(wish), allowed or left, count), obstacle=_obstacle(wish, _said(wish), left))
    return _chosen(wish, fitting, left, count)


def settled(reading: Reading, free: Sequence[datetime]) -> Reading:
    """The reading without the questions that `free` answers: "vrijdag" said on a Friday is next Friday if today is full."""
    moments = [local(moment) for moment in free]
    kept: list[Option] = []
    days, times = list(reading.dates), list(reading.times)
    for option in reading.ambiguous:
        possible = [choice for choice in option.choices if any(_may_be(choice, moment) and reading.fits(moment) for moment in moments)]
        if len(possible) != 1:
            kept.append(option)
        elif isinstance(possible[0], DateRange):
            days.append(possible[0])
        else:
            times.append(possible[0])
    return replace(reading, dates=tuple(days), times=tuple(times), ambiguous=tuple(kept))


def _may_be(choice: DateRange | TimeRange, moment: datetime) -> bool:
    return choice.holds(moment.date()) if isinstance(choice, DateRange) else choice.holds(moment.time())


def _chosen(wish: Reading, fitting: list[datetime], left: Sequence[datetime], count: int) -> Offer:
    liked = _liked(wish)
    best = [moment for moment in fitting if _suits(liked, moment)]
    rest = [moment for moment in fitting if moment not in best]
    slots = spread(best, count, soon=wish.asap or not any(days for days, _ in liked))
    slots += nearest(liked, rest, count - len(slots)) if len(slots) < count else ()
    missed = not best and (any(day.preferred for day in wish.dates) or any(at.preferred for at in wish.times))
    return Offer(slots, obstacle=_obstacle(wish, liked, left) if missed else None, more=len(fitting) - len(slots))


def _beyond(wish: Reading, moments: Sequence[datetime], shown: tuple[datetime, ...]) -> Sequence[datetime]:
    """The moments before or after those shown, where no more than "eerder" or "later" was said."""
    if not shown or wish.direction is None:
        return moments
    if wish.direction == "earlier":
        return [moment for moment in moments if moment < shown[0]]
    return [moment for moment in moments if moment > shown[-1]]


def _shifted(reading: Reading, shown: tuple[datetime, ...]) -> Reading:
    """The reading with "een week later" and "later op de dag" worked out from what was shown, and without days that are over."""
    wish = replace(reading, dates=tuple(day for day in reading.dates if not day.past))
    if wish.direction is None or wish.dates or wish.times or not shown:
        return replace(wish, direction=None)
    if wish.of_day:
        clocks = [moment.time() for moment in shown]
        side = TimeRange(_just_after(max(clocks)), None) if wish.direction == "later" else TimeRange(None, min(clocks))
        likes = tuple(DateRange(day, day, preferred=True) for day in days_of(shown))
        return replace(wish, direction=None, times=(side,), dates=likes if len(likes) == 1 else ())
    if wish.step is None:
        return wish
    step = wish.step if wish.direction == "later" else -wish.step
    if wish.step < DAY:
        there = local((shown[-1] if wish.direction == "later" else shown[0]) + step)
        days = (DateRange(there.date(), there.date()),)
        return replace(wish, direction=None, dates=days, times=(TimeRange(there.time(), there.time(), about=True),))
    first, last = shown[0].date() + step, shown[-1].date() + step
    return replace(wish, direction=None, dates=(DateRange(first, last, about=True),))


def _just_after(clock: time) -> time:
    minutes = min(clock.hour * 60 + clock.minute + 1, 24 * 60 - 1)
    return time(minutes // 60, minutes % 60)


def _said(wish: Reading) -> tuple[Combination, ...]:
    """Every combination of days and times that was said, those that must be asked among them."""
    return wish.pairs or _combined(wish, wish.dates, wish.times)


def _hard(wish: Reading) -> tuple[Combination, ...]:
    """What a moment must meet: likes are left open, an inexact day has neighbours."""
    if wish.pairs:
        return wish.pairs
    days = tuple(_with_neighbours(day) for day in wish.dates) if not all(day.preferred for day in wish.dates) else ()
    return _combined(wish, days, wish.times if not all(at.preferred for at in wish.times) else ())


def _liked(wish: Reading) -> tuple[Combination, ...]:
    """What a moment meets at best: what is liked, at the exact day and time that was named."""
    if wish.pairs:
        return wish.pairs
    days = tuple(day for day in wish.dates if day.preferred) or wish.dates
    times = tuple(at for at in wish.times if at.preferred) or wish.times
    return _combined(wish, days, tuple(replace(at, about=False) if at.start == at.end else at for at in times))


def _combined(wish: Reading, days: tuple[DateRange, ...], times: tuple[TimeRange, ...]) -> tuple[Combination, ...]:
    choices = [choice for option in wish.ambiguous for choice in option.choices]
    more_days = tuple(choice for choice in choices if isinstance(choice, DateRange))
    more_times = tuple(choice for choice in choices if isinstance(choice, TimeRange))
    if not any(option.kind == "day or time" for option in wish.ambiguous):
        return _product((*days, *more_days), (*times, *more_times))
    return _product((*days, *more_days), times) + _product(days, (*times, *more_times))


def _product(days: Sequence[DateRange], times: Sequence[TimeRange]) -> tuple[Combination, ...]:
    return tuple(product(days or (None,), times or (None,)))


def _with_neighbours(day: DateRange) -> DateRange:
    if not day.about or day.last != day.first:
        return day
    return replace(day, first=day.first - _NEIGHBOURS, last=day.first + _NEIGHBOURS)


def _suits(wanted: tuple[Combination, ...], moment: datetime) -> bool:
    return any(_on(days, moment.date()) and _at(times, moment.time()) for days, times in wanted)


def _on(days: DateRange | None, day: date) -> bool:
    return days is None or days.holds(day)


def _at(times: TimeRange | None, clock: time) -> bool:
    return times is None or times.holds(clock)


def _refused(wish: Reading, moment: datetime) -> bool:
    return any(day.holds(moment.date()) for day in wish.excluded_dates) or any(at.holds(moment.time()) for at in wish.excluded_times)


def _obstacle(wish: Reading, wanted: tuple[Combination, ...], left: Sequence[datetime]) -> Obstacle:
    """What was in the way, seen by the citizen: first the day, then the time on that day."""
    no_days, no_times = wish.excluded_dates, wish.excluded_times
    on_days = any(_on(days, moment.date()) and not any(no.holds(moment.date()) for no in no_days) for moment in left for days, _ in wanted)
    at_times = any(
        _at(times, moment.time()) and not any(no.holds(moment.time()) for no in no_times) for moment in left for _, times in wanted
    )
    if on_days:
        return "time"
    return "day" if at_times else "both"
