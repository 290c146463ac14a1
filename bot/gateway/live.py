"""Wakes whoever waits for news of a conversation, in this process, when any process stored some."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
from psycopg import sql

from bot.logs import logger
from bot.store.database import CHANNEL

log = logger()

_RETRY_SECONDS = 1.0


class Live:
    """One LISTEN connection of a gateway, and the waiting clients behind it."""

    def __init__(self, address: str) -> None:
        """`address` of PostgreSQL; `run` connects."""
        self._address = address
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)

    @contextmanager
    def subscribe(self, conversation_id: UUID) -> Iterator[asyncio.Event]:
        """An event that is set at every change of the conversation; the caller clears it before it reads the database."""
        event = asyncio.Event()
        key = str(conversation_id)
        self._waiting[key].add(event)
        try:
            yield event
        finally:
            self._waiting[key].discard(event)
            if not self._waiting[key]:
                del self._waiting[key]

    async def run(self) -> None:
        """Listen for ever; connects again by itself and then wakes everybody, because news may have been missed."""
        while True:
            try:
                await self._listen()
            except (psycopg.Error, OSError) as error:
                log.warning("listen_lost", error=type(error).__name__)
                await asyncio.sleep(_RETRY_SECONDS)

    async def _listen(self) -> None:
        connection = await psycopg.AsyncConnection.connect(self._address, autocommit=True, connect_timeout=5)
        async with connection:
            await connection.execute(sql.SQL("listen {}").format(sql.Identifier(CHANNEL)))
            for key in list(self._waiting):
                self._wake(key)
            async for note in connection.notifies():
                self._wake(note.payload)

    def _wake(self, key: str) -> None:
        for event in self._waiting.get(key, ()):
            event.set()
