"""The connection to PostgreSQL: one pool a process, and transactions that the job queue can join."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection as PsycopgConnection
from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.connections import is_cut

CHANNEL = "wegwijs_messages"
"""NOTIFY channel on which the id of a conversation with news is told."""

DESK_CHANNEL = "wegwijs_desk"
"""NOTIFY channel for the desk: `queue`, `agents`, `callbacks`, `reports`, or the id of a conversation that a person has or waits for."""

TYPING = "typing:"
"""Before the id of a conversation: on the desk's channel that its citizen types (kept nowhere), on the citizens' that its agent does."""


_NOTIFY = text("select pg_notify(:channel, :news)")


def sqlalchemy_url(address: str) -> str:
    """`address` (postgresql://…) with the psycopg driver named, as SQLAlchemy wants it."""
    return make_url(address).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


class Database:
    """The pool of one process; open for its lifetime, closed by `close`."""

    def __init__(self, address: str, pool_size: int = 10, patience: int = 5) -> None:
        """Prepare a pool for the PostgreSQL at `address`; nothing connects yet.

        `patience` is for how many seconds one waits for a connection of the pool, and the pool for the server.
        """
        self.address = address
        self.engine: AsyncEngine = create_async_engine(
            sqlalchemy_url(address),
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_timeout=patience,
            hide_parameters=True,  # an error of the database must not carry what a citizen wrote into the logs
            connect_args={"connect_timeout": patience},
        )
        event.listen(self.engine.sync_engine, "checkout", _refuse_cut)
        # Of the engine, not set on a connection that was given out: one whose reader is cancelled meanwhile would stay so in the pool.
        self._alone = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._frozen = self.engine.execution_options(isolation_level="REPEATABLE READ")

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """One transaction: committed at the end, rolled back on any error."""
        async with self.engine.begin() as connection:
            yield connection

    @asynccontextmanager
    async def statement(self) -> AsyncIterator[AsyncConnection]:
        """For one statement, which is a transaction by itself: without the BEGIN and COMMIT that would cost two more round trips."""
        async with self._alone.connect() as connection:
            yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that reads everything as it was at one moment."""
        async with self._frozen.begin() as connection:
            yield connection

    async def ping(self) -> None:
        """Raise when the database does not answer."""
        async with self.engine.connect() as connection:
            await connection.execute(text("select 1"))

    async def close(self) -> None:
        """Close every connection of the pool."""
        await self.engine.dispose()


def _refuse_cut(_connection: object, entry: ConnectionPoolEntry, _proxy: object) -> None:
    """Have the pool connect again when the database was away: then none of its connections stands."""
    driver = entry.driver_connection
    if isinstance(driver, PsycopgConnection) and is_cut(driver):
        raise InvalidatePoolError("the connection was cut")


async def driver_connection(connection: AsyncConnection) -> PsycopgConnection[Any]:
    """The psycopg connection under `connection`, so that a job can be deferred in the same transaction."""
    raw = await connection.get_raw_connection()
    driver = raw.driver_connection
    assert isinstance(driver, PsycopgConnection)  # noqa: S101 - the URL above names the driver
    return driver


async def announce(connection: AsyncConnection, conversation_id: UUID) -> None:
    """Tell every gateway, when this transaction commits, that the conversation has news."""
    await connection.execute(_NOTIFY, {"channel": CHANNEL, "news": str(conversation_id)})


async def announce_all(connection: AsyncConnection, conversation_ids: Sequence[UUID]) -> None:
    """Tell that each of these conversations has news, in one call."""
    if conversation_ids:
        query = "select pg_notify(:channel, id) from unnest(cast(:ids as text[])) as id"
        await connection.execute(text(query), {"channel": CHANNEL, "ids": [str(key) for key in conversation_ids]})


async def announce_desk(connection: AsyncConnection, *news: str | UUID) -> None:
    """Tell every desk, when this transaction commits, what has changed; PostgreSQL tells the same news of a transaction once."""
    for item in news:
        await connection.execute(_NOTIFY, {"channel": DESK_CHANNEL, "news": str(item)})


async def announce_agent_typing(connection: AsyncConnection, conversation_id: UUID) -> None:
    """Tell the citizen's pages, and no desk, that the agent types."""
    await connection.execute(_NOTIFY, {"channel": CHANNEL, "news": f"{TYPING}{conversation_id}"})


async def announce_typing(connection: AsyncConnection, conversation_id: UUID) -> None:
    """Tell the desk that this citizen types, when an agent has the conversation; otherwise nobody hears of it."""
    query = "select pg_notify(:channel, :news) from conversation where id = :id and owner = 'agent'"
    await connection.execute(text(query), {"channel": DESK_CHANNEL, "news": f"{TYPING}{conversation_id}", "id": conversation_id})
