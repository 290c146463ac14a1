"""What our activities and places are called in the other system, as the municipality's afspraken.yml says."""

from __future__ import annotations

from datetime import timedelta

from bot.appointments.errors import AppointmentRefused
from bot.model.appointment import Location, Wish
from bot.model.appointment_rules import ActivityRule, AppointmentRules, PlaceRule


def activity_codes(rules: AppointmentRules, wish: Wish) -> tuple[tuple[str, int], ...]:
    """Their id and the amount of everything wanted; raises AppointmentRefused for an activity without an id of theirs."""
    return tuple((_code(_activity(rules, wanted.activity)), wanted.amount) for wanted in wish.wanted)


def places(rules: AppointmentRules, wish: Wish) -> tuple[PlaceRule, ...]:
    """Our places that they know and where all of this wish can be."""
    return tuple(place for place in rules.places.values() if place.code and place.kind == wish.kind and _fits(rules, place, wish))


def place_code(rules: AppointmentRules, wish: Wish, location: str) -> str:
    """Their id of one of our places; raises AppointmentRefused when the wish cannot be met there."""
    code = next((place.code for place in places(rules, wish) if place.location.id == location), None)
    if code is None:
        raise AppointmentRefused(f"{location} has no id in the other system, or is no place for this")
    return code


def known(rules: AppointmentRules, wish: Wish, codes: set[str]) -> tuple[Location, ...]:
    """Our locations among those that they offer. Names and addresses are ours: the same on every channel."""
    return tuple(place.location for place in places(rules, wish) if place.code in codes)


def location_of(rules: AppointmentRules, code: str) -> str:
    """Our id of their location; theirs when it is none of ours (any more)."""
    return next((place.location.id for place in rules.places.values() if place.code == code), code)


def length(rules: AppointmentRules, wish: Wish) -> timedelta:
    """How long it lasts by our own planning, for a system that does not tell."""
    activities = ((_activity(rules, wanted.activity), wanted.amount) for wanted in wish.wanted)
    return timedelta(minutes=sum(rule.minutes + rule.minutes_more * (amount - 1) for rule, amount in activities))


def _activity(rules: AppointmentRules, activity: str) -> ActivityRule:
    if activity not in rules.activities:
        raise AppointmentRefused(f"unknown activity {activity}")
    return rules.activities[activity]


def _code(rule: ActivityRule) -> str:
    if not rule.code:
        raise AppointmentRefused(f"activity {rule.id} has no id in the other system")
    return rule.code


def _fits(rules: AppointmentRules, place: PlaceRule, wish: Wish) -> bool:
    only = (_activity(rules, wanted.activity).places for wanted in wish.wanted)
    return all(ids is None or place.location.id in ids for ids in only) and (
        wish.option is None or not place.options or wish.option in place.options
    )
