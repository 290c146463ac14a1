"""The door to appointments: what can be booked, when and where it fits, and booking, moving and cancelling it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from bot.appointments import planning
from bot.appointments.bookings import Bookings
from bot.appointments.books import books
from bot.appointments.calendars import Calendars
from bot.appointments.errors import AppointmentRefused, SlotTaken
from bot.appointments.holds import Holds
from bot.appointments.identity import Identity
from bot.appointments.nearby import home_places, nearest_first
from bot.appointments.upkeep import Upkeep
from bot.clock import AMSTERDAM, Clock, local
from bot.knowledge.library import Library
from bot.model.appointment import Activity, AppointmentKind, Booking, Customer, CustomerField, Hold, Location, Slot, Wish
from bot.model.appointment_rules import AppointmentRules
from bot.settings import Settings
from bot.store import appointments
from bot.store.database import Database
from bot.text import references


@dataclass(frozen=True)
class Appointments:
    """Appointments of all municipalities, each on the calendar that its afspraken.yml names.

    Whatever asks a calendar may raise BackendUnavailable. Times are aware and in UTC; days are days in Amsterdam.
    """

    library: Callable[[], Library]
    clock: Clock
    database: Database
    calendars: Calendars
    holds: Holds
    bookings: Bookings
    identity: Identity
    upkeep: Upkeep

    def activities(self, municipality: str) -> tuple[Activity, ...]:
        """What can be booked there, in the order of the file; empty when the municipality has no afspraken.yml."""
        rules = self._rules_or_none(municipality)
        found = rules.activities.values() if rules else ()
        return tuple(Activity(item.id, item.name, item.kinds, item.options, item.most) for item in found)

    def kinds_of(self, product: str, municipality: str) -> tuple[AppointmentKind, ...]:
        """How people can meet about a product there, the usual way first; empty when nothing can be booked.

        A call-back is possible for every product when the municipality has it.
        """
        rules = self._rules_or_none(municipality)
        if rules is None or self._elsewhere(product, municipality):
            return ()
        return planning.kinds_of(rules, self._named(product))

    def options_of(self, product: str, municipality: str, kind: AppointmentKind) -> tuple[str, ...]:
        """The options among which a citizen chooses (a wedding's), or may take (bezorgen); empty when there are none."""
        rules = self._rules_or_none(municipality)
        activity = planning.activity_of(rules, self._named(product), kind) if rules else None
        return activity.options if activity else ()

    def plan(
        self,
        municipality: str,
        products: Mapping[str, int],
        kind: AppointmentKind,
        option: str | None = None,
        notified_on: date | None = None,
    ) -> Wish:
        """The wish for one appointment for all `products` (id → how many people or pieces).

        Raises AppointmentRefused when this cannot be one appointment there: nothing to book for a product, the kind is off,
        too many pieces, an option it does not have, or a notice of marriage older than a year.
        """
        rules = self.calendars.rules(municipality)
        elsewhere = [product for product in products if self._elsewhere(product, municipality)]
        if elsewhere:
            raise AppointmentRefused(f"another organisation does {', '.join(elsewhere)} for {municipality}")
        named: dict[str | None, int] = {}
        for product, amount in products.items():
            name = self._named(product)
            named[name] = named.get(name, 0) + amount
        wish = planning.make_wish(municipality, rules, named, kind, option, notified_on)
        first, last = self.days(wish)
        if first > last:
            raise AppointmentRefused("the time within which it must be is over")
        return wish

    def days(self, wish: Wish) -> tuple[date, date]:
        """The first and last day on which this wish can be planned at all: notice, horizon and the law on weddings."""
        return planning.days(self.calendars.rules(wish.municipality), wish, self.clock())

    async def locations(self, wish: Wish, near: str | None = None) -> tuple[Location, ...]:
        """Where it can be, nearest to `near` (a citizen's words with a village or postcode) first, else their own municipality's first."""
        found = await self.calendars.of(wish.municipality).locations(wish)
        return nearest_first(found, self.calendars.rules(wish.municipality), near, self.library().municipalities())

    async def location(self, wish: Wish, location: str) -> Location:
        """One of the locations of a wish, by id; raises AppointmentRefused when it is none of them."""
        found = next((item for item in await self.locations(wish) if item.id == location), None)
        if found is None:
            raise AppointmentRefused(f"{location} is no place for this")
        return found

    async def required_fields(self, wish: Wish) -> tuple[CustomerField, ...]:
        """What to ask of the citizen, required or not; the rest need not be asked. Raises AppointmentRefused when a BSN is insisted on."""
        return await self.calendars.of(wish.municipality).customer_fields(wish)

    async def offers(self, wish: Wish, location: str | None, first: date, last: date) -> tuple[Slot, ...]:
        """Free slots on the days `first` to `last`, both included, ascending; of one location or (None) of all, nearest first at one time.

        Days outside `days(wish)` have none; never one that has begun.
        """
        window = self.days(wish)
        first, last = max(first, window[0]), min(last, window[1])
        if first > last:
            return ()
        backend = self.calendars.of(wish.municipality)
        places = [location] if location else [item.id for item in await self.locations(wish)]
        found = await asyncio.gather(*(backend.slots(wish, place, first, last) for place in places))
        return tuple(sorted((slot for slots in found for slot in slots), key=lambda slot: slot.starts))

    async def hold(self, conversation_id: UUID | None, wish: Wish, slot: Slot) -> Hold:
        """Keep `slot` for ten minutes; an earlier hold of the same conversation is given back first. Raises SlotTaken."""
        first, last = self.days(wish)
        if not first <= local(slot.starts).date() <= last:
            raise SlotTaken("the slot is outside the days on which this can be")
        return await self.holds.keep(conversation_id, wish, slot)

    async def held(self, conversation_id: UUID) -> Hold | None:
        """What is kept for this conversation; None when there is nothing or it expired."""
        return await self.holds.of_conversation(conversation_id)

    async def release(self, conversation_id: UUID) -> None:
        """Give back what is kept for this conversation; fine when there is nothing."""
        await self.holds.release(conversation_id)

    async def book(self, key: str, hold_id: UUID, customer: Customer) -> Booking:
        """Book what is held. The same `key` (the message's id) gives the first booking again, also after a crash halfway.

        An expired hold is taken again when the slot is still free. Raises SlotTaken (also when the calendar changed since),
        HoldExpired (unknown or expired, and somebody else has the slot), CustomerRefused, and OutcomeUnknown when it
        cannot be known whether it was booked: a person must look.
        """
        return await self.bookings.book(key, hold_id, customer)

    async def find(self, reference: str, second_fact: str, who_asks: UUID) -> Booking:
        """The booking with this code, as it is written in a text, if `second_fact` is its surname or e-mail address.

        Compared without case, accents, blanks and prefixes like "de". Raises BookingUnknown, and TooManyTries after too
        many wrong ones of the conversation `who_asks`, or about this code by anybody.
        """
        return await self.current(await self.identity.find(reference, second_fact, who_asks))

    async def current(self, booking: Booking) -> Booking:
        """The booking as its calendar has it now, where a clerk may have cancelled or moved it; as in our books when that is away."""
        return await self.bookings.current(booking)

    async def of_conversation(self, conversation_id: UUID) -> tuple[Booking, ...]:
        """What was booked in this conversation and is still to come, the first one first."""
        async with books(self.database) as connection:
            return await appointments.coming_of_conversation(connection, conversation_id, self.clock())

    async def by_reference(self, reference: str) -> Booking | None:
        """The booking with exactly this code, without a second fact: for jobs and agents, never for who only says the code."""
        async with books(self.database) as connection:
            return await appointments.find(connection, reference)

    async def move(self, key: str, booking: Booking, hold_id: UUID, author: str | None = None) -> Booking:
        """Book what is held for the same customer and then give up the old time; the code stays. `key` as in `book`.

        The old time is given up only when the new one is certain. Raises what `book` raises, the old time then still
        holds; BookingUnknown when it was cancelled or moved by somebody else in the meantime; and CancelElsewhere.
        """
        return await self.bookings.move(key, booking, hold_id, author)

    async def cancel(self, booking: Booking, author: str | None = None) -> Booking:
        """Cancel; cancelling twice gives the same, so it needs no key. Raises CancelElsewhere."""
        return await self.bookings.cancel(booking, author)

    async def on_day(self, municipality: str, day: date) -> tuple[Booking, ...]:
        """For the desk: what its citizens booked anywhere and what anybody booked at its places, in time order, cancelled ones included."""
        first, last = (datetime.combine(moment, time.min, AMSTERDAM) for moment in (day, day + timedelta(days=1)))
        here = self.library().municipality(municipality)
        places = home_places(here) if here else ()
        async with books(self.database) as connection:
            return await appointments.between(connection, municipality, places, first, last)

    async def search(self, municipality: str | None, words: str) -> tuple[Booking, ...]:
        """For the desk: at most fifty bookings (None: of all municipalities) whose code, surname, e-mail or phone fits, newest first."""
        sought = references.read_reference("AF", words) or words.strip()
        async with books(self.database) as connection:
            return await appointments.search(connection, municipality, sought) if sought else ()

    async def done(self, key: str) -> Booking | None:
        """What this key booked or moved before: a call that is sent twice must not find the slot taken by the first."""
        return await self.bookings.of_key(key)

    async def book_for(
        self, key: str, author: str, wish: Wish, slot: Slot, customer: Customer, conversation_id: UUID | None = None
    ) -> Booking:
        """For the desk: an agent books a slot for a citizen at once; as `hold` and `book`. First ask `done`."""
        hold = await self.hold(None, wish, slot)
        return await self.bookings.book(key, hold.id, customer, author, conversation_id)

    async def close(self) -> None:
        """Close the connections to the calendars."""
        await self.calendars.close()

    def _rules_or_none(self, municipality: str) -> AppointmentRules | None:
        here = self.library().municipality(municipality)
        return here.appointments if here else None

    def _named(self, product: str) -> str | None:
        """The activity that a product names; None also for a product that does not exist (any more)."""
        found = self.library().product(product)
        return found.appointment if found else None

    def _elsewhere(self, product: str, municipality: str) -> bool:
        """Whether another organisation does this for the municipality, so that there is nothing to book here."""
        return self.library().product(product) is not None and self.library().body_of(product, municipality) is not None


def read_reference(text: str) -> str | None:
    """The first booking code in a text, as it is stored: AF-7K4M2P."""
    return references.read_reference("AF", text)


def build_appointments(library: Callable[[], Library], settings: Settings, clock: Clock, database: Database) -> Appointments:
    """The door with everything behind it; nothing connects yet."""
    calendars = Calendars(library, settings, clock, database)
    holds = Holds(database, clock, calendars)
    return Appointments(
        library=library,
        clock=clock,
        database=database,
        calendars=calendars,
        holds=holds,
        bookings=Bookings(database, clock, calendars, holds),
        identity=Identity(database, clock),
        upkeep=Upkeep(database, clock, calendars, settings.appointment_keep_days),
    )
