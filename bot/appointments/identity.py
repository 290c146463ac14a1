"""Lets a citizen prove with a second fact that a booking is theirs, and slows down who guesses."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.appointments.books import books
from bot.appointments.errors import BookingUnknown, TooManyTries
from bot.clock import Clock
from bot.logs import logger
from bot.model.appointment import Booking, Customer
from bot.store import appointments, rates
from bot.store.database import Database
from bot.text.references import read_reference

log = logger()

WINDOW = timedelta(hours=1)
TRIES_OF_CONVERSATION = 5
TRIES_ABOUT_CODE = 10
"""Wrong tries in one window; with 31**6 codes and a name to guess as well that leaves nothing to find."""

_PREFIXES = frozenset(
    ("de", "den", "der", "het", "t", "van", "von", "vd", "vande", "vander", "ten", "ter", "te", "op", "in", "aan", "la", "le", "el", "al")
)
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")


@dataclass(frozen=True)
class Identity:
    """Finds a booking for whoever knows its code and the surname or e-mail address it was made with."""

    database: Database
    clock: Clock

    async def find(self, reference: str, second_fact: str, who_asks: UUID) -> Booking:
        """The booking; raises BookingUnknown or TooManyTries. Each try counts before it is looked at, and a right one is taken back."""
        code = read_reference("AF", reference)
        counters = [(f"conversation|{who_asks}", TRIES_OF_CONVERSATION), (f"code|{code}", TRIES_ABOUT_CODE)]
        await self._count(counters)
        async with books(self.database) as connection:
            booking = await appointments.find(connection, code) if code else None
            if booking is None or not fits(booking.customer, second_fact):
                log.info("appointment_not_shown", conversation_id=str(who_asks))
                raise BookingUnknown("no booking with this code and this name or address")
            for subject, _ in counters:
                await rates.give_back(connection, *self._window(subject))
        return booking

    async def _count(self, counters: list[tuple[str, int]]) -> None:
        async with books(self.database) as connection:
            over = [await rates.count(connection, *self._window(subject)) > most for subject, most in counters]
        if any(over):
            log.warning("appointment_guessed_too_often")
            raise TooManyTries("too many wrong codes")

    def _window(self, subject: str) -> tuple[bytes, datetime]:
        """The counter of a subject in this window: a hash salted with the window, so that nobody is found back later."""
        now, seconds = self.clock(), int(WINDOW.total_seconds())
        start = datetime.fromtimestamp(now.timestamp() // seconds * seconds, tz=now.tzinfo)
        return hashlib.sha256(f"appointment|{subject}|{start.isoformat()}".encode()).digest(), start


def fits(customer: Customer, told: str) -> bool:
    """Whether `told` is the customer's e-mail address or surname, as far as people write those the same way twice."""
    mail = _MAIL.search(told)
    if mail is not None:
        return bool(customer.email) and mail.group().rstrip(".,;").casefold() == customer.email.strip().casefold()
    stored, given = _surname(customer.last_name), _surname(told)
    if not stored or not given:
        return False
    parts = [_surname(part) for part in re.split(r"\s*[-\u2013]\s*", customer.last_name)]
    return _ends_with(stored, given) or _ends_with(given, stored) or given in parts


def _ends_with(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Whether first names or initials are all that one has in front of the other."""
    return longer[-len(shorter) :] == shorter


def _surname(text: str) -> tuple[str, ...]:
    """The words of a name in lower case, without accents and prefixes; IJ and Y are one."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign)).replace("ij", "y")
    words = re.findall(r"[^\W\d_]+", letters.replace("'", " ").replace("\u2019", " "))
    return tuple(word for word in words if word not in _PREFIXES) or tuple(words)
