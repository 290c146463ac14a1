"""Wakes whoever waits for news of a conversation, in this process, when any process stored some."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

import psycopg
from psycopg import sql

from bot.logs import logger
from bot.store.database import CHANNEL, DESK_CHANNEL

log = logger()

_RETRY_SECONDS = 1.0


EVERYTHING = "everything"
"""News for the desk after a lost connection: read all again."""


@dataclass(eq=False)
class DeskNews:
    """What has changed for one desk since it last took the news; `event` is set while there is any."""

    event: asyncio.Event = field(default_factory=asyncio.Event)
    _items: set[str] = field(default_factory=set)

    def add(self, item: str) -> None:
        """Note a change: `queue`, `agents`, `callbacks`, a conversation's id, or `everything`."""
        self._items.add(item)
        self.event.set()

    def take(self) -> frozenset[str]:
        """Everything since the last time; call it before the database is read."""
        taken = frozenset(self._items)
        self._items.clear()
        self.event.clear()
        return taken


class Live:
    """One LISTEN connection of a gateway, and the waiting clients behind it."""

    def __init__(self, address: str) -> None:
        """`address` of PostgreSQL; `run` connects."""
        self._address = address
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._desks: set[DeskNews] = set()

    @contextmanager
    def subscribe(self, conversation_id: UUID, event: asyncio.Event | None = None) -> Iterator[asyncio.Event]:
        """An event (a new one, or the one given) that is set at every change of the conversation; clear it before reading the database."""
        event = event or asyncio.Event()
        key = str(conversation_id)
        self._waiting[key].add(event)
        try:
            yield event
        finally:
            self._waiting[key].discard(event)
            if not self._waiting[key]:
                del self._waiting[key]

    @contextmanager
    def subscribe_desk(self) -> Iterator[DeskNews]:
        """The news for one open desk."""
        news = DeskNews()
        self._desks.add(news)
        try:
            yield news
        finally:
            self._desks.discard(news)

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
            for channel in (CHANNEL, DESK_CHANNEL):
                await connection.execute(sql.SQL("listen {}").format(sql.Identifier(channel)))
            for key in list(self._waiting):
                self._wake(key)
            self._tell_desks(EVERYTHING)
            async for note in connection.notifies():
                if note.channel == DESK_CHANNEL:
                    self._tell_desks(note.payload)
                else:
                    self._wake(note.payload)

    def _tell_desks(self, item: str) -> None:
        for news in self._desks:
            news.add(item)

    def _wake(self, key: str) -> None:
        for event in self._waiting.get(key, ()):
            event.set()
