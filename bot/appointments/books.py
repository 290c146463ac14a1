"""Our own books: transactions whose failure means to a caller what a calendar's means."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.appointments.errors import BackendUnavailable, OutcomeUnknown
from bot.store.database import Database


@asynccontextmanager
async def books(database: Database) -> AsyncIterator[AsyncConnection]:
    """One transaction. Raises BackendUnavailable when the database is away, or when a crowd has all its connections too long."""
    try:
        async with database.transaction() as connection:
            yield connection
    except (OperationalError, InterfaceError, NoConnection) as error:
        raise BackendUnavailable("the database does not answer") from error


@asynccontextmanager
async def books_after(database: Database) -> AsyncIterator[AsyncConnection]:
    """One transaction that writes down what the calendar has done. Raises OutcomeUnknown: the same key finishes it later."""
    try:
        async with books(database) as connection:
            yield connection
    except OutcomeUnknown:
        raise
    except BackendUnavailable as error:
        raise OutcomeUnknown("done in the calendar and not in our books") from error
