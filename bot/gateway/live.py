"""Wakes whoever waits for news of a conversation, in this process, when any process stored some."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

import psycopg
from psycopg import sql

from bot.logs import logger
from bot.store.database import CHANNEL, DESK_CHANNEL, TYPING

log = logger()

_RETRY_SECONDS = 1.0

_TYPING_SECONDS = 6.0
"""So long after the last sign the desk sees that the citizen types; a client tells it every three seconds."""


EVERYTHING = "everything"
"""News for the desk after a lost connection: read all again."""


@dataclass(eq=False)
class DeskNews:
    """What has changed for one desk since it last took the news; `event` is set while there is any."""

    event: asyncio.Event = field(default_factory=asyncio.Event)
    _items: set[str] = field(default_factory=set)

    def add(self, item: str) -> None:
        """Note a change: `queue`, `agents`, `callbacks`, `reports`, a conversation's id, or `everything`."""
        self._items.add(item)
        self.event.set()

    def take(self) -> frozenset[str]:
        """Everything since the last time; call it before the database is read."""
        taken = frozenset(self._items)
        self._items.clear()
        self.event.clear()
        return taken


_Ear = TypeVar("_Ear")


@dataclass(eq=False)
class Watching:
    """One desk that has a conversation open; `event` is set at any news, `changed` when the database must be read for it."""

    event: asyncio.Event = field(default_factory=asyncio.Event)
    changed: bool = True

    def take(self) -> bool:
        """Whether to read; call it before the database is read."""
        changed, self.changed = self.changed, False
        self.event.clear()
        return changed


class Live:
    """One LISTEN connection of a gateway, and the waiting clients behind it."""

    def __init__(self, address: str) -> None:
        """`address` of PostgreSQL; `run` connects."""
        self._address = address
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._watching: dict[str, set[Watching]] = defaultdict(set)
        self._desks: set[DeskNews] = set()
        self._typing: dict[str, float] = {}

    @contextmanager
    def subscribe(self, conversation_id: UUID) -> Iterator[asyncio.Event]:
        """An event that is set at every change that the citizen can see; clear it before reading the database."""
        event = asyncio.Event()
        with _listening(self._waiting, str(conversation_id), event):
            yield event

    @contextmanager
    def watch(self, conversation_id: UUID) -> Iterator[Watching]:
        """As `subscribe`, and also at what only agents see: notes, what was read, that the citizen types."""
        watching = Watching()
        with _listening(self._watching, str(conversation_id), watching):
            yield watching

    def types_for(self, conversation_id: UUID) -> float:
        """For how many seconds from now the citizen counts as typing; 0 when they do not type."""
        return max(0.0, self._typing.get(str(conversation_id), 0.0) - time.monotonic())

    def stopped_typing(self, conversation_id: UUID) -> None:
        """What the citizen was typing has been sent."""
        self._typing.pop(str(conversation_id), None)

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
            for key in [*self._waiting, *self._watching]:
                self._wake(key)
            self._tell_desks(EVERYTHING)
            async for note in connection.notifies():
                if note.channel == DESK_CHANNEL:
                    self._hear_desk(note.payload)
                elif note.payload.startswith(TYPING):
                    self._wake_waiting(note.payload.removeprefix(TYPING))
                else:
                    self._wake(note.payload)

    def _hear_desk(self, item: str) -> None:
        if item.startswith(TYPING):
            self._note_typing(item.removeprefix(TYPING))
        else:
            self._tell_desks(item)
            self._wake_watchers(item)

    def _note_typing(self, key: str) -> None:
        now = time.monotonic()
        self._typing = {known: until for known, until in self._typing.items() if until > now}
        self._typing[key] = now + _TYPING_SECONDS
        for watching in self._watching.get(key, ()):
            watching.event.set()

    def _tell_desks(self, item: str) -> None:
        for news in self._desks:
            news.add(item)

    def _wake(self, key: str) -> None:
        self._wake_waiting(key)
        self._wake_watchers(key)

    def _wake_waiting(self, key: str) -> None:
        for event in self._waiting.get(key, ()):
            event.set()

    def _wake_watchers(self, key: str) -> None:
        for watching in self._watching.get(key, ()):
            watching.changed = True
            watching.event.set()


@contextmanager
def _listening(ears: dict[str, set[_Ear]], key: str, ear: _Ear) -> Iterator[None]:
    ears[key].add(ear)
    try:
        yield
    finally:
        ears[key].discard(ear)
        if not ears[key]:
            del ears[key]
