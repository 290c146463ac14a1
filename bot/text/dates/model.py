"""What a reading of days and times consists of: plain values that a slot finder can compare a moment with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal, Union

from bot.clock import local

Vacations = Mapping[str, tuple[tuple[date, date], ...]]
"""School holidays by their Dutch name, each with the first and last days of its years."""

Direction = Literal["earlier", "later"]


@dataclass(frozen=True)
class DateRange:
    """Days from `first` to `last`, both included; no `last` means: from then on.

    `weekdays` (Monday is 0) keeps only those days; empty keeps all. `about` says the citizen was not exact ("over drie weken"),
    so a neighbouring day is as good. `past` days are only there because the text says so ("gisteren").
    """

    first: date
    last: date | None
    weekdays: tuple[int, ...] = ()
    about: bool = False
    preferred: bool = False
    past: bool = False
    said: str = field(default="", compare=False)

    def holds(self, day: date) -> bool:
        """Whether `day` is one of these days."""
        inside = self.first <= day and (self.last is None or day <= self.last)
        return inside and (not self.weekdays or day.weekday() in self.weekdays)


@dataclass(frozen=True)
class TimeRange:
    """A clock time (`start` equals `end`), a stretch of the day, or one with an open side (None). The end is not part of a stretch."""

    start: time | None
    end: time | None
    about: bool = False
    preferred: bool = False
    said: str = field(default="", compare=False)

    def holds(self, moment: time) -> bool:
        """Whether an appointment that starts at `moment` suits; "rond tien uur" is half an hour either way."""
        if self.start is not None and self.start == self.end:
            slack = 30 if self.about else 0
            return abs(_minutes(moment) - _minutes(self.start)) <= slack
        return (self.start is None or self.start <= moment) and (self.end is None or moment < self.end)


@dataclass(frozen=True)
class Option:
    """Something that must be asked, with everything it may mean; nothing of it is in the reading's dates or times."""

    kind: Literal["day", "time", "day or time"]
    choices: tuple[Union[DateRange, TimeRange], ...]  # noqa: UP007 - an alias at run time in Python 3.10 reads the same
    said: str = field(default="", compare=False)


@dataclass(frozen=True)
class Reading:
    """Everything a text says about when."""

    dates: tuple[DateRange, ...] = ()
    times: tuple[TimeRange, ...] = ()
    excluded_dates: tuple[DateRange, ...] = ()
    excluded_times: tuple[TimeRange, ...] = ()
    ambiguous: tuple[Option, ...] = ()
    pairs: tuple[tuple[DateRange, TimeRange], ...] = ()
    """Filled when several days each have times of their own ("maandag om 10 of dinsdag om 2")."""
    direction: Direction | None = None
    step: timedelta | None = None
    """How much earlier or later, where it was said ("een week later")."""
    of_day: bool = False
    """Whether earlier or later is about the hour of the day ("later op de dag"), on whatever day."""
    asap: bool = False
    anything: bool = False
    impossible: tuple[str, ...] = ()
    """Dates that no calendar has ("31 november"), as they were said: worth a word of their own."""

    @property
    def empty(self) -> bool:
        """Whether the text says nothing at all about when."""
        return self == Reading()

    @property
    def past(self) -> bool:
        """Whether every day it names is over."""
        return bool(self.dates) and all(day.past for day in self.dates)

    def fits(self, moment: datetime) -> bool:
        """Whether an appointment at `moment` is within what was said; preferences and what must be asked do not shut anything out."""
        here = local(moment)
        day, clock = here.date(), here.time()
        if any(no.holds(day) for no in self.excluded_dates) or any(no.holds(clock) for no in self.excluded_times):
            return False
        if self.pairs:
            return any(one.holds(day) and at.holds(clock) for one, at in self.pairs)
        return _one_of(self.dates, day) and (not self.times or any(at.holds(clock) for at in self.times))


def _one_of(days: tuple[DateRange, ...], day: date) -> bool:
    return not days or any(one.holds(day) for one in days)


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


@dataclass(frozen=True)
class Context:
    """What words are read against: the moment they were said, the hours a visit can be at, and the school holidays."""

    now: datetime
    opens: time = time(7)
    closes: time = time(21)
    vacations: Vacations = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day on a Dutch calendar."""
        return self.now.date()


@dataclass(frozen=True)
class Find:
    """Something found at a place in the text."""

    start: int
    end: int
    days: tuple[DateRange, ...] = ()
    times: tuple[TimeRange, ...] = ()
    option: Option | None = None
    weekly: int | None = None
    """The weekday, where only its bare name was said: "niet op maandag" means no Monday at all."""
    impossible: str = ""
    """A date that does not exist, as it was said."""
    fixed: bool = False
    """Whether "voor" and "na" were already read."""
