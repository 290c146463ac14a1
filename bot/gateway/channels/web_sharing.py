"""What a citizen shows on the website beside words: a picture or a place, for a report about something outdoors."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from sanic import Blueprint, HTTPResponse, Request, Sanic
from sanic.response import json as json_response

from bot.gateway import limits, metrics
from bot.gateway.channels import web
from bot.gateway.errors import BadRequest, PictureTooLarge
from bot.gateway.house import House, house_of
from bot.gateway.requests import bearer_token, client_address, client_id, conversation_key, json_object
from bot.gateway.room import Room
from bot.gateway.sharing import File, Sent, Sharing
from bot.model.conversation import Inbound

blueprint = Blueprint("web_sharing", url_prefix="/api/v1")

LARGEST = 5_000_000
"""Bytes of one picture, as on other channels; the widget makes them smaller than a tenth of that."""

_READ = 4 * LARGEST
"""So many are read before the line is cut: who is cut off while sending never reads why."""

_PER_CONVERSATION, _PER_ADDRESS = 10, 120
"""Pictures a minute: unpacking one costs more than reading a text."""

_SECONDS = 60
"""So long a picture may take to come in."""

_ROOM, _PATIENCE = 20_000_000, 30.0
"""Bytes of pictures that one process holds, from reading to redrawn, and seconds that a picture waits for its part of that.

Four as large as they may be, or fifty as the widget makes them. Measured in bench/results/pictures.md.
"""


def sharing_of(house: House) -> Sharing:
    """What is done with pictures and places, as on every channel."""
    return Sharing(house.database, house.gate, house.library, house.reports)


@blueprint.post("/conversations/<raw_id:str>/pictures", stream=True)
async def picture(request: Request, raw_id: str) -> HTTPResponse:
    """Take in one picture, which is the body; the client's own id stands in the address. The same id again does nothing more."""
    house, key, address = await _who(request, raw_id)
    inbound = _inbound(key, {"id": request.args.get("id")}, address)
    if not (request.content_type or "").startswith("image/"):
        raise BadRequest("Content-Type: of a picture")
    await _count(house, key, address)
    # Not among the acknowledgements that are measured: one picture takes longer than many messages.
    async with request.app.ctx.picture_room.held(_announced(request)):
        await sharing_of(house).pictures(key, [Sent(inbound, (File(await _body(request)),))])
    return json_response({"id": inbound.client_id}, status=202)


@blueprint.post("/conversations/<raw_id:str>/place")
async def place(request: Request, raw_id: str) -> HTTPResponse:
    """Take in where it is, in degrees (WGS 84). The same id again does nothing more."""
    house, key, address = await _who(request, raw_id)
    body = json_object(request)
    inbound = _inbound(key, body, address)
    latitude, longitude = _degrees(body, "latitude", 90), _degrees(body, "longitude", 180)
    with metrics.acknowledging(web.NAME):
        await sharing_of(house).place(key, inbound, latitude, longitude)
    return json_response({"id": inbound.client_id}, status=202)


@blueprint.before_server_start
async def _make_room(app: Sanic[Any, Any]) -> None:
    app.ctx.picture_room = Room(_ROOM, _PATIENCE)


def _announced(request: Request) -> int:
    """Bytes that will be held of the body, as its header says; who does not say gets room for the largest."""
    told = request.headers.get("content-length", "")
    return min(int(told), LARGEST) if told.isdigit() else LARGEST


async def _who(request: Request, raw_id: str) -> tuple[House, UUID, str]:
    house, key = house_of(request), conversation_key(raw_id)
    await house.starts.authorise(key, bearer_token(request))
    return house, key, client_address(request, house.settings.trusted_proxies)


def _inbound(key: UUID, body: dict[str, Any], address: str) -> Inbound:
    identifier = client_id(body)
    return Inbound(key=f"{web.NAME}:{key}:{identifier}", client_id=identifier, address=address)


async def _body(request: Request) -> bytes:
    """The body, of which no more than a picture is kept. Raises PictureTooLarge, or BadRequest when it takes too long."""
    pieces: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(_SECONDS):
            async for piece in request.stream:  # type: ignore[union-attr]
                size += len(piece)
                if size <= LARGEST:
                    pieces.append(piece)
                elif size > _READ:
                    break
    except TimeoutError as error:
        raise BadRequest("too slow") from error
    if size > LARGEST:
        raise PictureTooLarge
    return b"".join(pieces)


async def _count(house: House, key: UUID, address: str) -> None:
    """Before anything is read or unpacked. Raises TooFast."""
    async with house.database.transaction() as connection:
        per, now = house.gate.limits, house.clock()
        await limits.count(connection, per, "pictures", str(key), _PER_CONVERSATION, now)
        await limits.count(connection, per, "pictures of an address", address, _PER_ADDRESS, now)


def _degrees(body: dict[str, Any], name: str, most: int) -> float:
    value = body.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or not -most <= value <= most:
        raise BadRequest(f"{name}: degrees")
    return float(value)
