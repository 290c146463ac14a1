"""The gateway's real app on a port of its own, over a bench with a scripted engine."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.gateway.app import CHANNELS, make_app
from bot.gateway.house import House
from bot.gateway.live import Live
from bot.reports.service import Reports
from bot.settings import load_settings
from tests.gateway.channels.chatwoot import fake_chatwoot as chatwoot
from tests.gateway.channels.drivers import DRIVERS, Driver
from tests.gateway.channels.whatsapp import fake_graph as graph
from tests.serving import serving

_numbers = itertools.count()


SETTINGS = {
    "CHATWOOT_TOKEN": chatwoot.TOKEN,
    "CHATWOOT_PATH_SECRET": chatwoot.PATH_SECRET,
    "CHATWOOT_SIGNING_SECRET": chatwoot.SIGNING_SECRET,
    "CHATWOOT_INBOXES": ",".join(f"{account}/{inbox}:{municipality}" for (account, inbox), municipality in chatwoot.INBOXES.items()),
    "CHATWOOT_TEAMS": "algemeen:21,burgerzaken:22",
    "CALLS_PER_CONNECTOR": "200",
    "WHATSAPP_TOKEN": graph.TOKEN,
    "WHATSAPP_APP_SECRET": graph.APP_SECRET,
    "WHATSAPP_VERIFY_TOKEN": graph.VERIFY_TOKEN,
    "WHATSAPP_NUMBERS": ",".join(f"{number}:{municipality}" for number, municipality in graph.NUMBERS.items()),
}


SETTINGS["WHATSAPP_PHONES"] = "106540352242922:+31 251 000 000,106540352242923:31720000000"


async def _nothing() -> None:
    """Nothing to open, close or refresh."""


@pytest.fixture
def patience(request: pytest.FixtureRequest) -> float:
    """Seconds that a call of a channel may take: long, because a busy machine is slow; little where the fault is slowness."""
    case = getattr(request.node, "callspec", None)
    return 1.0 if case is not None and "slow" in case.params.values() else 10.0


@pytest.fixture
async def gateway(bench: Any) -> AsyncIterator[str]:
    """The address of a running gateway."""
    house = House(
        settings=load_settings(SETTINGS),
        clock=bench.clock,
        database=bench.database,
        library=bench.gate.library,
        refresh_library=_nothing,
        engine=bench.engine,
        gate=bench.gate,
        starts=bench.starts,
        live=Live(bench.database.address),
        watch=bench.watch,
        office=bench.office,
        appointments=None,  # type: ignore[arg-type]  # nobody books here
        notices=None,  # type: ignore[arg-type]
        reports=Reports(bench.database, bench.gate.library, bench.clock),
        open=_nothing,
        close=_nothing,
    )
    async with serving(make_app(house, f"gateway-{next(_numbers)}")) as address:
        yield address


async def _driver(name: str, gateway: str, bench: Any) -> AsyncIterator[Driver]:
    async with httpx.AsyncClient(base_url=gateway, timeout=30) as http:
        driver = DRIVERS[name](http, bench)
        await driver.start()
        yield driver


@pytest.fixture(params=sorted(CHANNELS))
async def channel(request: pytest.FixtureRequest, gateway: str, bench: Any) -> AsyncIterator[Driver]:
    """A started conversation on each channel of the gateway."""
    async for driver in _driver(request.param, gateway, bench):
        yield driver


@pytest.fixture(params=sorted(name for name in DRIVERS if DRIVERS[name].pushes))
async def pushing(request: pytest.FixtureRequest, gateway: str, bench: Any) -> AsyncIterator[Driver]:
    """A started conversation on each channel that calls us."""
    async for driver in _driver(request.param, gateway, bench):
        yield driver
