"""The website's channel: conversations over HTTP and WebSocket, as docs/protocol.md describes."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any
from uuid import UUID

from sanic import Blueprint, HTTPResponse, Request, Websocket
from sanic.exceptions import WebsocketClosed
from sanic.response import json as json_response

from bot.gateway import metrics
from bot.gateway.channels.web_live import Client, keep_pushing, signs_of
from bot.gateway.embedding import check_site
from bot.gateway.errors import BadRequest, ForeignSite, Moved, Unauthorized, UnknownConversation
from bot.gateway.house import House, house_of
from bot.gateway.requests import (
    MAX_SEQ,
    bearer_token,
    client_address,
    client_id,
    conversation_key,
    json_object,
    optional_text,
    read_json,
    whole_number,
)
from bot.gateway.states import read_state
from bot.gateway.titles import LONGEST_TITLE, as_choice
from bot.logs import logger
from bot.model.conversation import Inbound

NAME = "web"

log = logger()

blueprint = Blueprint("web", url_prefix="/api/v1")

_HELLO_SECONDS = 5
_MAX_WAIT = 30


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
    after = whole_number(request, "after", 0, MAX_SEQ)
    wait = whole_number(request, "wait", 0, _MAX_WAIT)
    with house.live.subscribe(key) as news:
        state = await read_state(house.database, key, after, house.clock)
        if not state["messages"] and wait:
            before = signs_of(state)
            with suppress(asyncio.TimeoutError):
                async with asyncio.timeout(wait):
                    while not state["messages"] and signs_of(state) == before:
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
    address = client_address(request, house.settings.trusted_proxies)
    client = Client(house, socket, key, lambda frame: _accept(house, key, frame, address))
    with metrics.CONNECTIONS.track_inprogress(), house.live.subscribe(key) as news:
        pushing = asyncio.create_task(keep_pushing(house, socket, key, after, news))
        try:
            async for frame in socket:
                await client.receive(frame)
        finally:
            pushing.cancel()
            with suppress(asyncio.CancelledError, WebsocketClosed):
                await pushing


async def _hello(house: House, socket: Websocket, key: UUID) -> int:
    async with asyncio.timeout(_HELLO_SECONDS):
        frame = read_json(await socket.recv())
    token, after = frame.get("token"), frame.get("after", 0)
    if frame.get("type") != "hello" or not isinstance(token, str) or type(after) is not int:
        raise Unauthorized
    await house.starts.authorise(key, token)
    return max(0, min(after, MAX_SEQ))


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
        if inbound.choice is None and len(inbound.text or "") <= LONGEST_TITLE:
            inbound = await as_choice(house.database, key, inbound)
        return await house.gate.accept(key, inbound)
