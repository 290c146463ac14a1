"""Works out which stretches of a day can be booked at a place: hours, closures, breaks, the grid, and what is busy; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache

import holidays

from bot.clock import AMSTERDAM
from bot.model.appointment import Slot
from bot.model.appointment_rules import PlaceRule
from bot.model.hours import OpeningHours


@dataclass(frozen=True)
class Busy:
    """A stretch in which one desk is not free; moments in UTC."""

    desk: int
    starts: datetime
    ends: datetime


@lru_cache(maxsize=32)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NL", years=year))


def hours_on(place: PlaceRule, day: date) -> tuple[OpeningHours, ...]:
    """When appointments can be there on `day`: an exception goes before a holiday, a holiday before the week."""
    for exception in place.exceptions:
        if exception.day == day:
            return exception.hours
    if place.closed_on_holidays and day in _holidays(day.year):
        return ()
    return place.week[day.weekday()]


def slots_on(place: PlaceRule, day: date, length: timedelta) -> Iterator[Slot]:
    """Every stretch of `length` on the grid that fits in the hours of `day`, busy or not, ascending.

    The grid begins at each opening and counts real minutes, so a day on which the clock changes has no hour twice or half.
    """
    for hours in sorted(hours_on(place, day), key=lambda item: item.start):
        starts, closes = _moment(day, hours.start), _moment(day, hours.end)
        while starts + length <= closes:
            yield Slot(place.location.id, starts, starts + length)
            starts += timedelta(minutes=place.grid_minutes)


def is_bookable(place: PlaceRule, day: date, slot: Slot) -> bool:
    """Whether the planning of this moment has such a slot, busy or not."""
    return slot in set(slots_on(place, day, slot.ends - slot.starts))


def open_desks(place: PlaceRule, day: date, slot: Slot) -> tuple[int, ...]:
    """The numbers of the desks that have no break during `slot`."""
    stopped: set[int] = set()
    for pause in place.breaks:
        if _moment(day, pause.start) < slot.ends and slot.starts < _moment(day, pause.end):
            stopped |= set(pause.desks or range(1, place.desks + 1))
    return tuple(number for number in range(1, place.desks + 1) if number not in stopped)


def free_slots(place: PlaceRule, day: date, length: timedelta, after: datetime, busy: Collection[Busy]) -> Iterator[Slot]:
    """The slots of `day` that do not begin before `after` and for which a desk is free, its travel time included."""
    travel = timedelta(minutes=place.travel_minutes)
    for slot in slots_on(place, day, length):
        if slot.starts >= after and any(
            not any(item.desk == desk and item.starts < slot.ends + travel and slot.starts < item.ends for item in busy)
            for desk in open_desks(place, day, slot)
        ):
            yield slot


def _moment(day: date, at: time) -> datetime:
    """A time on the Dutch clock as a moment; one that the clock skips in spring is an hour later, one that comes twice the first."""
    return datetime.combine(day, at, AMSTERDAM).astimezone(timezone.utc)
