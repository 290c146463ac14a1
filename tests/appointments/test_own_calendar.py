"""Our own calendar under pressure: everybody at once, clocks that change, and a process that is killed halfway."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.appointments.errors import BackendUnavailable, BotError, SlotTaken
from bot.model.appointment import Booking, Slot
from bot.store.database import Database
from tests.appointments.town import DE_VRIES, Town, hours, moment, place, rules, wish


async def everybody(town: Town, slots: tuple[Slot, ...], people: int) -> Counter[str]:
    """What becomes of `people` who hold and book at the same time, each one of `slots` in turn."""

    async def one(number: int) -> str:
        try:
            hold = await town.service.hold(None, wish(), slots[number % len(slots)])
            return (await town.service.book(f"key-{number}", hold.id, DE_VRIES)).status
        except BotError as error:
            return type(error).__name__

    return Counter(await asyncio.gather(*(one(number) for number in range(people))))


async def test_of_a_hundred_at_once_for_the_last_slot_one_gets_it(database: Any) -> None:
    town = Town(database, planning=rules(place(week=(hours("09:00", "09:15"),))))
    began = time.monotonic()
    assert await everybody(town, await town.slots(), 100) == {"booked": 1, "SlotTaken": 99}
    assert time.monotonic() - began < 20
    assert await town.slots() == ()


async def test_of_a_hundred_at_once_for_three_desks_three_get_one(database: Any) -> None:
    town = Town(database, planning=rules(place(desks=3, week=(hours("09:00", "09:15"),))))
    assert await everybody(town, await town.slots(), 100) == {"booked": 3, "SlotTaken": 97}


async def test_slots_that_overlap_are_booked_once_too(database: Any) -> None:
    """Half an hour on a grid of five minutes: six slots in the way of each other, of which two fit behind one another."""
    town = Town(database, planning=rules(place(week=(hours("09:00", "10:00"),), grid_minutes=5, minutes=30)))
    outcome = await everybody(town, await town.slots(), 70)
    assert outcome["booked"] in {1, 2}
    assert await taken(database) == outcome["booked"]


async def taken(database: Database) -> int:
    """Booked entries; fails when two of one desk overlap."""
    async with database.transaction() as connection:
        overlapping = await connection.scalar(
            text(
                "select count(*) from calendar_entry a join calendar_entry b on a.desk_id = b.desk_id and a.id < b.id"
                " and a.starts < b.busy_until and b.starts < a.busy_until"
            )
        )
        assert overlapping == 0
        return int(await connection.scalar(text("select count(*) from calendar_entry where held_until is null")) or 0)


async def test_the_database_itself_refuses_two_at_one_desk(database: Any) -> None:
    entry = text(
        "insert into calendar_entry (id, desk_id, location, starts, ends, busy_until, booked_key)"
        " select :id, id, 'loket', :starts, :ends, :ends, :id from calendar_desk where number = :desk"
    )

    async def put(desk: int, starts: int, ends: int) -> None:
        id_ = uuid4()
        values = {"id": id_, "desk": desk, "starts": moment(2, 9, starts), "ends": moment(2, 9, ends)}
        async with database.transaction() as connection:
            await connection.execute(entry, values)

    async with database.transaction() as connection:
        await connection.execute(text("insert into calendar_desk (resource, number) values ('a', 1), ('a', 2)"))
    await put(1, 0, 15)
    await put(2, 0, 15)
    await put(1, 15, 30)
    with pytest.raises(IntegrityError, match="ex_calendar_entry_busy"):
        await put(1, 14, 16)


async def test_travel_time_keeps_the_way_to_the_next_visit_free(database: Any) -> None:
    town = Town(database, planning=rules(place(week=(hours("09:00", "12:00"),), grid_minutes=30, minutes=60, travel_minutes=30)))
    slots = await town.slots()
    await town.service.hold(None, wish(), slots[2])  # 10:00 to 11:00, under way until 11:30
    assert [slot.starts for slot in await town.slots()] == []
    assert [slot.starts for slot in slots] == [moment(2, 9), moment(2, 9, 30), moment(2, 10), moment(2, 10, 30), moment(2, 11)]


async def test_municipalities_that_share_a_place_share_its_desks(database: Any) -> None:
    town = Town(database)
    castricum = town.service.plan("castricum", {"paspoort": 1}, "balie")
    heiloo = town.service.plan("heiloo", {"paspoort": 1}, "balie")
    day, counter = date(2026, 3, 3), "gemeentehuis-uitgeest"
    (slot, *_) = await town.service.offers(castricum, counter, day, day)
    await town.service.hold(None, castricum, slot)
    assert slot not in await town.service.offers(heiloo, counter, day, day)


async def test_a_wedding_is_not_within_two_weeks_nor_after_a_year(database: Any) -> None:
    town = Town(database)
    made = town.service.plan("castricum", {"huwelijk": 1}, "huwelijk", "ceremonie", date(2026, 2, 25))
    assert town.service.days(made) == (date(2026, 3, 11), date(2027, 2, 25))


async def test_of_one_room_a_simple_and_a_grand_wedding_do_not_meet(database: Any) -> None:
    town = Town(database)
    grand = town.service.plan("castricum", {"huwelijk": 1}, "huwelijk", "ceremonie")
    simple = town.service.plan("castricum", {"huwelijk": 1}, "huwelijk", "eenvoudig")
    day = date(2026, 4, 1)  # a Wednesday
    for slot in await town.service.offers(grand, "trouwzaal-castricum", day, day):
        await town.service.hold(None, grand, slot)
    assert await town.service.offers(simple, "trouwzaal-castricum-eenvoudig", day, day) == ()
    assert await town.service.offers(simple, "trouwzaal-heiloo-eenvoudig", day, day) != ()


async def test_a_database_that_is_away_is_a_calendar_that_is_away() -> None:
    town = Town(Database("postgresql://127.0.0.1:1/nothing"), planning=rules())
    with pytest.raises(BackendUnavailable):
        await town.slots()
    with pytest.raises(BackendUnavailable):
        await town.service.hold(None, wish(), Slot("loket", moment(2, 9), moment(2, 9, 15)))


# Killed halfway.


@pytest.fixture
async def halfway(database: Any, database_url: str) -> tuple[Town, UUID, Slot]:
    """A town, the hold, and its slot, after the process that booked it with key-1 was killed: booked in the calendar, not in our books."""
    town = Town(database, planning=rules(place()))
    slot = (await town.slots())[0]
    hold = await town.service.hold(None, wish(), slot)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.appointments.killed_process", database_url, str(hold.id), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    async with asyncio.timeout(60):
        assert await process.stdout.readline() == b"booked in the calendar\n"
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()
    return town, hold.id, slot


async def test_a_booking_that_was_killed_halfway_is_finished_with_the_same_key(halfway: tuple[Town, UUID, Slot], database: Any) -> None:
    town, hold_id, slot = halfway
    booking = await town.service.book("key-1", hold_id, DE_VRIES)
    assert (booking.status, booking.slot, await taken(database)) == ("booked", slot, 1)


async def test_a_booking_that_was_killed_halfway_is_in_nobodys_way_for_ever(halfway: tuple[Town, UUID, Slot], database: Any) -> None:
    town, _, slot = halfway
    with pytest.raises(SlotTaken):
        await town.service.hold(None, wish(), slot)
    assert await town.service.upkeep.settle() == 0
    assert await taken(database) == 1  # the same message may still be tried again
    town.wait(minutes=31)
    assert await town.service.upkeep.settle() == 0
    assert await town.service.hold(None, wish(), slot)
    assert await town.service.search("castricum", "vries") == ()


async def test_a_hundred_at_once_and_a_killed_process_still_give_one_booking(halfway: tuple[Town, UUID, Slot], database: Any) -> None:
    town, hold_id, slot = halfway
    assert await everybody(town, (slot,), 99) == {"SlotTaken": 99}
    booking = await town.service.book("key-1", hold_id, DE_VRIES)
    assert (booking.status, await taken(database)) == ("booked", 1)


async def test_a_move_that_was_killed_before_the_old_time_was_given_up_is_settled(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town(database, planning=rules(place()))
    first, second, *_ = await town.slots()
    booking = await booked(town, first)
    hold = await town.service.hold(None, wish(), second)
    calendar = town.service.calendars.of("castricum")

    async def away(external_id: str) -> None:
        raise BackendUnavailable("away")

    with monkeypatch.context() as patched:
        patched.setattr(calendar, "cancel", away)
        moved = await town.service.move("key-2", booking, hold.id)
    assert (moved.slot, await taken(database)) == (second, 2)
    town.wait(minutes=31)
    assert await town.service.upkeep.settle() == 0
    assert (await taken(database), await town.service.by_reference(booking.reference)) == (1, moved)


async def booked(town: Town, slot: Slot) -> Booking:
    hold = await town.service.hold(None, wish(), slot)
    return await town.service.book("key-0", hold.id, DE_VRIES)
