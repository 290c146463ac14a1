"""What is particular to JCC-Afspraken: tokens, seconds and minutes, fifty days, clocks without an offset, customer fields."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from bot.appointments.errors import AppointmentRefused, BackendUnavailable, CustomerRefused, OutcomeUnknown
from bot.appointments.once import marker
from bot.appointments.protocol import Backend
from bot.model.appointment import Customer
from bot.settings import Secret
from tests.appointments.backends.conftest import MovableClock
from tests.appointments.backends.systems import JccSystem
from tests.appointments.builders import DE_VRIES, amsterdam, hold, wish, written
from tests.appointments.fakes.jcc import CASTRICUM, LICENCE, PASSPORT

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 31)


@pytest.fixture
def backend(jcc: JccSystem, database: Any, clock: MovableClock) -> Backend:
    return jcc.build(database, clock)


async def booked(backend: Backend, jcc: JccSystem, customer: Customer = DE_VRIES, **wanted: Any) -> dict[str, Any]:
    """What JCC received for a booking on 3 March."""
    of = wanted.get("of") or wish()
    jcc.open(written(3, 14, 30))
    (slot,) = await backend.slots(of, "castricum", FIRST, LAST)
    await backend.book("key-1", hold(slot, of), customer)
    body: dict[str, Any] = jcc.server.asked("/v1/appointment", "POST")[0].json()
    return body


async def test_a_booking_is_exactly_what_jcc_reads(backend: Backend, jcc: JccSystem) -> None:
    assert await booked(backend, jcc) == {
        "id": None,
        "activityList": [{"activityId": PASSPORT, "amount": 1}],
        "customerList": [
            {
                "gender": 0,
                "lastName": "de Vries",
                "firstName": "Anna Maria",
                "emailAddress": "anna@voorbeeld.example",
                "phoneNumber": "0612345678",
                "id": None,
                "isMainCustomer": True,
            }
        ],
        "fromDateTime": "2026-03-03T14:30:00+01:00",
        "toDateTime": "2026-03-03T14:45:00+01:00",
        "locationId": CASTRICUM,
        "message": marker("key-1"),
        "fieldList": None,
    }


async def test_the_counter_reads_the_option_and_the_note(backend: Backend, jcc: JccSystem) -> None:
    customer = replace(DE_VRIES, extra={"note": "rolstoel"})
    body = await booked(backend, jcc, customer, of=wish(option="bezorgen"))
    assert body["message"] == f"{marker('key-1')}; bezorgen; rolstoel"


async def test_several_activities_and_pieces_go_into_one_slot_of_their_length(backend: Backend, jcc: JccSystem) -> None:
    of = wish(("reisdocument", 3), ("rijbewijs", 1))
    assert [place.id for place in await backend.locations(of)] == ["castricum", "heiloo"]
    body = await booked(backend, jcc, of=of)
    assert body["activityList"] == [{"activityId": PASSPORT, "amount": 3}, {"activityId": LICENCE, "amount": 1}]
    assert body["toDateTime"] == "2026-03-03T15:25:00+01:00"
    asked = jcc.server.asked("availabletimelist")[0]
    assert (asked.all("activityId"), asked.all("amount")) == ([PASSPORT, LICENCE], ["3", "1"])


@pytest.mark.parametrize(
    "wanted",
    [(("reisdocument", 5),), (("trouwen", 2),), (("reisdocument", 1), ("trouwen", 1))],
    ids=["too many", "more than one", "not together"],
)
async def test_what_jcc_does_not_take_is_refused(backend: Backend, wanted: Any) -> None:
    with pytest.raises(AppointmentRefused):
        await backend.locations(wish(*wanted))


async def test_a_long_question_is_asked_in_windows_of_fifty_days(backend: Backend, jcc: JccSystem) -> None:
    jcc.open(*(datetime(2026, month, 10, 9) for month in (3, 4, 5, 6)))  # noqa: DTZ001 - as JCC writes it
    slots = await backend.slots(wish(), "castricum", date(2026, 3, 2), date(2026, 6, 30))
    windows = sorted(
        (date.fromisoformat(asked.one("fromDate") or ""), date.fromisoformat(asked.one("toDate") or ""))
        for asked in jcc.server.asked("availabletimelist")
    )
    assert len(slots) == 4
    assert all(1 <= (end - start).days <= 50 for start, end in windows)
    assert [end for _, end in windows[:-1]] == [start for start, _ in windows[1:]]


async def test_one_day_is_asked_up_to_the_next(backend: Backend, jcc: JccSystem) -> None:
    jcc.open(written(3, 9))
    assert len(await backend.slots(wish(), "castricum", date(2026, 3, 3), date(2026, 3, 3))) == 1
    asked = jcc.server.asked("availabletimelist")[0]
    assert (asked.one("fromDate"), asked.one("toDate")) == ("2026-03-03", "2026-03-04")


async def test_summer_time_is_in_the_offset_and_a_skipped_hour_is_no_time(backend: Backend, jcc: JccSystem) -> None:
    jcc.open(written(29, 2, 30), written(29, 9))
    (slot,) = await backend.slots(wish(), "castricum", FIRST, LAST)
    external_id = await backend.book("key-1", hold(slot), DE_VRIES)
    assert slot.starts == amsterdam(29, 9)
    assert jcc.server.asked("/v1/appointment", "POST")[0].json()["fromDateTime"] == "2026-03-29T09:00:00+02:00"
    assert await backend.find(external_id) == slot


async def test_one_token_serves_all_calls_until_just_before_its_end(backend: Backend, jcc: JccSystem, clock: MovableClock) -> None:
    await asyncio.gather(*(backend.slots(wish(), "castricum", FIRST, LAST) for _ in range(10)))
    assert len(jcc.server.asked("connect/token")) == 1
    clock.pass_time(seconds=3600 - 20)
    await backend.slots(wish(), "castricum", FIRST, LAST)
    assert len(jcc.server.asked("connect/token")) == 2


async def test_a_token_that_ended_early_is_renewed_once_also_for_a_booking(backend: Backend, jcc: JccSystem) -> None:
    jcc.open(written(3, 14, 30))
    (slot,) = await backend.slots(wish(), "castricum", FIRST, LAST)
    await backend.customer_fields(wish())
    jcc.fake.tokens.clear()
    assert await backend.book("key-1", hold(slot), DE_VRIES)
    assert len(jcc.agenda.taken) == 1
    assert len(jcc.server.asked("connect/token")) == 2


async def test_wrong_credentials_are_unavailable_and_not_tried_for_ever(jcc: JccSystem, database: Any, clock: MovableClock) -> None:
    backend = type(jcc)()
    backend.server.port = jcc.server.port
    backend.settings = lambda: replace(jcc.settings(), jcc_client_secret=Secret("fout"))  # type: ignore[method-assign]
    with pytest.raises(BackendUnavailable):
        await backend.build(database, clock).slots(wish(), "castricum", FIRST, LAST)
    assert len(jcc.server.asked("connect/token")) == 1


FIELDS = [
    ({}, {"last_name": True, "first_name": False, "email": False, "phone": False}),
    ({"emailAddress": 1, "mainPhoneNumber": 1, "firstName": 1}, {"last_name": True}),
    ({"emailAddress": 2, "birthDate": 2}, {"last_name": True, "first_name": False, "email": True, "phone": False, "birth_date": True}),
    ({"isAnyPhoneNumberRequired": True}, {"last_name": True, "first_name": False, "email": False, "phone": True}),
    ({"isAnyPhoneNumberRequired": True, "mainPhoneNumber": 1}, {"last_name": True, "first_name": False, "email": False, "phone": True}),
    ({"areFirstNameOrInitialsRequired": True}, {"last_name": True, "first_name": True, "email": False, "phone": False}),
    ({"postalCode": 2, "houseNumber": 2}, {"last_name": True, "first_name": False, "email": False, "phone": False, "address": True}),
    ({"socialSecurityNumber": 0, "gender": 2}, {"last_name": True, "first_name": False, "email": False, "phone": False}),
]


@pytest.mark.parametrize(("states", "asked"), FIELDS)
async def test_only_what_jcc_requires_is_asked(backend: Backend, jcc: JccSystem, states: Any, asked: dict[str, bool]) -> None:
    jcc.fake.fields = states
    found = {field.name: field.required for field in await backend.customer_fields(wish())}
    assert found == {**asked, "note": False}


@pytest.mark.parametrize("name", ["socialSecurityNumber", "nationality"])
async def test_an_activity_that_insists_on_the_bsn_is_refused(backend: Backend, jcc: JccSystem, name: str) -> None:
    jcc.fake.fields = {name: 2}
    with pytest.raises(AppointmentRefused):
        await backend.customer_fields(wish())


async def test_an_address_is_sent_in_its_parts_and_a_hidden_field_not_at_all(backend: Backend, jcc: JccSystem) -> None:
    jcc.fake.fields = {
        "streetName": 2,
        "houseNumber": 2,
        "houseNumberSuffix": 2,
        "postalCode": 2,
        "city": 2,
        "emailAddress": 1,
        "initials": 2,
    }
    customer = replace(DE_VRIES, extra={"address": "Oude Dorpsstraat 12a, 1901 AB Castricum", "birth_date": "1990-01-01"})
    sent = (await booked(backend, jcc, customer))["customerList"][0]
    parts = {name: sent[name] for name in ("streetName", "houseNumber", "houseNumberSuffix", "postalCode", "city", "initials")}
    assert list(parts.values()) == ["Oude Dorpsstraat", 12, "a", "1901 AB", "Castricum", "A.M."]
    assert "emailAddress" not in sent
    assert "birthDate" not in sent


async def test_an_address_that_cannot_be_read_is_asked_again(backend: Backend, jcc: JccSystem) -> None:
    jcc.fake.fields = {"postalCode": 2}
    with pytest.raises(CustomerRefused, match="address"):
        await booked(backend, jcc, replace(DE_VRIES, extra={"address": "om de hoek"}))


async def test_a_free_slot_that_jcc_refuses_is_no_taken_slot(backend: Backend, jcc: JccSystem) -> None:
    jcc.fake.fields = {}
    jcc.open(written(3, 14, 30))
    (slot,) = await backend.slots(wish(), "castricum", FIRST, LAST)
    await backend.customer_fields(wish())
    jcc.fake.fields = {"emailAddress": 2}
    with pytest.raises(BackendUnavailable) as error:
        await backend.book("key-1", hold(slot), Customer("de Vries"))
    assert not isinstance(error.value, OutcomeUnknown)


async def test_an_error_of_jcc_itself_on_a_booking_leaves_the_outcome_open(backend: Backend, jcc: JccSystem) -> None:
    jcc.open(written(3, 14, 30))
    (slot,) = await backend.slots(wish(), "castricum", FIRST, LAST)
    jcc.fake.minutes[PASSPORT] = 0
    with pytest.raises(Exception, match="no time"):
        await backend.book("key-1", hold(slot), DE_VRIES)
    jcc.fake.minutes[PASSPORT] = 15
    jcc.server.fail("status", "/v1/appointment", method="POST", status=500)
    with pytest.raises(OutcomeUnknown):
        await backend.book("key-2", hold(slot), DE_VRIES)


async def test_a_cancellation_that_does_nothing_is_no_cancellation(backend: Backend, jcc: JccSystem) -> None:
    await booked(backend, jcc)
    (external_id,) = jcc.agenda.taken
    jcc.server.fail("status", "/v1/appointment", method="DELETE", status=500, times=3)
    with pytest.raises(BackendUnavailable):
        await backend.cancel(external_id)
    await backend.cancel(external_id)
    assert jcc.agenda.taken == {}


async def test_a_cancellation_whose_answer_is_lost_is_one(backend: Backend, jcc: JccSystem) -> None:
    await booked(backend, jcc)
    (external_id,) = jcc.agenda.taken
    jcc.server.fail("lost", "/v1/appointment", method="DELETE")
    await backend.cancel(external_id)
    assert jcc.agenda.taken == {}
