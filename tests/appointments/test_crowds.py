"""Any planning and any crowd, on a real database: nobody overlaps, nobody is outside the hours, and every hold comes free."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.appointments.errors import HoldExpired, SlotTaken
from bot.appointments.timetable import Busy, free_slots, slots_on
from bot.model.appointment import Slot
from bot.model.appointment_rules import AppointmentRules, PlaceRule
from bot.model.hours import ExceptionalDay
from bot.store.database import Database
from tests.appointments.town import DE_VRIES, Town, hours, place, rules, wish

DAY, NEXT = date(2026, 3, 2), date(2026, 3, 3)
Plan = Literal["hold", "hold another", "book", "cancel", "move", "release"]


@dataclass(frozen=True)
class Citizen:
    """Somebody who wants the slot at `choice` (counted round), and in the end does what `plan` says.

    `bent`: one that was never offered, because it begins so many minutes beside one that was; `longer` by so many minutes.
    """

    choice: int
    plan: Plan
    second: int
    bent: int
    longer: int

    def wants(self, offered: tuple[Slot, ...]) -> Slot:
        """The slot to hold first."""
        slot, bent = offered[self.choice % len(offered)], timedelta(minutes=self.bent)
        return Slot(slot.location, slot.starts + bent, slot.ends + bent + timedelta(minutes=self.longer))


@st.composite
def plannings(draw: st.DrawFn) -> AppointmentRules:
    desks = draw(st.integers(1, 3))
    week = draw(st.sampled_from(((hours("09:00", "10:00"),), (hours("09:00", "09:40"), hours("13:00", "13:30")))))
    closed = (ExceptionalDay(NEXT, ()),) if draw(st.booleans()) else ()
    counter = place(
        desks=desks,
        week=week,
        exceptions=closed,
        grid_minutes=draw(st.sampled_from((5, 15))),
        minutes=draw(st.sampled_from((10, 15, 25))),
        travel_minutes=draw(st.sampled_from((0, 15))),
    )
    return rules(counter)


citizens = st.lists(
    st.builds(
        Citizen,
        choice=st.integers(0, 30),
        plan=st.sampled_from(("hold", "hold another", "book", "book", "cancel", "move", "release")),
        second=st.integers(0, 30),
        bent=st.sampled_from((0, 0, 0, 0, 1, 15, -15, -75, 400)),
        longer=st.sampled_from((0, 0, 0, 0, 0, 5, 60, -5)),
    ),
    min_size=2,
    max_size=14,
)


async def act(town: Town, slots: tuple[Slot, ...], number: int, citizen: Citizen) -> str:
    """What one citizen does; being too late is part of life, any other error is not."""
    try:
        conversation = await town.conversation()
        hold = await town.service.hold(conversation, wish(), citizen.wants(slots))
        if citizen.plan == "release":
            await town.service.release(conversation)
        if citizen.plan == "hold another":
            await town.service.hold(conversation, wish(), slots[citizen.second % len(slots)])
        if citizen.plan in {"hold", "hold another", "release"}:
            return citizen.plan
        booking = await town.service.book(f"book-{number}", hold.id, DE_VRIES)
        if citizen.plan == "cancel":
            await town.service.cancel(booking)
        if citizen.plan == "move":
            other = await town.service.hold(conversation, wish(), slots[citizen.second % len(slots)])
            await town.service.move(f"move-{number}", booking, other.id)
    except (SlotTaken, HoldExpired) as error:
        return type(error).__name__
    return citizen.plan


async def crowd(address: str, planning: AppointmentRules, people: list[Citizen]) -> None:
    database = Database(address, pool_size=8)
    try:
        async with database.transaction() as connection:
            await connection.execute(
                text("truncate calendar_entry, calendar_desk, appointment, appointment_hold, appointment_step cascade")
            )
        town = Town(database, planning=planning)
        slots = await town.service.offers(wish(), None, DAY, NEXT)
        await asyncio.gather(*(act(town, slots, number, citizen) for number, citizen in enumerate(people)))
        await check(town, planning.places["loket"])
    finally:
        await database.close()


async def check(town: Town, counter: PlaceRule) -> None:
    """Capacity, hours and overlap now; ten minutes later everything but the bookings is free again."""
    async with town.database.transaction() as connection:
        rows = (
            await connection.execute(text("select entry.*, number from calendar_entry entry join calendar_desk d on d.id = desk_id"))
        ).all()
        holds = (await connection.execute(text("select id from appointment_hold"))).scalars().all()
        bookings = (await connection.execute(text("select * from appointment where status = 'booked'"))).all()
    possible = {(slot.starts, slot.ends) for day in (DAY, NEXT) for slot in slots_on(counter, day, timedelta(minutes=counter.minutes or 0))}
    travel = timedelta(minutes=counter.travel_minutes)
    for row in rows:
        assert (row.starts, row.ends) in possible
        assert 1 <= row.number <= counter.desks
        assert not any(
            other.id != row.id and other.number == row.number and other.starts < row.ends + travel and row.starts < other.ends + travel
            for other in rows
        )
    booked = [row for row in rows if row.held_until is None]
    assert sorted((row.starts, row.ends) for row in booked) == sorted((row.starts, row.ends) for row in bookings)
    assert sorted(row.id for row in rows if row.held_until is not None) == sorted(holds), "held for nobody"
    town.wait(minutes=10)
    busy = [Busy(row.number, row.starts, row.ends + travel) for row in booked]
    length = timedelta(minutes=counter.minutes or 0)
    free = [slot for day in (DAY, NEXT) for slot in free_slots(counter, day, length, town.now, busy)]
    assert list(await town.service.offers(wish(), None, DAY, NEXT)) == free
    if free:
        assert await town.service.hold(await town.conversation(), wish(), free[-1])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(planning=plannings(), people=citizens)
def test_whatever_a_crowd_does_the_calendar_stays_right(database_url: str, planning: AppointmentRules, people: list[Citizen]) -> None:
    asyncio.run(crowd(database_url, planning, people))
