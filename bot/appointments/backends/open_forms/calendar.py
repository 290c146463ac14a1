"""The calendar behind a municipality's Open Forms; it has no holds, cannot be asked for a booking, and only the citizen cancels."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date

from bot.appointments.backends import codes, contact
from bot.appointments.backends.moments import check_free, instant, offered
from bot.appointments.backends.open_forms import shapes
from bot.appointments.backends.open_forms.booking import FormBooking
from bot.appointments.backends.open_forms.session import Address, Session
from bot.appointments.backends.remembered import Remembered
from bot.appointments.backends.turnstile import Turnstile
from bot.appointments.errors import AppointmentRefused, CancelElsewhere
from bot.appointments.http import read_json
from bot.appointments.once import Once
from bot.clock import Clock, local
from bot.model.appointment import Customer, CustomerField, Hold, Location, Slot, Wish
from bot.model.appointment_rules import AppointmentRules

_DAYS_AT_ONCE = 6
"""Days whose times are asked at the same time."""
_PRODUCT = "product_id"


class OpenFormsCalendar:
    """A Backend (bot.appointments.protocol) over the public API of Open Forms."""

    name = "open_forms"
    can_cancel = False

    def __init__(self, address: Address, rules: Callable[[], AppointmentRules], once: Once, clock: Clock) -> None:
        """`rules` gives the municipality's planning of the moment, with Open Forms' ids in it."""
        self._address = address
        self._reading = Session(address)
        self._rules = rules
        self._once = once
        self._turnstile = Turnstile(self, once)
        self._clock = clock
        self._products: Remembered[dict[str, int | None]] = Remembered(clock)
        self._components: Remembered[list[shapes.Component]] = Remembered(clock)

    async def locations(self, wish: Wish) -> tuple[Location, ...]:
        """Our locations among those it has for these products."""
        wanted = codes.activity_codes(self._rules(), wish)
        known = await self._products.get("all", self._ask_products)
        for code, amount in wanted:
            if code not in known:
                raise AppointmentRefused(f"Open Forms does not have product {code}")
            if amount > (known[code] or amount):
                raise AppointmentRefused(f"Open Forms takes at most {known[code]} of {code}")
        response = await self._reading.read("appointments/locations", _products(wish, self._rules()))
        return codes.known(self._rules(), wish, {item.identifier for item in read_json(response, shapes.PLACES)})

    async def slots(self, wish: Wish, location: str, first: date, last: date) -> tuple[Slot, ...]:
        """Free times: one call for the days, then one for each. How long they last we know from our own planning only."""
        place = codes.place_code(self._rules(), wish, location)
        length = codes.length(self._rules(), wish, location)
        query = [*_products(wish, self._rules()), ("location_id", place)]
        listed = read_json(await self._reading.read("appointments/dates", query), shapes.DAYS)
        days = sorted({item.date for item in listed if first <= item.date <= last})
        few = asyncio.Semaphore(_DAYS_AT_ONCE)

        async def on(day: date) -> list[Slot]:
            async with few:
                response = await self._reading.read("appointments/times", [*query, ("date", day.isoformat())])
            starts = (instant(item.time) for item in read_json(response, shapes.TIMES))
            return [Slot(location, start, start + length) for start in starts if start is not None]

        found = await asyncio.gather(*(on(day) for day in days))
        return offered((slot for slots in found for slot in slots), first, last, self._clock())

    async def customer_fields(self, wish: Wish) -> tuple[CustomerField, ...]:
        """The components that it would show, as far as they are required or ours to know."""
        return contact.fields(await self._asked(wish))

    async def hold(self, hold: Hold) -> str | None:
        """Nothing is kept: look whether it is still free."""
        await self._turnstile.look(hold)
        return None

    async def release(self, hold: Hold) -> None:
        """Nothing was kept."""

    async def book(self, key: str, hold: Hold, customer: Customer) -> str:
        """Book in a session of its own; the id is the one of the submission.

        What was accepted is followed to its end, also by a later call with the same key. A booking whose acceptance was
        lost cannot be asked for: OutcomeUnknown.
        """
        body = {
            "products": [{"productId": code, "amount": amount} for code, amount in codes.activity_codes(self._rules(), hold.wish)],
            "location": codes.place_code(self._rules(), hold.wish, hold.slot.location),
            "date": local(hold.slot.starts).date().isoformat(),
            "datetime": local(hold.slot.starts).isoformat(),
            "contactDetails": contact.values(customer, await self._asked(hold.wish)),
            "privacyPolicyAccepted": True,
            "statementOfTruthAccepted": True,
        }
        async with self._turnstile.turn(key, hold):
            booking = FormBooking(Session(self._address), body, lambda: check_free(self, hold))
            try:
                return await self._once.book(key, booking.send, booking.look_up)
            finally:
                await booking.close()

    async def find(self, external_id: str) -> Slot | None:
        """Open Forms shows nobody an appointment that was made: only the citizen has it, in the e-mail."""
        raise CancelElsewhere("Open Forms does not show appointments")

    async def cancel(self, external_id: str) -> None:
        """Only who opens the link in its e-mail may cancel."""
        raise CancelElsewhere("the citizen must open the link in the e-mail of Open Forms")

    async def close(self) -> None:
        """Close the connections."""
        await self._reading.close()

    async def _asked(self, wish: Wish) -> dict[str, bool]:
        """Their fields that we fill, and whether they are required. Raises AppointmentRefused when a BSN is."""
        products = tuple(_products(wish, self._rules()))

        async def ask() -> list[shapes.Component]:
            return read_json(await self._reading.read("appointments/customer-fields", products), shapes.COMPONENTS)

        components = await self._components.get(products, ask)
        if any(item.validate_.required and (item.type == "bsn" or item.key in contact.BSN) for item in components):
            raise AppointmentRefused("the system insists on the BSN")
        asked = {item.key: item.validate_.required for item in components}
        # Of what may stay empty only the ways to reach somebody are worth a question.
        return {name: required for name, required in asked.items() if required or contact.OURS.get(name) in ("email", "phone")}

    async def _ask_products(self) -> dict[str, int | None]:
        response = await self._reading.read("appointments/products", ())
        return {item.identifier: item.amountLimit for item in read_json(response, shapes.PRODUCTS)}


def _products(wish: Wish, rules: AppointmentRules) -> list[tuple[str, str | int]]:
    return [(_PRODUCT, code) for code, _ in codes.activity_codes(rules, wish)]
