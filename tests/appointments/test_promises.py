"""A call in the calendar is a promise that agents see: with its time, moved with it, and gone when it was cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

import pytest

from bot.appointments.promises import Promises
from bot.clock import local
from bot.handoff.service import Callbacks
from bot.model.appointment import Booking, Customer
from bot.model.conversation import CallbackRequest
from bot.store import callbacks
from bot.store.database import Database
from tests.appointments.town import DE_VRIES, Town, moment

WEDNESDAY = date(2026, 3, 4)
JAN = Customer("de Vries", "Jan", phone="+31612345678", extra={"note": "over mijn hulp thuis"})


class Desk:
    """The town with its promises, and what agents see of them."""

    def __init__(self, database: Database) -> None:
        self.town = Town(database)
        self.callbacks = Callbacks(database, lambda: self.town.now, 2)
        self.promises = Promises(self.callbacks, lambda: self.town.library)

    async def book(self, customer: Customer = JAN, product: str = "wmo", products: Sequence[str] = ("wmo",)) -> Booking:
        conversation = await self.town.conversation()
        planned = self.town.service.plan("castricum", {product: 1}, "terugbellen")
        hold = await self.town.service.hold(conversation, planned, (await self.town.slots(planned, WEDNESDAY))[0])
        booking = await self.town.service.book(f"key-{uuid4()}", hold.id, customer)
        await self.promises.arranged(booking, products)
        return booking

    async def moved(self, booking: Booking) -> Booking:
        hold = await self.town.service.hold(
            booking.conversation_id, booking.wish, (await self.town.slots(booking.wish, date(2026, 3, 5)))[0]
        )
        moved = await self.town.service.move(f"key-{uuid4()}", booking, hold.id)
        await self.promises.arranged(moved)
        return moved

    async def open(self) -> list[CallbackRequest]:
        async with self.town.database.transaction() as connection:
            return await callbacks.open_requests(connection)


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


async def test_a_planned_call_stands_among_the_call_backs_with_its_time(desk: Desk) -> None:
    booking = await desk.book()
    [promise] = await desk.open()
    assert (promise.wanted_at, promise.promised_on, promise.appointment) == (booking.slot.starts, WEDNESDAY, booking.reference)
    assert (promise.name, promise.phone, promise.subject) == ("Jan de Vries", "+31612345678", "over mijn hulp thuis")
    assert promise.team == desk.town.library.product("wmo").team  # type: ignore[union-attr]


async def test_promising_twice_is_one_promise(desk: Desk) -> None:
    booking = await desk.book()
    await desk.promises.arranged(booking, ["wmo"])
    assert len(await desk.open()) == 1


async def test_a_moved_call_is_the_same_promise_at_the_new_time(desk: Desk) -> None:
    booking = await desk.book()
    [before] = await desk.open()
    moved = await desk.moved(booking)
    [after] = await desk.open()
    assert (after.reference, after.subject) == (before.reference, before.subject)
    assert (after.wanted_at, after.promised_on) == (moved.slot.starts, local(moved.slot.starts).date())


async def test_a_call_that_was_tried_and_then_moved_is_open_to_everybody_again(desk: Desk) -> None:
    booking = await desk.book()
    [promise] = await desk.open()
    async with desk.town.database.transaction() as connection:
        assert await callbacks.count_attempt(connection, promise.reference, desk.town.now)
    await desk.callbacks.finish(promise.reference, "not_reached")
    await desk.moved(booking)
    [again] = await desk.open()
    assert (again.agent_id, again.attempts, again.outcome) == (None, 0, None)


async def test_a_cancelled_call_is_no_promise_any_more(desk: Desk) -> None:
    booking = await desk.town.service.cancel(await desk.book())
    for _ in range(2):
        await desk.promises.cancelled(booking)
    assert await desk.open() == []


async def test_without_words_of_the_citizen_the_subject_is_the_product_or_else_the_activity(desk: Desk) -> None:
    await desk.book(DE_VRIES)
    await desk.book(DE_VRIES, products=())
    assert {promise.subject for promise in await desk.open()} == {desk.town.library.product("wmo").name, "Keukentafelgesprek"}  # type: ignore[union-attr]


async def test_a_visit_to_the_counter_promises_no_call(desk: Desk) -> None:
    planned = desk.town.service.plan("castricum", {"paspoort": 1}, "balie")
    slot = (await desk.town.slots(planned, WEDNESDAY))[0]
    hold = await desk.town.service.hold(None, planned, slot)
    booking = await desk.town.service.book("key-1", hold.id, DE_VRIES)
    await desk.promises.arranged(booking, ["paspoort"])
    await desk.promises.cancelled(booking)
    assert await desk.open() == []


async def test_an_hour_after_its_time_it_is_overdue(desk: Desk) -> None:
    await desk.book()
    [promise] = await desk.open()
    desk.town.now = moment(4, 19)
    assert desk.callbacks.is_overdue(promise)
