"""Starts the fake gateway and Chromium once, and gives each test a fresh browser context."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOM = Path(__file__).resolve().parent
DIST = ROOM.parents[1] / "web" / "dist"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def running_gateway() -> Iterator[Gateway]:
    if not (DIST / "widget.js").is_file():
        pytest.fail("web/dist is missing: run `npm ci && npm run build` in web/ first")
    port = _free_port()
    process = subprocess.Popen([sys.executable, str(ROOM / "fake_gateway.py"), str(port)], cwd=ROOM)
    try:
        _wait_for_port(port, process)
        yield Gateway(port)
    finally:
        process.terminate()
        process.wait(10)


def _wait_for_port(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(100):
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
    pytest.fail("the fake gateway did not start")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def gateway(running_gateway: Gateway) -> Iterator[Gateway]:
    running_gateway.control(**UNBROKEN)
    yield running_gateway
    running_gateway.control(**UNBROKEN)


@pytest.fixture
def context(browser: Browser, gateway: Gateway) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=gateway.url, locale="nl-NL", timezone_id="Europe/Amsterdam", viewport={"width": 1024, "height": 768}
    )
    context.set_default_timeout(8000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which any script error or refused style fails the test."""
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if "Content Security Policy" in message.text else None)
    yield page
    assert problems == []
