"""One live connection of a citizen: what is sent to it, and what it says."""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from sanic import Websocket
from sanic.exceptions import WebsocketClosed

from bot.gateway.errors import BadRequest, Moved, Refused, UnknownConversation
from bot.gateway.house import House, shown_error
from bot.gateway.requests import message_number, read_json
from bot.gateway.states import read_state
from bot.handoff.desk import TYPING
from bot.logs import logger
from bot.store.database import announce_typing
from bot.store.views import MOST

log = logger()

Accept = Callable[[dict[str, Any]], Awaitable[int]]

_TYPING_EVERY = 1.0
_AGENT_TYPES = TYPING.total_seconds()
_CONNECT_AGAIN = 1011


async def keep_pushing(house: House, socket: Websocket, key: UUID, after: int, news: asyncio.Event) -> None:
    """Push until the connection ends; when that fails, close it: a client must not believe that nothing new was said."""
    try:
        await _push(house, socket, key, after, news)
    except WebsocketClosed:
        return
    except Exception as error:
        log.warning("push_failed", conversation_id=str(key), error=type(error).__name__)
        with suppress(WebsocketClosed):
            await socket.close(_CONNECT_AGAIN, "connect again")


async def _push(house: House, socket: Websocket, key: UUID, after: int, news: asyncio.Event) -> None:
    sent: dict[str, Any] | None = None
    while True:
        news.clear()
        try:
            state = await read_state(house.database, key, after, house.clock)
        except UnknownConversation:  # the citizen had it deleted, perhaps in another tab
            await socket.close(4404, "unknown conversation")
            return
        except Moved:  # it goes on elsewhere: whoever sits here now reads no further
            await socket.close(4410, "moved")
            return
        signs = signs_of(state)
        if state["messages"] or signs != sent:
            await socket.send(json.dumps({"type": "state", **state}, ensure_ascii=False))
            after = state["messages"][-1]["seq"] if state["messages"] else after
            sent = signs
        if len(state["messages"]) == MOST:  # there may be more, of which nobody will tell
            continue
        # Nobody tells that an agent stopped typing: it ends by itself.
        ends = _AGENT_TYPES if state["typing"] and state["owner"] == "agent" else None
        with suppress(TimeoutError):
            async with asyncio.timeout(ends):
                await news.wait()


def signs_of(state: dict[str, Any]) -> dict[str, Any]:
    """What may change without a new message."""
    return {name: state[name] for name in ("owner", "typing", "municipality", "waiting")}


class Client:
    """What one live connection says."""

    def __init__(self, house: House, socket: Websocket, key: UUID, accept: Accept) -> None:
        """`accept` takes in a message and gives its number; it raises Refused."""
        self.house, self.socket, self.key, self.accept = house, socket, key, accept
        self._typed_at = -math.inf

    async def receive(self, raw: object) -> None:
        """Do what a frame says; one that is wrong gets an error and changes nothing."""
        frame: dict[str, Any] = {}
        try:
            frame = read_json(raw)
            await self._do(frame)
        except Refused as refused:
            answer = {"type": "error", "id": frame.get("id"), **shown_error(self.house, refused)}
            await self.socket.send(json.dumps(answer, ensure_ascii=False))

    async def _do(self, frame: dict[str, Any]) -> None:
        kind = frame.get("type")
        if kind == "ping":
            await self.socket.send('{"type": "pong"}')
        elif kind == "message":
            seq = await self.accept(frame)
            await self.socket.send(json.dumps({"type": "ack", "id": frame["id"], "seq": seq}))
        elif kind == "typing":
            await self._types()
        elif kind == "seen":
            await self.house.gate.saw(self.key, message_number(frame.get("seq")))
        else:
            raise BadRequest("unknown frame")

    async def _types(self) -> None:
        """Tell the desk, at most once a second; a hint that is lost does no harm."""
        now = time.monotonic()
        if now - self._typed_at >= _TYPING_EVERY:
            self._typed_at = now
            async with self.house.database.transaction() as connection:
                await announce_typing(connection, self.key)
