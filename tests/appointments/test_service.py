"""The door: from the first question to a booking that is moved and cancelled, on the real planning of the four municipalities."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from bot.appointments.errors import (
    AppointmentRefused,
    BackendUnavailable,
    BookingUnknown,
    CustomerRefused,
    HoldExpired,
    SlotTaken,
    TooManyTries,
)
from bot.model.appointment import Booking, Customer, Slot
from tests.appointments.town import DE_VRIES, Town, activity, moment, place, rules, wish


@pytest.fixture
def town(database: Any) -> Town:
    return Town(database, planning=rules(place(desks=1)))


@pytest.fixture
def buch(database: Any) -> Town:
    """All four municipalities as the knowledge base plans them."""
    return Town(database)


async def book(town: Town, slot: Slot | None = None, customer: Customer = DE_VRIES, key: str = "key-1") -> Booking:
    conversation = await town.conversation()
    hold = await town.service.hold(conversation, wish(), slot or (await town.slots())[0])
    return await town.service.book(key, hold.id, customer)


def test_products_of_one_errand_become_one_wish(buch: Town) -> None:
    made = buch.service.plan("castricum", {"paspoort": 1, "identiteitskaart": 2, "rijbewijs-verlengen": 1}, "balie")
    assert [(item.activity, item.amount) for item in made.wanted] == [("reisdocument", 3), ("rijbewijs", 1)]


@pytest.mark.parametrize("municipality", ["bergen", "uitgeest", "castricum", "heiloo"])
async def test_every_kind_can_be_offered_in_every_municipality(buch: Town, municipality: str) -> None:
    asked = {"balie": "paspoort", "huisbezoek": "wmo", "video": "wmo", "terugbellen": "paspoort", "huwelijk": "huwelijk"}
    for kind, product in asked.items():
        made = buch.service.plan(municipality, {product: 1}, kind, "ceremonie" if kind == "huwelijk" else None)  # type: ignore[arg-type]
        first, last = buch.service.days(made)
        assert await buch.service.offers(made, None, first, min(last, first + timedelta(days=7))), kind


async def test_every_product_that_names_an_activity_can_be_booked_unless_another_does_it(buch: Town) -> None:
    for product in buch.library.products():
        if product.appointment and not buch.library.body_of(product.id, "castricum"):
            kind = buch.service.kinds_of(product.id, "castricum")[0]
            options = buch.service.options_of(product.id, "castricum", kind)
            option = options[0] if product.appointment == "huwelijk" else None
            made = buch.service.plan("castricum", {product.id: 1}, kind, option)
            assert await buch.service.locations(made), product.id


def test_what_another_organisation_does_is_not_booked_here(buch: Town) -> None:
    assert buch.service.kinds_of("bijstand", "castricum") == ()
    with pytest.raises(AppointmentRefused):
        buch.service.plan("castricum", {"bijstand": 1}, "balie")


def test_a_call_can_be_planned_about_anything(buch: Town) -> None:
    assert buch.service.kinds_of("grofvuil", "heiloo") == ("terugbellen",)


@pytest.mark.parametrize(
    ("near", "first"), [("Limmen", "castricum"), ("ik woon in bakkum", "castricum"), ("1911 AB", "uitgeest"), ("Groet", "bergen")]
)
async def test_the_nearest_counter_comes_first(buch: Town, near: str, first: str) -> None:
    made = buch.service.plan("castricum", {"paspoort": 1}, "balie")
    names = [item.id for item in await buch.service.locations(made, near)]
    assert (names[0], len(names)) == (f"gemeentehuis-{first}", 4)


async def test_without_a_village_the_own_counter_comes_first(buch: Town) -> None:
    made = buch.service.plan("heiloo", {"paspoort": 1}, "balie")
    assert (await buch.service.locations(made))[0].id == "gemeentehuis-heiloo"


async def test_a_team_that_visits_some_villages_is_not_offered_elsewhere(database: Any) -> None:
    made = wish(kind="huisbezoek", name="gesprek")
    team = place("thuis", kind="huisbezoek", villages=("Limmen", "Bakkum"))
    town = Town(database, planning=rules(activity("gesprek", kinds=("huisbezoek",)), team, kinds=("huisbezoek",)))
    assert await town.service.locations(made, "Uitgeest") == ()
    assert await town.service.locations(made, "Bakkum") == await town.service.locations(made) == (team.location,)


async def test_a_system_that_is_not_set_up_is_away(database: Any) -> None:
    with pytest.raises(BackendUnavailable):
        await Town(database, planning=rules(system="jcc")).slots()


async def test_a_booking_is_found_moved_and_cancelled(town: Town) -> None:
    booking = await book(town)
    conversation = booking.conversation_id or uuid4()
    assert (booking.status, booking.reference[:3], booking.slot.starts) == ("booked", "AF-", moment(2, 9))
    assert await town.service.find(f"mijn code is {booking.reference.lower()}", "De Vries", uuid4()) == booking
    later = (await town.slots())[-1]
    hold = await town.service.hold(conversation, wish(), later)
    moved = await town.service.move("key-2", booking, hold.id)
    assert (moved.reference, moved.slot, moved.moves) == (booking.reference, later, 1)
    assert (await town.slots())[0].starts == booking.slot.starts
    cancelled = await town.service.cancel(moved)
    assert (cancelled.status, len(await town.slots())) == ("cancelled", 12)
    assert await town.service.cancel(cancelled) == cancelled
    assert await town.service.of_conversation(conversation) == ()


async def test_a_held_slot_is_not_offered_until_it_expires(town: Town) -> None:
    first, *rest = await town.slots()
    conversation = await town.conversation()
    await town.service.hold(conversation, wish(), first)
    assert await town.slots() == tuple(rest)
    town.wait(minutes=10)
    assert (await town.slots())[0] == first
    assert await town.service.held(conversation) is None


async def test_an_expired_hold_is_in_nobodys_way(town: Town) -> None:
    slot = (await town.slots())[0]
    await town.service.hold(await town.conversation(), wish(), slot)
    town.wait(minutes=10)
    assert await town.service.hold(await town.conversation(), wish(), slot)


async def test_a_new_hold_gives_the_earlier_one_back(town: Town) -> None:
    first, second, *_ = await town.slots()
    conversation = await town.conversation()
    await town.service.hold(conversation, wish(), first)
    await town.service.hold(conversation, wish(), second)
    assert (await town.slots())[0] == first
    await town.service.release(conversation)
    await town.service.release(conversation)
    assert len(await town.slots()) == 12


async def test_what_is_held_by_another_is_taken(town: Town) -> None:
    slot = (await town.slots())[0]
    await town.service.hold(await town.conversation(), wish(), slot)
    with pytest.raises(SlotTaken):
        await town.service.hold(await town.conversation(), wish(), slot)


async def test_who_takes_long_still_gets_a_slot_that_nobody_wanted(town: Town) -> None:
    hold = await town.service.hold(await town.conversation(), wish(), (await town.slots())[0])
    town.wait(minutes=30)
    assert (await town.service.book("key", hold.id, DE_VRIES)).status == "booked"


async def test_who_takes_too_long_loses_the_slot_to_another(town: Town) -> None:
    slot = (await town.slots())[0]
    hold = await town.service.hold(await town.conversation(), wish(), slot)
    town.wait(minutes=11)
    await book(town, slot)
    with pytest.raises(HoldExpired):
        await town.service.book("key-2", hold.id, DE_VRIES)


async def test_the_same_key_books_once(town: Town) -> None:
    hold = await town.service.hold(await town.conversation(), wish(), (await town.slots())[0])
    first = await town.service.book("key", hold.id, DE_VRIES)
    assert await town.service.book("key", hold.id, DE_VRIES) == first
    assert len(await town.slots()) == 11


async def test_a_customer_without_a_name_is_asked_again_and_keeps_the_slot(town: Town) -> None:
    hold = await town.service.hold(await town.conversation(), wish(), (await town.slots())[0])
    with pytest.raises(CustomerRefused) as refused:
        await town.service.book("key", hold.id, Customer(""))
    assert refused.value.field == "last_name"
    assert (await town.service.book("key", hold.id, DE_VRIES)).status == "booked"


async def test_a_move_to_a_lost_slot_leaves_the_old_time(town: Town) -> None:
    booking = await book(town)
    slot = (await town.slots())[0]
    hold = await town.service.hold(booking.conversation_id, wish(), slot)
    town.wait(minutes=11)
    await book(town, slot, key="key-2")
    with pytest.raises(HoldExpired):
        await town.service.move("key-3", booking, hold.id)
    assert await town.service.by_reference(booking.reference) == booking


async def test_of_two_moves_at_once_one_holds(town: Town) -> None:
    booking = await book(town)
    one, other, *_ = await town.slots()
    first = await town.service.hold(None, wish(), one)
    second = await town.service.hold(None, wish(), other)
    await town.service.move("key-2", booking, first.id)
    with pytest.raises(BookingUnknown):
        await town.service.move("key-3", booking, second.id)
    assert len(await town.slots()) == 10  # the hold of the second is still there, the old time is free


async def test_wrong_facts_are_slowed_down(town: Town) -> None:
    booking = await book(town)
    guesser = uuid4()
    for _ in range(5):
        with pytest.raises(BookingUnknown):
            await town.service.find(booking.reference, "Jansen", guesser)
    with pytest.raises(TooManyTries):
        await town.service.find(booking.reference, "de Vries", guesser)
    town.wait(hours=1)
    assert await town.service.find(booking.reference, "de Vries", guesser)


async def test_a_code_is_not_guessed_by_many_either(town: Town) -> None:
    booking = await book(town)
    for _ in range(10):
        with pytest.raises(BookingUnknown):
            await town.service.find(booking.reference, "Jansen", uuid4())
    with pytest.raises(TooManyTries):
        await town.service.find(booking.reference, "de Vries", uuid4())


async def test_right_answers_do_not_count(town: Town) -> None:
    booking = await book(town)
    asker = uuid4()
    for _ in range(12):
        await town.service.find(booking.reference, "an@example.nl", asker)


async def test_the_desk_sees_searches_and_books(town: Town) -> None:
    mine = await town.service.book_for("key", "agent-1", wish(), (await town.slots())[0], DE_VRIES)
    assert await town.service.done("key") == mine
    assert await town.service.done("another key") is None
    assert mine.author == "agent-1"
    assert await town.service.on_day("castricum", date(2026, 3, 2)) == (mine,)
    for words in (mine.reference, "vries", "AN@EXAMPLE", "61234"):
        assert await town.service.search("castricum", words) == (mine,)
    assert await town.service.search("heiloo", "vries") == ()
    assert await town.service.search("castricum", "%") == ()


async def test_what_an_agent_books_in_a_conversation_is_known_in_that_conversation(town: Town) -> None:
    citizen = await town.conversation()
    booking = await town.service.book_for("key", "agent-1", wish(), (await town.slots())[0], DE_VRIES, citizen)
    assert booking.conversation_id == citizen
    assert await town.service.of_conversation(citizen) == (booking,)


async def test_the_desk_of_a_counter_sees_who_comes_from_the_neighbours(buch: Town) -> None:
    neighbour = buch.service.plan("castricum", {"paspoort": 1}, "balie")
    day = date(2026, 3, 3)
    (slot, *_) = await buch.service.offers(neighbour, "gemeentehuis-heiloo", day, day)
    booking = await buch.service.book_for("key", "agent-1", neighbour, slot, DE_VRIES)
    for municipality, seen in {"castricum": (booking,), "heiloo": (booking,), "bergen": ()}.items():
        assert await buch.service.on_day(municipality, day) == seen
    assert await buch.service.search(None, "vries") == (booking,)


async def test_personal_data_goes_four_weeks_after_the_appointment(town: Town) -> None:
    booking = await book(town)
    town.wait(days=28)
    assert await town.service.upkeep.forget() == 0
    town.wait(days=1)
    assert await town.service.upkeep.forget() == 1
    assert await town.service.upkeep.forget() == 0
    kept = await town.service.by_reference(booking.reference)
    assert kept is not None
    assert (kept.customer, kept.conversation_id, kept.slot) == (Customer(""), None, booking.slot)


async def test_days_outside_the_notice_and_horizon_are_not_offered(database: Any) -> None:
    town = Town(database, planning=rules(activity(notice_hours=24, horizon_days=3)))
    assert town.service.days(wish()) == (date(2026, 3, 3), date(2026, 3, 5))
    found = await town.service.offers(wish(), None, date(2026, 1, 1), date(2026, 12, 31))
    assert {slot.starts.date() for slot in found} == {date(2026, 3, day) for day in (3, 4, 5)}
    outside = Slot("loket", moment(6, 9), moment(6, 9, 15))
    with pytest.raises(SlotTaken):
        await town.service.hold(None, wish(), outside)
