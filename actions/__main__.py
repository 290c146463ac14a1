"""The action server: `python -m actions` runs the actions for the engine, on loopback, without telling anybody what was asked."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

import structlog
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from sanic import HTTPResponse, Request, Sanic
from sanic.exceptions import SanicException
from sanic.response import json

from bot.logs import configure_logs, logger
from bot.settings import Settings, load_settings
from bot.wiring import services

log = logger()

_MAX_BODY = 512 * 1024
_REFRESH_SECONDS = 5


def make_app(name: str = "wegwijs-actions") -> Sanic[Any, Any]:
    """Rasa's action protocol. rasa_sdk's own server is not used: it answers an error with the whole tracker and listens everywhere."""
    app: Sanic[Any, Any] = Sanic(name, configure_logging=False)
    app.config.REQUEST_MAX_SIZE = _MAX_BODY
    app.config.KEEP_ALIVE_TIMEOUT = 75
    executor = ActionExecutor()
    executor.register_package("actions")
    app.ctx.executor = executor
    app.add_route(_health, "/health", methods=["GET"])
    app.add_route(_webhook, "/webhook", methods=["POST"])
    app.exception(Exception)(_failed)
    app.after_server_stop(_close)
    app.before_server_start(_open)
    return app


async def _health(request: Request) -> HTTPResponse:
    return json({"status": "ok"})


async def _webhook(request: Request) -> HTTPResponse:
    structlog.contextvars.clear_contextvars()
    request_id = request.headers.get("x-request-id", "")
    structlog.contextvars.bind_contextvars(process="actions", request_id=request_id)
    call = request.json
    name = call.get("next_action") if isinstance(call, dict) else None
    if not isinstance(name, str):
        return json({"error": "bad_request", "action_name": ""}, status=400)
    # Rasa sends the domain only to actions that ask for it; rasa_sdk refuses a call without the key.
    call.setdefault("domain", {})
    try:
        result = await request.app.ctx.executor.run(call)
    except ActionExecutionRejection as rejection:
        return json({"error": rejection.message, "action_name": rejection.action_name}, status=400)
    except ActionNotFoundException as missing:
        log.error("action_unknown", action=missing.action_name)
        return json({"error": "action_unknown", "action_name": missing.action_name}, status=404)
    log.debug("action_done", action=name)
    return json(result.model_dump() if result else None)


async def _failed(request: Request, error: Exception) -> HTTPResponse:
    if isinstance(error, SanicException):
        return json({"error": type(error).__name__}, status=error.status_code)
    log.error("action_failed", error=type(error).__name__, exc_info=error)
    return json({"error": type(error).__name__}, status=500)


async def _open(app: Sanic[Any, Any]) -> None:
    app.add_task(_keep_fresh(), name="library")


async def _keep_fresh() -> None:

    while True:
        await asyncio.sleep(_REFRESH_SECONDS)
        await services().refresh_library()


async def _close(app: Sanic[Any, Any]) -> None:
    await services().database.close()


def main(settings: Settings | None = None) -> None:
    """Serve until stopped."""
    settings = settings or load_settings()
    configure_logs(settings, "actions")
    address = urlsplit(settings.actions_url)
    make_app().run(host=address.hostname, port=address.port, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
