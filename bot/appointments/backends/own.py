"""Our own calendar, in the database of Wegwijs: for a municipality that has no appointment system."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from bot.appointments.books import books
from bot.appointments.errors import AppointmentRefused, CustomerRefused, HoldExpired, SlotTaken
from bot.appointments.needs import Needs
from bot.appointments.planning import check_wish, duration, earliest, places_of
from bot.appointments.timetable import Busy, free_slots, is_bookable, open_desks
from bot.clock import AMSTERDAM, Clock, local
from bot.model.appointment import Customer, CustomerField, Hold, Location, Slot, Wish
from bot.model.appointment_rules import AppointmentRules, PlaceRule
from bot.store import calendar
from bot.store.database import Database

_DAY = timedelta(days=1)


class OwnCalendar:
    """The planning of afspraken.yml on desks that the database guards; a hold's id is also the booking's."""

    name = "own"
    can_cancel = True

    def __init__(self, rules: Callable[[], AppointmentRules], clock: Clock, database: Database) -> None:
        """`rules` gives the planning of the moment."""
        self._rules = rules
        self._clock = clock
        self._database = database

    async def locations(self, wish: Wish) -> tuple[Location, ...]:
        """The places of the planning where all of the wish can be."""
        rules = self._rules()
        check_wish(rules, wish)
        return tuple(place.location for place in places_of(rules, wish))

    async def slots(self, wish: Wish, location: str, first: date, last: date) -> tuple[Slot, ...]:
        """The grid of those days, less notice, breaks and what is held or booked."""
        rules = self._rules()
        place = self._place(rules, wish, location)
        now = self._clock()
        after, length = earliest(rules, wish, now), duration(rules, wish, place)
        begins, ends = (datetime.combine(day, time.min, AMSTERDAM) for day in (first, last + _DAY))
        async with books(self._database) as connection:
            entries = await calendar.busy(connection, place.resource, begins, ends, now)
        by_day: dict[date, list[Busy]] = {}
        for entry in entries:
            by_day.setdefault(local(entry.starts).date(), []).append(Busy(entry.number, entry.starts, entry.busy_until))
        days = (first + _DAY * number for number in range((last - first).days + 1))
        return tuple(slot for day in days for slot in free_slots(place, day, length, after, by_day.get(day, ())))

    async def customer_fields(self, wish: Wish) -> tuple[CustomerField, ...]:
        """What the planning asks for this way of meeting."""
        rules = self._rules()
        check_wish(rules, wish)
        return rules.fields[wish.kind]

    async def hold(self, hold: Hold) -> str | None:
        """Keep the first free desk; two holds never get the same one, because the database refuses the second."""
        rules, slot, now = self._rules(), hold.slot, self._clock()
        place = self._place(rules, hold.wish, slot.location)
        day = local(slot.starts).date()
        if slot.starts <= now or slot.ends - slot.starts != duration(rules, hold.wish, place) or not is_bookable(place, day, slot):
            raise SlotTaken("the planning has no such slot any more")
        busy_until = slot.ends + timedelta(minutes=place.travel_minutes)
        async with books(self._database) as connection:
            desks = await calendar.desk_ids(connection, place.resource, open_desks(place, day, slot))
            await calendar.forget_expired(connection, tuple(desks.values()), slot.starts, busy_until, now)
            for desk in desks.values():
                if await calendar.hold(connection, hold.id, desk, slot, busy_until, hold.expires):
                    return None
        raise SlotTaken("every desk is busy")

    async def release(self, hold: Hold) -> None:
        """Free the desk, unless it was booked meanwhile."""
        async with books(self._database) as connection:
            await calendar.release(connection, hold.id)

    async def book(self, key: str, hold: Hold, customer: Customer) -> str:
        """Turn the hold into a booking in one conditional update; no name is kept in the calendar itself."""
        for field in self._rules().fields.get(hold.wish.kind, ()):
            if field.required and not _told(customer, field.name):
                raise CustomerRefused(field.name)
        async with books(self._database) as connection:
            if not await calendar.book(connection, hold.id, key, self._clock()):
                raise HoldExpired("the hold is gone or expired")
        return str(hold.id)

    async def find(self, external_id: str) -> Slot | None:
        """The booked stretch."""
        async with books(self._database) as connection:
            found = await calendar.find(connection, UUID(external_id))
        return found

    async def cancel(self, external_id: str) -> None:
        """Free the desk."""
        async with books(self._database) as connection:
            await calendar.cancel(connection, UUID(external_id))

    async def close(self) -> None:
        """Nothing is open: the database belongs to the process."""

    def _place(self, rules: AppointmentRules, wish: Wish, location: str) -> PlaceRule:
        check_wish(rules, wish)
        place = next((place for place in places_of(rules, wish) if place.location.id == location), None)
        if place is None:
            raise AppointmentRefused(f"there is no such appointment at {location}")
        return place


def _told(customer: Customer, field: str) -> str:
    named = {"last_name": customer.last_name, "first_name": customer.first_name, "email": customer.email, "phone": customer.phone}
    return named.get(field, customer.extra.get(field, "")).strip()


def build_own(needs: Needs) -> OwnCalendar:
    """Our own calendar for one municipality."""
    return OwnCalendar(needs.rules, needs.clock, needs.database)
