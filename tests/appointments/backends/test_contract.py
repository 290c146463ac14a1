"""What every appointment system that is not ours must do for a citizen, with all that can go wrong on the way."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import time
from datetime import date, timezone
from typing import Any
from uuid import uuid4

import pytest

from bot.appointments.errors import (
    AppointmentRefused,
    BackendUnavailable,
    CancelElsewhere,
    CustomerRefused,
    OutcomeUnknown,
    SlotTaken,
)
from bot.appointments.protocol import Backend
from bot.appointments.registry import BACKENDS, Needs
from bot.errors import ConfigurationError
from bot.model.appointment import Customer, Slot
from bot.model.appointment_rules import SYSTEMS as NAMES
from bot.settings import Settings
from tests.appointments.backends.conftest import MovableClock
from tests.appointments.backends.systems import SYSTEMS, System
from tests.appointments.builders import DE_VRIES, amsterdam, hold, wish, written

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 31)


@pytest.fixture
def backend(system: System, database: Any, clock: MovableClock) -> Backend:
    return system.build(database, clock)


async def the_slot(backend: Backend, system: System, room: int = 1) -> Slot:
    """The only free slot: Tuesday 3 March at half past two."""
    system.open(written(3, 14, 30), room=room)
    (slot,) = await backend.slots(wish(), "castricum", FIRST, LAST)
    return slot


def test_every_system_that_is_not_ours_runs_this_contract() -> None:
    assert set(SYSTEMS) == set(NAMES) - {"own"}
    assert set(SYSTEMS) <= set(BACKENDS)


@pytest.mark.parametrize("name", sorted(SYSTEMS))
def test_a_system_without_its_settings_is_not_built(name: Any, clock: MovableClock) -> None:
    system = SYSTEMS[name]()
    with pytest.raises(ConfigurationError, match="must be set"):
        BACKENDS[name](Needs("castricum", lambda: system.rules, Settings(), clock, None))  # type: ignore[arg-type]


async def test_it_is_called_what_is_stored(backend: Backend, system: System) -> None:
    assert backend.name == system.name


async def test_places_are_ours_and_only_those_it_offers(backend: Backend) -> None:
    found = await backend.locations(wish())
    assert [(item.id, item.name) for item in found] == [("castricum", "Gemeentehuis castricum"), ("heiloo", "Gemeentehuis heiloo")]


@pytest.mark.parametrize("activity", ["onbekend", "zonder", "nergens"])
async def test_an_activity_that_it_does_not_have_is_refused(backend: Backend, activity: str) -> None:
    with pytest.raises(AppointmentRefused):
        await backend.locations(wish((activity, 1)))


async def test_slots_are_in_utc_ascending_and_as_long_as_it_takes(backend: Backend, system: System) -> None:
    system.open(written(31, 9), written(3, 14, 30))
    slots = await backend.slots(wish(), "castricum", FIRST, LAST)
    # The clocks go forward on 29 March: nine o'clock is then at seven.
    assert [slot.starts.isoformat() for slot in slots] == ["2026-03-03T13:30:00+00:00", "2026-03-31T07:00:00+00:00"]
    assert all(slot.starts.tzinfo is timezone.utc and (slot.ends - slot.starts).seconds == 15 * 60 for slot in slots)


async def test_days_outside_the_question_are_not_offered(backend: Backend, system: System) -> None:
    system.open(written(3, 9), written(4, 9), written(5, 9))
    slots = await backend.slots(wish(), "castricum", date(2026, 3, 4), date(2026, 3, 4))
    assert [slot.starts for slot in slots] == [amsterdam(4, 9)]


async def test_what_has_begun_is_not_offered(backend: Backend, system: System, clock: MovableClock) -> None:
    system.open(written(3, 9), written(3, 10))
    clock.now = amsterdam(3, 9)
    assert [slot.starts for slot in await backend.slots(wish(), "castricum", FIRST, LAST)] == [amsterdam(3, 10)]


async def test_a_place_that_it_does_not_know_is_refused(backend: Backend) -> None:
    with pytest.raises(AppointmentRefused):
        await backend.slots(wish(), "elders", FIRST, LAST)


async def test_a_free_slot_needs_no_hold_and_a_taken_one_is_refused(backend: Backend, system: System) -> None:
    slot = await the_slot(backend, system)
    assert await backend.hold(hold(slot)) is None
    system.agenda.take(system.castricum, written(3, 14, 30), 15)
    with pytest.raises(SlotTaken):
        await backend.hold(hold(slot))
    await backend.release(hold(slot))


async def test_a_booking_is_there(backend: Backend, system: System) -> None:
    slot = await the_slot(backend, system)
    external_id = await backend.book("key-1", hold(slot), DE_VRIES)
    (taken,) = system.agenda.taken.values()
    assert external_id
    assert taken.start == written(3, 14, 30)
    assert "bsn" not in str(taken.details).lower()


async def test_a_booking_can_be_found_and_cancelled(backend: Backend, system: System) -> None:
    slot = await the_slot(backend, system)
    external_id = await backend.book("key-1", hold(slot), DE_VRIES)
    if not system.shows:
        assert not backend.can_cancel
        with pytest.raises(CancelElsewhere):
            await backend.cancel(external_id)
        return
    assert await backend.find(external_id) == slot
    await backend.cancel(external_id)
    assert system.agenda.taken == {}
    assert await backend.find(external_id) is None
    await backend.cancel(external_id)
    assert backend.can_cancel


async def test_the_same_key_gives_the_same_booking(backend: Backend, system: System, database: Any, clock: MovableClock) -> None:
    slot = await the_slot(backend, system, room=5)
    first = await backend.book("key-1", hold(slot), DE_VRIES)
    again = await system.build(database, clock).book("key-1", hold(slot), DE_VRIES)
    assert (again, len(system.agenda.taken)) == (first, 1)


async def test_the_same_key_at_the_same_time_books_once(backend: Backend, system: System, database: Any, clock: MovableClock) -> None:
    slot = await the_slot(backend, system, room=5)
    other = system.build(database, clock)
    ids = await asyncio.gather(*(one.book("key-1", hold(slot), DE_VRIES) for one in (backend, other, backend, other)))
    assert (len(set(ids)), len(system.agenda.taken)) == (1, 1)


async def test_a_hundred_at_once_for_the_last_slot_give_one_booking(system: System, database: Any, clock: MovableClock) -> None:
    backend = system.build(database, clock, timeout=30.0)  # the crowd and the fake share one process
    slot = await the_slot(backend, system)
    tries = [backend.book(f"key-{number}", hold(slot), DE_VRIES) for number in range(100)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted({type(outcome).__name__ for outcome in outcomes}) == ["SlotTaken", "str"]
    assert sum(isinstance(outcome, SlotTaken) for outcome in outcomes) == 99
    assert len(system.agenda.taken) == 1


async def test_a_slot_that_went_between_offer_and_booking_is_taken(backend: Backend, system: System) -> None:
    slot = await the_slot(backend, system)
    system.agenda.take(system.castricum, written(3, 14, 30), 15)
    with pytest.raises(SlotTaken):
        await backend.book("key-1", hold(slot), DE_VRIES)


async def test_a_key_whose_slot_was_taken_books_another_slot(backend: Backend, system: System) -> None:
    slot = await the_slot(backend, system)
    system.agenda.take(system.castricum, written(3, 14, 30), 15)
    with pytest.raises(SlotTaken):
        await backend.book("key-1", hold(slot), DE_VRIES)
    system.open(written(4, 9))
    (other,) = await backend.slots(wish(), "castricum", FIRST, LAST)
    assert await backend.book("key-1", hold(other), DE_VRIES)


async def test_what_is_required_is_asked_before_anything_is_sent(backend: Backend, system: System) -> None:
    slot = await the_slot(backend, system)
    fields = {item.name: item.required for item in await backend.customer_fields(wish())}
    assert (fields["last_name"], fields["email"]) == (True, True)
    with pytest.raises(CustomerRefused) as refused:
        await backend.book("key-1", hold(slot), Customer("de Vries"))
    assert refused.value.field == "email"
    assert system.server.asked(system.booking, "POST") == []


# What goes wrong with reading: the right error, in time.


@pytest.mark.parametrize("kind", ["status", "drop", "nonsense", "drip"])
async def test_a_system_that_stays_broken_is_unavailable_in_time(backend: Backend, system: System, kind: Any) -> None:
    system.server.fail(kind, times=1000, status=500)
    began = time.monotonic()
    with pytest.raises(BackendUnavailable) as error:
        await backend.slots(wish(), "castricum", FIRST, LAST)
    assert not isinstance(error.value, OutcomeUnknown)
    assert time.monotonic() - began < 4


async def test_a_slow_system_is_unavailable_in_time(backend: Backend, system: System) -> None:
    system.server.fail("slow", times=1000, seconds=5)
    began = time.monotonic()
    with pytest.raises(BackendUnavailable):
        await backend.slots(wish(), "castricum", FIRST, LAST)
    assert time.monotonic() - began < 4


async def test_a_crowd_before_a_slow_system_hears_so_as_soon_as_one_citizen(backend: Backend, system: System) -> None:
    system.server.fail("slow", times=10_000, seconds=20)
    began = time.monotonic()
    asking = [backend.slots(wish(), "castricum", FIRST, LAST) for _ in range(30)] + [backend.customer_fields(wish()) for _ in range(30)]
    outcomes = await asyncio.gather(*asking, return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} <= {BackendUnavailable, tuple}
    assert sum(isinstance(outcome, BackendUnavailable) for outcome in outcomes) >= 30
    assert time.monotonic() - began < 5


async def test_a_system_that_is_off_is_unavailable(backend: Backend, system: System) -> None:
    slot = await the_slot(backend, system)
    await system.server.stop()
    with pytest.raises(BackendUnavailable):
        await backend.slots(wish(), "castricum", FIRST, LAST)
    with pytest.raises(BackendUnavailable) as error:
        await backend.book("key-1", hold(slot), DE_VRIES)
    assert not isinstance(error.value, OutcomeUnknown)
    await system.server.start()
    assert await backend.book("key-1", hold(slot), DE_VRIES)


@pytest.mark.parametrize(("kind", "status"), [("status", 500), ("status", 429), ("status", 503), ("drop", 0), ("lost", 0)])
async def test_reading_is_tried_again(backend: Backend, system: System, kind: Any, status: int) -> None:
    await the_slot(backend, system)
    system.server.fail(kind, method="GET", status=status)
    assert len(await backend.slots(wish(), "castricum", FIRST, LAST)) == 1


# What goes wrong with booking: never two, and never a promise that is not sure.


async def test_a_booking_whose_answer_is_lost_is_there_once(backend: Backend, system: System, database: Any, clock: MovableClock) -> None:
    slot = await the_slot(backend, system, room=5)
    system.server.fail("lost", system.booking, method="POST")
    if system.finds:
        external_id = await backend.book("key-1", hold(slot), DE_VRIES)
        assert await backend.find(external_id) == slot
    else:
        with pytest.raises(OutcomeUnknown):
            await backend.book("key-1", hold(slot), DE_VRIES)
        clock.pass_time(minutes=5)
        with pytest.raises(OutcomeUnknown):
            await system.build(database, clock).book("key-1", hold(slot), DE_VRIES)
    assert len(system.agenda.taken) == 1


@pytest.mark.parametrize("kind", ["drop", "slow", "late", "drip", "nonsense"])
async def test_a_booking_without_an_answer_is_never_sent_again_at_once(
    backend: Backend, system: System, clock: MovableClock, kind: Any
) -> None:
    slot = await the_slot(backend, system, room=5)
    system.server.fail(kind, system.booking, method="POST", seconds=10)
    with pytest.raises(OutcomeUnknown):
        await backend.book("key-1", hold(slot), DE_VRIES)
    clock.pass_time(seconds=5)
    with pytest.raises(OutcomeUnknown):
        await backend.book("key-1", hold(slot), DE_VRIES)
    assert len(system.server.asked(system.booking, "POST")) == 1


async def test_a_booking_that_arrived_late_is_found_with_the_same_key(backend: Backend, system: System, clock: MovableClock) -> None:
    slot = await the_slot(backend, system, room=5)
    system.server.fail("late", system.booking, method="POST", seconds=0.2)
    with pytest.raises(OutcomeUnknown):
        await backend.book("key-1", hold(slot), DE_VRIES)
    clock.pass_time(seconds=30)
    await asyncio.sleep(0.3)
    if system.finds:
        assert await backend.find(await backend.book("key-1", hold(slot), DE_VRIES)) == slot
    else:
        with pytest.raises(OutcomeUnknown):
            await backend.book("key-1", hold(slot), DE_VRIES)
    assert len(system.agenda.taken) == 1


async def test_an_error_of_something_in_between_leaves_the_outcome_open(backend: Backend, system: System) -> None:
    slot = await the_slot(backend, system)
    system.server.fail("status", system.booking, method="POST", status=504)
    with pytest.raises(OutcomeUnknown):
        await backend.book("key-1", hold(slot), DE_VRIES)


async def test_too_many_requests_books_nothing_and_may_be_tried_again(backend: Backend, system: System) -> None:
    slot = await the_slot(backend, system)
    system.server.fail("status", system.booking, method="POST", status=429)
    with pytest.raises(BackendUnavailable) as error:
        await backend.book("key-1", hold(slot), DE_VRIES)
    assert not isinstance(error.value, OutcomeUnknown)
    assert await backend.book("key-1", hold(slot), DE_VRIES)


async def test_a_process_killed_between_sending_and_storing_leaves_one_booking(
    backend: Backend, system: System, database: Any, database_url: str, clock: MovableClock
) -> None:
    slot = await the_slot(backend, system, room=5)
    system.server.fail("slow", system.booking, method="POST", seconds=30)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.appointments.backends.booking_process", system.name, str(system.server.port), database_url
    )
    request = await system.server.received(system.booking, "POST")
    # The system books what it was sent; the process does not live to hear of it.
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()
    system.server.answer(request)
    clock.pass_time(seconds=30)
    if system.finds:
        assert await backend.find(await backend.book("key-1", hold(slot), DE_VRIES)) == slot
    else:
        with pytest.raises(OutcomeUnknown):
            await backend.book("key-1", hold(slot), DE_VRIES)
    assert len(system.agenda.taken) == 1


async def test_nothing_personal_is_logged_or_told(
    backend: Backend, system: System, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.WARNING)
    slot = await the_slot(backend, system, room=5)
    secret = Customer("Geheimans", "Geertruida", "geheim@voorbeeld.example", "0687654321", {"note": "over mijn schulden"})
    told: list[str] = []
    for kind in ("lost", "drop", "status", "nonsense"):
        system.server.fail(kind, system.booking, method="POST", status=500)  # type: ignore[arg-type]
        try:
            await backend.book(str(uuid4()), hold(slot), secret)
        except BackendUnavailable as error:
            told.append(f"{error!r} {error.__cause__!r} {error.__context__!r}")
    seen = " ".join([*told, caplog.text, *capsys.readouterr()])
    assert "appointment_answer_lost" in seen
    assert not any(word in seen for word in ("Geheimans", "Geertruida", "geheim@", "87654321", "schulden"))
