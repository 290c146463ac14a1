"""The gateway's Sanic app: channels, pages, health, and what every request gets."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any
from uuid import uuid4

import structlog
from sanic import HTTPResponse, Request, Sanic
from sanic.exceptions import SanicException
from sanic.response import BaseHTTPResponse, json
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.desk import app as desk
from bot.gateway import appointments_api, embedding, health, knowledge_api, openapi, pages
from bot.gateway.background import begin_all, end_all
from bot.gateway.channels import web, web_sharing, web_widget
from bot.gateway.channels.chatwoot import parse as chatwoot
from bot.gateway.channels.chatwoot import webhook as chatwoot_webhook
from bot.gateway.channels.connector import parse as connector
from bot.gateway.channels.connector import routes as connector_routes
from bot.gateway.channels.whatsapp import parse as whatsapp
from bot.gateway.channels.whatsapp import webhook as whatsapp_webhook
from bot.gateway.errors import BadRequest, OutOfOrder, Refused
from bot.gateway.house import House, shown_error
from bot.gateway.people_numbers import keep_numbers
from bot.logs import logger

log = logger()

MAX_BODY = 512 * 1024
"""Bytes of a request's body; a batch of WhatsApp messages fits, and the longest single message many times."""

CHANNELS = {
    web.NAME: web.blueprint,
    whatsapp.NAME: whatsapp_webhook.blueprint,
    chatwoot.NAME: chatwoot_webhook.blueprint,
    connector.NAME: connector_routes.blueprint,
}
"""Every way in; a new channel is a module and a line here, and the contract test asks for its driver."""

_REFRESH_SECONDS = 5


def make_app(house: House, name: str = "wegwijs-gateway") -> Sanic[Any, Any]:
    """The app around `house`, which is opened and closed with the server."""
    app: Sanic[Any, Any] = Sanic(name, configure_logging=False)
    app.ctx.house = house
    app.config.REQUEST_MAX_SIZE = MAX_BODY
    app.config.WEBSOCKET_MAX_SIZE = MAX_BODY
    app.config.KEEP_ALIVE_TIMEOUT = 75
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 5
    app.config.FALLBACK_ERROR_FORMAT = "json"
    desk.install(app, house)
    own = (health, pages, knowledge_api, appointments_api, openapi, web_sharing, web_widget)
    for blueprint in (*(module.blueprint for module in own), *CHANNELS.values(), *desk.BLUEPRINTS):
        # A copy, so that a second app in the same process (in tests) gets its own.
        app.blueprint(blueprint.copy(f"{name}-{blueprint.name}"))
    app.before_server_start(_open)
    app.after_server_stop(_close)
    app.register_middleware(_begin, "request")
    app.register_middleware(embedding.answer_preflight, "request")
    app.register_middleware(_finish, "response")
    app.exception(Refused)(_refused)
    app.exception(OperationalError, PoolTimeout)(_store_away)
    app.exception(SanicException)(_sanic_error)
    app.exception(Exception)(_unexpected)
    return app


async def _open(app: Sanic[Any, Any]) -> None:
    house: House = app.ctx.house
    await house.open()
    app.ctx.background = begin_all(
        {
            "live": house.live.run,
            "watch": house.watch.run,
            "people": house.office.watch.run,
            "numbers": partial(keep_numbers, house.office.board),
            "knowledge": partial(_keep_fresh, house),
        }
    )


async def _close(app: Sanic[Any, Any]) -> None:
    await end_all(app.ctx.background)
    await app.ctx.house.close()


async def _keep_fresh(house: House) -> None:
    while True:
        await asyncio.sleep(_REFRESH_SECONDS)
        await house.refresh_library()


async def _begin(request: Request) -> None:
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(process="gateway", request_id=uuid4().hex)


async def _finish(request: Request, response: BaseHTTPResponse) -> None:
    embedding.open_up(request, response)
    pages.secure(response)


async def _refused(request: Request, refused: Refused) -> HTTPResponse:
    log.info("request_refused", code=refused.code, path=request.uri_template)
    headers = {"Retry-After": str(refused.retry_after)} if refused.retry_after else {}
    return json(shown_error(request.app.ctx.house, refused), status=refused.status, headers=headers)


async def _store_away(request: Request, error: Exception) -> HTTPResponse:
    log.error("store_unavailable", error=type(error).__name__)
    return await _refused(request, OutOfOrder())


async def _sanic_error(request: Request, error: SanicException) -> HTTPResponse:
    body = {**shown_error(request.app.ctx.house, BadRequest()), "error": "bad_request"}
    if error.status_code == 404:
        body["error"] = "not_found"
    elif error.status_code == 413:
        body["error"] = "too_long"
    return json(body, status=error.status_code, headers=getattr(error, "headers", None))


async def _unexpected(request: Request, error: Exception) -> HTTPResponse:
    log.error("unexpected_error", error=type(error).__name__, exc_info=error)
    return json(shown_error(request.app.ctx.house, Refused()) | {"error": "out_of_order"}, status=500)
