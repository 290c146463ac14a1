"""The calendar file behind the link in the chat: for who knows conversation and code, as the appointment is now."""

from __future__ import annotations

import itertools
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from icalendar import Calendar
from sanic import Sanic

from bot.appointments.calendar_file import calendar_file
from bot.appointments.details import Details
from bot.model.appointment import Booking, Customer, Slot, Wanted, Wish
from tests.gateway.knowledge_house import MONDAY, knowledge_app, real_library

CONVERSATION = UUID("2b7a3a34-9c2e-4d1c-9a77-0a6a5c9b7a11")
_numbers = itertools.count()


def booking() -> Booking:
    slot = Slot("gemeentehuis-castricum", MONDAY, MONDAY + timedelta(minutes=15))
    wish = Wish("castricum", "balie", (Wanted("reisdocument"),))
    customer = Customer("de Vries", email="jan@example.nl")
    return Booking("AF-7K4M2P", CONVERSATION, wish, slot, customer, "booked", "own", "1", MONDAY)


@dataclass
class Bookings:
    """The bookings there are, and their calendar files; both sides of the notices that the gateway uses."""

    stored: dict[str, Booking] = field(default_factory=dict)

    @property
    def appointments(self) -> Bookings:
        return self

    async def by_reference(self, reference: str) -> Booking | None:
        return self.stored.get(reference)

    async def calendar_file(self, made: Booking) -> bytes:
        shown = Details(made.reference, "balie", "Paspoort", made.slot.starts, made.slot.ends, "gemeentehuis", "", "gemeente Castricum")
        return calendar_file(replace(shown, cancelled=made.status == "cancelled", sequence=made.moves), MONDAY)


@pytest.fixture
def bookings() -> Bookings:
    return Bookings({"AF-7K4M2P": booking()})


@pytest.fixture
async def http(bookings: Bookings) -> AsyncIterator[httpx.AsyncClient]:
    Sanic.test_mode = True
    library = real_library()
    app: Any = knowledge_app(lambda: library, f"appointments-{next(_numbers)}")
    app.ctx.house.notices = bookings
    door = socket.create_server(("127.0.0.1", 0))
    server = await app.create_server(sock=door, return_asyncio_server=True)
    await server.startup()
    await server.before_start()
    await server.after_start()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{door.getsockname()[1]}", timeout=30) as client:
        yield client
    server.close()


def path(conversation: UUID | str = CONVERSATION, reference: str = "AF-7K4M2P") -> str:
    return f"/api/v1/appointments/{conversation}/{reference}/afspraak.ics"


async def test_the_file_is_given_to_who_has_the_link_and_is_kept_nowhere(http: httpx.AsyncClient) -> None:
    answer = await http.get(path())
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-store"
    assert str(Calendar.from_ical(answer.content).walk("VEVENT")[0]["UID"]) == "af-7k4m2p@wegwijs"
    assert b"Vries" not in answer.content


_HALF = {
    "conversation": path(uuid4()),
    "no id": path("geen-id"),
    "reference": path(reference="AF-222222"),
    "no reference": path(reference="x"),
}


@pytest.mark.parametrize("wrong", _HALF.values(), ids=_HALF)
async def test_whoever_knows_only_half_gets_nothing(http: httpx.AsyncClient, wrong: str) -> None:
    answer = await http.get(wrong)
    assert answer.status_code == 404
    assert answer.json()["error"] == "not_found"


async def test_a_cancelled_appointment_takes_itself_out_of_the_calendar(http: httpx.AsyncClient, bookings: Bookings) -> None:
    bookings.stored["AF-7K4M2P"] = replace(booking(), status="cancelled", moves=1)
    assert b"METHOD:CANCEL" in (await http.get(path())).content


async def test_a_booking_that_is_not_certain_is_not_given_out(http: httpx.AsyncClient, bookings: Bookings) -> None:
    bookings.stored["AF-7K4M2P"] = replace(booking(), status="unsure")
    assert (await http.get(path())).status_code == 404
