"""What our activities and places are called in the other system, as the municipality's afspraken.yml says."""

from __future__ import annotations

from datetime import timedelta

from bot.appointments.errors import AppointmentRefused
from bot.appointments.planning import duration, places_of, wanted_activities
from bot.model.appointment import Location, Wish
from bot.model.appointment_rules import AppointmentRules, PlaceRule


def activity_codes(rules: AppointmentRules, wish: Wish) -> tuple[tuple[str, int], ...]:
    """Their id and the amount of everything wanted; raises AppointmentRefused for an activity without an id of theirs."""
    wanted = wanted_activities(rules, wish)
    without = [rule.id for rule, _ in wanted if not rule.code]
    if without:
        raise AppointmentRefused(f"{', '.join(without)} has no id in the other system")
    return tuple((rule.code or "", amount) for rule, amount in wanted)


def place_code(rules: AppointmentRules, wish: Wish, location: str) -> str:
    """Their id of one of our places; raises AppointmentRefused when the wish cannot be met there."""
    place = _place(rules, wish, location)
    if not place.code:
        raise AppointmentRefused(f"{location} has no id in the other system")
    return place.code


def known(rules: AppointmentRules, wish: Wish, codes: set[str]) -> tuple[Location, ...]:
    """Our locations among those that they offer. Names and addresses are ours: the same on every channel."""
    return tuple(place.location for place in places_of(rules, wish) if place.code in codes)


def location_of(rules: AppointmentRules, code: str) -> str:
    """Our id of their location; theirs when it is none of ours (any more)."""
    return next((place.location.id for place in rules.places.values() if place.code == code), code)


def length(rules: AppointmentRules, wish: Wish, location: str) -> timedelta:
    """How long it lasts there by our own planning, for a system that does not tell."""
    return duration(rules, wish, _place(rules, wish, location))


def _place(rules: AppointmentRules, wish: Wish, location: str) -> PlaceRule:
    found = next((place for place in places_of(rules, wish) if place.location.id == location), None)
    if found is None:
        raise AppointmentRefused(f"{location} is no place for this")
    return found
