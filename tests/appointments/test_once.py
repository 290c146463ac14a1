"""Attempts are written down before they are sent, and a database that goes away in between takes no booking with it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import TimeoutError as NoConnection

from bot.appointments.errors import BackendUnavailable, OutcomeUnknown, SlotTaken
from bot.appointments.once import Once, Remember, cannot_tell, marker
from bot.store import appointment_attempts
from tests.appointments.builders import NOW


class Fading:
    """A database that answers so many times, and then not."""

    def __init__(self, database: Any, times: int) -> None:
        self._database = database
        self._times = times

    @asynccontextmanager
    async def transaction(self) -> Any:
        self._times -= 1
        if self._times < 0:
            raise NoConnection("gone")
        async with self._database.transaction() as connection:
            yield connection


async def send(_remember: Remember) -> str:
    return "theirs-1"


async def too_late(_remember: Remember) -> str:
    raise SlotTaken


def once(database: Any, later: timedelta = timedelta()) -> Once:
    return Once("jcc", database, lambda: NOW + later)


async def test_without_a_database_nothing_is_sent(database: Any) -> None:
    async def never(_remember: Remember) -> str:
        raise AssertionError("it was sent")

    with pytest.raises(BackendUnavailable):
        await once(Fading(database, 0)).book("key-1", never, cannot_tell)


async def test_a_booking_stays_one_when_it_cannot_be_written_down(database: Any) -> None:
    assert await once(Fading(database, 1)).book("key-1", send, cannot_tell) == "theirs-1"
    with pytest.raises(OutcomeUnknown):
        await once(database, later=timedelta(seconds=5)).book("key-1", send, cannot_tell)


async def test_a_refusal_is_told_also_when_it_cannot_be_written_down(database: Any) -> None:
    with pytest.raises(SlotTaken):
        await once(Fading(database, 1)).book("key-1", too_late, cannot_tell)


async def test_a_refused_key_may_be_used_again(database: Any) -> None:
    with pytest.raises(SlotTaken):
        await once(database).book("key-1", too_late, cannot_tell)
    assert await once(database).book("key-1", send, cannot_tell) == "theirs-1"


async def test_an_old_attempt_is_forgotten(database: Any) -> None:
    await once(database).book("key-1", send, cannot_tell)
    async with database.transaction() as connection:
        assert await appointment_attempts.forget(connection, NOW) == 0
        assert await appointment_attempts.forget(connection, NOW.replace(year=2027)) == 1


def test_a_marker_tells_nothing_and_is_the_same_every_time() -> None:
    assert marker("key-1") == "ww-be29745469"
