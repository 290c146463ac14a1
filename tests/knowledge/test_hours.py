"""When a counter is open, and what is told about it."""

from __future__ import annotations

from datetime import date, datetime, timezone

import pytest

from bot.knowledge.library import Library
from tests.knowledge.builders import AMSTERDAM, SOURCE, KnowledgeFolder, counter

WEEK = {
    "maandag": [{"van": "09:00", "tot": "12:30"}, {"van": "13:30", "tot": "17:00", "met_afspraak": True}],
    "donderdag": [{"van": "09:00", "tot": "20:00"}],
    "vrijdag": [{"van": "09:00", "tot": "12:30"}],
}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def library(folder: KnowledgeFolder, now: str = "2026-11-23T08:00", **changes: object) -> Library:
    folder.municipality("duindorp", loketten=[counter(**({"openingstijden": WEEK} | changes))])
    return folder.library(at(now))


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23T08:59", False),
        ("2026-11-23T09:00", True),
        ("2026-11-23T12:30", False),
        ("2026-11-23T16:59", True),
        ("2026-11-24T10:00", False),
        ("2026-11-26T19:59", True),
        ("2026-12-25T10:00", False),
    ],
)
def test_a_counter_is_open_in_its_hours(folder: KnowledgeFolder, moment: str, is_open: bool) -> None:
    assert bool(library(folder).open_now("duindorp", at(moment))) is is_open


def test_a_moment_in_utc_is_the_same_moment(folder: KnowledgeFolder) -> None:
    shelf = library(folder)
    assert shelf.open_now("duindorp", datetime(2026, 11, 23, 8, 0, tzinfo=timezone.utc))
    assert not shelf.open_now("duindorp", datetime(2026, 11, 23, 7, 59, tzinfo=timezone.utc))


def test_an_exception_goes_before_the_week_and_before_a_holiday(folder: KnowledgeFolder) -> None:
    days = [{"datum": "2026-12-25", "tijden": [{"van": "10:00", "tot": "11:00"}], "reden": "Kerstmarkt"}, {"datum": "2026-11-23"}]
    shelf = library(folder, uitzonderingen=days)
    assert shelf.open_now("duindorp", at("2026-12-25T10:30"))
    assert not shelf.open_now("duindorp", at("2026-11-23T10:00"))
    [day] = shelf.opening_hours("duindorp", date(2026, 12, 25))
    assert day.reason == "Kerstmarkt"


def test_a_holiday_is_closed_unless_the_file_says_otherwise(folder: KnowledgeFolder) -> None:
    [day] = library(folder).opening_hours("duindorp", date(2027, 4, 26))
    assert day.hours
    [whit] = library(folder).opening_hours("duindorp", date(2027, 5, 17))
    assert (whit.hours, whit.reason) == ((), "Tweede pinksterdag")
    [open_anyhow] = library(folder, feestdagen_gesloten=False).opening_hours("duindorp", date(2027, 5, 17))
    assert open_anyhow.hours


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T08:00", "2026-11-23T09:00+01:00"),
        ("2026-11-23T09:00", "2026-11-23T13:30+01:00"),
        ("2026-11-27T13:00", "2026-11-30T09:00+01:00"),
        ("2026-12-24T21:00", "2026-12-28T09:00+01:00"),
        ("2027-03-26T13:00", "2027-04-01T09:00+02:00"),
        ("2026-10-23T13:00", "2026-10-26T09:00+01:00"),
    ],
    ids=["today", "after lunch", "over the weekend", "over Christmas", "over Easter and into summer time", "out of summer time"],
)
def test_the_next_opening_skips_what_is_closed(folder: KnowledgeFolder, moment: str, expected: str) -> None:
    opening = library(folder).next_opening("duindorp", at(moment))
    assert opening is not None
    assert opening.starts.isoformat(timespec="minutes") == expected


@pytest.mark.parametrize(("utc", "is_open"), [("2026-10-25T00:45", True), ("2026-10-25T01:45", False)])
def test_the_hour_that_comes_twice_is_two_hours(folder: KnowledgeFolder, utc: str, is_open: bool) -> None:
    shelf = library(folder, openingstijden={"zondag": [{"van": "02:30", "tot": "02:50"}]})
    assert bool(shelf.open_now("duindorp", datetime.fromisoformat(utc).replace(tzinfo=timezone.utc))) is is_open


