"""What a citizen hears about an appointment after the conversation: letters by e-mail, and a reminder the day before.

The action that books only queues; the worker sends. A notice is for one state of the appointment (`sequence`): after a move or a
cancellation a job for the old state finds that out and does nothing. A letter is claimed in the database while it is handed to the mail
server, so that it is sent once; only a crash in that very moment sends it again, with the same Message-ID.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import get_args

from bot.appointments.calendar_file import calendar_file
from bot.appointments.details import Details
from bot.appointments.errors import AppointmentRefused, BackendUnavailable
from bot.appointments.letters import LetterKind, Letters
from bot.appointments.promises import Promises
from bot.appointments.service import Appointments
from bot.clock import Clock
from bot.errors import ConfigurationError
from bot.knowledge.library import Library
from bot.logs import logger
from bot.mail import Envelope, Mail, MailRefused
from bot.model.appointment import Booking, Location
from bot.model.conversation import Reply
from bot.model.knowledge import BRING
from bot.store import appointment_notices, conversations, messages
from bot.store.database import Database, announce
from bot.store.jobs import GiveUp, Handler, Jobs
from bot.text.wording import in_sentence

log = logger()

LETTER = "appointment_letter"
REMINDER = "appointment_reminder"

_BEFORE = timedelta(days=1)
_TOO_SOON = timedelta(hours=26)
"""Whoever books this shortly ahead needs no reminder."""

_CHAT = "chat"
"""Kind of the notice that is said in the conversation."""


@dataclass(frozen=True)
class Notices:
    """Queues and sends what a citizen hears about an appointment."""

    database: Database
    jobs: Jobs
    appointments: Appointments
    library: Callable[[], Library]
    letters: Letters
    mail: Mail
    clock: Clock
    public_url: str
    promises: Promises

    @property
    def sends_mail(self) -> bool:
        """Whether e-mail is sent at all."""
        return self.mail.is_on

    def link(self, booking: Booking) -> str:
        """Where the calendar file is; who knows the conversation's id (122 random bits) and the code may read it."""
        return f"{self.public_url}/api/v1/appointments/{booking.conversation_id}/{booking.reference}/afspraak.ics"

    async def arranged(self, booking: Booking, products: Iterable[str] = ()) -> None:
        """Queue the letter about a booking that was made or moved, and its reminder, and promise a call; safe to call twice.

        `products` (ids) say what to bring, as far as they are known.
        """
        kind: LetterKind = "gewijzigd" if booking.moves else "bevestiging"
        reference, sequence, known = booking.reference, str(sequence_of(booking)), " ".join(products)
        await self.promises.arranged(booking, known.split())
        async with self.database.transaction() as connection:
            if self.sends_mail and booking.customer.email:
                await self.jobs.defer(connection, LETTER, reference, reference=reference, sequence=sequence, letter=kind, products=known)
            if booking.slot.starts - self.clock() > _TOO_SOON:
                at = booking.slot.starts - _BEFORE
                await self.jobs.defer(connection, REMINDER, reference, at, reference=reference, sequence=sequence, products=known)

    async def cancelled(self, booking: Booking) -> None:
        """Queue the letter about a booking that was cancelled, and take back the promise of a call; safe to call twice."""
        await self.promises.cancelled(booking)
        if not (self.sends_mail and booking.customer.email):
            return
        reference, sequence = booking.reference, str(sequence_of(booking))
        async with self.database.transaction() as connection:
            await self.jobs.defer(connection, LETTER, reference, reference=reference, sequence=sequence, letter="afgezegd")

    def handlers(self) -> Mapping[str, Handler]:
        """The jobs of this room, for the worker."""
        return {LETTER: self.send_letter, REMINDER: self.remind}

    async def send_letter(self, reference: str, sequence: str, letter: str, products: str = "") -> None:
        """Send one letter, once. Raises GiveUp when it can never be sent, MailUnavailable when it must be tried again."""
        booking = await self._current(reference, sequence)
        kind = next((one for one in get_args(LetterKind) if one == letter), None)
        if booking is None or kind is None or not booking.customer.email:
            log.info("letter_not_needed", reference=reference, letter=letter)
            return
        await self._send(booking, kind, products.split())

    async def remind(self, reference: str, sequence: str, products: str = "") -> None:
        """Remind of an appointment that still stands as it was: in the conversation, and by e-mail if there is an address."""
        booking = await self._current(reference, sequence)
        if booking is None or booking.status != "booked" or booking.slot.starts <= self.clock():
            log.info("reminder_not_needed", reference=reference)
            return
        await self._say(booking)
        if self.sends_mail and booking.customer.email:
            await self._send(booking, "herinnering", products.split())

    async def details(self, booking: Booking, products: Iterable[str] = ()) -> Details:
        """The appointment in words; with what to bring for these products."""
        library = self.library()
        place = await self._location(booking)
        municipality = library.municipality(booking.wish.municipality)
        return Details(
            reference=booking.reference,
            kind=booking.wish.kind,
            title=self._title(booking),
            starts=booking.slot.starts,
            ends=booking.slot.ends,
            place=in_sentence(place.name) if place else "",
            address=self._address(place) if place else "",
            municipality=municipality.in_sentence if municipality else booking.wish.municipality,
            bring=self._bring(booking, products),
            sequence=sequence_of(booking),
            cancelled=booking.status == "cancelled",
        )

    async def calendar_file(self, booking: Booking) -> bytes:
        """The .ics file of an appointment as it is now."""
        return calendar_file(await self.details(booking), self.clock(), self.mail.sender)

    async def _current(self, reference: str, sequence: str) -> Booking | None:
        booking = await self.appointments.by_reference(reference)
        return booking if booking is not None and sequence_of(booking) == int(sequence) else None

    async def _location(self, booking: Booking) -> Location | None:
        try:
            return await self.appointments.location(booking.wish, booking.slot.location)
        except (AppointmentRefused, BackendUnavailable):
            return None  # the place was taken out of the planning, or its system is away: the rest still holds

    def _address(self, place: Location) -> str:
        """Street and town: the planning's own, else those of the counter with the same id."""
        counters = (counter for here in self.library().municipalities() for counter in here.counters)
        counter = next((one for one in counters if one.id == place.id), None)
        street = place.street or (counter.street if counter else None)
        town = place.town or (counter.town if counter else None)
        return ", ".join(part for part in (street, town) if part)

    def _title(self, booking: Booking) -> str:
        names = {activity.id: activity.name for activity in self.appointments.activities(booking.wish.municipality)}
        parts = []
        for wanted in booking.wish.wanted:
            name = names.get(wanted.activity, wanted.activity)
            many = self.library().message("afspraak_keer", aantal=str(wanted.amount), wat=name)
            parts.append(name if wanted.amount == 1 else many)
        return ", ".join(parts)

    def _bring(self, booking: Booking, products: Iterable[str]) -> str:
        library = self.library()
        known = [product for product in products if library.product(product)]
        answers = [library.answer(product, BRING, booking.wish.municipality) for product in known]
        return "\n\n".join(dict.fromkeys(answer.text for answer in answers if answer.applicable and answer.complete))

    async def _send(self, booking: Booking, kind: LetterKind, products: Iterable[str]) -> None:
        sequence = sequence_of(booking)
        details = await self.details(booking, products)
        try:
            letter = self.letters.write(kind, details)
        except ConfigurationError as error:
            raise GiveUp(str(error)) from error
        envelope = Envelope(
            to=booking.customer.email,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            message_id=f"{booking.reference.lower()}.{sequence}.{kind}",
            sender_name=details.sender,
            calendar=calendar_file(details, self.clock(), self.mail.sender),
            calendar_method="CANCEL" if details.cancelled else "PUBLISH",
            written=self.clock(),
        )
        async with self.database.transaction() as connection:
            if not await appointment_notices.claim(connection, booking.reference, kind, sequence):
                return
            try:
                await self.mail.send(envelope)
            except MailRefused as error:
                raise GiveUp(str(error)) from error
            await appointment_notices.mark_sent(connection, booking.reference, kind, sequence, self.clock())
        log.info("letter_sent", reference=booking.reference, letter=kind)

    async def _say(self, booking: Booking) -> None:
        if booking.conversation_id is None:
            return
        details = await self.details(booking)
        text = self.library().message("afspraak_herinnering", wanneer=details.when, waar=details.where, code=booking.reference)
        sequence = sequence_of(booking)
        async with self.database.transaction() as connection:
            known = await conversations.find(connection, booking.conversation_id)
            if known is None or not await appointment_notices.claim(connection, booking.reference, _CHAT, sequence):
                return
            meta = {"route": "reminder", "reference": booking.reference}
            await messages.add_reply(connection, booking.conversation_id, Reply(text, meta=meta, author="system"))
            await announce(connection, booking.conversation_id)
            await appointment_notices.mark_sent(connection, booking.reference, _CHAT, sequence, self.clock())


def sequence_of(booking: Booking) -> int:
    """How often the appointment changed: SEQUENCE of its .ics, and what a notice belongs to."""
    return booking.moves + (1 if booking.status == "cancelled" else 0)
