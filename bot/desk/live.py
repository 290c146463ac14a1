"""The desk's live connection: the board once, then only what changed, and the news of the conversations that are open."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sanic import Blueprint, Request, Websocket
from sanic.exceptions import WebsocketClosed

from bot.clock import local
from bot.desk.errors import SignedOut
from bot.desk.guard import COOKIE, doorkeeper, whose
from bot.desk.shapes import show_colleague, show_desk_message, show_me, show_note, show_promise, show_row, show_team
from bot.gateway.errors import BadRequest, Refused
from bot.gateway.house import House, house_of, shown_error
from bot.gateway.live import EVERYTHING, DeskNews
from bot.gateway.requests import json_frame
from bot.handoff.errors import DeskRefused
from bot.model.account import Account
from bot.store import deliveries

blueprint = Blueprint("desk_live", url_prefix="/desk/api")

_PAUSE = 0.15
"""Seconds in which news is gathered: three hundred changes of the queue in a moment are one update."""

_CHECK_SECONDS = 30.0
"""How often an open connection is asked whether its session still holds."""

_MOST_WATCHED = 30

Parts = dict[str, Any]

_PARTS = ("me", "mine", "queue", "teams", "colleagues", "promises")
_OF_CONVERSATION = ("mine", "queue", "teams")
_PARTS_OF = {"queue": _OF_CONVERSATION, "agents": ("me", "colleagues", "teams"), "callbacks": ("promises",)}
"""Which parts of the board each kind of news is about; the id of a conversation is about its lists."""


@dataclass
class Watched:
    """A conversation that is open on the page, and how far the page has it."""

    after: int
    shown: Parts = field(default_factory=dict)


class Connection:
    """One page of one agent."""

    def __init__(self, house: House, socket: Websocket, account: Account, me: Callable[[], Awaitable[Parts]]) -> None:
        """`me` gives the agent's own state as it is now."""
        self.house, self.socket, self.account, self.me = house, socket, account, me
        self.watched: dict[UUID, Watched] = {}
        self.board: Parts = {}
        self.ears = ExitStack()

    async def push(self, news: DeskNews) -> None:
        """Send what changed, for as long as the connection lasts."""
        changed = frozenset({EVERYTHING})
        while True:
            await self._board(changed)
            for key, watched in list(self.watched.items()):
                await self._conversation(key, watched)
            await news.event.wait()
            await asyncio.sleep(_PAUSE)
            changed = news.take()

    async def _board(self, changed: frozenset[str]) -> None:
        """The parts that the news is about, as far as they are different now."""
        parts = _PARTS if EVERYTHING in changed else {part for item in changed for part in _PARTS_OF.get(item, _OF_CONVERSATION)}
        now = {part: await self._part(part) for part in _PARTS if part in parts}
        different = {name: part for name, part in now.items() if self.board.get(name) != part}
        if different:
            self.board.update(different)
            await self._send({"type": "board", **different, "now": local(self.house.clock()).isoformat(timespec="seconds")})

    async def _part(self, name: str) -> Any:
        board, library = self.house.office.board, self.house.library()
        if name == "me":
            return await self.me()
        if name == "mine":
            return [show_row(row, library) for row in await board.mine(self.account.agent_id)]
        if name == "queue":
            return [show_row(row, library) for row in await board.queue()]
        if name == "teams":
            return [show_team(team, library) for team in await board.teams()]
        if name == "colleagues":
            return [show_colleague(colleague) for colleague in await board.colleagues()]
        return [show_promise(promise) for promise in await board.promises()]

    async def _conversation(self, key: UUID, watched: Watched) -> None:
        office, library = self.house.office, self.house.library()
        row = await office.board.conversation(key)
        if row is None:
            return
        messages = await office.desk.history(key, watched.after)
        async with self.house.database.transaction() as connection:
            sent = await deliveries.statuses_of(connection, key)
        now = {
            "row": show_row(row, library),
            "notes": [show_note(note) for note in await office.desk.notes(key)],
            "deliveries": {str(message): status for message, status in sent.items()},
        }
        if messages or now != watched.shown:
            watched.shown = now
            await self._send({"type": "conversation", "id": str(key), **now, "messages": [show_desk_message(item) for item in messages]})
            watched.after = messages[-1].seq if messages else watched.after

    async def receive(self, raw: object, news: DeskNews) -> None:
        """Do what the page says; a frame that is wrong gets an error and changes nothing."""
        try:
            await self._do(json_frame(raw), news)
        except Refused as refused:
            await self._send({"type": "error", **shown_error(self.house, refused)})
        except DeskRefused as refused:
            await self._send({"type": "error", "error": refused.code})

    async def _do(self, frame: Parts, news: DeskNews) -> None:
        office, agent = self.house.office, self.account.agent_id
        kind = frame.get("type")
        if kind == "alive":
            await office.agents.heartbeat(agent, active=frame.get("active") is True)
        elif kind == "watch":
            self._watch(frame.get("conversations"), news)
            news.event.set()
        elif kind == "typing":
            await office.desk.typing(agent, _key(frame.get("id")))
        elif kind == "read" and isinstance(frame.get("seq"), int):
            await office.desk.read(agent, _key(frame.get("id")), frame["seq"])
        else:
            raise BadRequest("unknown frame")

    def _watch(self, listed: object, news: DeskNews) -> None:
        if not isinstance(listed, list) or len(listed) > _MOST_WATCHED:
            raise BadRequest(f"conversations: a list of at most {_MOST_WATCHED}")
        wanted = {_key(item.get("id")): item.get("after") for item in listed if isinstance(item, dict)}
        before = self.watched
        self.watched = {
            key: before.get(key) or Watched(after if isinstance(after, int) and after >= 0 else 0) for key, after in wanted.items()
        }
        self.ears.close()
        for key in self.watched:
            self.ears.enter_context(self.house.live.subscribe(key, news.event))

    async def _send(self, frame: Parts) -> None:
        await self.socket.send(json.dumps(frame, ensure_ascii=False))


