"""Starts the whole house as `make run` does, on ports and data of its own, and talks to it as a citizen would."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psutil

from tests.ports import free_ports

ROOT = Path(__file__).resolve().parents[2]

PROCESSES = {
    "gateway": "bot.gateway",
    "worker": "bot.gateway.worker",
    "actions": "actions",
    "engine": "bot.engine",
}


@dataclass
class RunningHouse:
    """One running house; `stop` leaves no process behind."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    def start(self) -> None:
        gateway, engine, actions, metrics = free_ports(4)
        self.url = f"http://127.0.0.1:{gateway}"
        environment = {
            **os.environ,
            "DATA_DIR": str(self.folder / "run"),
            "GATEWAY_PORT": str(gateway),
            "PUBLIC_URL": self.url,
            "ENGINE_URL": f"http://127.0.0.1:{engine}",
            "ACTIONS_URL": f"http://127.0.0.1:{actions}",
            "WORKER_METRICS_PORT": str(metrics),
            "PYTHONPATH": str(ROOT),
            **self.settings,
        }
        self.log = (self.folder / "house.log").open("wb")
        command = [sys.executable, "-m", "bot.tools", "serve"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=self.log, stderr=subprocess.STDOUT)
        self.wait_until_ready(150)

    def wait_until_ready(self, seconds: float) -> None:
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            with suppress(httpx.HTTPError):
                if httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200:
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.3)
        raise AssertionError("the house is not ready:\n" + self.log_text()[-3000:])

    def log_text(self) -> str:
        return (self.folder / "house.log").read_text(errors="replace")

    def pid_of(self, name: str) -> int | None:
        """The process that does the work (not the one that keeps it)."""
        for child in psutil.Process(self.process.pid).children(recursive=True):
            with suppress(psutil.Error):
                words = child.cmdline()
                if "keep" not in words and words[-2:] == ["-m", PROCESSES[name]]:
                    return int(child.pid)
        return None

    def kill(self, name: str) -> None:
        pid = self.postmaster() if name == "database" else self.pid_of(name)
        if pid is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def postmaster(self) -> int | None:
        path = self.folder / "run" / "postgres" / "postmaster.pid"
        return int(path.read_text().split()[0]) if path.exists() else None

    def stop(self) -> list[str]:
        """Stop as Ctrl-C does and give what is still running of it."""
        family = psutil.Process(self.process.pid).children(recursive=True) if self.process.poll() is None else []
        postmaster = self.postmaster()
        self.process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(30)
        self.log.close()
        left = [process.name() for process in psutil.wait_procs(family, timeout=5)[1]]
        with suppress(psutil.Error):
            if postmaster is not None and psutil.Process(postmaster).status() != psutil.STATUS_ZOMBIE:
                left.append("postgres")
        return left


class Citizen:
    """One conversation over the HTTP protocol; sends again until it is acknowledged, as the widget does."""

    def __init__(self, url: str, municipality: str | None = "castricum") -> None:
        self.http = httpx.Client(base_url=url, timeout=15)
        body = {"municipality": municipality} if municipality else {}
        started = self._insist(lambda: self.http.post("/api/v1/conversations", json=body), 201)
        self.id = started["id"]
        self.http.headers["Authorization"] = f"Bearer {started['token']}"
        self.path = f"/api/v1/conversations/{self.id}/messages"
        self.seen = 0

    def _insist(self, call: Any, expected: int, seconds: float = 60) -> dict[str, Any]:
        limit = time.monotonic() + seconds
        last = ""
        while time.monotonic() < limit:
            try:
                response = call()
            except httpx.HTTPError as error:
                last = repr(error)
            else:
                if response.status_code == expected:
                    return dict(response.json())
                last = response.text
                assert response.status_code in (429, 500, 502, 503), last
            time.sleep(0.2)
        raise AssertionError(last)

    def send(self, **said: str) -> None:
        body = {"id": uuid4().hex, **said}
        self._insist(lambda: self.http.post(self.path, json=body), 202)

    def state(self, after: int = 0, wait: int = 0) -> dict[str, Any]:
        return self._insist(lambda: self.http.get(self.path, params={"after": after, "wait": wait}), 200)

    def answers(self, seconds: float = 30) -> list[dict[str, Any]]:
        """Everything new from the other side, once nothing is owed any more."""
        limit = time.monotonic() + seconds
        news: list[dict[str, Any]] = []
        while time.monotonic() < limit:
            state = self.state(self.seen, wait=2)
            news += [message for message in state["messages"] if message["author"] != "citizen"]
            self.seen = max([self.seen, *(message["seq"] for message in state["messages"])])
            if not state["typing"] and news:
                return news
        raise AssertionError("no answer in time")

    def ask(self, text: str) -> list[dict[str, Any]]:
        """Type something, or press the button whose title (or number in the last message: [#2]) stands in square brackets, and read on."""
        button = re.fullmatch(r"\[(.+)\]", text)
        if button:
            shown = [message["choices"] for message in self.state()["messages"] if message["choices"]]
            offered = [choice for choices in shown for choice in choices]
            place = re.fullmatch(r"#(\d)", button[1])
            found = [choice["id"] for choice in offered if choice["title"] == button[1]]
            found = [shown[-1][int(place[1]) - 1]["id"]] if place and shown else found
            assert found, f"no button {text}; there are {[choice['title'] for choice in offered]}"
            self.send(choice=found[-1])
        else:
            self.send(text=text)
        return self.answers()
