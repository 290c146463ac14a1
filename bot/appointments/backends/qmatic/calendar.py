"""The calendar of a municipality that works with Qmatic Orchestra; it has no holds, and finds a booking by the customer's e-mail."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

import httpx

from bot.appointments.backends import codes, contact
from bot.appointments.backends.moments import check_free, instant, offered
from bot.appointments.backends.qmatic import shapes
from bot.appointments.backends.qmatic.connection import Connection, matrix
from bot.appointments.backends.remembered import Remembered
from bot.appointments.backends.turnstile import Turnstile
from bot.appointments.errors import AppointmentRefused, BackendUnavailable, OutcomeUnknown
from bot.appointments.http import read_json
from bot.appointments.once import Once, Remember, marker
from bot.clock import Clock
from bot.model.appointment import Customer, CustomerField, Hold, Location, Slot, Wish
from bot.model.appointment_rules import AppointmentRules

_DAYS_AT_ONCE = 6
"""Days whose times are asked at the same time; Orchestra has a call a day."""
_ERROR = "error_message"
"""The header in which Orchestra says what is wrong with a request that it answers with 500."""

_FIELDS = (CustomerField("last_name", True), CustomerField("email", True), CustomerField("phone", False), CustomerField("note", False))
"""What is asked unless afspraken.yml says otherwise: Orchestra itself requires nothing, but finds bookings by e-mail."""
_SENT = ("firstName", "lastName", "email", "phone", "dateOfBirth")
"""Orchestra's customer fields that we fill; identificationNumber is the BSN and never among them."""


