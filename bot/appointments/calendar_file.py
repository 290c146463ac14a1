"""Writes an appointment as an iCalendar file (RFC 5545), for the e-mail and for the link in the chat."""

from __future__ import annotations

from datetime import datetime

from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress, vText

from bot.appointments.details import Details
from bot.appointments.letters import plain
from bot.clock import local

_ALARM = "-P1D"

_AMSTERDAM = b"""\
BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
"""Daylight saving in the Netherlands as it has been since 1996 (Directive 2000/84/EC): the library would write a list of every year."""
_HOST = "wegwijs"
"""Right-hand side of every UID: the same for all channels, so that a calendar knows the appointment again."""


def uid_of(reference: str) -> str:
    """The UID of an appointment: stable for its whole life, so that a move replaces it in the citizen's calendar."""
    return f"{reference.lower()}@{_HOST}"


def calendar_file(details: Details, written: datetime, organiser: str = "") -> bytes:
    """The file, CRLF and UTF-8; `written` is the moment of writing (aware), `organiser` the e-mail address that sends it.

    METHOD is PUBLISH and not REQUEST: a citizen owes no answer, and no calendar program sends one. A cancelled appointment is CANCEL.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Wegwijs//Afspraken//NL")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if details.cancelled else "PUBLISH")
    calendar.add_component(Timezone.from_ical(_AMSTERDAM))
    calendar.add_component(_event(details, written, organiser))
    return bytes(calendar.to_ical())


def _event(details: Details, written: datetime, organiser: str) -> Event:
    event = Event()
    event.add("uid", uid_of(details.reference))
    event.add("sequence", details.sequence)
    event.add("dtstamp", written)
    event.add("dtstart", local(details.starts))
    event.add("dtend", local(details.ends))
    event.add("summary", f"{details.sender}: {details.title}")
    event.add("location", details.where)
    event.add("description", "\n\n".join(part for part in (details.reference, plain(details.bring)) if part))
    event.add("status", "CANCELLED" if details.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if details.cancelled else "OPAQUE")
    if organiser:
        sender = vCalAddress(f"mailto:{organiser}")
        sender.params["cn"] = vText(details.sender)
        event["organizer"] = sender
    if not details.cancelled:
        event.add_component(_reminder(details))
    return event


def _reminder(details: Details) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", details.title)
    alarm["trigger"] = _ALARM
    return alarm
