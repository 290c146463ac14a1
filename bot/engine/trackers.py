"""Keeps trackers and results of turns in PostgreSQL, both of one turn in one transaction."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool

from bot.connections import check_standing
from bot.engine.errors import BadRequest, StaleTracker, StoreUnavailable
from bot.settings import Settings

_SECONDS = 3.0
_OPTIONS = "-c statement_timeout=2500 -c idle_in_transaction_session_timeout=5000"
_CUT = (psycopg.OperationalError, psycopg.errors.AdminShutdown, psycopg.errors.CrashShutdown)
"""The exact kinds of error of a connection that ends; slow statements and an empty pool are other kinds of OperationalError."""
_READ = """
select turn.result, turn.conversation_id, tracker.events, tracker.xmin::text
from (select 1) as one
left join engine.turn on turn.message_id = %s
left join engine.tracker on tracker.conversation_id = %s
"""
_UPDATE = "update engine.tracker set events = %s, updated_at = now() where conversation_id = %s and xmin::text = %s"
_INSERT = "insert into engine.tracker (events, conversation_id) values (%s, %s) on conflict do nothing"
_KEEP = "insert into engine.turn (message_id, conversation_id, result) values (%s, %s, %s) on conflict do nothing"
_RESET = """
insert into engine.tracker (conversation_id, events) values (%s, %s)
on conflict (conversation_id) do update set events = excluded.events, updated_at = now()
"""


@dataclass(frozen=True)
class Kept:
    """What is known before a turn: its result if it ran already, and the conversation's events as of `version`."""

    result: dict[str, Any] | None
    events: Sequence[dict[str, Any]]
    version: str | None


class Trackers:
    """A bounded pool on the tables of `schema.sql`; a database that comes back is found again by itself."""

    def __init__(self, settings: Settings, connections: int = 8) -> None:
        """Prepare the pool; nothing is connected before `open`."""
        self._pool = AsyncConnectionPool(
            settings.database_url.reveal(),
            min_size=1,
            max_size=connections,
            open=False,
            timeout=2.0,
            max_waiting=500,
            max_idle=60.0,
            reconnect_timeout=2.0,
            check=check_standing,
            kwargs={"connect_timeout": 2, "options": _OPTIONS, "application_name": "engine", "tcp_user_timeout": 4000, "autocommit": True},
        )

    async def open(self) -> None:
        """Start connecting in the background, so that the engine starts whether or not the database is there."""
        await self._pool.open(wait=False)

    async def close(self) -> None:
        """Give all connections back."""
        await self._pool.close(timeout=_SECONDS)

    async def is_healthy(self) -> bool:
        """Whether the tables can be read."""
        try:
            await self.read("", "")
        except StoreUnavailable:
            return False
        return True

    async def read(self, conversation_id: str, message_id: str) -> Kept:
        """The state before a turn, in one round trip; raises BadRequest when the id belongs to another conversation.

        A connection that is cut while it is asked looks whole until then, so reading is tried a second time, on another one.
        """
        try:
            row = await self._row(conversation_id, message_id)
        except StoreUnavailable as error:
            if type(error.__cause__) not in _CUT:
                raise
            row = await self._row(conversation_id, message_id)
        result, owner, events, version = row or (None, None, None, None)
        if owner is not None and owner != conversation_id:
            raise BadRequest("message_id belongs to another conversation")
        return Kept(result, events or (), version)

    async def _row(self, conversation_id: str, message_id: str) -> tuple[Any, ...] | None:
        async with self._connection() as connection:
            cursor = await connection.execute(_READ, (message_id, conversation_id))
            return await cursor.fetchone()

    async def keep(
        self, conversation_id: str, message_id: str, version: str | None, events: Sequence[dict[str, Any]], result: dict[str, Any]
    ) -> None:
        """Keep tracker and result together or not at all; raises StaleTracker when the conversation moved on meanwhile."""
        async with self._connection() as connection, connection.transaction():
            saved = Jsonb(events, dumps=_dumps)
            if version is None:
                cursor = await connection.execute(_INSERT, (saved, conversation_id))
            else:
                cursor = await connection.execute(_UPDATE, (saved, conversation_id, version))
            if cursor.rowcount == 1:
                cursor = await connection.execute(_KEEP, (message_id, conversation_id, Jsonb(result, dumps=_dumps)))
            if cursor.rowcount != 1:
                raise StaleTracker("the conversation was changed by another engine during this turn")

    async def reset(self, conversation_id: str, events: Sequence[dict[str, Any]]) -> None:
        """Replace the conversation's events, whatever they were."""
        async with self._connection() as connection:
            await connection.execute(_RESET, (conversation_id, Jsonb(events, dumps=_dumps)))

    async def forget(self, conversation_id: str) -> None:
        """Remove the conversation's events and results."""
        async with self._connection() as connection, connection.transaction():
            await connection.execute("delete from engine.turn where conversation_id = %s", (conversation_id,))
            await connection.execute("delete from engine.tracker where conversation_id = %s", (conversation_id,))

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
        """A connection, every statement of which is a transaction of its own; whatever the database does wrong is StoreUnavailable."""
        try:
            async with self._pool.connection() as connection:
                yield connection
        except (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.UndefinedTable, asyncio.TimeoutError) as error:
            raise StoreUnavailable(f"database: {type(error).__name__}") from error


def _dumps(value: Any) -> bytes:
    """JSON that PostgreSQL accepts: without the character 0 and lone surrogates, numbers of numpy as plain ones."""
    text = json.dumps(value, ensure_ascii=False, default=lambda number: number.item())
    if "\\u0000" in text:
        text = json.dumps(_without_nul(value), ensure_ascii=False, default=lambda number: number.item())
    return text.encode("utf-8", "replace")


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, dict):
        return {_without_nul(key): _without_nul(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nul(item) for item in value]
    return value
