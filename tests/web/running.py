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

from tests.ports import free_port

ROOM = Path(__file__).resolve().parent
DIST = ROOM.parents[1] / "web" / "dist"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
              "--disable-component-update", "--disable-sync"]  # fmt: skip
UNBROKEN = {
    "sockets": "accept",
    "http": "up",
    "cut_before_ack": False,
    "hold": False,
    "frames": [],
    "refuse_shared": "",
    "shared": [],
    "forget": True,
}


class Gateway:
    """The running fake gateway: its address and its switches."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    def control(self, **switches: Any) -> dict[str, Any]:
        return httpx.post(f"{self.url}/control", json=switches, timeout=30).raise_for_status().json()

    def citizen_texts(self) -> list[str]:
        talks = self.control()["talks"]
        return [message["text"] for talk in talks for message in talk["messages"] if message["author"] == "citizen"]


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
def running(script: str, page: str) -> Iterator[int]:
    """The port of a fake server of this folder, which shows `page` as it is built; raises RuntimeError when it is not."""
    if not (DIST / page).is_file():
        raise RuntimeError(f"web/dist/{page} is missing: run `npm ci && npm run build` in web/ first")
    port = free_port()
    process = subprocess.Popen([sys.executable, str(ROOM / script), str(port)], cwd=ROOM)
    try:
        wait_for_port(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def running_gateway() -> Iterator[Gateway]:
    """The fake gateway."""
    with running("fake_gateway.py", "widget.js") as port:
        yield Gateway(port)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
