"""One open page of one agent: what it is sent of the board and of the conversations it watches."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any
from uuid import UUID

from sanic import Websocket

from bot.clock import local
from bot.desk.board import SharedBoard
from bot.desk.shapes import Shown, show_desk_message, show_note, show_row
from bot.gateway.errors import BadRequest
from bot.gateway.house import House
from bot.gateway.requests import message_number
from bot.handoff.board import Opened

_CHECK_SECONDS = 30.0
"""How often an open page is asked whether its session still holds."""

_MOST_WATCHED = 30

_SHARED = ("teams", "colleagues", "promises", "reports")


class Page:
    """Sends what is new, each thing once."""

    def __init__(self, house: House, board: SharedBoard, socket: Websocket, agent_id: UUID, me: Callable[[], Awaitable[Shown]]) -> None:
        """`me` gives the agent's own state as it is now; it raises SignedOut when the session is over."""
        self.house, self.board, self.socket, self.agent_id, self.me = house, board, socket, agent_id, me
        self._mine: list[Shown] = []
        self._waiting: set[UUID] = set()
        self._watched: dict[UUID, asyncio.Task[None]] = {}
        self._failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def run(self) -> None:
        """Send for as long as the connection lasts. Raises the first error: SignedOut, WebsocketClosed, or one of the database."""
        board = self._begin(self._follow_board())
        try:
            await self._failed
        finally:
            tasks = [board, *self._watched.values()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if error is not None and not self._failed.done():
            self._failed.set_exception(error)

    async def _follow_board(self) -> None:
        async with self.board.join() as changes:
            changes.take()
            await self._whole_board()
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout(_CHECK_SECONDS):
                        await changes.event.wait()
                rows, parts = changes.take()
                await self._board(rows, parts, checking=not rows and not parts)

    def watch(self, listed: object) -> None:
        """Watch these conversations, each from after the message that the page has, and no others. Raises BadRequest."""
        if not isinstance(listed, list) or len(listed) > _MOST_WATCHED:
            raise BadRequest(f"conversations: a list of at most {_MOST_WATCHED}")
        items = [item for item in listed if isinstance(item, dict)]
        wanted = {conversation_key(item.get("id")): message_number(item.get("after", 0)) for item in items}
        for key in self._watched.keys() - wanted.keys():
            self._watched.pop(key).cancel()
        for key, after in wanted.items():
            if key not in self._watched:
                self._watched[key] = self._begin(self._conversation(key, after))

    async def send(self, frame: Shown) -> None:
        """Send one frame."""
        await self.socket.send(json.dumps(frame, ensure_ascii=False))

    async def _whole_board(self) -> None:
        self._mine = self.board.of_agent(self.agent_id)
        queue = self.board.queue()
        self._waiting = {UUID(row["id"]) for row in queue}
        shared = {name: self.board.parts[name] for name in _SHARED}
        await self._send_board({"me": await self.me(), "mine": self._mine, "queue": queue, **shared})

    async def _board(self, rows: set[UUID], parts: set[str], *, checking: bool) -> None:
        """What is different for this page. Its own account is read when colleagues changed, and now and then for the session."""
        frame: Shown = {name: self.board.parts[name] for name in _SHARED if name in parts}
        if "colleagues" in parts or checking:
            frame["me"] = await self.me()
        mine = self.board.of_agent(self.agent_id)
        if mine != self._mine:
            self._mine = frame["mine"] = mine
        queue = self._queue_changes(rows)
        if queue["put"] or queue["gone"]:
            frame["queue_changes"] = queue
        if frame:
            await self._send_board(frame)

    def _queue_changes(self, rows: set[UUID]) -> Shown:
        """Only what changed: the whole queue of a busy morning, at each change, to every desk, is megabytes a second."""
        put = {key for key in rows if self.board.waits(key)}
        gone = (rows & self._waiting) - put
        self._waiting = (self._waiting | put) - gone
        return {"put": self.board.queue(put), "gone": sorted(str(key) for key in gone)}

    async def _send_board(self, parts: Shown) -> None:
        await self.send({"type": "board", **parts, "now": local(self.house.clock()).isoformat(timespec="seconds")})

    async def _conversation(self, key: UUID, after: int) -> None:
        """Everything after message `after`, and then what is new, until the page does not watch it any more."""
        shown: Shown = {}
        with self.house.live.watch(key) as news:
            while True:
                if news.take():
                    found = await self.house.office.board.opened(key, after)
                    if found is None:
                        return
                    now, said = self._opened(key, found)
                else:
                    now, said = dict(shown), []
                types_for = self.house.live.types_for(key)
                now["typing"] = types_for > 0 and now["row"]["owner"] == "agent"
                if said or now != shown:
                    shown = now
                    await self.send({"type": "conversation", "id": str(key), **now, "messages": said})
                if said:
                    after = said[-1]["seq"]
                    if after < now["row"]["last_seq"]:
                        news.changed = True  # there is more than one reading gives
                        continue
                with suppress(TimeoutError):
                    async with asyncio.timeout(types_for or None):
                        await news.event.wait()

    def _opened(self, key: UUID, found: Opened) -> tuple[Shown, list[Shown]]:
        if any(message.author == "citizen" for message in found.messages):
            self.house.live.stopped_typing(key)
        now = {
            "row": show_row(found.row, self.house.library()),
            "notes": [show_note(note) for note in found.notes],
            "deliveries": {str(message): status for message, status in found.deliveries.items()},
        }
        return now, [show_desk_message(message) for message in found.messages]


def conversation_key(raw: object) -> UUID:
    """The id of a conversation in a frame. Raises BadRequest."""
    try:
        return UUID(str(raw))
    except ValueError as error:
        raise BadRequest("id: of a conversation") from error