class QmaticCalendar:
    """A Backend (bot.appointments.protocol) over the Calendar Public Appointment API."""

    name = "qmatic"
    can_cancel = True

    def __init__(self, connection: Connection, rules: Callable[[], AppointmentRules], once: Once, clock: Clock) -> None:
        """`rules` gives the municipality's planning of the moment, with Qmatic's public ids in it."""
        self._connection = connection
        self._rules = rules
        self._once = once
        self._turnstile = Turnstile(self, once)
        self._clock = clock
        self._services: Remembered[dict[str, shapes.Service]] = Remembered(clock)
        self._branches: Remembered[dict[str, shapes.Branch]] = Remembered(clock)
        self._groups: Remembered[list[shapes.BranchGroups]] = Remembered(clock)

    async def locations(self, wish: Wish) -> tuple[Location, ...]:
        """Our locations that have every service, together when there are several."""
        services, _ = self._wanted(wish)
        await self._length(services, 1)
        offering = await asyncio.gather(*(self._branches_for(service) for service in services))
        common = set.intersection(*offering)
        if len(services) > 1:
            common &= await self._together(services)
            if not common:
                raise AppointmentRefused("Qmatic does not combine these services")
        return codes.known(self._rules(), wish, common)

    async def slots(self, wish: Wish, location: str, first: date, last: date) -> tuple[Slot, ...]:
        """Free times: one call for the days, then one for each of them."""
        services, people = self._wanted(wish)
        branch = codes.place_code(self._rules(), wish, location)
        length = await self._length(services, people)
        zone = await self._zone(branch)
        response = await self._connection.read(matrix(f"v2/branches/{quote(branch, safe='')}/dates", services, people))
        days = sorted({moment.date() for moment in read_json(response, shapes.DATES).dates if first <= moment.date() <= last})
        few = asyncio.Semaphore(_DAYS_AT_ONCE)

        async def on(day: date) -> list[Slot]:
            async with few:
                path = f"v2/branches/{quote(branch, safe='')}/dates/{day.isoformat()}/times"
                times = read_json(await self._connection.read(matrix(path, services, people)), shapes.TIMES).times
            starts = (instant(datetime.combine(day, time), zone) for time in times)
            return [Slot(location, start, start + length) for start in starts if start is not None]

        found = await asyncio.gather(*(on(day) for day in days))
        return offered((slot for slots in found for slot in slots), first, last, self._clock())

    async def customer_fields(self, wish: Wish) -> tuple[CustomerField, ...]:
        """What afspraken.yml requires for this kind: Orchestra does not say."""
        return self._rules().fields.get(wish.kind) or _FIELDS

    async def hold(self, hold: Hold) -> str | None:
        """Nothing is kept: look whether it is still free."""
        await self._turnstile.look(hold)
        return None

    async def release(self, hold: Hold) -> None:
        """Nothing was kept."""

    async def book(self, key: str, hold: Hold, customer: Customer) -> str:
        """Book. After a lost answer the booking is looked for among those of the customer's e-mail address, by our marker."""
        contact.complete(customer, await self.customer_fields(hold.wish))
        services, people = self._wanted(hold.wish)
        branch = codes.place_code(self._rules(), hold.wish, hold.slot.location)
        starts = hold.slot.starts.astimezone(await self._zone(branch))
        path = f"v2/branches/{quote(branch, safe='')}/dates/{starts:%Y-%m-%d}/times/{starts:%H:%M}/book"
        notes = "; ".join(part for part in (marker(key), hold.wish.option, customer.extra.get("note")) if part)
        person = contact.values(customer, dict.fromkeys(_SENT, False))
        body = {
            "title": f"Wegwijs {marker(key)}",
            # One entry for each person: Orchestra plans for as many, and knows the others only through the first.
            "customers": [person] * people,
            "services": [{"publicId": service} for service in services],
            "notes": notes,
        }

        async def look_up(_note: str | None) -> str | None:
            return await self._booked_before(key, customer)

        async def send(_remember: Remember) -> str:
            response = await self._connection.send(path, body)
            if response.is_success:
                return _booked(response)
            if response.status_code == httpx.codes.INTERNAL_SERVER_ERROR and _ERROR not in response.headers:
                raise OutcomeUnknown("http_500")
            return await self._refused(response, key, hold, customer)

        async with self._turnstile.turn(key, hold):
            return await self._once.book(key, send, look_up)

    async def find(self, external_id: str) -> Slot | None:
        """When it is, as Orchestra has it now."""
        response = await self._connection.read(f"v1/appointments/{quote(external_id, safe='')}")
        if response.status_code == httpx.codes.NOT_FOUND:
            return None
        found = read_json(response, shapes.DETAILS).appointment
        zone = await self._zone(found.branch.publicId)
        starts, ends = instant(found.start, zone), instant(found.end, zone)
        if starts is None or ends is None:
            raise BackendUnavailable("a time that does not exist")
        return Slot(codes.location_of(self._rules(), found.branch.publicId), starts, ends)

    async def cancel(self, external_id: str) -> None:
        """Cancel; one that is unknown is gone already."""
        response = await self._connection.read(f"v1/appointments/{quote(external_id, safe='')}", method="DELETE")
        if not response.is_success and response.status_code != httpx.codes.NOT_FOUND:
            raise BackendUnavailable(f"http_{response.status_code}")

    async def close(self) -> None:
        """Close the connections."""
        await self._connection.close()

    async def _refused(self, response: httpx.Response, key: str, hold: Hold, customer: Customer) -> str:
        """What a no means. Orchestra answers with its own words, so it is done with the request: look whether it is there after all."""
        try:
            there = await self._booked_before(key, customer)
        except BackendUnavailable:
            there = None
        if there is not None:
            return there
        await check_free(self, hold)
        raise BackendUnavailable(f"refused a free slot: http_{response.status_code}")

    async def _booked_before(self, key: str, customer: Customer) -> str | None:
        if not customer.email:
            raise OutcomeUnknown("without an e-mail address a booking is not found")
        mark = marker(key)
        there = await self._connection.of_customer(customer.email)
        return next((item.publicId for item in there if mark in (item.title or "") or mark in (item.notes or "")), None)

    def _wanted(self, wish: Wish) -> tuple[tuple[str, ...], int]:
        """The services, and for how many people the time must be long enough."""
        wanted = codes.activity_codes(self._rules(), wish)
        return tuple(code for code, _ in wanted), sum(amount for _, amount in wanted)

    async def _length(self, services: tuple[str, ...], people: int) -> timedelta:
        """How long it lasts; raises AppointmentRefused for a service that is not open to the public."""
        known = await self._services.get("all", self._ask_services)
        missing = [service for service in services if service not in known]
        if missing:
            raise AppointmentRefused(f"Qmatic does not offer {', '.join(missing)}")
        chosen = [known[service] for service in services]
        return timedelta(minutes=sum(item.duration + item.additionalCustomerDuration * (people - 1) for item in chosen))

    async def _ask_services(self) -> dict[str, shapes.Service]:
        listed = read_json(await self._connection.read("v1/services"), shapes.SERVICES).serviceList
        return {item.publicId: item for item in listed if item.active and item.publicEnabled}

    async def _ask_branches(self) -> dict[str, shapes.Branch]:
        return {item.publicId: item for item in read_json(await self._connection.read("v1/branches"), shapes.BRANCHES).branchList}

    async def _branches_for(self, service: str) -> set[str]:
        response = await self._connection.read(f"v1/services/{quote(service, safe='')}/branches")
        return {item.publicId for item in read_json(response, shapes.BRANCHES).branchList if (item.addressZip or "").strip()}

    async def _together(self, services: tuple[str, ...]) -> set[str]:
        """The branches where these services go into one appointment."""

        async def ask() -> list[shapes.BranchGroups]:
            return read_json(await self._connection.read(matrix("v1/services/groups", services)), shapes.GROUPS)

        groups = await self._groups.get(services, ask)
        wanted = set(services)
        return {
            branch.branchPublicId
            for branch in groups
            if any(wanted <= {service.publicId for service in group.services} for group in branch.serviceGroups)
        }

    async def _zone(self, branch: str) -> ZoneInfo:
        known = await self._branches.get("all", self._ask_branches)
        try:
            return ZoneInfo(known[branch].timeZone)
        except (KeyError, ValueError) as error:
            raise BackendUnavailable(f"Qmatic does not tell the time zone of {branch}") from error


def _booked(response: httpx.Response) -> str:
    try:
        return read_json(response, shapes.BOOKED).publicId
    except BackendUnavailable as error:
        raise OutcomeUnknown("nonsense after a booking") from error
