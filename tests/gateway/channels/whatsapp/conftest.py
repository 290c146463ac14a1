"""A citizen on WhatsApp, with a stand-in for the Graph API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.gateway.channels.whatsapp.client import CloudApi
from bot.gateway.channels.whatsapp.render import Words
from bot.gateway.outbox import Outbox
from bot.settings import Secret
from tests.gateway.channels.whatsapp import fake_graph as graph
from tests.gateway.channels.whatsapp.citizen import Citizen
from tests.serving import serving


@pytest.fixture
async def citizen(gateway: str, bench: Any, patience: float) -> AsyncIterator[Citizen]:
    fake = graph.FakeGraph()
    async with serving(fake.app()) as address, httpx.AsyncClient(base_url=gateway, timeout=30) as http:
        words = Words("Maak een keuze", "Kies hieronder:", "Of typ:")
        api = CloudApi(
            f"{address}/v24.0",
            Secret(graph.TOKEN),
            lambda: words,
            {"reminder": "afspraak", "callback": "terugbellen"},
            bench.clock,
            timeout=patience,
        )
        reception = bench.reception({"whatsapp": api.media}, {"whatsapp": api})
        yield Citizen(http, bench, fake, reception, Outbox(bench.database, {"whatsapp": api}, bench.clock))
        await api.close()
