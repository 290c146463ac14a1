"""Works out when the counters of a municipality are open: week, exceptions, national holidays and summer time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

import holidays

from bot.clock import AMSTERDAM, local
from bot.model.municipality import Counter, DayHours, Municipality, Opening

_FURTHEST = 60
"""Days to look ahead for the next opening."""


@lru_cache(maxsize=32)
def national_holidays(year: int) -> Mapping[date, str]:
    """The Dutch public holidays of `year`, Good Friday included: a citizen before a closed door is worse than a surprise."""
    return dict(holidays.country_holidays("NL", years=year, language="nl").items())


def hours_on(counter: Counter, day: date) -> DayHours:
    """When `counter` is open on `day`: an exception goes before a holiday, a holiday before the week."""
    for exception in counter.exceptions:
        if exception.day == day:
            return DayHours(counter, day, exception.hours, exception.reason)
    holiday = national_holidays(day.year).get(day)
    if holiday is not None and counter.closed_on_holidays:
        return DayHours(counter, day, (), holiday)
    return DayHours(counter, day, counter.week[day.weekday()])


def real_counters(municipality: Municipality) -> tuple[Counter, ...]:
    """The counters that are facts, not examples."""
    return tuple(counter for counter in municipality.counters if not counter.example)


def counters_with_hours(municipality: Municipality) -> tuple[Counter, ...]:
    """The real counters whose opening hours are facts too."""
    return tuple(counter for counter in real_counters(municipality) if not counter.example_hours)


def openings_on(municipality: Municipality, day: date) -> Iterator[Opening]:
    """Every stretch in which a counter is open on `day`, in the order of the counters."""
    for counter in counters_with_hours(municipality):
        for hours in hours_on(counter, day).hours:
            yield Opening(
                counter,
                datetime.combine(day, hours.start, AMSTERDAM),
                datetime.combine(day, hours.end, AMSTERDAM),
                hours.by_appointment,
            )


def open_at(municipality: Municipality, at: datetime) -> tuple[Opening, ...]:
    """The stretches that `at` lies in; empty when everything is closed."""
    found = openings_on(municipality, local(at).date())
    return tuple(opening for opening in found if _utc(opening.starts) <= _utc(at) < _utc(opening.ends))


def next_opening(municipality: Municipality, at: datetime) -> Opening | None:
    """The first stretch that begins after `at`, within two months."""
    today = local(at).date()
    for distance in range(_FURTHEST + 1):
        coming = [item for item in openings_on(municipality, today + timedelta(days=distance)) if _utc(item.starts) > _utc(at)]
        if coming:
            return min(coming, key=lambda opening: _utc(opening.starts))
    return None


def _utc(moment: datetime) -> datetime:
    """Two moments of the same zone compare by their clock, also when the clock goes back; in UTC they compare as moments."""
    return moment.astimezone(timezone.utc)
