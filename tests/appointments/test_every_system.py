"""What a citizen may count on whichever calendar the municipality has: ours, or one of the systems that are already there."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import text

from bot.appointments.errors import BotError, CancelElsewhere, SlotTaken
from bot.appointments.registry import BACKENDS
from bot.model.appointment import Booking, CustomerField, Hold, Slot
from bot.model.appointment_rules import SYSTEMS as NAMES
from bot.model.appointment_rules import AppointmentRules
from bot.model.hours import ExceptionalDay, OpeningHours
from bot.store.database import Database
from tests.appointments.backends.systems import SYSTEMS, System
from tests.appointments.builders import DE_VRIES, rules, wish, written
from tests.appointments.town import Town

DAY = date(2026, 3, 3)


def own_rules(slots: int) -> AppointmentRules:
    """A planning of our own with one desk, open on 3 March from half past two for so many appointments."""
    made = rules("own", {"reisdocument": ""}, {"castricum": ""})
    until = written(3, 14, 30) + timedelta(minutes=15 * slots)
    opening = ExceptionalDay(DAY, (OpeningHours(time(14, 30), until.time()),))
    places = {name: replace(place, exceptions=(opening,)) for name, place in made.places.items()}
    fields = (CustomerField("last_name", required=True), CustomerField("email", required=False))
    return replace(made, places=places, fields={"balie": fields})


@dataclass
class Municipality:
    """The service of a municipality with one of the systems, and a look into its calendar."""

    town: Town
    system: System | None
    """None: the calendar is our own."""

    def open(self, slots: int = 1) -> None:
        if self.system is None:
            self.town.planning = own_rules(slots)
            return
        for number in range(slots):
            self.system.open(written(3, 14, 30) + timedelta(minutes=15 * number))

    async def slots(self) -> tuple[Slot, ...]:
        return await self.town.slots(wish(), DAY)

    async def hold(self) -> Hold:
        return await self.town.service.hold(None, wish(), (await self.slots())[0])

    async def book(self, key: str) -> Booking:
        hold = await self.hold()
        return await self.town.service.book(key, hold.id, DE_VRIES)

    async def in_calendar(self) -> int:
        """How many appointments the calendar has."""
        if self.system is not None:
            return len(self.system.agenda.taken)
        async with self.town.database.transaction() as connection:
            return int(await connection.scalar(text("select count(*) from calendar_entry where booked_key is not null")) or 0)


@pytest.fixture(params=sorted(NAMES))
async def here(request: pytest.FixtureRequest, database: Database) -> AsyncIterator[Municipality]:
    if request.param == "own":
        yield Municipality(Town(database, planning=own_rules(1)), None)
        return
    system = SYSTEMS[request.param]()
    await system.server.start()
    town = Town(database, planning=system.rules, settings=system.settings())
    yield Municipality(town, system)
    await town.service.calendars.close()
    await system.stop()


def test_every_system_that_can_be_named_is_built_and_comes_by_here() -> None:
    assert set(BACKENDS) == set(NAMES)


async def test_what_is_offered_can_be_held_and_booked(here: Municipality) -> None:
    here.open()
    booking = await here.book("key-1")
    assert (booking.status, booking.slot.location, await here.in_calendar()) == ("booked", "castricum", 1)
    assert await here.slots() == ()


async def test_the_same_key_is_the_same_booking(here: Municipality) -> None:
    here.open(2)
    hold = await here.hold()
    bookings = [await here.town.service.book("key-1", hold.id, DE_VRIES) for _ in range(2)]
    assert bookings[0] == bookings[1]
    assert await here.in_calendar() == 1


async def test_a_hundred_at_once_for_the_last_slot(here: Municipality) -> None:
    here.open()
    (slot,) = await here.slots()

    async def one(number: int) -> str:
        try:
            hold = await here.town.service.hold(None, wish(), slot)
            return (await here.town.service.book(f"key-{number}", hold.id, DE_VRIES)).status
        except BotError as error:
            return type(error).__name__

    outcome = Counter(await asyncio.gather(*(one(number) for number in range(100))))
    assert outcome == {"booked": 1, "SlotTaken": 99}
    assert await here.in_calendar() == 1


async def test_cancelling_frees_the_slot_or_says_where_it_can_be_done(here: Municipality) -> None:
    here.open()
    booking = await here.book("key-1")
    if not here.town.service.calendars.of("castricum").can_cancel:
        with pytest.raises(CancelElsewhere):
            await here.town.service.cancel(booking)
        assert await here.in_calendar() == 1
        return
    for _ in range(2):
        assert (await here.town.service.cancel(booking)).status == "cancelled"
    assert len(await here.slots()) == 1


async def test_moving_keeps_the_code_and_one_appointment(here: Municipality) -> None:
    here.open(2)
    booking = await here.book("key-1")
    hold = await here.hold()
    if not here.town.service.calendars.of("castricum").can_cancel:
        with pytest.raises(CancelElsewhere):
            await here.town.service.move("key-2", booking, hold.id)
    else:
        moved = await here.town.service.move("key-2", booking, hold.id)
        assert (moved.reference, moved.slot) == (booking.reference, hold.slot)
    assert await here.in_calendar() == 1


async def test_moving_to_a_slot_that_went_keeps_the_old_one(here: Municipality) -> None:
    if here.system is None or not here.system.shows:
        pytest.skip("our own calendar holds the new slot; Open Forms moves nothing")
    here.open(2)
    booking = await here.book("key-1")
    hold = await here.hold()
    here.system.agenda.take(here.system.castricum, written(3, 14, 45), 15, {"customers": [{}], "title": "", "notes": "", "services": []})
    with pytest.raises(SlotTaken):
        await here.town.service.move("key-2", booking, hold.id)
    assert await here.town.service.by_reference(booking.reference) == booking
    assert booking.external_id in here.system.agenda.taken


async def test_a_process_killed_between_the_calendar_and_our_books_leaves_one_booking(here: Municipality, database_url: str) -> None:
    here.open(2)
    hold = await here.hold()
    name, port = (here.system.name, here.system.server.port) if here.system else ("own", 0)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.appointments.killed_in_any_system",
        *(database_url, str(hold.id), name, str(port)),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    async with asyncio.timeout(60):
        while b"booked in the calendar" not in await process.stdout.readline():
            assert process.returncode is None
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()
    again = await here.town.service.book("key-1", hold.id, DE_VRIES)
    assert (again.status, await here.in_calendar()) == ("booked", 1)
