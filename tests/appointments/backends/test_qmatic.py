"""What is particular to Qmatic Orchestra: matrix parameters, people besides the first, the clock of the branch, looking up."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

from bot.appointments.errors import AppointmentRefused, BackendUnavailable, OutcomeUnknown, SlotTaken
from bot.appointments.once import marker
from bot.appointments.protocol import Backend
from bot.model.appointment import Customer, CustomerField, Slot
from tests.appointments.backends.conftest import MovableClock
from tests.appointments.backends.systems import QmaticSystem
from tests.appointments.builders import DE_VRIES, amsterdam, hold, wish, written
from tests.appointments.fakes.qmatic import LICENCE, PASSPORT

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 31)


@pytest.fixture
def backend(qmatic: QmaticSystem, database: Any, clock: MovableClock) -> Backend:
    return qmatic.build(database, clock)


async def the_slot(backend: Backend, qmatic: QmaticSystem, of: Any = None, room: int = 5) -> Slot:
    qmatic.open(written(3, 14, 30), room=room)
    (slot,) = await backend.slots(of or wish(), "castricum", FIRST, LAST)
    return slot


async def test_a_booking_is_exactly_what_qmatic_reads(backend: Backend, qmatic: QmaticSystem) -> None:
    of = wish(("reisdocument", 2), ("rijbewijs", 1))
    await backend.book("key-1", hold(await the_slot(backend, qmatic, of), of), DE_VRIES)
    (asked,) = qmatic.server.asked("/book", "POST")
    person = {"firstName": "Anna Maria", "lastName": "de Vries", "email": "anna@voorbeeld.example", "phone": "0612345678"}
    assert asked.path.endswith("/v2/branches/b1/dates/2026-03-03/times/14:30/book")
    assert asked.json() == {
        "title": f"Wegwijs {marker('key-1')}",
        "customers": [person] * 3,
        "services": [{"publicId": PASSPORT}, {"publicId": LICENCE}],
        "notes": marker("key-1"),
    }


async def test_parameters_stand_in_the_path_and_count_the_people_besides_the_first(backend: Backend, qmatic: QmaticSystem) -> None:
    slot = await the_slot(backend, qmatic, wish(("reisdocument", 2), ("rijbewijs", 1)))
    paths = [asked.path for asked in qmatic.server.asked("/dates")]
    wanted = ";servicePublicId=Paspoort;servicePublicId=Rijbewijs%20%26%20meer;numberOfCustomers=2"
    assert [path.partition("/dates")[2] for path in paths] == [wanted, f"/2026-03-03/times{wanted}"]
    # Passport 15 and licence 10, with 10 and 5 for each of two more people.
    assert (slot.ends - slot.starts).seconds == (15 + 20 + 10 + 10) * 60


async def test_one_person_has_nobody_besides(backend: Backend, qmatic: QmaticSystem) -> None:
    await the_slot(backend, qmatic)
    assert "numberOfCustomers" not in qmatic.server.asked("/dates")[0].path


async def test_services_together_are_only_where_they_may_be(backend: Backend) -> None:
    assert [place.id for place in await backend.locations(wish(("reisdocument", 1), ("rijbewijs", 1)))] == ["castricum"]
    with pytest.raises(AppointmentRefused):
        await backend.locations(wish(("reisdocument", 1), ("trouwen", 1)))


@pytest.mark.parametrize(("zone", "starts"), [("Europe/Amsterdam", amsterdam(3, 14, 30)), ("Europe/London", amsterdam(3, 15, 30))])
async def test_times_are_on_the_clock_of_the_branch(backend: Backend, qmatic: QmaticSystem, zone: str, starts: Any) -> None:
    qmatic.fake.zone = zone
    slot = await the_slot(backend, qmatic)
    assert slot.starts == starts
    assert await backend.find(await backend.book("key-1", hold(slot), DE_VRIES)) == slot


async def test_a_branch_with_a_strange_clock_is_unavailable(backend: Backend, qmatic: QmaticSystem) -> None:
    qmatic.fake.zone = "Mars/Olympus"
    with pytest.raises(BackendUnavailable):
        await the_slot(backend, qmatic)


async def test_a_wrong_key_is_unavailable(backend: Backend, qmatic: QmaticSystem) -> None:
    qmatic.server.fail("status", status=401, times=10)
    with pytest.raises(BackendUnavailable):
        await backend.locations(wish())


async def test_fields_are_those_of_the_municipality(backend: Backend, qmatic: QmaticSystem) -> None:
    object.__setattr__(qmatic.rules, "fields", {"balie": (CustomerField("last_name", required=True),)})
    assert await backend.customer_fields(wish()) == (CustomerField("last_name", required=True),)


async def test_an_error_without_words_is_looked_up(backend: Backend, qmatic: QmaticSystem) -> None:
    slot = await the_slot(backend, qmatic)
    qmatic.server.fail("status", "/book", method="POST", status=500)
    with pytest.raises(OutcomeUnknown):
        await backend.book("key-1", hold(slot), DE_VRIES)
    assert qmatic.server.asked("identify")


async def test_an_error_with_words_is_a_refusal(backend: Backend, qmatic: QmaticSystem) -> None:
    slot = await the_slot(backend, qmatic, room=1)
    qmatic.agenda.take(qmatic.castricum, written(3, 14, 30), 15, {"customers": [{}], "title": "", "notes": "", "services": []})
    with pytest.raises(SlotTaken):
        await backend.book("key-1", hold(slot), DE_VRIES)


@pytest.mark.parametrize("reason", ["no email", "not shown"])
async def test_what_cannot_be_looked_up_stays_open(backend: Backend, qmatic: QmaticSystem, clock: MovableClock, reason: str) -> None:
    object.__setattr__(qmatic.rules, "fields", {"balie": (CustomerField("last_name", required=True),)})
    slot = await the_slot(backend, qmatic)
    customer = Customer("de Vries") if reason == "no email" else DE_VRIES
    qmatic.fake.shows_customers = reason != "not shown"
    qmatic.server.fail("drop", "/book", method="POST")
    for _ in range(2):
        with pytest.raises(OutcomeUnknown):
            await backend.book("key-1", hold(slot), customer)
        clock.pass_time(minutes=5)
    assert qmatic.agenda.taken == {}


async def test_what_surely_never_arrived_is_sent_again_by_one_process_only(
    backend: Backend, qmatic: QmaticSystem, database: Any, clock: MovableClock
) -> None:
    slot = await the_slot(backend, qmatic)
    qmatic.server.fail("drop", "/book", method="POST")
    with pytest.raises(OutcomeUnknown):
        await backend.book("key-1", hold(slot), DE_VRIES)
    clock.pass_time(minutes=2)
    processes = [qmatic.build(database, clock) for _ in range(4)]
    outcomes = await asyncio.gather(*(one.book("key-1", hold(slot), DE_VRIES) for one in processes), return_exceptions=True)
    assert len({outcome for outcome in outcomes if isinstance(outcome, str)}) == 1
    assert all(isinstance(outcome, str | OutcomeUnknown) for outcome in outcomes)
    assert len(qmatic.agenda.taken) == 1


async def test_the_booking_of_another_key_is_not_taken_for_ours(backend: Backend, qmatic: QmaticSystem) -> None:
    slot = await the_slot(backend, qmatic)
    await backend.book("key-1", hold(slot), DE_VRIES)
    qmatic.server.fail("drop", "/book", method="POST")
    with pytest.raises(OutcomeUnknown):
        await backend.book("key-2", hold(slot), DE_VRIES)
