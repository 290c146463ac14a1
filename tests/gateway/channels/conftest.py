"""The gateway's real app on a port of its own, over a bench with a scripted engine."""

from __future__ import annotations

import itertools
import socket
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sanic import Sanic

from bot.gateway.app import CHANNELS, make_app
from bot.gateway.house import House
from bot.gateway.live import Live
from bot.settings import load_settings
from tests.gateway.channels.drivers import DRIVERS, Driver

_numbers = itertools.count()


async def _nothing() -> None:
    """Nothing to open, close or refresh."""


@pytest.fixture
async def gateway(bench: Any) -> AsyncIterator[str]:
    """The address of a running gateway."""
    Sanic.test_mode = True
    house = House(
        settings=load_settings({}),
        clock=bench.clock,
        database=bench.database,
        library=bench.gate.library,
        refresh_library=_nothing,
        engine=bench.engine,
        gate=bench.gate,
        starts=bench.starts,
        live=Live(bench.database.address),
        watch=bench.watch,
        open=_nothing,
        close=_nothing,
    )
    app = make_app(house, f"gateway-{next(_numbers)}")
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))  # port 0 given to Sanic would be its default port, which may be taken
    server = await app.create_server(sock=listening, return_asyncio_server=True)
    assert server is not None
    await server.startup()
    await server.before_start()
    await server.after_start()
    port = listening.getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    await server.before_stop()
    server.close()
    await server.after_stop()


@pytest.fixture(params=sorted(CHANNELS))
async def channel(request: pytest.FixtureRequest, gateway: str) -> AsyncIterator[Driver]:
    """A started conversation on each channel of the gateway."""
    async with httpx.AsyncClient(base_url=gateway, timeout=10) as http:
        driver = DRIVERS[request.param](http)
        await driver.start()
        yield driver
