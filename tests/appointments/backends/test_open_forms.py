"""What is particular to Open Forms: a session, a submission, a form that is worked on later, and cancelling that only the citizen can."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.appointments.errors import AppointmentRefused, BackendUnavailable, CustomerRefused, OutcomeUnknown, SlotTaken
from bot.appointments.protocol import Backend
from bot.model.appointment import CustomerField, Slot
from tests.appointments.backends.conftest import MovableClock
from tests.appointments.backends.systems import OpenFormsSystem
from tests.appointments.builders import DE_VRIES, hold, wish, written
from tests.appointments.fakes.open_forms import CASTRICUM, LICENCE, PASSPORT

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 31)


@pytest.fixture
def backend(open_forms: OpenFormsSystem, database: Any, clock: MovableClock) -> Backend:
    return open_forms.build(database, clock)


async def the_slot(backend: Backend, open_forms: OpenFormsSystem, room: int = 5) -> Slot:
    open_forms.open(written(3, 14, 30), room=room)
    (slot,) = await backend.slots(wish(), "castricum", FIRST, LAST)
    return slot


async def test_a_booking_is_exactly_what_open_forms_reads(backend: Backend, open_forms: OpenFormsSystem) -> None:
    of = wish(("reisdocument", 2), ("rijbewijs", 1))
    slot = await the_slot(backend, open_forms)
    number = await backend.book("key-1", hold(slot, of), DE_VRIES)
    (asked,) = open_forms.server.asked("/appointments/appointments", "POST")
    assert asked.json() == {
        "submission": f"{open_forms.fake.url}/api/v2/submissions/{number}",
        "products": [{"productId": PASSPORT, "amount": 2}, {"productId": LICENCE, "amount": 1}],
        "location": CASTRICUM,
        "date": "2026-03-03",
        "datetime": "2026-03-03T14:30:00+01:00",
        "contactDetails": {"lastName": "de Vries", "email": "anna@voorbeeld.example"},
        "privacyPolicyAccepted": True,
        "statementOfTruthAccepted": True,
    }
    assert asked.headers["referer"].startswith(open_forms.fake.url)


async def test_products_are_asked_one_by_one_in_one_question(backend: Backend, open_forms: OpenFormsSystem) -> None:
    await backend.slots(wish(("reisdocument", 1), ("rijbewijs", 1)), "castricum", FIRST, LAST)
    assert open_forms.server.asked("/dates")[0].all("product_id") == [PASSPORT, LICENCE]


async def test_too_many_of_a_product_are_refused(backend: Backend) -> None:
    with pytest.raises(AppointmentRefused):
        await backend.locations(wish(("trouwen", 2)))


async def test_each_booking_is_a_visit_of_its_own(backend: Backend, open_forms: OpenFormsSystem) -> None:
    slot = await the_slot(backend, open_forms)
    for number in range(2):
        await backend.book(f"key-{number}", hold(slot), DE_VRIES)
    cookies = {asked.headers["cookie"] for asked in open_forms.server.asked("/appointments/appointments", "POST")}
    assert len(cookies) == 2


async def test_a_page_that_is_not_allowed_is_unavailable_and_told_to_the_operator(
    backend: Backend, open_forms: OpenFormsSystem, capsys: pytest.CaptureFixture[str]
) -> None:
    open_forms.fake.allowed = {"elders.example"}
    with pytest.raises(BackendUnavailable):
        await backend.slots(wish(), "castricum", FIRST, LAST)
    assert "appointment_system_refuses_us" in capsys.readouterr().out


async def test_a_session_that_ended_is_opened_again(backend: Backend, open_forms: OpenFormsSystem) -> None:
    slot = await the_slot(backend, open_forms)
    open_forms.fake.end_sessions()
    assert await backend.slots(wish(), "castricum", FIRST, LAST) == (slot,)


async def test_a_failed_pdf_is_no_failed_booking_and_no_sure_one(
    backend: Backend, open_forms: OpenFormsSystem, clock: MovableClock
) -> None:
    slot = await the_slot(backend, open_forms)
    open_forms.fake.pdf_fails = True
    for _ in range(2):
        with pytest.raises(OutcomeUnknown):
            await backend.book("key-1", hold(slot), DE_VRIES)
        clock.pass_time(minutes=5)
    assert len(open_forms.agenda.taken) == 1


async def test_a_form_that_is_not_ready_yet_is_followed_by_a_later_call(
    backend: Backend, open_forms: OpenFormsSystem, database: Any, clock: MovableClock
) -> None:
    slot = await the_slot(backend, open_forms)
    open_forms.fake.looks = 8
    with pytest.raises(OutcomeUnknown):
        await backend.book("key-1", hold(slot), DE_VRIES)
    clock.pass_time(seconds=10)
    number = await open_forms.build(database, clock).book("key-1", hold(slot), DE_VRIES)
    assert number in open_forms.fake.work
    assert len(open_forms.server.asked("/appointments/appointments", "POST")) == 1


@pytest.mark.parametrize(("room", "means"), [(5, BackendUnavailable), (0, SlotTaken)], ids=["still free", "gone"])
async def test_a_calendar_behind_that_refuses_has_not_booked(
    backend: Backend, open_forms: OpenFormsSystem, room: int, means: type[Exception]
) -> None:
    slot = await the_slot(backend, open_forms)
    open_forms.fake.refuses = True
    open_forms.fake.looks = 2
    real = open_forms.fake._register

    def register(work: Any) -> None:
        real(work)
        open_forms.open(written(3, 14, 30), room=room)

    open_forms.fake._register = register  # type: ignore[method-assign]
    with pytest.raises(means) as error:
        await backend.book("key-1", hold(slot), DE_VRIES)
    assert not isinstance(error.value, OutcomeUnknown)


async def test_a_name_that_is_too_long_is_asked_again(backend: Backend, open_forms: OpenFormsSystem) -> None:
    slot = await the_slot(backend, open_forms)
    with pytest.raises(CustomerRefused, match="last_name"):
        await backend.book("key-1", hold(slot), replace(DE_VRIES, last_name="van Oldenbarneveldt-Wassenaar"))
    assert await backend.book("key-1", hold(slot), DE_VRIES)


@pytest.mark.parametrize(("key", "kind"), [("socialSecurityNumber", "textfield"), ("nummer", "bsn"), ("nationality", "textfield")])
async def test_a_form_that_insists_on_the_bsn_is_refused(backend: Backend, open_forms: OpenFormsSystem, key: str, kind: str) -> None:
    open_forms.fake.components.append({"key": key, "type": kind, "label": "x", "validate": {"required": True}})
    with pytest.raises(AppointmentRefused):
        await backend.customer_fields(wish())


async def test_what_may_stay_empty_is_only_asked_to_reach_somebody(backend: Backend, open_forms: OpenFormsSystem) -> None:
    optional = [{"key": key, "type": "textfield", "label": "x"} for key in ("phoneNumber", "birthDate", "streetName", "bsn")]
    open_forms.fake.components += optional
    fields = await backend.customer_fields(wish())
    assert fields == (CustomerField("last_name", True), CustomerField("email", True), CustomerField("phone", False))


async def test_only_addresses_of_open_forms_itself_are_followed(
    backend: Backend, open_forms: OpenFormsSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot = await the_slot(backend, open_forms)
    real = open_forms.fake._book

    def elsewhere(body: Any, visit: Any) -> Any:
        answer = real(body, visit)
        return replace(answer, body={**answer.body, "statusUrl": "http://127.0.0.1:9/status"})

    monkeypatch.setattr(open_forms.fake, "_book", elsewhere)
    with pytest.raises(OutcomeUnknown):
        await backend.book("key-1", hold(slot), DE_VRIES)
