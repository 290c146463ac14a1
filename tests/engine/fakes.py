"""Stand-ins on real sockets: an action server that answers what a test wants, and an engine to call."""

from __future__ import annotations

import asyncio
import itertools
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from sanic import Sanic

from bot.engine.parts import build
from bot.engine.server import create_app
from bot.settings import Secret, Settings

TOKEN = "a-token-for-tests-only"
Handler = Callable[[dict[str, Any]], Awaitable[web.Response] | web.Response]


def says(text: str = "Antwoord.", *, events: list[dict[str, Any]] | None = None, custom: dict[str, Any] | None = None) -> Handler:
    """An action that says `text` and gives these events."""
    responses = [{"text": text, "buttons": [], "elements": [], "custom": custom or {}, "template": None, "response": None}]
    return lambda _call: web.json_response({"events": events or [], "responses": responses if text or custom else []})


def nothing(*events: dict[str, Any]) -> Handler:
    """An action that says nothing and gives these events."""
    return says("", events=list(events))


class FakeActions:
    """An action server over real HTTP; `answers` says what each action does, `calls` what was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Handler] = {
            "action_answer": says(),
            "action_book": says("Geboekt."),
            "action_pause": nothing({"event": "pause"}),
            "action_extract_mood": nothing({"event": "slot", "name": "mood", "value": "goed"}),
            "validate_appointment_form": nothing(),
        }
        self.calls: list[dict[str, Any]] = []
        self.requests: list[web.Request] = []
        self.port = 0
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        app = web.Application(client_max_size=10**8)
        app.router.add_post("/webhook", self._webhook)
        app.router.add_get("/health", self._health)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, shutdown_timeout=0.1)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _webhook(self, request: web.Request) -> web.Response:
        call = await request.json()
        self.calls.append(call)
        self.requests.append(request)
        answer = self.answers[call["next_action"]](call)
        return answer if isinstance(answer, web.Response) else await answer

    async def _health(self, request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})


class Engine:
    """An engine in this process, called over real HTTP."""

    def __init__(self, database_url: str, models_dir: Path, actions_url: str, **settings: Any) -> None:
        values = {"engine_timeout": 8.0, "actions_timeout": 6.0, "engine_token": Secret(TOKEN), **settings}
        self.settings = Settings(database_url=Secret(database_url), models_dir=models_dir, actions_url=actions_url, **values)
        self.house = build(self.settings)
        self.url = ""
        self._ids = itertools.count()
        self._server: Any = None
        self.client: aiohttp.ClientSession

    async def start(self) -> None:
        Sanic._app_registry.clear()
        Sanic.test_mode = True  # lets Sanic start a second application in one process
        self.app = create_app(self.house)
        listening = socket.create_server(("127.0.0.1", 0))
        self._server = await self.app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
        await self._server.startup()
        await self._server.before_start()
        self.app.ctx.watch.cancel()  # tests look for models themselves
        await self._server.after_start()
        await self._server.start_serving()
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self.client = aiohttp.ClientSession(headers={"Authorization": f"Bearer {TOKEN}"})

    async def stop(self) -> None:
        await self.client.close()
        await self._server.before_stop()
        await self._server.close()
        await self._server.after_stop()

    async def post(self, path: str, body: Any, **options: Any) -> tuple[int, Any]:
        async with self.client.post(self.url + path, json=body, **options) as response:
            return response.status, await response.json() if response.status != 204 else None

    async def get(self, path: str) -> tuple[int, Any]:
        async with self.client.get(self.url + path) as response:
            kind = response.content_type
            return response.status, await (response.json() if kind == "application/json" else response.text())

    async def turn(self, text: str | None = None, *, conversation: str = "c1", **more: Any) -> tuple[int, Any]:
        body = {"conversation_id": conversation, "message_id": f"m{next(self._ids)}", "channel": "web", "municipality": "castricum", **more}
        return await self.post("/turn", body if text is None else {"text": text, **body})

    async def says(self, text: str | None = None, **more: Any) -> list[str]:
        """The bot's texts; the turn must succeed."""
        status, answer = await self.turn(text, **more)
        assert status == 200, answer
        return [message["text"] for message in answer["messages"]]


async def eventually(check: Callable[[], Awaitable[bool]], seconds: float = 15.0) -> None:
    """Wait until `check` holds; fails when it does not within `seconds`."""

    async def poll() -> None:
        while not await check():  # noqa: ASYNC110 (what it waits for is in another process)
            await asyncio.sleep(0.05)

    await asyncio.wait_for(poll(), seconds)
