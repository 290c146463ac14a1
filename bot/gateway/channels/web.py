"""The website's channel: conversations over HTTP and WebSocket, as docs/protocol.md describes."""

from __future__ import annotations

import asyncio
import json
import math
import time
from contextlib import suppress
from typing import Any
from uuid import UUID

from sanic import Blueprint, HTTPResponse, Request, Websocket
from sanic.exceptions import WebsocketClosed
from sanic.response import json as json_response

from bot.gateway import metrics
from bot.gateway.embedding import check_site
from bot.gateway.errors import BadRequest, ForeignSite, Moved, Refused, Unauthorized, UnknownConversation
from bot.gateway.house import House, house_of, shown_error
from bot.gateway.requests import (
    bearer_token,
    client_address,
    client_id,
    conversation_key,
    json_frame,
    json_object,
    optional_text,
    whole_number,
)
from bot.gateway.states import read_state
from bot.handoff.desk import TYPING
from bot.logs import logger
from bot.model.conversation import Inbound
from bot.store.database import announce_typing

NAME = "web"

log = logger()

blueprint = Blueprint("web", url_prefix="/api/v1")

_HELLO_SECONDS = 5
_MAX_WAIT = 30
_MAX_SEQ = 2**31 - 1
_TYPING_EVERY = 1.0
_AGENT_TYPES = TYPING.total_seconds()
_CONNECT_AGAIN = 1011


@blueprint.get("/municipalities")
async def municipalities(request: Request) -> HTTPResponse:
    """The municipalities that a conversation may be for."""
    shown = [{"id": item.id, "name": item.name} for item in house_of(request).library().municipalities()]
    return json_response({"municipalities": shown})


@blueprint.post("/conversations")
async def start(request: Request) -> HTTPResponse:
    """Start a conversation."""
    house = house_of(request)
    body = json_object(request)
    municipality, product = optional_text(body, "municipality"), optional_text(body, "product")
    check_site(request, municipality)
    address = client_address(request, house.settings.trusted_proxies)
    started = await house.starts.start(NAME, municipality, address, product)
    return json_response({"id": str(started.id), "token": started.token}, status=201)


@blueprint.post("/conversations/<raw_id:str>/messages")
async def send(request: Request, raw_id: str) -> HTTPResponse:
    """Take in one message."""
    house = house_of(request)
    key = conversation_key(raw_id)
    await house.starts.authorise(key, bearer_token(request))
    body = json_object(request)
    seq = await _accept(house, key, body, client_address(request, house.settings.trusted_proxies))
    return json_response({"id": body["id"], "seq": seq}, status=202)


@blueprint.get("/conversations/<raw_id:str>/messages")
async def read(request: Request, raw_id: str) -> HTTPResponse:
    """The state after a message number, waiting for news when asked to."""
    house = house_of(request)
    key = conversation_key(raw_id)
    await house.starts.authorise(key, bearer_token(request))
    after = whole_number(request, "after", 0, _MAX_SEQ)
    wait = whole_number(request, "wait", 0, _MAX_WAIT)
    with house.live.subscribe(key) as news:
        state = await read_state(house.database, key, after, house.clock)
        if not state["messages"] and wait:
            before = _signs(state)
            with suppress(asyncio.TimeoutError):
                async with asyncio.timeout(wait):
                    while not state["messages"] and _signs(state) == before:
                        await news.wait()
                        news.clear()
                        state = await read_state(house.database, key, after, house.clock)
    return json_response(state)


@blueprint.post("/conversations/<raw_id:str>/rating")
async def rate(request: Request, raw_id: str) -> HTTPResponse:
    """Take in what the citizen thought of a conversation with a person; a second time replaces the first."""
    house = house_of(request)
    key = conversation_key(raw_id)
    await house.starts.authorise(key, bearer_token(request))
    body = json_object(request)
    score, remark = body.get("score"), optional_text(body, "remark")
    if not isinstance(score, int) or isinstance(score, bool) or not 1 <= score <= 5:
        raise BadRequest("score is a number from 1 to 5")
    await house.gate.rate(key, score, remark)
    return json_response(None, status=204)


