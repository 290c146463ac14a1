"""A database without a free connection, or away, is a calendar that does not answer: never an error nobody expects."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.appointments.books import books, books_after
from bot.appointments.errors import BackendUnavailable, OutcomeUnknown
from bot.store.database import Database, sqlalchemy_url
from tests.appointments.town import DE_VRIES, Town, rules, wish


def full(database_url: str) -> Database:
    """A database of which somebody has the only connection, and the next waits a moment."""
    database = Database(database_url)
    database.engine = create_async_engine(sqlalchemy_url(database_url), pool_size=1, max_overflow=0, pool_timeout=0.05)
    return database


async def test_nothing_of_the_service_lets_a_full_pool_out(database_url: str) -> None:
    town = Town(Database(database_url), planning=rules())
    slot = (await town.slots())[0]
    hold = await town.service.hold(None, wish(), slot)
    booking = await town.service.book("key-1", hold.id, DE_VRIES)
    await town.database.close()
    busy = Town(full(database_url), planning=rules())
    async with busy.database.transaction():
        for call in (
            busy.service.offers(wish(), None, busy.now.date(), busy.now.date()),
            busy.service.hold(None, wish(), slot),
            busy.service.held(uuid4()),
            busy.service.release(uuid4()),
            busy.service.book("key-2", hold.id, DE_VRIES),
            busy.service.move("key-3", booking, hold.id),
            busy.service.cancel(booking),
            busy.service.find(booking.reference, "de Vries", uuid4()),
            busy.service.of_conversation(uuid4()),
            busy.service.by_reference(booking.reference),
            busy.service.on_day("castricum", busy.now.date()),
            busy.service.search(None, "de Vries"),
        ):
            with pytest.raises(BackendUnavailable):
                await call
        assert await busy.service.current(booking) == replace(booking)
    await busy.database.close()


async def test_what_the_calendar_did_and_we_could_not_write_down_is_not_called_undone(database_url: str) -> None:
    database = full(database_url)
    async with database.transaction():
        with pytest.raises(OutcomeUnknown):
            async with books_after(database):
                pass
    await database.close()


async def test_an_error_of_our_own_is_not_taken_for_a_database_that_is_away(database: Database) -> None:
    with pytest.raises(IntegrityError):
        await _twice(database)


async def _twice(database: Database) -> None:
    async with books(database) as connection:
        for _ in range(2):
            await connection.execute(text("insert into appointment_attempt (key, backend, started_at) values ('key', 'jcc', now())"))