@blueprint.websocket("/live")  # type: ignore[untyped-decorator]
async def live(request: Request, socket: Websocket) -> None:
    """One page of one agent, from the signed-in hello of its cookie to its end."""
    house, keeper = house_of(request), doorkeeper(request)
    if not _same_origin(request):
        await socket.close(4403, "another site")
        return
    try:
        account = await whose(request)
    except Refused as refused:
        await socket.close(4401 if isinstance(refused, SignedOut) else 4403, refused.code)
        return

    async def me() -> Parts:
        return show_me(await keeper.accounts.who(request.cookies.get(COOKIE)), keeper.accounts)

    connection = Connection(house, socket, account, me)
    with house.live.subscribe_desk() as news:
        tasks = [asyncio.create_task(work) for work in (_until_signed_out(connection, news), _check(news))]
        try:
            async for frame in socket:
                await connection.receive(frame, news)
        finally:
            connection.ears.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _until_signed_out(connection: Connection, news: DeskNews) -> None:
    with suppress(WebsocketClosed):
        try:
            await connection.push(news)
        except SignedOut:
            await connection.socket.close(4401, "signed out")


async def _check(news: DeskNews) -> None:
    """Look now and then even without news: a session ends, and waiting times grow, by themselves."""
    while True:
        await asyncio.sleep(_CHECK_SECONDS)
        news.add(EVERYTHING)


def _same_origin(request: Request) -> bool:
    """A WebSocket knows no CORS: another site's page could open one with the agent's cookie, if that were not Strict."""
    origin = request.headers.get("origin")
    return origin is None or origin.split("://", 1)[-1] == request.headers.get("host")


def _key(raw: object) -> UUID:
    try:
        return UUID(str(raw))
    except ValueError as error:
        raise BadRequest("id: of a conversation") from error
