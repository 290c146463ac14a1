"""Starts the fake gateway and Chromium, for the tests and for the report on the widget."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, sync_playwright

ROOM = Path(__file__).resolve().parent
DIST = ROOM.parents[1] / "web" / "dist"
_CHROMIUM = "/usr/bin/chromium"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
              "--disable-component-update", "--disable-sync"]  # fmt: skip
UNBROKEN = {"sockets": "accept", "http": "up", "cut_before_ack": False, "hold": False, "frames": [], "forget": True}


class Gateway:
    """The running fake gateway: its address and its switches."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    def control(self, **switches: Any) -> dict[str, Any]:
        return httpx.post(f"{self.url}/control", json=switches, timeout=5).raise_for_status().json()

    def citizen_texts(self) -> list[str]:
        talks = self.control()["talks"]
        return [message["text"] for talk in talks for message in talk["messages"] if message["author"] == "citizen"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until the server of this process takes connections; raises RuntimeError when it ends, or after a long time."""
    for _ in range(400):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            try:
                process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
    raise RuntimeError("the fake server did not start")


@contextmanager
def running_gateway() -> Iterator[Gateway]:
    """The fake gateway, with the pages as they are built; raises RuntimeError when they are not."""
    if not (DIST / "widget.js").is_file():
        raise RuntimeError("web/dist is missing: run `npm ci && npm run build` in web/ first")
    port = free_port()
    process = subprocess.Popen([sys.executable, str(ROOM / "fake_gateway.py"), str(port)], cwd=ROOM)
    try:
        wait_for_port(port, process)
        yield Gateway(port)
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_ARGUMENTS)
        yield browser
        browser.close()
