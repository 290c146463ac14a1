"""How the contract test speaks to each channel: one driver a channel, over real HTTP."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

import httpx

from bot.gateway.channels.whatsapp.parse import read_notice
from bot.gateway.channels.whatsapp.signature import sign
from bot.gateway.reception import Reception
from bot.store import conversations
from tests.gateway.channels.whatsapp import fake_graph as graph


@dataclass(frozen=True)
class Outcome:
    """Whether a message was taken in, and what the citizen was told when it was not."""

    taken: bool
    told: str | None = None


class Driver(Protocol):
    """What the contract needs of a channel."""

    conversation: UUID
    pushes: bool
    """Whether the channel calls us: then it may repeat itself, in any order, and bring pictures."""

    def __init__(self, http: httpx.AsyncClient, bench: Any) -> None: ...

    async def start(self) -> None: ...

    async def send(self, text: str, key: str, at: int = 0) -> Outcome: ...

    async def choose(self, choice: str, key: str) -> Outcome: ...

    async def send_forged(self, text: str, key: str) -> Outcome: ...

    async def bring(self, kind: str, key: str, of: str = "") -> Outcome: ...


class WebDriver:
    """The website's channel."""

    pushes = False

    def __init__(self, http: httpx.AsyncClient, bench: Any) -> None:
        self.http = http

    async def start(self) -> None:
        started = (await self.http.post("/api/v1/conversations", json={"municipality": "castricum"})).json()
        self.conversation = UUID(started["id"])
        self.token = started["token"]
        self.path = f"/api/v1/conversations/{self.conversation}/messages"

    async def send(self, text: str, key: str, at: int = 0) -> Outcome:
        return await self._post({"id": key, "text": text}, self.token)

    async def choose(self, choice: str, key: str) -> Outcome:
        return await self._post({"id": key, "choice": choice}, self.token)

    async def send_forged(self, text: str, key: str) -> Outcome:
        return await self._post({"id": key, "text": text}, self.token[:-1] + ("a" if self.token[-1] != "a" else "b"))

    async def bring(self, kind: str, key: str, of: str = "") -> Outcome:
        raise NotImplementedError("the website sends text and choices only")

    async def _post(self, body: dict[str, Any], token: str) -> Outcome:
        response = await self.http.post(self.path, json=body, headers={"Authorization": f"Bearer {token}"})
        return Outcome(response.status_code == 202, response.json().get("message"))


class WhatsAppDriver:
    """Webhooks of Meta, signed, read by the reception."""

    pushes = True

    def __init__(self, http: httpx.AsyncClient, bench: Any) -> None:
        self.http, self.bench = http, bench
        self.reception = Reception(bench.database, bench.gate, bench.starts, bench.gate.library, settled=timedelta(0))

    async def start(self) -> None:
        [arrival] = read_notice(graph.webhook(graph.incoming("wamid.first", "text", {"body": "x"})), graph.NUMBERS).arrivals
        async with self.bench.database.transaction() as connection:
            known, _ = await conversations.of_channel_user(connection, replace(arrival, municipality="castricum"), uuid4())
        self.conversation = known.id

    async def send(self, text: str, key: str, at: int = 0) -> Outcome:
        return await self._deliver(graph.incoming(f"wamid.{key}", "text", {"body": text}, at=1_780_000_000 + at))

    async def choose(self, choice: str, key: str) -> Outcome:
        part = {"type": "button_reply", "button_reply": {"id": choice, "title": "x"}}
        return await self._deliver(graph.incoming(f"wamid.{key}", "interactive", part))

    async def send_forged(self, text: str, key: str) -> Outcome:
        value = graph.incoming(f"wamid.{key}", "text", {"body": text})
        return await self._deliver(value, signature="sha256=" + "0" * 64)

    async def bring(self, kind: str, key: str, of: str = "") -> Outcome:
        kinds = {
            "picture": ("image", {"id": "1", "mime_type": "image/jpeg"}),
            "voice": ("audio", {"id": "2", "mime_type": "audio/ogg", "voice": True}),
            "edited": ("edit", {"original_message_id": f"wamid.{of}", "message": {"type": "text", "text": {"body": "verbeterd"}}}),
            "deleted": ("revoke", {"original_message_id": f"wamid.{of}"}),
        }
        return await self._deliver(graph.incoming(f"wamid.{key}", *kinds[kind]))

    async def _deliver(self, value: dict[str, Any], signature: str | None = None) -> Outcome:
        before = await self._told()
        body = json.dumps(graph.webhook(value)).encode()
        headers = {"X-Hub-Signature-256": signature or sign(graph.APP_SECRET, body)}
        response = await self.http.post("/webhooks/whatsapp", content=body, headers=headers)
        while await self.reception.round():
            pass
        told = (await self._told())[len(before) :]
        return Outcome(response.status_code == 200 and not told, told[-1] if told else None)

    async def _told(self) -> list[str]:
        history = await self.bench.history(self.conversation)
        return [message.text for message in history if message.author == "system" and message.text != "<bsn_gemaskeerd>"]


DRIVERS: dict[str, type[Driver]] = {"web": WebDriver, "whatsapp": WhatsAppDriver}
"""A driver for every channel of the gateway."""
