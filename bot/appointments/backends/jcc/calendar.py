"""The calendar of a municipality that works with JCC-Afspraken; JCC has no holds and finds a booking by its own id only."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import date, timedelta

import httpx

from bot.appointments.backends import codes, contact
from bot.appointments.backends.jcc import customers, shapes
from bot.appointments.backends.jcc.connection import Connection
from bot.appointments.backends.moments import check_free, instant, offered
from bot.appointments.backends.remembered import Remembered
from bot.appointments.backends.turnstile import Turnstile
from bot.appointments.errors import AppointmentRefused, BackendUnavailable, OutcomeUnknown, SlotTaken
from bot.appointments.http import Pairs, read_json
from bot.appointments.once import Once, Remember, cannot_tell, marker
from bot.clock import Clock, local
from bot.model.appointment import Customer, CustomerField, Hold, Location, Slot, Wish
from bot.model.appointment_rules import AppointmentRules

_DAYS_PER_QUERY = 50
"""JCC answers for at most so many days at a time."""

Codes = tuple[tuple[str, int], ...]


class JccCalendar:
    """A Backend (bot.appointments.protocol) over JCC-Afspraken REST."""

    name = "jcc"
    can_cancel = True

    def __init__(self, connection: Connection, rules: Callable[[], AppointmentRules], once: Once, clock: Clock) -> None:
        """`rules` gives the municipality's planning of the moment, with JCC's ids in it."""
        self._connection = connection
        self._rules = rules
        self._once = once
        self._turnstile = Turnstile(self, once)
        self._clock = clock
        self._activities: Remembered[dict[str, int | None]] = Remembered(clock)
        self._further: Remembered[set[str]] = Remembered(clock)
        self._states: Remembered[dict[str, object]] = Remembered(clock)

    async def locations(self, wish: Wish) -> tuple[Location, ...]:
        """Our locations where JCC has everything wanted."""
        wanted = codes.activity_codes(self._rules(), wish)
        await self._check(wanted)
        response = await self._connection.read("location/forappointment", _selected(wanted))
        active = {item.id for item in read_json(response, shapes.LOCATIONS) if item.isActive is not False}
        return codes.known(self._rules(), wish, active)

    async def slots(self, wish: Wish, location: str, first: date, last: date) -> tuple[Slot, ...]:
        """Free times, asked in windows of fifty days at most."""
        wanted = codes.activity_codes(self._rules(), wish)
        place = codes.place_code(self._rules(), wish, location)
        windows = await asyncio.gather(*(self._times(wanted, place, *window) for window in _windows(first, last)))
        found = (slot for times in windows for slot in _slots(times, location))
        return offered(found, first, last, self._clock())

    async def customer_fields(self, wish: Wish) -> tuple[CustomerField, ...]:
        """What JCC requires for these activities, and a note for the counter."""
        asked = customers.asked(await self._field_states(codes.activity_codes(self._rules(), wish)))
        return (*contact.fields(asked), CustomerField("note", False))

    async def hold(self, hold: Hold) -> str | None:
        """JCC keeps nothing: look whether it is still free."""
        await self._turnstile.look(hold)
        return None

    async def release(self, hold: Hold) -> None:
        """Nothing was kept."""

    async def book(self, key: str, hold: Hold, customer: Customer) -> str:
        """Book. After a lost answer JCC cannot be asked: OutcomeUnknown, also for the same key later."""
        wanted = codes.activity_codes(self._rules(), hold.wish)
        place = codes.place_code(self._rules(), hold.wish, hold.slot.location)
        who = customers.main_customer(customer, customers.asked(await self._field_states(wanted)))

        async def send(_remember: Remember) -> str:
            # Looking first makes nearly every "too late" a certain one, whatever JCC answers to such a booking.
            minutes, _ = await asyncio.gather(self._minutes(wanted, hold.slot), check_free(self, hold))
            starts = local(hold.slot.starts)
            response = await self._connection.send(
                "appointment",
                {
                    "id": None,
                    "activityList": [{"activityId": code, "amount": amount} for code, amount in wanted],
                    "customerList": [who],
                    "fromDateTime": starts.isoformat(),
                    "toDateTime": local(hold.slot.starts + timedelta(minutes=minutes)).isoformat(),
                    "locationId": place,
                    "message": "; ".join(part for part in (marker(key), hold.wish.option, customer.extra.get("note")) if part),
                    "fieldList": None,
                },
            )
            return await self._booked(response, hold)

        async with self._turnstile.turn(key, hold):
            return await self._once.book(key, send, cannot_tell)

    async def find(self, external_id: str) -> Slot | None:
        """When it is, as JCC has it now."""
        response = await self._connection.read("appointment", [("id", external_id)])
        gone = response.status_code in (httpx.codes.NO_CONTENT, httpx.codes.NOT_FOUND) or response.content.strip() in (b"", b"null", b"{}")
        if gone:
            return None
        found = read_json(response, shapes.APPOINTMENT)
        starts, ends = instant(found.startDateTime), instant(found.endDateTime)
        if starts is None or ends is None:
            raise BackendUnavailable("a time that does not exist")
        return Slot(codes.location_of(self._rules(), found.location.id), starts, ends)

    async def cancel(self, external_id: str) -> None:
        """Cancel. The answer often lacks `acknowledgeIsSuccess`: the id in it is what counts, and else whether it is gone."""
        try:
            response = await self._connection.read("appointment", [("id", external_id)], method="DELETE")
            if response.is_success and read_json(response, shapes.ACKNOWLEDGEMENT).id:
                return
        except BackendUnavailable:
            # An error is also what a second cancelling gives: what is there decides.
            pass
        if await self.find(external_id) is not None:
            raise BackendUnavailable("not cancelled")

    async def close(self) -> None:
        """Close the connections."""
        await self._connection.close()

    async def _booked(self, response: httpx.Response, hold: Hold) -> str:
        """The id in the answer to a booking, or what its refusal means."""
        if response.is_server_error:
            raise OutcomeUnknown(f"http_{response.status_code}")
        if response.is_success:
            try:
                answer = read_json(response, shapes.ACKNOWLEDGEMENT)
            except BackendUnavailable as error:
                raise OutcomeUnknown("nonsense after a booking") from error
            if answer.id and answer.acknowledgeIsSuccess is not False:
                return answer.id
            if answer.acknowledgeIsSuccess is None:
                raise OutcomeUnknown("an answer without an id")
        # A plain no: nothing was booked. Mostly somebody else was quicker.
        await check_free(self, hold)
        raise BackendUnavailable(f"refused a free slot: http_{response.status_code}")

    async def _check(self, wanted: Codes) -> None:
        """Raise AppointmentRefused when JCC does not know this, not so many of it, or not together."""
        known = await self._activities.get("all", self._ask_activities)
        for code, amount in wanted:
            if code not in known:
                raise AppointmentRefused(f"JCC does not have activity {code}")
            if amount > (known[code] or amount):
                raise AppointmentRefused(f"JCC takes at most {known[code]} of {code}")
        if len(wanted) > 1:
            first = wanted[:1]
            together = await self._further.get(first[0][0], lambda: self._ask_further(first))
            if not {code for code, _ in wanted[1:]} <= together:
                raise AppointmentRefused("JCC does not combine these activities")

    async def _ask_activities(self) -> dict[str, int | None]:
        response = await self._connection.read("activity/listforappointment")
        return {item.id: item.maxCountForEvent for item in read_json(response, shapes.ACTIVITIES)}

    async def _ask_further(self, wanted: Codes) -> set[str]:
        response = await self._connection.read(
            "activity/listforappointment/additional", [*_selected(wanted), ("includeSelectedActivities", "False")]
        )
        return {item.id for item in read_json(response, shapes.ACTIVITIES)}

    async def _field_states(self, wanted: Codes) -> dict[str, object]:
        async def ask() -> dict[str, object]:
            return read_json(await self._connection.read("customer/customerfields/required", _selected(wanted)), shapes.FIELDS)

        return await self._states.get(wanted, ask)

    async def _times(self, wanted: Codes, place: str, start: date, end: date) -> shapes.Times:
        """Free times from `start` up to `end`, which must be a later day: for one and the same JCC gives nothing."""
        window: Pairs = [("locationId", place), ("fromDate", start.isoformat()), ("toDate", end.isoformat())]
        return read_json(await self._connection.read("appointment/availabletimelist", [*window, *_amounts(wanted)]), shapes.TIMES)

    async def _minutes(self, wanted: Codes, slot: Slot) -> int:
        """How long this takes: in minutes, where the list of times has seconds."""
        day = local(slot.starts).date().isoformat()
        response = await self._connection.read("appointment/calculateduration", [*_amounts(wanted), ("dateTime", day)])
        minutes = read_json(response, shapes.MINUTES)
        if minutes <= 0:
            raise SlotTaken("it takes no time there")
        return minutes


def _windows(first: date, last: date) -> Iterable[tuple[date, date]]:
    while first <= last:
        end = min(first + timedelta(days=_DAYS_PER_QUERY), last + timedelta(days=1))
        yield first, end
        first = end


def _slots(times: shapes.Times, location: str) -> Iterable[Slot]:
    for written in times.availableTimesList:
        starts = instant(written)
        if starts is not None:
            yield Slot(location, starts, starts + timedelta(seconds=times.appointmentDuration))


def _selected(wanted: Codes) -> list[tuple[str, str]]:
    return [("selectedActivityId", code) for code, _ in wanted]


def _amounts(wanted: Codes) -> list[tuple[str, str | int]]:
    return [pair for code, amount in wanted for pair in (("activityId", code), ("amount", amount))]
