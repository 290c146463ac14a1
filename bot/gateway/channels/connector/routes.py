"""The REST channel for other programs: a key, citizens' messages in, replies out; described in openapi.yml and docs/connectors.md."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from urllib.parse import unquote

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty
from sanic.response import json as json_response

from bot.gateway import limits, metrics
from bot.gateway.channels.connector.keys import key_hash
from bot.gateway.channels.connector.parse import NAME, citizen, read_message
from bot.gateway.channels.connector.pictures import LARGEST_BODY
from bot.gateway.channels.connector.replies import show_replies
from bot.gateway.errors import Unauthorized
from bot.gateway.house import House, house_of
from bot.gateway.leaving import Leaving
from bot.gateway.requests import bearer_token, json_object, receive_large, whole_number
from bot.logs import logger
from bot.model.connector import Connector, ConnectorReply
from bot.store import arrivals, connectors

log = logger()

blueprint = Blueprint("channel_connector", url_prefix="/api/v1/connector")

_MAX_WAIT = 30
_MAX_CURSOR = 2**62


@blueprint.get("/")
async def whoami(request: Request) -> HTTPResponse:
    """Whose key this is."""
    connector = await _connector(request)
    shown = {"name": connector.name, "municipality": connector.municipality, "webhook": connector.webhook_url is not None}
    return json_response(shown)


@blueprint.post("/messages", stream=True)
async def send(request: Request) -> HTTPResponse:
    """Take in one message of a citizen; it is acknowledged when it is in the database, and once however often it comes."""
    house = house_of(request)
    with metrics.acknowledging(NAME):
        connector = await _connector(request)  # before anything is read: a picture is large
        await receive_large(request, LARGEST_BODY)
        body = json_object(request)
        arrival = read_message(body, connector, house.gate.limits.text_length, house.clock())
        async with house.database.transaction() as connection:
            new = await arrivals.add(connection, [arrival])
    log.info("connector_message_accepted", connector=connector.name, new=new)
    return json_response({"id": body["id"]}, status=202)


@blueprint.get("/replies")
async def replies(request: Request) -> HTTPResponse:
    """Replies behind a cursor, waiting for the first when asked to."""
    house = house_of(request)
    connector = await _connector(request)
    after = whole_number(request, "after", 0, _MAX_CURSOR)
    wait = whole_number(request, "wait", 0, _MAX_WAIT)
    with house.live.subscribe(connector.id) as news:
        found = await _replies(house, connector, after)
        with suppress(asyncio.TimeoutError):
            async with asyncio.timeout(wait):
                while not found and wait:
                    await news.wait()
                    news.clear()
                    found = await _replies(house, connector, after)
    return json_response(show_replies(found, after))


@blueprint.delete("/users/<raw_user:path>")
async def erase(request: Request, raw_user: str) -> HTTPResponse:
    """Delete everything that a citizen said and was told; doing it twice does no harm."""
    house = house_of(request)
    connector = await _connector(request)
    user = citizen({"user": unquote(raw_user)})
    async with house.database.transaction() as held:
        await arrivals.take_back_all(held, NAME, f"{connector.id}:{user}")
        conversation = await connectors.conversation_of(held, connector.id, user)
        if conversation is not None:
            await Leaving(house.database, house.library, house.clock).erase(conversation)
    return empty(status=204)


async def _connector(request: Request) -> Connector:
    """Whoever calls, counted. Raises Unauthorized or TooFast."""
    house = house_of(request)
    async with house.database.transaction() as connection:
        connector = await connectors.of_key(connection, key_hash(bearer_token(request)))
        if connector is None:
            raise Unauthorized("key")
        most = house.settings.calls_per_connector
        await limits.count(connection, house.gate.limits, NAME, str(connector.id), most, house.clock())
    return connector


async def _replies(house: House, connector: Connector, after: int) -> list[ConnectorReply]:
    async with house.database.transaction() as connection:
        return await connectors.replies_after(connection, connector.id, after)
