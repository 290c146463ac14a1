"""Books, moves and cancels in two steps, first in the calendar and then in our own books, so that a crash between them loses nothing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.appointments.books import books, books_after
from bot.appointments.calendars import Calendars
from bot.appointments.errors import (
    AppointmentRefused,
    BackendUnavailable,
    BookingUnknown,
    CancelElsewhere,
    CustomerRefused,
    HoldExpired,
    OutcomeUnknown,
    SlotTaken,
)
from bot.appointments.holds import Holds
from bot.appointments.protocol import Backend
from bot.clock import Clock
from bot.logs import logger
from bot.model.appointment import Booking, Customer, Hold
from bot.store import appointment_holds, appointment_steps, appointments
from bot.store.appointment_steps import Step
from bot.store.database import Database
from bot.text.references import new_reference

log = logger()

_REFUSALS = (SlotTaken, HoldExpired, CustomerRefused, AppointmentRefused)
"""Answers after which it is certain that nothing was booked."""


@dataclass(frozen=True)
class Bookings:
    """Bookings of all municipalities; each attempt is a step that can be taken up again by its key."""

    database: Database
    clock: Clock
    calendars: Calendars
    holds: Holds

    async def of_key(self, key: str) -> Booking | None:
        """What this key booked or moved before, for certain."""
        async with books(self.database) as connection:
            step = await appointment_steps.find(connection, key)
            return await appointments.find(connection, step.reference) if step and step.status in ("certain", "done") else None

    async def book(
        self, key: str, hold_id: UUID, customer: Customer, author: str | None = None, conversation_id: UUID | None = None
    ) -> Booking:
        """Book what is held; see the service for what it raises. What an agent holds belongs to no conversation, the booking may."""
        step, fresh = await self._begin_booking(key, hold_id, customer, author, conversation_id)
        if step.status == "done":
            return await self._stored(step.reference)
        booking = await self._stored(step.reference)
        external_id = await self._send(step, fresh, self.calendars.of(booking.wish.municipality, booking.backend), booking.customer)
        async with books_after(self.database) as connection:
            await appointments.confirm(connection, step.reference, external_id, self.clock())
            await appointment_steps.reach(connection, key, "done")
            await appointment_holds.remove(connection, step.hold.id)
            booked = await appointments.find(connection, step.reference)
        log.info("appointment_booked", reference=step.reference, backend=booking.backend, municipality=booking.wish.municipality)
        return booked or booking

    async def move(self, key: str, booking: Booking, hold_id: UUID, author: str | None = None) -> Booking:
        """Book the new time, and only when that is certain give up the old one; see the service for what it raises."""
        step, fresh = await self._begin_move(key, booking, hold_id)
        municipality = step.hold.wish.municipality
        if step.status == "sent":
            backend = self.calendars.of(municipality)
            external_id = await self._send(step, fresh, backend, booking.customer)
            await self._confirm_move(step, booking, external_id, backend, author)
        if step.status != "done":
            with suppress(BackendUnavailable):  # the new time is certain; `settle` gives up the old one later
                await self._give_up(step, municipality)
        return await self._stored(step.reference)

    async def cancel(self, booking: Booking, author: str | None = None) -> Booking:
        """Cancel in the calendar and then in our books; see the service for what it raises."""
        if booking.status == "unsure":
            raise OutcomeUnknown("whether it was booked is not known yet")
        backend = self.calendars.of(booking.wish.municipality, booking.backend)
        if not backend.can_cancel:
            raise CancelElsewhere(booking.backend)
        await backend.cancel(booking.external_id)
        async with books_after(self.database) as connection:
            if not await appointments.cancel(connection, booking, self.clock(), author):
                raise BookingUnknown("it was moved in the meantime")
        log.info("appointment_cancelled", reference=booking.reference, backend=booking.backend)
        return await self._stored(booking.reference)

    async def current(self, booking: Booking) -> Booking:
        """The booking as its calendar has it now: a clerk may have cancelled or moved it there. Our own books stay as they are.

        As it stands in our books when it is over, or when the calendar does not answer or shows nobody an appointment.
        """
        if booking.status != "booked" or booking.slot.ends <= self.clock():
            return booking
        try:
            slot = await self.calendars.of(booking.wish.municipality, booking.backend).find(booking.external_id)
        except (BackendUnavailable, CancelElsewhere, AppointmentRefused):
            return booking
        return replace(booking, status="cancelled") if slot is None else replace(booking, slot=slot)

    async def _begin_booking(
        self, key: str, hold_id: UUID, customer: Customer, author: str | None, conversation_id: UUID | None
    ) -> tuple[Step, bool]:
        """The step of this key, and whether it is new; raises HoldExpired when there is no such hold."""
        async with books(self.database) as connection:
            step = await appointment_steps.find(connection, key)
            if step is not None:
                return step, False
            found = await appointment_holds.find(connection, hold_id)
            if found is None:
                raise HoldExpired("there is no such hold")
            hold, backend = found
            now = self.clock()
            where = conversation_id or hold.conversation_id
            booking = Booking(new_reference("AF"), where, hold.wish, hold.slot, customer, "unsure", backend, "", now, 0, author)
            while not await appointments.add(connection, booking):
                booking = replace(booking, reference=new_reference("AF"))
            step = Step(key, booking.reference, "book", hold, "sent")
            if await appointment_steps.add(connection, step, now):
                return step, True
            await appointments.remove(connection, booking.reference)
            return await _other(connection, key), False

    async def _begin_move(self, key: str, booking: Booking, hold_id: UUID) -> tuple[Step, bool]:
        async with books(self.database) as connection:
            step = await appointment_steps.find(connection, key)
            if step is not None:
                return step, False
            found = await appointment_holds.find(connection, hold_id)
            if found is None:
                raise HoldExpired("there is no such hold")
            stored = await appointments.find(connection, booking.reference)
            if stored is None or stored.status != "booked" or stored.external_id != booking.external_id:
                raise BookingUnknown("it was cancelled or moved in the meantime")
            if not self.calendars.of(booking.wish.municipality, stored.backend).can_cancel:
                raise CancelElsewhere(stored.backend)
            step = Step(key, booking.reference, "move", found[0], "sent", stored.external_id, stored.backend)
            if await appointment_steps.add(connection, step, self.clock()):
                return step, True
            return await _other(connection, key), False

    async def _send(self, step: Step, fresh: bool, backend: Backend, customer: Customer) -> str:
        """Book in the calendar; when nothing came of it, forget the step, so that the next attempt begins anew."""
        try:
            return await self._send_held(step, backend, customer)
        except OutcomeUnknown:
            raise
        except (*_REFUSALS, BackendUnavailable) as error:
            if fresh or isinstance(error, _REFUSALS):
                async with books(self.database) as connection:
                    await appointment_steps.remove(connection, step.key)
                    await appointments.remove(connection, step.reference)
            raise

    async def _send_held(self, step: Step, backend: Backend, customer: Customer) -> str:
        """Book; a hold that expired is taken once more, because the slot may well be free."""
        try:
            return await backend.book(step.key, step.hold, customer)
        except HoldExpired:
            try:
                hold: Hold = await self.holds.take(backend, step.hold)
            except SlotTaken as error:
                raise HoldExpired("somebody else has the slot") from error
            return await backend.book(step.key, hold, customer)

    async def _confirm_move(self, step: Step, booking: Booking, external_id: str, backend: Backend, author: str | None) -> None:
        """Write the new time down; when the booking changed under our hands, give the new time back."""
        async with books_after(self.database) as connection:
            stored = await appointments.find(connection, step.reference)
            ours = stored is not None and stored.external_id == external_id
            old = replace(booking, external_id=step.gives_up or "")
            moved = ours or await appointments.move(connection, old, step.hold, external_id, backend.name, self.clock(), author)
            await (appointment_steps.reach(connection, step.key, "certain") if moved else appointment_steps.remove(connection, step.key))
            await appointment_holds.remove(connection, step.hold.id)
        if not moved:
            await backend.cancel(external_id)
            raise BookingUnknown("it was cancelled or moved in the meantime")
        log.info("appointment_moved", reference=step.reference, backend=backend.name)

    async def _give_up(self, step: Step, municipality: str) -> None:
        """Cancel the old time of a move; cancelling twice is fine."""
        if step.gives_up is not None:
            await self.calendars.of(municipality, step.gives_up_backend).cancel(step.gives_up)
        async with books(self.database) as connection:
            await appointment_steps.reach(connection, step.key, "done")

    async def _stored(self, reference: str) -> Booking:
        async with books(self.database) as connection:
            booking = await appointments.find(connection, reference)
        if booking is None:
            raise BookingUnknown(reference)
        return booking


async def _other(connection: AsyncConnection, key: str) -> Step:
    """The step that somebody else began with this key at the same moment."""
    step = await appointment_steps.find(connection, key)
    if step is None:
        raise BackendUnavailable("another attempt has just been undone")
    return step
