"""The .ics file: one UID for life, a higher SEQUENCE at every change, and the right hour on both sides of daylight saving."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from icalendar import Calendar

from bot.appointments.calendar_file import calendar_file
from bot.clock import AMSTERDAM
from tests.appointments.letters_shown import details

NOW = datetime(2027, 1, 5, 9, 0, tzinfo=timezone.utc)


def read(**changes: Any) -> tuple[Calendar, Any]:
    calendar = Calendar.from_ical(calendar_file(details(**changes), NOW, "afspraken@voorbeeld.nl"))
    return calendar, calendar.walk("VEVENT")[0]


def test_it_says_what_when_and_where() -> None:
    calendar, event = read()
    assert calendar["METHOD"] == "PUBLISH"
    assert (str(event["UID"]), event["SEQUENCE"], str(event["STATUS"])) == ("af-7k4m2p@wegwijs", 0, "CONFIRMED")
    assert str(event["LOCATION"]) == "gemeentehuis Castricum, Raadhuisplein 1, Castricum"
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(minutes=20)
    assert str(event["ORGANIZER"]) == "mailto:afspraken@voorbeeld.nl"


def test_it_says_what_to_bring_in_plain_words() -> None:
    description = str(read()[1]["DESCRIPTION"])
    assert description == ("AF-7K4M2P\n\nNeem een nieuwe pasfoto mee. Lees de eisen (https://www.rijksoverheid.nl/pasfoto).")


def test_a_move_keeps_the_uid_and_raises_the_sequence() -> None:
    first, second = read()[1], read(sequence=1)[1]
    assert first["UID"] == second["UID"]
    assert second["SEQUENCE"] == 1


def test_a_cancelled_appointment_frees_the_calendar_and_rings_no_alarm() -> None:
    calendar, event = read(sequence=2, cancelled=True)
    assert (calendar["METHOD"], str(event["STATUS"]), str(event["TRANSP"])) == ("CANCEL", "CANCELLED", "TRANSPARENT")
    assert event.walk("VALARM") == []


@pytest.mark.parametrize(
    "starts",
    [
        datetime(2027, 3, 26, 9, 0, tzinfo=AMSTERDAM),
        datetime(2027, 3, 29, 9, 0, tzinfo=AMSTERDAM),
        datetime(2027, 10, 29, 9, 0, tzinfo=AMSTERDAM),
        datetime(2027, 11, 1, 9, 0, tzinfo=AMSTERDAM),
    ],
)
def test_nine_is_nine_around_the_change_of_the_clock(starts: datetime) -> None:
    calendar, _ = read(starts=starts.astimezone(timezone.utc))
    assert b"DTSTART;TZID=Europe/Amsterdam:" + starts.strftime("%Y%m%dT090000").encode() in calendar.to_ical()
    zone = calendar.walk("VTIMEZONE")[0].to_tz()
    assert starts.replace(tzinfo=zone).utcoffset() == starts.utcoffset()


def test_every_line_ends_as_the_standard_says_and_none_is_too_long() -> None:
    raw = calendar_file(details(title="Gesprek " * 30, municipality="de gemeente Bergen (NH)"), NOW)
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert b"ORGANIZER" not in raw


def test_the_file_holds_nobodys_name() -> None:
    assert b"Vries" not in calendar_file(details(), NOW)
