"""Somebody on WhatsApp, for tests that look from Meta's side."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx

from bot.gateway.channels.whatsapp.signature import sign
from bot.gateway.outbox import Outbox
from bot.gateway.reception import Reception
from bot.store import deliveries
from tests.gateway.channels.whatsapp import fake_graph as graph


@dataclass
class Citizen:
    """Somebody on WhatsApp, with everything between them and the bot."""

    http: httpx.AsyncClient
    bench: Any
    graph: graph.FakeGraph
    reception: Reception
    outbox: Outbox

    async def post(self, *values: dict[str, Any]) -> int:
        body = json.dumps(graph.webhook(*values)).encode()
        response = await self.http.post("/webhooks/whatsapp", content=body, headers={"X-Hub-Signature-256": sign(graph.APP_SECRET, body)})
        return response.status_code

    async def says(self, text: str, wamid: str | None = None, **options: Any) -> None:
        assert await self.post(graph.incoming(wamid or f"wamid.{uuid4().hex}", "text", {"body": text}, **options)) == 200
        await self.read()

    async def read(self) -> None:
        while await self.reception.round():
            pass

    async def answered(self) -> list[str]:
        for conversation in await self.conversations():
            await self.bench.turns.answer(str(conversation))
        await self.outbox.round()
        return self.graph.texts

    async def conversations(self) -> list[UUID]:
        found: list[UUID] = await self.bench.conversations()
        return found

    async def delivery(self) -> list[str]:
        [conversation] = await self.conversations()
        history = await self.bench.history(conversation)
        async with self.bench.database.transaction() as connection:
            found = await deliveries.statuses(connection, [message.id for message in history])
        return [found[message.id] for message in history if message.id in found]
