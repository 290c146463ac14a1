"""Says which place of appointments is nearest to where a citizen says they are; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from math import cos, hypot, radians

from bot.model.appointment import Location
from bot.model.appointment_rules import AppointmentRules
from bot.model.municipality import Municipality, Place

_POSTCODE = re.compile(r"(?<!\d)([1-9]\d{3})(?!\d)")


def villages_in(text: str, municipalities: Iterable[Municipality]) -> tuple[Place, ...]:
    """The villages that `text` names, the longest name first, else those of a postcode in it."""
    words = f" {_plain(text)} "
    places = [place for municipality in municipalities for place in municipality.places]
    named = [(max(len(name) for name in _names(place) if f" {name} " in words), place) for place in places if _is_named(place, words)]
    if named:
        return tuple(place for _, place in sorted(named, key=lambda item: -item[0]))
    digits = set(_POSTCODE.findall(text))
    return tuple(place for place in places if digits & set(place.postcodes))


def home_places(municipality: Municipality) -> tuple[str, ...]:
    """The ids of the places that are the municipality's own: its counters, and what lies in its villages."""
    own = {counter.id for counter in municipality.counters} | {village.name for village in municipality.places}
    places = municipality.appointments.places.values() if municipality.appointments else ()
    return tuple(place.location.id for place in places if {place.location.id, place.location.town} & own)


def nearest_first(
    locations: Iterable[Location], rules: AppointmentRules, near: str | None, municipalities: Iterable[Municipality]
) -> tuple[Location, ...]:
    """`locations` by their distance to what `near` names; as they came when that is nothing, and those whose position is unknown last.

    A place that is named itself ("gemeentehuis Castricum", or its id) comes first. One that serves only villages of which none
    is named is left out, when `near` names any.
    """
    if not near:
        return tuple(locations)
    words = f" {_plain(near)} "
    villages = [place.name for place in villages_in(near, municipalities)]
    here = next((rules.positions[village] for village in villages if village in rules.positions), None)
    found = [item for item in locations if not villages or _serves(rules, item, villages)]

    def distance(location: Location) -> tuple[bool, float]:
        named = location.id == near.strip() or f" {_plain(location.name)} " in words
        rule = rules.places.get(location.id)
        known = here is not None and rule is not None and rule.position is not None
        return not named, _kilometres(here, rule.position) if known and here and rule and rule.position else 1e6

    return tuple(sorted(found, key=distance))


def _serves(rules: AppointmentRules, location: Location, villages: list[str]) -> bool:
    rule = rules.places.get(location.id)
    return rule is None or not rule.villages or any(village in rule.villages for village in villages)


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """As the crow flies; the Netherlands are small enough to be flat."""
    return 111.2 * hypot(one[0] - other[0], (one[1] - other[1]) * cos(radians(one[0])))


def _is_named(place: Place, words: str) -> bool:
    hidden = any(f" {_plain(phrase)} " in words for phrase in place.unless)
    return not hidden and any(f" {name} " in words for name in _names(place))


def _names(place: Place) -> tuple[str, ...]:
    return tuple(_plain(name) for name in (place.name, *place.aliases))


def _plain(text: str) -> str:
    """Lower case words without accents and punctuation, one blank between them."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", letters))
