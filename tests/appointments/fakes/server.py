"""A small HTTP server on a real socket, with state and with the faults that real systems have."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

FaultKind = Literal["slow", "lost", "late", "drop", "status", "nonsense", "drip"]
"""slow: answers late · lost: done, but the answer is lost · late: lost at once and done later · drop: closed before anything
is done · status: an error of something in between · nonsense: 200 with a page · drip: a byte at a time, for ever."""


@dataclass
class Fault:
    """What goes wrong with the next `times` requests whose method and path fit."""

    kind: FaultKind
    path: str = ""
    method: str = ""
    times: int = 1
    seconds: float = 0.0
    status: int = 500


@dataclass(frozen=True)
class Request:
    """One request; the path without its query, matrix parameters still in it."""

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: bytes

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.query if key == name]

    def one(self, name: str) -> str | None:
        return next(iter(self.all(name)), None)

    def json(self) -> Any:
        return json.loads(self.body)

    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode()))


@dataclass(frozen=True)
class Answer:
    """An answer; `body` is sent as JSON, None as nothing."""

    status: int = 200
    body: Any = None
    headers: list[tuple[str, str]] = field(default_factory=list)
    raw: bytes | None = None

    def content(self) -> bytes:
        if self.raw is not None:
            return self.raw
        return b"" if self.body is None else json.dumps(self.body).encode()


class FakeServer:
    """Give it a way to answer; it keeps what was asked and makes the faults that were ordered."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self._server: asyncio.Server | None = None
        self._open: dict[asyncio.StreamWriter, asyncio.Task[Any] | None] = {}
        self._later: set[asyncio.Task[None]] = set()
        self._news = asyncio.Condition()
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answer(self, request: Request) -> Answer:
        raise NotImplementedError

    def fail(self, kind: FaultKind, path: str = "", **more: Any) -> None:
        self.faults.append(Fault(kind, path, **more))

    def asked(self, part: str, method: str = "") -> list[Request]:
        return [request for request in self.requests if part in request.path and method in ("", request.method)]

    async def received(self, part: str, method: str) -> Request:
        """The first request of this kind, once it has come."""
        async with asyncio.timeout(20), self._news:
            await self._news.wait_for(lambda: self.asked(part, method))
        return self.asked(part, method)[0]

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._connection, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close everything: a new connection is refused."""
        if self._server is not None:
            self._server.close()
            tasks = [task for task in (*self._open.values(), *self._later) if task is not None]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._server = None

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open[writer] = asyncio.current_task()
        try:
            while (request := await _read(reader)) is not None:
                self.requests.append(request)
                async with self._news:
                    self._news.notify_all()
                fault = self._fault(request)
                if fault is None:
                    await _write(writer, self.answer(request))
                elif not await self._faulty(fault, request, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            del self._open[writer]
            writer.close()

    def _fault(self, request: Request) -> Fault | None:
        for fault in self.faults:
            if fault.path in request.path and fault.method in ("", request.method):
                fault.times -= 1
                if fault.times <= 0:
                    self.faults.remove(fault)
                return fault
        return None

    async def _faulty(self, fault: Fault, request: Request, writer: asyncio.StreamWriter) -> bool:
        """Make the fault; False when the connection is to be closed."""
        makes: dict[str, Callable[[], Any]] = {
            "slow": lambda: self._slow(fault, request, writer),
            "lost": lambda: self._lost(request),
            "late": lambda: self._late(fault, request),
            "drop": _nothing,
            "status": lambda: _write(writer, Answer(fault.status, raw=b"<html>error</html>")),
            "nonsense": lambda: _write(writer, Answer(200, raw=b"<html>under construction</html>")),
            "drip": lambda: _drip(writer),
        }
        await makes[fault.kind]()
        return fault.kind in ("slow", "status", "nonsense")

    async def _slow(self, fault: Fault, request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(fault.seconds)
        await _write(writer, self.answer(request))

    async def _lost(self, request: Request) -> None:
        self.answer(request)

    async def _late(self, fault: Fault, request: Request) -> None:
        async def do() -> None:
            await asyncio.sleep(fault.seconds)
            self.answer(request)

        task = asyncio.create_task(do())
        self._later.add(task)
        task.add_done_callback(self._later.discard)


async def _nothing() -> None:
    return None


async def _read(reader: asyncio.StreamReader) -> Request | None:
    first = await reader.readline()
    if not first:
        return None
    method, target, _ = first.decode().split(" ", 2)
    headers: dict[str, str] = {}
    while (line := await reader.readline()).strip():
        name, value = line.decode().split(":", 1)
        headers[name.strip().lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    parts = urlsplit(target)
    return Request(method, parts.path, parse_qsl(parts.query, keep_blank_values=True), headers, body)


async def _write(writer: asyncio.StreamWriter, answer: Answer) -> None:
    content = answer.content()
    lines = [f"HTTP/1.1 {answer.status} X", "Content-Type: application/json", f"Content-Length: {len(content)}"]
    lines += [f"{name}: {value}" for name, value in answer.headers]
    writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + content)
    await writer.drain()


async def _drip(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 X\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(1000):
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.05)
