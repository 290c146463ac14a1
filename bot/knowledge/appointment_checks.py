"""Looks whether a municipality's afspraken.yml fits together, and whether everything that products name can be booked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from bot.knowledge.appointment_schema import ActivityShape, AppointmentsShape, PlaceShape
from bot.knowledge.document import Document
from bot.knowledge.errors import Problem
from bot.knowledge.explain import did_you_mean
from bot.knowledge.folder import Folder, MunicipalityFolder, Sheet
from bot.model.appointment import KINDS
from bot.model.municipality import WEEKDAYS


@dataclass
class _Planning:
    """What a file has together with the one it inherits."""

    sheet: Sheet[AppointmentsShape]
    activities: dict[str, ActivityShape] = field(default_factory=dict)
    places: dict[str, PlaceShape] = field(default_factory=dict)
    system: str = "own"
    counters: set[str] = field(default_factory=set)
    villages: set[str] = field(default_factory=set)

    @property
    def options(self) -> set[str]:
        return {option for activity in self.activities.values() for option in activity.opties}


def check_appointments(folder: Folder) -> Iterator[Problem]:
    """Everything that is wrong in the files afspraken.yml."""
    named = {sheet.shape.afspraak for sheet in folder.products if sheet.shape.afspraak}
    by_name = {place.name: place for place in folder.municipalities}
    for place in folder.municipalities:
        if place.appointments is None:
            continue
        planning = _planning(folder, place, by_name)
        yield from _twice(planning)
        yield from _activities(planning)
        for index, shape in enumerate(place.appointments.shape.plekken):
            yield from _place(planning, index, shape)
        yield from _kinds(planning)
        yield from _unknown(planning, named)


def _planning(folder: Folder, place: MunicipalityFolder, by_name: dict[str, MunicipalityFolder]) -> _Planning:
    assert place.appointments is not None  # noqa: S101 - who calls has looked
    made = _Planning(place.appointments)
    shared = by_name.get(place.main.shape.basis or "") if place.main else None
    for item in (shared, place):
        if item is not None and item.appointments is not None:
            shape = item.appointments.shape
            made.activities |= {activity.id: activity for activity in shape.activiteiten}
            made.places |= {found.id: found for found in shape.plekken}
            made.system = shape.systeem or made.system
    mains = [item.main.shape for item in folder.municipalities if item.main is not None]
    made.counters = {counter.id for main in mains for counter in main.loketten}
    made.villages = {village.naam for main in mains for village in main.plaatsen}
    return made


def _twice(planning: _Planning) -> Iterator[Problem]:
    for key in ("activiteiten", "plekken"):
        seen: set[str] = set()
        for index, item in enumerate(getattr(planning.sheet.shape, key)):
            if item.id in seen:
                yield planning.sheet.document.error(f'"{item.id}" stands here twice', key, index, "id")
            seen.add(item.id)


def _activities(planning: _Planning) -> Iterator[Problem]:
    document = planning.sheet.document
    for index, activity in enumerate(planning.sheet.shape.activiteiten):
        steps = ("activiteiten", index)
        for number, place in enumerate(activity.plekken or ()):
            if place not in planning.places:
                yield document.error(f'there is no place "{place}"{did_you_mean(place, planning.places)}', *steps, "plekken", number)
        if activity.optie_verplicht and not activity.opties:
            yield document.error("optie_verplicht needs opties to choose from", *steps, "optie_verplicht")
        yield from _code(planning, activity.code, *steps)


def _place(planning: _Planning, index: int, place: PlaceShape) -> Iterator[Problem]:
    document, steps = planning.sheet.document, ("plekken", index)
    if place.naam is None and place.id not in planning.counters:
        message = f'naam is missing, and "{place.id}" is no counter of a municipality{did_you_mean(place.id, planning.counters)}'
        yield document.error(message, *steps)
    if planning.system == "own" and not any(getattr(place.tijden, day) for day in WEEKDAYS) and not place.uitzonderingen:
        yield document.warning("this place has no tijden, so nothing can be booked there", *steps)
    for number, pause in enumerate(place.pauzes):
        if any(desk > place.tegelijk for desk in pause.balies):
            yield document.error(f"there are only {place.tegelijk} counters here (tegelijk)", *steps, "pauzes", number)
    yield from _names(planning, place, *steps)
    yield from _overlap(document, place, *steps)
    yield from _code(planning, place.code, *steps)


def _names(planning: _Planning, place: PlaceShape, *steps: str | int) -> Iterator[Problem]:
    document = planning.sheet.document
    for number, option in enumerate(place.opties):
        if option not in planning.options:
            yield document.error(f'no activity has option "{option}"{did_you_mean(option, planning.options)}', *steps, "opties", number)
    for number, village in enumerate(place.dorpen):
        if village not in planning.villages:
            yield document.error(f'there is no village "{village}"{did_you_mean(village, planning.villages)}', *steps, "dorpen", number)


def _overlap(document: Document, place: PlaceShape, *steps: str | int) -> Iterator[Problem]:
    """Two stretches of one day that overlap would offer the same time twice."""
    days = [(getattr(place.tijden, day), (*steps, "tijden", day)) for day in WEEKDAYS]
    days += [(day.tijden, (*steps, "uitzonderingen", number)) for number, day in enumerate(place.uitzonderingen)]
    for stretches, where in days:
        ordered = sorted(stretches, key=lambda item: item.van)
        if any(second.van < first.tot for first, second in pairwise(ordered)):
            yield document.error("two stretches of this day overlap", *where)


def _code(planning: _Planning, code: str | None, *steps: str | int) -> Iterator[Problem]:
    if planning.system != "own" and code is None:
        yield planning.sheet.document.warning(f"code is missing: without its id in {planning.system} this cannot be booked", *steps)


def _kinds(planning: _Planning) -> Iterator[Problem]:
    for kind in KINDS:
        shape = getattr(planning.sheet.shape.soorten, kind)
        if shape is None or not shape.aan:
            continue
        if not any(place.soort == kind for place in planning.places.values()):
            yield planning.sheet.document.error(f"no place has soort: {kind}", "soorten", kind)
        if not any(kind in activity.soorten for activity in planning.activities.values()):
            yield planning.sheet.document.error(f"no activity has {kind} among its soorten", "soorten", kind)


def _unknown(planning: _Planning, named: set[str]) -> Iterator[Problem]:
    """Only the file that brings the activities can be missing one: a municipality that adds one to what it inherits is not."""
    if not planning.sheet.shape.activiteiten:
        return
    for activity in sorted(named - set(planning.activities)):
        yield planning.sheet.document.warning(f"products have afspraak: {activity}, which is no activity here", "activiteiten")
    for index, shape in enumerate(planning.sheet.shape.activiteiten):
        if named and shape.id not in named and not shape.algemeen:
            message = f"no product has afspraak: {shape.id}, so nobody books this{did_you_mean(shape.id, named)}"
            yield planning.sheet.document.warning(message, "activiteiten", index)
