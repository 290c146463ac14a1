"""The board as every page of this gateway sees it: read once for all of them, and again only what the news is about."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from psycopg import Error as DriverError
from sqlalchemy.exc import SQLAlchemyError

from bot.desk.shapes import Shown, show_colleague, show_promise, show_row, show_team
from bot.gateway.house import House
from bot.gateway.live import EVERYTHING
from bot.logs import logger
from bot.model.people import Row

log = logger()

_GATHER_SECONDS = 0.05
"""News is gathered for so long: three hundred changes of the queue in a moment are a few readings."""

_CHECK_SECONDS = 30.0
"""How often everything is read again without news: promises become overdue, and expected waits change, by themselves."""

_RETRY_SECONDS = 1.0

_KINDS = frozenset({EVERYTHING, "queue", "agents", "callbacks", "reports"})
"""News that is not the id of a conversation."""


@dataclass(eq=False)
class Changes:
    """What changed on the board since one page last took it; `event` is set while there is any."""

    event: asyncio.Event = field(default_factory=asyncio.Event)
    rows: set[UUID] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)

    def take(self) -> tuple[set[UUID], set[str]]:
        """The conversations and the parts that changed since the last time."""
        taken = self.rows, self.parts
        self.rows, self.parts = set(), set()
        self.event.clear()
        return taken


class SharedBoard:
    """Works while any page is open. What it holds is replaced, never changed, so a page may keep it."""

    def __init__(self, house: House) -> None:
        """Nothing is read before the first page joins."""
        self.house = house
        self.parts: dict[str, Any] = {}
        self._rows: dict[UUID, Row] = {}
        self._shown: dict[UUID, Shown] = {}
        self._pages: set[Changes] = set()
        self._filled = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def join(self) -> AsyncIterator[Changes]:
        """The changes for one page, from when the board is filled."""
        changes = Changes()
        self._pages.add(changes)
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        try:
            await self._filled.wait()
            yield changes
        finally:
            self._pages.discard(changes)
            if not self._pages:
                await self._stop()

    def queue(self, only: Collection[UUID] | None = None) -> list[Shown]:
        """Who waits, the longest first; of those in `only`, or all."""
        keys = self._rows if only is None else only
        return self._listed(row for key in keys if (row := self._rows.get(key)) is not None and row.owner == "queued")

    def waits(self, key: UUID) -> bool:
        """Whether this conversation is in the queue."""
        row = self._rows.get(key)
        return row is not None and row.owner == "queued"

    def of_agent(self, agent_id: UUID) -> list[Shown]:
        """The conversations of one agent, the oldest first."""
        return self._listed(row for row in self._rows.values() if row.agent_id == agent_id)

    def _listed(self, rows: Any) -> list[Shown]:
        return [self._shown[row.conversation_id] for row in sorted(rows, key=lambda row: (row.since, row.conversation_id))]

    async def _stop(self) -> None:
        task, self._task = self._task, None
        self._filled = asyncio.Event()
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _run(self) -> None:
        owed = frozenset({EVERYTHING})
        with self.house.live.subscribe_desk() as news:
            while True:
                try:
                    await self._read(owed)
                except Exception as error:  # whatever it is: every page relies on this one reader, and would stand still without a word
                    expected = isinstance(error, SQLAlchemyError | DriverError)
                    log.warning("board_not_read", error=type(error).__name__, exc_info=None if expected else error)
                    await asyncio.sleep(_RETRY_SECONDS)
                    owed |= news.take()
                    continue
                self._filled.set()
                with suppress(TimeoutError):
                    async with asyncio.timeout(_CHECK_SECONDS):
                        await news.event.wait()
                if news.event.is_set():
                    await asyncio.sleep(_GATHER_SECONDS)
                owed = news.take() or frozenset({EVERYTHING})

    async def _read(self, news: frozenset[str]) -> None:
        """Read what the news is about, and tell every page what is different now."""
        board, library = self.house.office.board, self.house.library()
        everything = EVERYTHING in news
        keys = None if everything else {UUID(item) for item in news - _KINDS}
        rows = self._put(await board.live(keys), keys) if keys is None or keys else set()
        parts: dict[str, Any] = {}
        if everything or news & {"queue", "agents"}:
            parts["teams"] = [show_team(team, library) for team in await board.teams()]
        if everything or "agents" in news:
            parts["colleagues"] = [show_colleague(colleague) for colleague in await board.colleagues()]
        if everything or "callbacks" in news:
            parts["promises"] = [show_promise(promise) for promise in await board.promises()]
        if everything or "reports" in news:
            parts["reports"] = asdict(await self.house.reports.standing())
        different = {name for name, part in parts.items() if self.parts.get(name) != part}
        self.parts |= {name: parts[name] for name in different}
        self._tell(rows, different)

    def _put(self, found: Collection[Row], keys: set[UUID] | None) -> set[UUID]:
        """Take in what was read of `keys` (None: of all); gives which are different now."""
        library = self.house.library()
        fresh = {row.conversation_id: row for row in found}
        asked = set(self._rows) | set(fresh) if keys is None else keys
        changed = {key for key in asked if self._rows.get(key) != fresh.get(key)}
        for key in changed:
            row = fresh.get(key)
            if row is None:
                self._rows.pop(key, None)
                self._shown.pop(key, None)
            else:
                self._rows[key], self._shown[key] = row, show_row(row, library)
        return changed

    def _tell(self, rows: set[UUID], parts: set[str]) -> None:
        if not rows and not parts:
            return
        for page in self._pages:
            page.rows |= rows
            page.parts |= parts
            page.event.set()
