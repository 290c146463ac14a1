"""Decides what fits together in one appointment, how long it takes, where it can be and between which days; pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.appointments.errors import AppointmentRefused
from bot.clock import local
from bot.model.appointment import AppointmentKind, Wanted, Wish
from bot.model.appointment_rules import ActivityRule, AppointmentRules, PlaceRule


def activity_of(rules: AppointmentRules, named: str | None, kind: AppointmentKind | None = None) -> ActivityRule | None:
    """The activity that a product names, when it can be of this kind; else a general one of that kind."""
    own = rules.activities.get(named or "")
    if own is not None and (kind is None or kind in own.kinds):
        return own
    return next((activity for activity in rules.activities.values() if activity.general and (kind is None or kind in activity.kinds)), None)


def kinds_of(rules: AppointmentRules, named: str | None) -> tuple[AppointmentKind, ...]:
    """How people can meet for what a product names, the usual way first; general ways come last."""
    own = rules.activities.get(named or "")
    kinds = [*(own.kinds if own else ()), *(kind for activity in rules.activities.values() if activity.general for kind in activity.kinds)]
    return tuple(kind for kind in dict.fromkeys(kinds) if kind in rules.kinds)


def make_wish(
    municipality: str,
    rules: AppointmentRules,
    named: Mapping[str | None, int],
    kind: AppointmentKind,
    option: str | None,
    notified_on: date | None,
) -> Wish:
    """The wish for `named` (what products name → how many); raises AppointmentRefused."""
    if kind not in rules.kinds:
        raise AppointmentRefused(f"{kind} is off in {municipality}")
    amounts: dict[str, int] = {}
    for name, amount in named.items():
        activity = activity_of(rules, name, kind)
        if activity is None:
            raise AppointmentRefused(f"nothing to book for {name} as {kind} in {municipality}")
        amounts[activity.id] = 1 if activity.general else amounts.get(activity.id, 0) + amount
    wish = Wish(municipality, kind, tuple(Wanted(*item) for item in amounts.items()), option, notified_on)
    check_wish(rules, wish)
    return wish


def check_wish(rules: AppointmentRules, wish: Wish) -> None:
    """Raise AppointmentRefused when the planning does not have what is wanted."""
    activities = wanted_activities(rules, wish)
    if not activities:
        raise AppointmentRefused("nothing is wanted")
    for activity, amount in activities:
        if wish.kind not in activity.kinds or wish.kind not in rules.kinds:
            raise AppointmentRefused(f"{activity.id} cannot be {wish.kind} in {wish.municipality}")
        if not 1 <= amount <= activity.most:
            raise AppointmentRefused(f"{amount} of {activity.id}; {activity.most} is the most in one appointment")
        if wish.option is None and activity.option_needed:
            raise AppointmentRefused(f"{activity.id} needs one of {', '.join(activity.options)}")
    if wish.option is not None and not any(wish.option in activity.options for activity, _ in activities):
        raise AppointmentRefused(f"there is no option {wish.option}")


def wanted_activities(rules: AppointmentRules, wish: Wish) -> tuple[tuple[ActivityRule, int], ...]:
    """What is wanted, as the planning knows it, with how many; raises AppointmentRefused for what it does not know."""
    unknown = [item.activity for item in wish.wanted if item.activity not in rules.activities]
    if unknown:
        raise AppointmentRefused(f"{', '.join(unknown)} is no activity of {wish.municipality}")
    return tuple((rules.activities[item.activity], item.amount) for item in wish.wanted)


def duration(rules: AppointmentRules, wish: Wish, place: PlaceRule) -> timedelta:
    """How long it takes there: the longest thing counts in full, every other person or piece as one more."""
    if place.minutes is not None:
        return timedelta(minutes=place.minutes)
    activities = wanted_activities(rules, wish)
    longest = max((activity for activity, _ in activities), key=lambda activity: activity.minutes - activity.minutes_more)
    more = sum(activity.minutes_more * amount for activity, amount in activities) - longest.minutes_more
    return timedelta(minutes=longest.minutes + more)


def places_of(rules: AppointmentRules, wish: Wish) -> tuple[PlaceRule, ...]:
    """The places where all of a wish can be, in the order of the planning."""
    activities = [activity for activity, _ in wanted_activities(rules, wish)]
    return tuple(place for place in rules.places.values() if place.kind == wish.kind and _fits(place, wish, activities))


def _fits(place: PlaceRule, wish: Wish, activities: list[ActivityRule]) -> bool:
    if place.options and wish.option is not None and wish.option not in place.options:
        return False
    return all(activity.places is None or place.location.id in activity.places for activity in activities)


def earliest(rules: AppointmentRules, wish: Wish, now: datetime) -> datetime:
    """The first moment at which it can begin: after the longest notice of what is wanted."""
    notice = max((activity.notice_hours for activity, _ in wanted_activities(rules, wish)), default=0)
    return now + timedelta(hours=notice)


def days(rules: AppointmentRules, wish: Wish, now: datetime) -> tuple[date, date]:
    """The first and last day in Amsterdam on which it can be; the first lies behind the last when there is none."""
    today = local(now).date()
    first = local(earliest(rules, wish, now)).date()
    last = today + timedelta(days=min(activity.horizon_days for activity, _ in wanted_activities(rules, wish)))
    return _legal(rules, wish, today, first, last) if wish.kind == "huwelijk" else (first, last)


def _legal(rules: AppointmentRules, wish: Wish, today: date, first: date, last: date) -> tuple[date, date]:
    """A wedding is never within the waiting time after its notice, nor after the notice ended; without one it is given today at best."""
    notified = wish.notified_on or today
    first = max(first, notified + timedelta(days=rules.wedding.notice_days))
    if wish.notified_on is None:
        return first, last
    return first, min(last, notified + timedelta(days=rules.wedding.valid_days))