def test_a_counter_that_never_opens_has_no_next_opening(folder: KnowledgeFolder) -> None:
    assert library(folder, openingstijden={}).next_opening("duindorp") is None


def test_an_example_counter_is_not_open_and_not_shown(folder: KnowledgeFolder) -> None:
    folder.product("openingstijden")
    shelf = library(folder, voorbeeld=True, now="2026-11-23T10:00")
    assert shelf.open_now("duindorp") == ()
    assert shelf.next_opening("duindorp") is None
    for aspect in ("waar", "wanneer"):
        answer = shelf.answer("openingstijden", aspect, "duindorp")
        assert "Dorpsstraat" not in answer.text
        assert "9.00" not in answer.text
        assert not answer.complete


def test_a_true_address_with_made_up_hours_shows_the_address_only(folder: KnowledgeFolder) -> None:
    folder.product("openingstijden")
    shelf = library(folder, tijden_voorbeeld=True, now="2026-11-23T10:00")
    assert (shelf.open_now("duindorp"), shelf.opening_hours("duindorp", date(2026, 11, 23))) == ((), ())
    assert "Dorpsstraat 1" in shelf.answer("openingstijden", "waar", "duindorp").text
    assert "«tijden_onbekend»" in shelf.answer("openingstijden", "wanneer", "duindorp").text


def test_the_answer_tells_whether_it_is_open_and_the_whole_week(folder: KnowledgeFolder) -> None:
    folder.product("openingstijden")
    answer = library(folder, now="2026-11-23T10:00").answer("openingstijden", "wanneer", "duindorp")
    assert answer.text.split("\n\n")[1:] == [
        "«nu_open» Gemeentehuis 12.30",
        "**Gemeentehuis**\n- Maandag: 9.00 tot 12.30 uur, 13.30 tot 17.00 uur (met afspraak)\n- Dinsdag tot en met woensdag: gesloten\n"
        "- Donderdag: 9.00 tot 20.00 uur\n- Vrijdag: 9.00 tot 12.30 uur",
    ]
    assert (answer.complete, answer.local) == (True, True)


def test_the_answer_tells_the_next_opening_and_days_that_differ(folder: KnowledgeFolder) -> None:
    folder.product("contact")
    text = library(folder, now="2026-12-23T18:00").answer("contact", "wanneer", "duindorp").text
    assert "«gesloten» «opening» morgen Gemeentehuis 9.00" in text
    assert "«andere_tijden» Gemeentehuis\n- Vrijdag 25 december (Eerste kerstdag): gesloten" in text


def test_opening_for_appointments_is_told_as_such(folder: KnowledgeFolder) -> None:
    folder.product("openingstijden")
    shelf = library(folder, openingstijden={"maandag": [{"van": "09:00", "tot": "12:00", "met_afspraak": True}]}, now="2026-11-23T10:00")
    assert "«nu_open_afspraak» Gemeentehuis 12.00" in shelf.answer("openingstijden", "wat", "duindorp").text


def test_the_addresses_and_numbers_stand_below_the_text(folder: KnowledgeFolder) -> None:
    folder.product("contact")
    numbers = {"telefoon": {"nummer": "14 0000", "bronnen": [SOURCE]}, "email": {"adres": "x@duindorp.nl", "voorbeeld": True}}
    folder.municipality("duindorp", loketten=[counter()], contact=numbers)
    shelf = folder.library()
    assert shelf.answer("contact", "waar", "duindorp").text.endswith("- **Gemeentehuis**: Dorpsstraat 1, 1234 AB Duindorp")
    assert shelf.answer("contact", "wat", "duindorp").text.endswith("\n\n- «contact_telefoon» 14 0000")


def test_without_a_municipality_the_counters_are_unknown(folder: KnowledgeFolder) -> None:
    folder.product("openingstijden")
    answer = folder.library().answer("openingstijden", "wanneer")
    assert (answer.complete, answer.local) == (False, True)
    assert "«tijden_onbekend»" in answer.text
