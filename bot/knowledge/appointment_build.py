"""Builds the appointment planning of each municipality out of its own afspraken.yml and the one it inherits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from bot.knowledge.appointment_schema import ActivityShape, AppointmentsShape, BreakShape, KindShape, PlaceShape
from bot.knowledge.municipality_schema import HoursShape
from bot.model.appointment import KINDS, AppointmentKind, CustomerField, Location
from bot.model.appointment_rules import ActivityRule, AppointmentRules, Break, PlaceRule, WeddingRule
from bot.model.hours import ExceptionalDay, OpeningHours
from bot.model.municipality import WEEKDAYS, Counter

_GRID = 15
_FIELDS = {
    "voornaam": "first_name",
    "email": "email",
    "telefoon": "phone",
    "adres": "address",
    "onderwerp": "note",
    "geboortedatum": "birth_date",
}


def build_rules(
    files: Iterable[tuple[str, AppointmentsShape]], home: frozenset[str], counters: Mapping[str, Counter]
) -> AppointmentRules | None:
    """The planning that `files` (folder and shape, the shared one first) give together; None when there is no file.

    `home` holds the municipality's own villages and ids of counters; `counters` are those of everybody, by id.
    """
    shapes = list(files)
    if not shapes:
        return None
    activities = {shape.id: _activity(shape) for _, file in shapes for shape in file.activiteiten}
    grid = next((file.rooster_minuten for _, file in reversed(shapes) if file.rooster_minuten), _GRID)
    places = {shape.id: _place(folder, shape, counters, grid) for folder, file in shapes for shape in file.plekken}
    kinds = _kinds([file for _, file in shapes])
    wedding = next((file.huwelijk for _, file in reversed(shapes) if file.huwelijk), None)
    return AppointmentRules(
        system=next((file.systeem for _, file in reversed(shapes) if file.systeem), "own"),
        kinds=tuple(kind for kind in KINDS if kind in kinds),
        activities=MappingProxyType(activities),
        places=MappingProxyType(_home_first(places, home)),
        fields=MappingProxyType({kind: _fields(shape) for kind, shape in kinds.items()}),
        wedding=WeddingRule(wedding.dagen_na_melding, wedding.dagen_geldig) if wedding else WeddingRule(),
        positions=MappingProxyType({village.naam: village.ligging for _, file in shapes for village in file.dorpen}),
        example=any(file.voorbeeld for _, file in shapes),
    )


def _kinds(files: list[AppointmentsShape]) -> dict[AppointmentKind, KindShape]:
    found: dict[AppointmentKind, KindShape] = {}
    for file in files:
        found |= {kind: shape for kind in KINDS if (shape := getattr(file.soorten, kind)) is not None}
    return {kind: shape for kind, shape in found.items() if shape.aan}


def _fields(shape: KindShape) -> tuple[CustomerField, ...]:
    asked = [("last_name", True), *((_FIELDS[name], True) for name in shape.moet), *((_FIELDS[name], False) for name in shape.mag)]
    return tuple(CustomerField(name, required) for name, required in dict(reversed(asked)).items())[::-1]


def _activity(shape: ActivityShape) -> ActivityRule:
    return ActivityRule(
        id=shape.id,
        name=shape.naam,
        kinds=shape.soorten,
        minutes=shape.minuten,
        minutes_more=shape.minuten_erbij,
        most=shape.hoogstens,
        notice_hours=shape.vooraf_uren,
        horizon_days=shape.vooruit_dagen,
        options=shape.opties,
        option_needed=shape.optie_verplicht,
        places=shape.plekken,
        code=shape.code,
        general=shape.algemeen,
    )


def _place(folder: str, shape: PlaceShape, counters: Mapping[str, Counter], grid: int) -> PlaceRule:
    return PlaceRule(
        location=_location(shape, counters.get(shape.id)),
        kind=shape.soort,
        resource=f"{folder}/{shape.ruimte or shape.id}",
        desks=shape.tegelijk,
        week=tuple(_hours(getattr(shape.tijden, day)) for day in WEEKDAYS),
        exceptions=tuple(ExceptionalDay(day.datum, _hours(day.tijden), day.reden) for day in shape.uitzonderingen),
        closed_on_holidays=shape.feestdagen_gesloten,
        breaks=tuple(_break(item) for item in shape.pauzes),
        grid_minutes=shape.rooster_minuten or grid,
        minutes=shape.minuten,
        travel_minutes=shape.reistijd_minuten,
        options=shape.opties,
        villages=shape.dorpen,
        position=shape.ligging,
        code=shape.code,
    )


def _hours(shapes: tuple[HoursShape, ...]) -> tuple[OpeningHours, ...]:
    return tuple(sorted((OpeningHours(shape.van, shape.tot) for shape in shapes), key=lambda item: item.start))


def _break(shape: BreakShape) -> Break:
    return Break(shape.van, shape.tot, shape.balies)


def _location(shape: PlaceShape, counter: Counter | None) -> Location:
    """Name and address; those of a counter that is only an example are not told as if they were true, but for its town."""
    name = shape.naam or (counter.name if counter else shape.id)
    if shape.adres is not None:
        return Location(shape.id, name, shape.adres.straat, shape.adres.postcode, shape.adres.plaats)
    if counter is None or counter.example:
        return Location(shape.id, name, town=counter.town if counter else None)
    return Location(shape.id, name, counter.street, counter.postcode, counter.town)


def _home_first(places: dict[str, PlaceRule], home: frozenset[str]) -> dict[str, PlaceRule]:
    """The places of the municipality itself before those of its neighbours; else as they stand in the files."""
    return dict(sorted(places.items(), key=lambda item: not {item[0], item[1].location.town} & home))
