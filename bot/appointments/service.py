"""The door to appointments: what can be booked, when and where it fits, and booking, moving and cancelling it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.model.appointment import Activity, AppointmentKind, Booking, Customer, CustomerField, Hold, Location, Slot, Wish


@dataclass(frozen=True)
class Appointments:
    """Appointments of all municipalities, each on the calendar that its afspraken.yml names.

    Whatever asks a calendar may raise BackendUnavailable. Times are aware and in UTC; days are days in Amsterdam.
    """

    def activities(self, municipality: str) -> tuple[Activity, ...]:
        """What can be booked there, in the order of the file; empty when the municipality has no afspraken.yml."""
        raise NotImplementedError

    def kinds_of(self, product: str, municipality: str) -> tuple[AppointmentKind, ...]:
        """How people can meet about a product there, the usual way first; empty when nothing can be booked.

        A call-back is possible for every product when the municipality has it.
        """
        raise NotImplementedError

    def options_of(self, product: str, municipality: str, kind: AppointmentKind) -> tuple[str, ...]:
        """The options among which a citizen chooses (a wedding's), or may take (bezorgen); empty when there are none."""
        raise NotImplementedError

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
        raise NotImplementedError

    def days(self, wish: Wish) -> tuple[date, date]:
        """The first and last day on which this wish can be planned at all: notice, horizon and the law on weddings."""
        raise NotImplementedError

    async def locations(self, wish: Wish, near: str | None = None) -> tuple[Location, ...]:
        """Where it can be, nearest to `near` (a citizen's words with a village or postcode) first, else their own municipality's first."""
        raise NotImplementedError

    async def location(self, wish: Wish, location: str) -> Location:
        """One of the locations of a wish, by id; raises AppointmentRefused when it is none of them."""
        raise NotImplementedError

    async def required_fields(self, wish: Wish) -> tuple[CustomerField, ...]:
        """What to ask of the citizen, required or not; the rest need not be asked. Raises AppointmentRefused when a BSN is insisted on."""
        raise NotImplementedError

    async def offers(self, wish: Wish, location: str | None, first: date, last: date) -> tuple[Slot, ...]:
        """Free slots on the days `first` to `last`, both included, ascending; of one location or (None) of all, nearest first at one time.

        Days outside `days(wish)` have none; never one that has begun.
        """
        raise NotImplementedError

    async def hold(self, conversation_id: UUID | None, wish: Wish, slot: Slot) -> Hold:
        """Keep `slot` for ten minutes; an earlier hold of the same conversation is given back first. Raises SlotTaken."""
        raise NotImplementedError

    async def held(self, conversation_id: UUID) -> Hold | None:
        """What is kept for this conversation; None when there is nothing or it expired."""
        raise NotImplementedError

    async def release(self, conversation_id: UUID) -> None:
        """Give back what is kept for this conversation; fine when there is nothing."""
        raise NotImplementedError

    async def book(self, key: str, hold_id: UUID, customer: Customer) -> Booking:
        """Book what is held. The same `key` (the message's id) gives the first booking again, also after a crash halfway.

        An expired hold is taken again when the slot is still free. Raises SlotTaken (also when the calendar changed since),
        HoldExpired (unknown or expired, and somebody else has the slot), CustomerRefused, and OutcomeUnknown when it
        cannot be known whether it was booked: a person must look.
        """
        raise NotImplementedError

    async def find(self, reference: str, second_fact: str, who_asks: UUID) -> Booking:
        """The booking with this code, as it is written in a text, if `second_fact` is its surname or e-mail address.

        Compared without case, accents, blanks and prefixes like "de". Raises BookingUnknown, and TooManyTries after too
        many wrong ones of the conversation `who_asks`, or about this code by anybody.
        """
        raise NotImplementedError

    async def of_conversation(self, conversation_id: UUID) -> tuple[Booking, ...]:
        """What was booked in this conversation and is still to come, the first one first."""
        raise NotImplementedError

    async def by_reference(self, reference: str) -> Booking | None:
        """The booking with exactly this code, without a second fact: for jobs and agents, never for who only says the code."""
        raise NotImplementedError

    async def move(self, key: str, booking: Booking, hold_id: UUID, author: str | None = None) -> Booking:
        """Book what is held for the same customer and then give up the old time; the code stays. `key` as in `book`.

        The old time is given up only when the new one is certain. Raises what `book` raises, the old time then still
        holds; BookingUnknown when it was cancelled or moved by somebody else in the meantime; and CancelElsewhere.
        """
        raise NotImplementedError

    async def cancel(self, booking: Booking, author: str | None = None) -> Booking:
        """Cancel; cancelling twice gives the same, so it needs no key. Raises CancelElsewhere."""
        raise NotImplementedError

    async def on_day(self, municipality: str, day: date) -> tuple[Booking, ...]:
        """For the desk: all bookings on a day in time order, cancelled ones included."""
        raise NotImplementedError

    async def search(self, municipality: str, words: str) -> tuple[Booking, ...]:
        """For the desk: at most fifty bookings whose code, surname, e-mail address or phone number fits, newest first."""
        raise NotImplementedError

    async def book_for(
        self, key: str, author: str, wish: Wish, slot: Slot, customer: Customer, conversation_id: UUID | None = None
    ) -> Booking:
        """For the desk: an agent books a slot for a citizen at once; as `hold` and `book`."""
        raise NotImplementedError


def read_reference(text: str) -> str | None:
    """The first booking code in a text, as it is stored: AF-7K4M2P."""
    raise NotImplementedError
