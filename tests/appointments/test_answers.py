"""Moments and lost answers are the same whichever calendar is behind the door: ours, JCC, Qmatic or Open Forms."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest

from bot.appointments.errors import BackendUnavailable, OutcomeUnknown, SlotTaken
from bot.model.appointment import CustomerField, Slot
from bot.model.appointment_rules import SYSTEMS as NAMES
from bot.model.hours import ExceptionalDay
from tests.appointments.backends.systems import SYSTEMS, System
from tests.appointments.builders import DE_VRIES, amsterdam, rules, wish, written
from tests.appointments.town import Town, hours

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 31)
ALL = sorted(NAMES)


@dataclass
class Desk:
    """The service on one system of Castricum; `system` is None for our own calendar."""

    town: Town
    system: System | None

    async def only(self, *days: int) -> tuple[Slot, ...]:
        """The only free slots: at half past two on these days of March."""
        if self.system is not None:
            self.system.open(*(written(day, 14, 30) for day in days))
        elif self.town.planning is not None:
            open_days = tuple(ExceptionalDay(date(2026, 3, day), (hours("14:30", "14:45"),)) for day in days)
            place = replace(self.town.planning.places["castricum"], exceptions=open_days)
            self.town.planning = replace(self.town.planning, places={"castricum": place})
        return await self.town.service.offers(wish(), "castricum", FIRST, LAST)

    async def hold(self, slot: Slot, conversation: Any = None) -> Any:
        return (await self.town.service.hold(conversation, wish(), slot)).id


def the_town(database: Any, system: System | None) -> Town:
    if system is None:
        fields = (CustomerField("last_name", required=True), CustomerField("email", required=True))
        own = replace(rules("own", {"reisdocument": ""}, {"castricum": ""}), fields={"balie": fields})
        return Town(database, planning=own)
    return Town(database, planning=system.rules, settings=replace(system.settings(), appointment_timeout=60.0))


@pytest.fixture(params=ALL)
async def desk(request: pytest.FixtureRequest, database: Any) -> AsyncIterator[Desk]:
    """The service on each system in turn."""
    kind = SYSTEMS.get(request.param)
    system = kind() if kind else None
    if system is not None:
        await system.server.start()
    town = the_town(database, system)
    yield Desk(town, system)
    await town.service.close()
    if system is not None:
        await system.stop()


async def test_offers_are_the_same_moment_in_every_system(desk: Desk) -> None:
    found = await desk.only(3, 31)
    # Summer time begins on 29 March.
    assert [slot.starts for slot in found] == [amsterdam(3, 14, 30), amsterdam(31, 14, 30)]
    assert {slot.location for slot in found} == {"castricum"}


async def test_a_slot_that_went_in_between_leaves_nothing_behind(desk: Desk) -> None:
    (slot,) = await desk.only(3)
    if desk.system is None:
        await desk.hold(slot)
        with pytest.raises(SlotTaken):
            await desk.hold(slot)
        return
    hold_id = await desk.hold(slot)
    desk.system.agenda.take(desk.system.castricum, written(3, 14, 30), 15)
    with pytest.raises(SlotTaken):
        await desk.town.service.book("key", hold_id, DE_VRIES)
    assert await desk.town.service.search("castricum", "vries") == ()


async def test_a_booking_without_an_answer_is_kept_for_a_person_and_never_told_as_made(desk: Desk) -> None:
    if desk.system is None:
        pytest.skip("our own calendar is in the same database: there is always an answer")
    (slot,) = await desk.only(3)
    conversation = await desk.town.conversation()
    hold_id = await desk.hold(slot, conversation)
    desk.system.server.fail("drop", desk.system.booking, method="POST")
    with pytest.raises(OutcomeUnknown):
        await desk.town.service.book("key", hold_id, DE_VRIES)
    (unsure,) = await desk.town.service.search("castricum", "vries")
    assert unsure.status == "unsure"
    assert await desk.town.service.of_conversation(conversation) == ()
    with pytest.raises(OutcomeUnknown):
        await desk.town.service.cancel(unsure)
    desk.town.wait(minutes=31)
    assert await desk.town.service.upkeep.settle() == 1
    assert await desk.town.service.by_reference(unsure.reference) == unsure


async def test_a_system_that_is_away_leaves_nothing_behind_and_the_same_key_books_later(desk: Desk) -> None:
    if desk.system is None:
        pytest.skip("without a database there is no house at all")
    (slot,) = await desk.only(3)
    hold_id = await desk.hold(slot)
    await desk.system.server.stop()
    with pytest.raises(BackendUnavailable) as error:
        await desk.town.service.book("key", hold_id, DE_VRIES)
    assert not isinstance(error.value, OutcomeUnknown)
    assert await desk.town.service.search("castricum", "vries") == ()
    await desk.system.server.start()
    assert (await desk.town.service.book("key", hold_id, DE_VRIES)).status == "booked"


async def test_nothing_is_offered_before_now(desk: Desk) -> None:
    await desk.only(3, 4)
    desk.town.now = datetime.fromisoformat("2026-03-03T14:31:00+01:00")
    assert [slot.starts for slot in await desk.town.service.offers(wish(), "castricum", FIRST, LAST)] == [amsterdam(4, 14, 30)]


async def test_what_a_clerk_cancelled_in_the_other_system_is_not_told_as_booked(desk: Desk) -> None:
    if desk.system is None:
        pytest.skip("nobody else writes in our own calendar")
    (slot,) = await desk.only(3)
    booking = await desk.town.service.book("key", await desk.hold(slot), DE_VRIES)
    desk.system.agenda.taken.clear()
    found = await desk.town.service.find(booking.reference, "de Vries", uuid4())
    assert found.status == ("cancelled" if desk.system.shows else "booked")


async def test_a_booking_is_shown_from_our_own_books_when_the_calendar_is_away(desk: Desk) -> None:
    if desk.system is None:
        pytest.skip("without a database there is no house at all")
    (slot,) = await desk.only(3)
    booking = await desk.town.service.book("key", await desk.hold(slot), DE_VRIES)
    await desk.system.server.stop()
    assert await desk.town.service.find(booking.reference, "de Vries", uuid4()) == booking
    await desk.system.server.start()
