"""A citizen's page and an agent's page without a browser: they come back after a lost connection, as the real ones do."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

import httpx
import websockets
from websockets.exceptions import ConnectionClosed, InvalidHandshake

_GONE = (ConnectionClosed, InvalidHandshake, OSError, TimeoutError)


class Messages:
    """What one page got of one conversation, and when."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.got: list[tuple[int, str, str]] = []
        self.at: dict[str, float] = {}

    @property
    def after(self) -> int:
        """The last message that the page has."""
        return self.got[-1][0] if self.got else 0

    def take(self, messages: list[dict[str, Any]]) -> None:
        """Keep what came, in the order in which it came."""
        for message in messages:
            self.got.append((message["seq"], message["author"], message["text"]))
            self.at.setdefault(message["text"], time.perf_counter())


class LivePage:
    """A WebSocket that is opened again until `stop`; `cut` breaks it off without a word."""

    def __init__(self, address: str, headers: dict[str, str]) -> None:
        """Nothing connects before `run`."""
        self.address, self.headers = address, headers
        self.socket: Any = None
        self.bytes = 0
        self._stopped = False

    async def run(self) -> None:
        """Keep connected and read."""
        pause = 0.5
        while not self._stopped:
            with suppress(*_GONE):
                async with websockets.connect(self.address, additional_headers=self.headers, open_timeout=5, max_size=None) as socket:
                    await self.greet(socket)
                    self.socket = socket
                    async for raw in socket:
                        pause = 0.5
                        self.bytes += len(raw)
                        self.take(json.loads(raw))
            self.socket = None
            await asyncio.sleep(random.uniform(0.5, 1.0) * pause)
            pause = min(30.0, 2 * pause)

    async def greet(self, socket: Any) -> None:
        """What is said first."""

    def take(self, frame: dict[str, Any]) -> None:
        """What a frame tells."""

    async def post(self, **frame: Any) -> None:
        """Send when there is a connection; whoever needs an answer sends again."""
        with suppress(*_GONE):
            if self.socket is not None:
                await self.socket.send(json.dumps(frame))

    def cut(self) -> None:
        """The network is gone."""
        if self.socket is not None:
            self.socket.transport.abort()

    def stop(self) -> None:
        """Go away."""
        self._stopped = True
        self.cut()


class CitizenPage(LivePage):
    """The widget of one citizen."""

    def __init__(self, url: str, conversation: str, token: str) -> None:
        """`conversation` was started already."""
        super().__init__(f"{url.replace('http', 'ws')}/api/v1/conversations/{conversation}/live", {})
        self.conversation, self.token = conversation, token
        self.messages = Messages()
        self._acked: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    async def greet(self, socket: Any) -> None:
        """Say who it is, and what it has."""
        await socket.send(json.dumps({"type": "hello", "token": self.token, "after": self.messages.after}))

    def take(self, frame: dict[str, Any]) -> None:
        """News, or that something is stored."""
        if frame["type"] == "state":
            self.messages.take(frame["messages"])
        elif frame["type"] == "ack":
            self._acked[frame["id"]].set()

    async def say(self, text: str) -> None:
        """Say something, again and again until it is stored."""
        key = uuid4().hex
        while not self._acked[key].is_set():
            await self.post(type="message", id=key, text=text)
            with suppress(TimeoutError):
                async with asyncio.timeout(2):
                    await self._acked[key].wait()


class PollingCitizen(CitizenPage):
    """The same over HTTP, for who is behind a proxy that lets no WebSocket through."""

    def __init__(self, url: str, conversation: str, token: str) -> None:
        """Uses a connection of its own."""
        super().__init__(url, conversation, token)
        self.http = httpx.AsyncClient(base_url=url, timeout=20, headers={"Authorization": f"Bearer {token}"})
        self.path = f"/api/v1/conversations/{conversation}/messages"

    async def run(self) -> None:
        """Ask again and again."""
        while not self._stopped:
            try:
                state = await self.http.get(self.path, params={"after": self.messages.after, "wait": 5})
            except httpx.HTTPError:
                await asyncio.sleep(0.3)
                continue
            if state.status_code == httpx.codes.OK:
                self.messages.take(state.json()["messages"])
            else:
                await asyncio.sleep(0.3)
        await self.http.aclose()

    async def say(self, text: str) -> None:
        """Say something, again and again until it is stored."""
        body = {"id": uuid4().hex, "text": text}
        await insist(lambda: self.http.post(self.path, json=body))


class AgentPage(LivePage):
    """The desk of one agent, with every conversation open."""

    def __init__(self, http: httpx.AsyncClient, conversations: list[str]) -> None:
        """`http` is signed in."""
        address = str(http.base_url).rstrip("/").replace("http", "ws") + "/desk/api/live"
        super().__init__(address, {"Cookie": f"wegwijs_desk={http.cookies['wegwijs_desk']}"})
        self.http = http
        self.messages = {conversation: Messages() for conversation in conversations}
        self.queue: dict[str, float] = {}

    async def greet(self, socket: Any) -> None:
        """Say that the agent is there, and what is open."""
        await socket.send(json.dumps({"type": "alive", "active": True}))
        watched = [{"id": key, "after": messages.after} for key, messages in self.messages.items()]
        await socket.send(json.dumps({"type": "watch", "conversations": watched}))

    def take(self, frame: dict[str, Any]) -> None:
        """News of the board, or of a conversation."""
        if frame["type"] == "conversation":
            self.messages[frame["id"]].take(frame["messages"])
        elif frame["type"] == "board":
            rows = [*frame.get("queue", []), *frame.get("queue_changes", {}).get("put", [])]
            for row in rows:
                self.queue.setdefault(row["id"], time.perf_counter())

    async def alive(self) -> None:
        """Tell every ten seconds that the agent works."""
        while not self._stopped:
            await asyncio.sleep(10)
            await self.post(type="alive", active=True)

    async def say(self, conversation: str, text: str) -> None:
        """Say something, again and again until it is stored."""
        body = {"key": uuid4().hex, "text": text}
        await insist(lambda: self.http.post(f"/desk/api/conversations/{conversation}/say", json=body))


async def insist(call: Callable[[], Awaitable[httpx.Response]], seconds: float = 240) -> None:
    """Call until it succeeds; a server that is away or starting is no reason to stop, a refusal is."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        with suppress(httpx.HTTPError):
            response = await call()
            if response.is_success:
                return
            if response.status_code not in (429, 500, 502, 503, 504):
                raise AssertionError(f"{response.status_code} {response.text}")
        await asyncio.sleep(0.2)
    raise AssertionError("not stored in time")
