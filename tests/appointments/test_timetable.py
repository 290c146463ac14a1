"""Slots of a day: within the hours, on the grid, for a desk that is free; checked minute by minute against a simpler count."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.appointments.timetable import Busy, free_slots, hours_on, open_desks, slots_on
from bot.model.appointment_rules import Break, PlaceRule
from bot.model.hours import ExceptionalDay, OpeningHours
from tests.appointments.town import hours, moment, place

DAY = date(2026, 3, 3)
QUARTER = timedelta(minutes=15)


def starts(rule: PlaceRule, day: date, length: timedelta = QUARTER) -> list[str]:
    """When slots begin, by the Dutch clock with its offset."""
    return [slot.starts.astimezone(ZoneInfo("Europe/Amsterdam")).strftime("%H:%M%z") for slot in slots_on(rule, day, length)]


def test_a_slot_ends_before_the_doors_close() -> None:
    assert starts(place(week=(hours("09:00", "10:00"),)), DAY, timedelta(minutes=35)) == ["09:00+0100", "09:15+0100"]


@pytest.mark.parametrize(
    ("rule", "day", "expected"),
    [
        (place(), date(2026, 3, 3), 1),
        (place(closed_on_holidays=True), date(2026, 4, 27), 0),
        (place(closed_on_holidays=False), date(2026, 4, 27), 1),
        (place(exceptions=(ExceptionalDay(DAY, ()),)), DAY, 0),
        (place(closed_on_holidays=True, exceptions=(ExceptionalDay(date(2026, 4, 27), (hours("10:00", "11:00"),)),)), date(2026, 4, 27), 1),
    ],
    ids=["weekday", "king's day", "king's day where holidays are worked", "closed that day", "exception on a holiday"],
)
def test_closures_and_holidays(rule: PlaceRule, day: date, expected: int) -> None:
    assert len(hours_on(rule, day)) == expected


def test_at_the_counter_nine_o_clock_is_nine_o_clock_before_and_after_the_clock_changes() -> None:
    morning = place(week=(hours("09:00", "09:15"),))
    days = [date(2026, 3, 28), date(2026, 3, 29), date(2026, 3, 30), date(2026, 10, 24), date(2026, 10, 25)]
    assert [starts(morning, day) for day in days] == [["09:00+0100"], ["09:00+0200"], ["09:00+0200"], ["09:00+0200"], ["09:00+0100"]]


def test_in_the_night_of_spring_no_slot_is_in_the_hour_that_is_not_there() -> None:
    night = place(week=(hours("01:00", "04:00"),), grid_minutes=30)
    assert starts(night, date(2026, 3, 29), timedelta(minutes=30)) == ["01:00+0100", "01:30+0100", "03:00+0200", "03:30+0200"]


def test_in_the_night_of_autumn_the_hour_that_comes_twice_is_planned_twice() -> None:
    night = place(week=(hours("01:00", "04:00"),), grid_minutes=60)
    found = starts(night, date(2026, 10, 25), timedelta(minutes=60))
    assert found == ["01:00+0200", "02:00+0200", "02:00+0100", "03:00+0100"]


def test_a_break_stops_the_desks_that_it_names() -> None:
    rule = place(desks=3, breaks=(Break(time(10), time(10, 15), (1,)), Break(time(11), time(11, 15))))
    slots = {slot.starts: slot for slot in slots_on(rule, DAY, QUARTER)}
    assert open_desks(rule, DAY, slots[moment(3, 9, 45)]) == (1, 2, 3)
    assert open_desks(rule, DAY, slots[moment(3, 10)]) == (2, 3)
    assert open_desks(rule, DAY, slots[moment(3, 11)]) == ()


def test_what_has_begun_is_not_free() -> None:
    found = list(free_slots(place(), DAY, QUARTER, moment(3, 11, 31), ()))
    assert [slot.starts for slot in found] == [moment(3, 11, 45)]


# Any planning at all, against a count by minutes.

minutes = st.integers(0, 24 * 12 - 1).map(lambda number: time(number * 5 // 60, number * 5 % 60))


@st.composite
def stretches(draw: st.DrawFn) -> tuple[OpeningHours, ...]:
    bounds = sorted(draw(st.sets(minutes, max_size=6)))
    return tuple(OpeningHours(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=False))


@st.composite
def plannings(draw: st.DrawFn) -> PlaceRule:
    desks = draw(st.integers(1, 3))
    numbers = st.sets(st.integers(1, desks)).map(lambda found: tuple(sorted(found)))
    breaks = [Break(item.start, item.end, draw(numbers)) for item in draw(stretches())]
    return place(
        desks=desks,
        week=draw(stretches()),
        breaks=tuple(breaks),
        grid_minutes=draw(st.sampled_from((5, 10, 15, 20, 60))),
        travel_minutes=draw(st.sampled_from((0, 0, 30))),
        exceptions=tuple(ExceptionalDay(DAY, draw(stretches())) for _ in range(draw(st.integers(0, 1)))),
    )


@st.composite
def busy(draw: st.DrawFn) -> Busy:
    begin = moment(3, 0) + timedelta(minutes=5 * draw(st.integers(0, 280)))
    return Busy(draw(st.integers(1, 3)), begin, begin + timedelta(minutes=5 * draw(st.integers(1, 60))))


MIDNIGHT = moment(3, 0)


def minute_of(at: time | datetime) -> int:
    """Minutes since midnight in Amsterdam."""
    return int((at - MIDNIGHT).total_seconds() // 60) if isinstance(at, datetime) else at.hour * 60 + at.minute


def is_free(rule: PlaceRule, taken: list[Busy], desk: int, sits: set[int], travels: set[int]) -> bool:
    pauses = [item for item in rule.breaks if desk in (item.desks or (1, 2, 3))]
    stopped = {minute for item in pauses for minute in range(minute_of(item.start), minute_of(item.end))}
    away = {minute for item in taken if item.desk == desk for minute in range(minute_of(item.starts), minute_of(item.ends))}
    return not sits & stopped and not travels & away


@settings(max_examples=200, deadline=None)
@given(plannings(), st.lists(busy(), max_size=12), st.sampled_from((5, 15, 25, 40, 90)), st.integers(0, 24 * 60))
def test_free_slots_are_exactly_those_that_a_count_by_minutes_finds(rule: PlaceRule, taken: list[Busy], length: int, past: int) -> None:
    expected = set()
    for stretch in rule.exceptions[0].hours if rule.exceptions else rule.week[0]:
        for start in range(minute_of(stretch.start), minute_of(stretch.end) - length + 1, rule.grid_minutes):
            sits, travels = set(range(start, start + length)), set(range(start, start + length + rule.travel_minutes))
            if start >= past and any(is_free(rule, taken, desk, sits, travels) for desk in range(1, rule.desks + 1)):
                expected.add(start)
    found = list(free_slots(rule, DAY, timedelta(minutes=length), MIDNIGHT + timedelta(minutes=past), taken))
    assert [minute_of(slot.starts) for slot in found] == sorted(expected)
    assert all(slot.ends - slot.starts == timedelta(minutes=length) for slot in found)
