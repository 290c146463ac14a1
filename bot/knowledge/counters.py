"""Writes where a municipality can be visited and reached, and when it is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.clock import local
from bot.knowledge import hours
from bot.knowledge.costs import Figures
from bot.knowledge.filling import Texts
from bot.knowledge.messages import SHOWN_CONTACTS
from bot.model.hours import OpeningHours
from bot.model.knowledge import Source
from bot.model.municipality import WEEKDAYS, Counter, Municipality, Opening
from bot.text.wording import clock_time, day_name, sentence_start

_WARN_AHEAD = 14
"""Days ahead for which other opening hours are told."""


def addresses(municipality: Municipality, texts: Texts) -> Figures:
    """The counters with their addresses; examples are left out."""
    counters = hours.real_counters(municipality)
    if not counters:
        return Figures((texts.say("loketten_onbekend", municipality),), complete=False)
    return Figures(("\n".join(_address(counter) for counter in counters),), source=_source(counters))


def opening_times(municipality: Municipality, now: datetime, texts: Texts) -> Figures:
    """Whether somebody is there now, the week of each counter, and what differs in the coming days."""
    counters = hours.counters_with_hours(municipality)
    if not counters:
        return Figures((texts.say("tijden_onbekend", municipality),), complete=False)
    weeks = [_week(counter, texts) for counter in counters]
    warnings = [_warning(counter, local(now).date(), texts) for counter in counters]
    blocks = [_now(municipality, now, texts), *weeks, *warnings]
    return Figures(tuple(block for block in blocks if block), source=_source(counters))


def ways_of_contact(municipality: Municipality, texts: Texts) -> Figures:
    """The telephone number and the other ways to reach the municipality; examples are left out."""
    known = [municipality.contacts[kind] for kind in SHOWN_CONTACTS if kind in municipality.contacts]
    true = [contact for contact in known if not contact.example]
    lines = [f"- {texts.say('contact_' + contact.kind, waarde=contact.value)}" for contact in true]
    if not lines:
        return Figures((texts.say("loketten_onbekend", municipality),), complete=False)
    source = next((source for contact in true for source in contact.sources if not source.example), None)
    return Figures(("\n".join(lines),), source=source)


def _address(counter: Counter) -> str:
    town = " ".join(part for part in (counter.postcode, counter.town) if part)
    note = f" ({counter.note})" if counter.note else ""
    return f"- **{counter.name}**: {', '.join(part for part in (counter.street, town) if part)}{note}"


def _now(municipality: Municipality, now: datetime, texts: Texts) -> str:
    current = hours.open_at(municipality, now)
    if current:
        opening = next((item for item in current if not item.by_appointment), current[0])
        key = "nu_open_afspraak" if opening.by_appointment else "nu_open"
        return texts.say(key, loket=opening.counter.name, tot=clock_time(opening.ends.time()))
    coming = hours.next_opening(municipality, now)
    if coming is None:
        return texts.say("gesloten_zonder_opening", municipality)
    return texts.say("gesloten", opening=opening_sentence(coming, now, texts))


def opening_sentence(opening: Opening, now: datetime, texts: Texts) -> str:
    """The sentence that says which counter opens when, as seen from `now`."""
    distance = (local(opening.starts).date() - local(now).date()).days
    day = texts.say("vandaag") if distance == 0 else texts.say("morgen") if distance == 1 else day_name(opening.starts.date())
    key = "opening_afspraak" if opening.by_appointment else "opening"
    return texts.say(key, loket=opening.counter.name, dag=day, tijd=clock_time(opening.starts.time()))


def _week(counter: Counter, texts: Texts) -> str:
    lines = [f"- {sentence_start(days)}: {_times(times, texts)}" for days, times in _stretches(counter, texts)]
    return "\n".join([f"**{counter.name}**", *lines])


def _stretches(counter: Counter, texts: Texts) -> Iterator[tuple[str, tuple[OpeningHours, ...]]]:
    """Days in a row with the same hours, as one; the closed weekend is left out."""
    start = 0
    while start < len(WEEKDAYS):
        end = start
        while end + 1 < len(WEEKDAYS) and counter.week[end + 1] == counter.week[start]:
            end += 1
        times = counter.week[start]
        if times or start < 5:
            last = min(end, 4) if not times else end
            days = WEEKDAYS[start] if last == start else texts.say("dagen_van_tot", van=WEEKDAYS[start], tot=WEEKDAYS[last])
            yield days, times
        start = end + 1


def _times(times: tuple[OpeningHours, ...], texts: Texts) -> str:
    if not times:
        return texts.say("loket_gesloten")
    parts = []
    for item in times:
        appointment = f" ({texts.say('alleen_met_afspraak')})" if item.by_appointment else ""
        parts.append(texts.say("tijd_van_tot", van=clock_time(item.start), tot=clock_time(item.end)) + appointment)
    return ", ".join(parts)


def _warning(counter: Counter, today: date, texts: Texts) -> str:
    """The coming days on which `counter` has other hours than in its week; empty when there are none."""
    lines = []
    for distance in range(_WARN_AHEAD + 1):
        day = today + timedelta(days=distance)
        found = hours.hours_on(counter, day)
        if found.hours != counter.week[day.weekday()]:
            reason = f" ({found.reason})" if found.reason else ""
            lines.append(f"- {sentence_start(day_name(day))}{reason}: {_times(found.hours, texts)}")
    return "\n".join([texts.say("andere_tijden", loket=counter.name), *lines]) if lines else ""


def _source(counters: tuple[Counter, ...]) -> Source | None:
    return next((source for counter in counters for source in counter.sources if not source.example), None)
