"""What fits in one appointment, how long it takes, and on which days it can be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.appointments import planning
from bot.appointments.errors import AppointmentRefused
from bot.model.appointment import Wanted
from bot.model.appointment_rules import AppointmentRules
from tests.appointments.town import MONDAY, activity, place, rules, wish

PASSPORT = activity("paspoort", 15, 10, options=("bezorgen",))
LICENCE = activity("rijbewijs", 10, 5, most=2)
CALL = activity("bellen", 15, 0, kinds=("terugbellen",), general=True, most=1)
WEDDING = activity("huwelijk", 60, 0, kinds=("huwelijk",), options=("kosteloos", "ceremonie"), option_needed=True, horizon_days=366, most=1)


@pytest.fixture
def town() -> AppointmentRules:
    room = place("zaal", kind="huwelijk", options=("ceremonie",))
    small = place("kamer", kind="huwelijk", options=("kosteloos",), minutes=15)
    return rules(PASSPORT, LICENCE, CALL, WEDDING, place(), place("telefoon", kind="terugbellen"), room, small)


@pytest.mark.parametrize(
    ("wanted", "minutes"),
    [
        ((Wanted("paspoort", 1),), 15),
        ((Wanted("paspoort", 3),), 35),
        ((Wanted("paspoort", 1), Wanted("rijbewijs", 1)), 20),
        ((Wanted("rijbewijs", 2), Wanted("paspoort", 2)), 35),
    ],
)
def test_the_longest_counts_in_full_and_each_other_as_one_more(town: AppointmentRules, wanted: tuple[Wanted, ...], minutes: int) -> None:
    assert planning.duration(town, wish(wanted=wanted), town.places["loket"]) == timedelta(minutes=minutes)


def test_a_place_may_say_itself_how_long_it_takes(town: AppointmentRules) -> None:
    free = wish(kind="huwelijk", name="huwelijk", option="kosteloos")
    (found,) = planning.places_of(town, free)
    assert (found.location.id, planning.duration(town, free, found)) == ("kamer", timedelta(minutes=15))


@pytest.mark.parametrize(
    ("named", "kind", "option"),
    [
        ({"paspoort": 7}, "balie", None),
        ({"paspoort": 0}, "balie", None),
        ({"paspoort": 1}, "video", None),
        ({"paspoort": 1}, "huwelijk", None),
        ({"paspoort": 1}, "balie", "ceremonie"),
        ({"huwelijk": 1}, "huwelijk", None),
        ({"vlaggen": 1}, "balie", None),
        ({None: 1}, "balie", None),
        ({}, "balie", None),
    ],
    ids=["too many", "none", "kind is off", "other kind", "other option", "option missing", "unknown", "nothing to book", "empty"],
)
def test_what_cannot_be_one_appointment_is_refused(
    town: AppointmentRules, named: dict[str | None, int], kind: str, option: str | None
) -> None:
    with pytest.raises(AppointmentRefused):
        planning.make_wish("castricum", town, named, kind, option, None)  # type: ignore[arg-type]


def test_a_call_about_several_things_is_one_call(town: AppointmentRules) -> None:
    made = planning.make_wish("castricum", town, {"paspoort": 3, None: 1}, "terugbellen", None, None)
    assert made.wanted == (Wanted("bellen", 1),)


def test_the_own_way_to_meet_comes_before_the_general_one(town: AppointmentRules) -> None:
    assert planning.kinds_of(town, "paspoort") == ("balie", "terugbellen")
    assert planning.kinds_of(town, None) == ("terugbellen",)


@pytest.mark.parametrize(
    ("notified", "first", "last"),
    [
        (None, date(2026, 3, 16), date(2027, 3, 3)),
        (date(2026, 3, 2), date(2026, 3, 16), date(2027, 3, 2)),
        (date(2026, 1, 5), date(2026, 3, 2), date(2027, 1, 5)),
        (date(2025, 3, 10), date(2026, 3, 2), date(2026, 3, 10)),
    ],
    ids=["not told yet", "told today", "told in January", "told almost a year ago"],
)
def test_a_wedding_waits_two_weeks_and_its_notice_ends_after_a_year(
    town: AppointmentRules, notified: date | None, first: date, last: date
) -> None:
    made = wish(kind="huwelijk", name="huwelijk", option="ceremonie", notified_on=notified)
    assert planning.days(town, made, MONDAY) == (first, last)


def test_a_notice_that_ended_leaves_no_day(town: AppointmentRules) -> None:
    first, last = planning.days(town, wish(kind="huwelijk", name="huwelijk", option="ceremonie", notified_on=date(2025, 2, 1)), MONDAY)
    assert first > last