@blueprint.websocket("/conversations/<raw_id:str>/live")  # type: ignore[untyped-decorator]
async def live(request: Request, socket: Websocket, raw_id: str) -> None:
    """Live connection of one client."""
    house = house_of(request)
    try:
        check_site(request, None)
        key = conversation_key(raw_id)
        after = await _hello(house, socket, key)
    except UnknownConversation:
        await socket.close(4404, "unknown conversation")
        return
    except Moved:
        await socket.close(4410, "moved")
        return
    except (ForeignSite, Unauthorized, BadRequest, asyncio.TimeoutError):
        await socket.close(4401, "unauthorized")
        return
    client = _Client(house, socket, key, client_address(request, house.settings.trusted_proxies))
    with metrics.CONNECTIONS.track_inprogress(), house.live.subscribe(key) as news:
        pushing = asyncio.create_task(_keep_pushing(house, socket, key, after, news))
        try:
            async for frame in socket:
                await client.receive(frame)
        finally:
            pushing.cancel()
            with suppress(asyncio.CancelledError, WebsocketClosed):
                await pushing


async def _hello(house: House, socket: Websocket, key: UUID) -> int:
    async with asyncio.timeout(_HELLO_SECONDS):
        frame = json_frame(await socket.recv())
    token, after = frame.get("token"), frame.get("after", 0)
    if frame.get("type") != "hello" or not isinstance(token, str) or not isinstance(after, int):
        raise Unauthorized
    await house.starts.authorise(key, token)
    return max(0, min(after, _MAX_SEQ))


async def _keep_pushing(house: House, socket: Websocket, key: UUID, after: int, news: asyncio.Event) -> None:
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
        signs = _signs(state)
        if state["messages"] or signs != sent:
            await socket.send(json.dumps({"type": "state", **state}, ensure_ascii=False))
            after = state["messages"][-1]["seq"] if state["messages"] else after
            sent = signs
        # Nobody tells that an agent stopped typing: it ends by itself.
        ends = _AGENT_TYPES if state["typing"] and state["owner"] == "agent" else None
        with suppress(TimeoutError):
            async with asyncio.timeout(ends):
                await news.wait()


def _signs(state: dict[str, Any]) -> dict[str, Any]:
    """What may change without a new message."""
    return {name: state[name] for name in ("owner", "typing", "municipality", "waiting")}


class _Client:
    """What one live connection says."""

    def __init__(self, house: House, socket: Websocket, key: UUID, address: str) -> None:
        self.house, self.socket, self.key, self.address = house, socket, key, address
        self._typed_at = -math.inf

    async def receive(self, raw: object) -> None:
        """Do what a frame says; one that is wrong gets an error and changes nothing."""
        frame: dict[str, Any] = {}
        try:
            frame = json_frame(raw)
            await self._do(frame)
        except Refused as refused:
            answer = {"type": "error", "id": frame.get("id"), **shown_error(self.house, refused)}
            await self.socket.send(json.dumps(answer, ensure_ascii=False))

    async def _do(self, frame: dict[str, Any]) -> None:
        kind = frame.get("type")
        if kind == "ping":
            await self.socket.send('{"type": "pong"}')
        elif kind == "message":
            seq = await _accept(self.house, self.key, frame, self.address)
            await self.socket.send(json.dumps({"type": "ack", "id": frame["id"], "seq": seq}))
        elif kind == "typing":
            await self._types()
        elif kind == "seen":
            await self.house.gate.saw(self.key, _seq(frame))
        else:
            raise BadRequest("unknown frame")

    async def _types(self) -> None:
        """Tell the desk, at most once a second; a hint that is lost does no harm."""
        now = time.monotonic()
        if now - self._typed_at >= _TYPING_EVERY:
            self._typed_at = now
            async with self.house.database.transaction() as connection:
                await announce_typing(connection, self.key)


def _seq(frame: dict[str, Any]) -> int:
    seq = frame.get("seq")
    if not isinstance(seq, int) or isinstance(seq, bool) or not 0 <= seq <= _MAX_SEQ:
        raise BadRequest("seq is the number of a message")
    return seq


async def _accept(house: House, key: UUID, body: dict[str, Any], address: str) -> int:
    identifier = client_id(body)
    inbound = Inbound(
        key=f"{NAME}:{key}:{identifier}",
        client_id=identifier,
        text=optional_text(body, "text"),
        choice=optional_text(body, "choice"),
        address=address,
    )
    with metrics.acknowledging(NAME):
        return await house.gate.accept(key, inbound)
