"""The engine's HTTP server: checks the token, reads the call, answers with a result or an honest error."""

from __future__ import annotations

import asyncio
import hmac
import re
import uuid
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from sanic import Sanic
from sanic.exceptions import PayloadTooLarge, SanicException
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse, empty, json, raw

from bot.engine.actions import ActionClient
from bot.engine.errors import BadRequest, EngineError, TooLong, TurnFailed, Unauthorized
from bot.engine.inputs import read_conversation, read_reset, read_texts, read_turn
from bot.engine.metrics import Metrics
from bot.engine.models import Models
from bot.engine.quiet import where
from bot.engine.trackers import Trackers
from bot.engine.turns import Turns
from bot.logs import logger
from bot.settings import Secret

MAX_BODY = 64 * 1024
POLL_SECONDS = 2.0
_OPEN = frozenset({"/healthz", "/readyz", "/metrics"})
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


@dataclass
class House:
    """Everything the handlers use; put together in `__main__` and in the tests."""

    token: Secret
    models: Models
    trackers: Trackers
    actions: ActionClient
    turns: Turns
    metrics: Metrics
    running: set[asyncio.Task[Any]] = field(default_factory=set)


def create_app(house: House) -> Sanic:
    """The Sanic application; it opens and closes what is in `house`."""
    app = Sanic("engine", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MAX_BODY
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.KEEP_ALIVE_TIMEOUT = 75
    app.ctx.house = house
    app.register_middleware(_admit, "request")
    app.register_middleware(_sign, "response")
    app.error_handler.add(Exception, _explain)
    routes: list[tuple[Callable[[Request], Coroutine[Any, Any, HTTPResponse]], str, str]] = [
        (_turn, "/turn", "POST"),
        (_parse, "/parse", "POST"),
        (_forget, "/forget", "POST"),
        (_reset, "/reset", "POST"),
        (_healthz, "/healthz", "GET"),
        (_readyz, "/readyz", "GET"),
        (_metrics, "/metrics", "GET"),
    ]
    for handler, path, method in routes:
        app.add_route(handler, path, methods=[method])
    app.register_listener(_open, "before_server_start")
    app.register_listener(_finish_turns, "before_server_stop")
    app.register_listener(_close, "after_server_stop")
    return app


async def _open(app: Sanic, _loop: Any) -> None:
    house: House = app.ctx.house
    await house.trackers.open()
    await house.actions.open()
    app.ctx.watch = asyncio.create_task(house.models.watch(POLL_SECONDS))


async def _finish_turns(app: Sanic, _loop: Any) -> None:
    house: House = app.ctx.house
    app.ctx.watch.cancel()
    if house.running:
        logger().info("finishing_turns", turns=len(house.running))
        await asyncio.wait(house.running)  # each has a deadline of its own


async def _close(app: Sanic, _loop: Any) -> None:
    house: House = app.ctx.house
    await _finish_turns(app, _loop)
    await house.actions.close()
    await house.trackers.close()


async def _admit(request: Request) -> None:
    given = request.headers.get("x-request-id", "")
    request.ctx.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
    if request.path in _OPEN:
        return
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    wanted = _house(request).token.reveal()
    if scheme.lower() != "bearer" or not wanted or not hmac.compare_digest(token.encode(), wanted.encode()):
        raise Unauthorized("bearer token missing or wrong")


async def _sign(request: Request, response: BaseHTTPResponse) -> None:
    response.headers["X-Request-Id"] = getattr(request.ctx, "request_id", "")


async def _explain(request: Request, error: Exception) -> HTTPResponse:
    """The error as the contract has it; also for what Sanic itself refuses."""
    if isinstance(error, PayloadTooLarge):
        error = TooLong(f"body is larger than {MAX_BODY} bytes")
    if isinstance(error, SanicException):
        return json({"error": BadRequest.code, "detail": type(error).__name__}, status=error.status_code)
    if not isinstance(error, EngineError):
        logger().error("call_failed", request=request.ctx.request_id, path=request.path, where=where(error))
        error = TurnFailed(type(error).__name__)
    elif error.status >= 500 and request.path != "/turn":  # a turn logs its own end
        logger().error("call_failed", request=request.ctx.request_id, path=request.path, code=error.code, detail=str(error))
    return json({"error": error.code, "detail": str(error)}, status=error.status)


async def _turn(request: Request) -> HTTPResponse:
    turn = read_turn(request.body, request.ctx.request_id)
    return json(await _to_the_end(request, _house(request).turns.answer(turn)))


async def _parse(request: Request) -> HTTPResponse:
    texts, understandings = read_texts(request.body), []
    for text in texts:
        understandings.append(_house(request).models.current.understand(text))
        await asyncio.sleep(0)  # lets turns pass between two texts
    return json({"understandings": understandings})


async def _forget(request: Request) -> HTTPResponse:
    await _to_the_end(request, _house(request).turns.forget(read_conversation(request.body)))
    return empty()


async def _reset(request: Request) -> HTTPResponse:
    await _to_the_end(request, _house(request).turns.reset(read_reset(request.body)))
    return empty()


async def _healthz(_request: Request) -> HTTPResponse:
    return json({"status": "alive"})


async def _readyz(request: Request) -> HTTPResponse:
    house = _house(request)
    database, actions = await asyncio.gather(house.trackers.is_healthy(), house.actions.is_healthy())
    parts = {"model": house.models.name is not None, "database": database, "actions": actions}
    missing = [name for name, there in parts.items() if not there]
    body = {"status": "not_ready" if missing else "ready", "missing": missing, "model": house.models.name}
    body["language_model"] = house.models.language_model
    return json(body, status=503 if missing else 200)


async def _metrics(request: Request) -> HTTPResponse:
    return raw(_house(request).metrics.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


async def _to_the_end(request: Request, work: Coroutine[Any, Any, Any]) -> Any:
    """Run `work` in a task of its own: a caller that hangs up does not break it off half-way."""
    running = _house(request).running
    task = asyncio.create_task(work)
    running.add(task)
    task.add_done_callback(running.discard)
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
    return await asyncio.shield(task)


def _house(request: Request) -> House:
    house: House = request.app.ctx.house
    return house
