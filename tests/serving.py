"""A Sanic app on a free port of this machine, for tests that must go over a real socket."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sanic import Sanic


@asynccontextmanager
async def serving(app: Sanic[Any, Any], port: int = 0) -> AsyncIterator[str]:
    """The address of `app` while it runs; a `port` that was told to somebody before, or any that is free."""
    Sanic.test_mode = True
    listening = socket.socket()
    listening.bind(("127.0.0.1", port))  # port 0 given to Sanic would be its default port, which may be taken
    server = await app.create_server(sock=listening, return_asyncio_server=True)
    assert server is not None
    await server.startup()
    await server.before_start()
    await server.after_start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        await server.before_stop()
        server.close()
        await server.after_stop()
