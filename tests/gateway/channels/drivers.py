"""How the contract test speaks to each channel: one driver a channel, over real HTTP."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

import httpx

from bot.gateway.channels.connector.keys import key_hash, new_key
from bot.gateway.channels.connector.pictures import BroughtPictures
from bot.gateway.channels.whatsapp.parse import read_notice
from bot.gateway.channels.whatsapp.signature import sign
from bot.gateway.reception import Reception
from bot.model.channel import Arrival
from bot.model.connector import Connector
from bot.store import connectors, conversations
from tests.gateway.channels.chatwoot import fake_chatwoot as chatwoot
from tests.gateway.channels.whatsapp import fake_graph as graph
from tests.gateway.pictures import Files, jpeg

LIMMEN = {"latitude": 52.571, "longitude": 4.694}
CAPTION = "losse tegel bij de bakker"


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
    reception: Reception
    """Reads what such a channel delivered; called after every delivery."""

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
        raise NotImplementedError("the website has doors of its own for pictures and places")

    async def _post(self, body: dict[str, Any], token: str) -> Outcome:
        response = await self.http.post(self.path, content=json.dumps(body), headers={"Authorization": f"Bearer {token}"})
        return Outcome(response.status_code == 202, response.json().get("message"))


class WhatsAppDriver:
    """Webhooks of Meta, signed, read by the reception."""

    pushes = True

    def __init__(self, http: httpx.AsyncClient, bench: Any) -> None:
        self.http, self.bench = http, bench
        self.reception = bench.reception({"whatsapp": Files()})

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
            "worded picture": ("image", {"id": "1", "mime_type": "image/jpeg", "caption": CAPTION}),
            "place": ("location", LIMMEN),
            "voice": ("audio", {"id": "2", "mime_type": "audio/ogg", "voice": True}),
            "edited": ("edit", {"original_message_id": f"wamid.{of}", "message": {"type": "text", "text": {"body": "verbeterd"}}}),
            "deleted": ("revoke", {"original_message_id": f"wamid.{of}"}),
        }
        return await self._deliver(graph.incoming(f"wamid.{key}", *kinds[kind]))

    async def _deliver(self, value: dict[str, Any], signature: str | None = None) -> Outcome:
        before = await _told(self.bench, self.conversation)
        body = json.dumps(graph.webhook(value)).encode()
        headers = {"X-Hub-Signature-256": signature or sign(graph.APP_SECRET, body)}
        response = await self.http.post("/webhooks/whatsapp", content=body, headers=headers)
        while await self.reception.round():
            pass
        told = (await _told(self.bench, self.conversation))[len(before) :]
        return Outcome(response.status_code == 200 and not told, told[-1] if told else None)


class ConnectorDriver:
    """A program that brings citizens' messages over our own REST channel."""

    pushes = True

    def __init__(self, http: httpx.AsyncClient, bench: Any) -> None:
        self.http, self.bench = http, bench
        self.reception = bench.reception({"connector": BroughtPictures(bench.database)})
        self.key = new_key()

    async def start(self) -> None:
        self.connector = Connector(uuid4(), "balie", "castricum", self.bench.clock())
        user = f"{self.connector.id}:u1"
        known = Arrival("connector:first", "connector", user, "text", self.bench.clock(), municipality="castricum")
        async with self.bench.database.transaction() as connection:
            assert await connectors.add(connection, self.connector, key_hash(self.key))
            conversation, _ = await conversations.of_channel_user(connection, known, uuid4())
        self.conversation = conversation.id

    async def send(self, text: str, key: str, at: int = 0) -> Outcome:
        moment = self.bench.clock() - timedelta(minutes=1) + timedelta(seconds=at)
        return await self._post({"id": key, "text": text, "sent_at": moment.isoformat()})

    async def choose(self, choice: str, key: str) -> Outcome:
        return await self._post({"id": key, "choice": choice})

    async def send_forged(self, text: str, key: str) -> Outcome:
        return await self._post({"id": key, "text": text}, new_key())

    async def bring(self, kind: str, key: str, of: str = "") -> Outcome:
        picture = base64.b64encode(jpeg()).decode()
        kinds: dict[str, dict[str, Any]] = {
            "edited": {"edits": of, "text": "verbeterd"},
            "deleted": {"deletes": of},
            "picture": {"picture": picture},
            "worded picture": {"picture": picture, "text": CAPTION},
            "place": {"location": LIMMEN},
        }
        return await self._post({"id": key, **kinds.get(kind, {"attachment": kind})})

    async def _post(self, body: dict[str, Any], key: str | None = None) -> Outcome:
        before = await _told(self.bench, self.conversation)
        headers = {"Authorization": f"Bearer {key or self.key}"}
        response = await self.http.post("/api/v1/connector/messages", content=json.dumps({"user": "u1", **body}), headers=headers)
        if response.status_code != 202:
            return Outcome(False, response.json().get("message"))
        while await self.reception.round():
            pass
        told = (await _told(self.bench, self.conversation))[len(before) :]
        return Outcome(not told, told[-1] if told else None)


class ChatwootDriver:
    """Webhooks of Chatwoot's agent bot, signed, read by the reception."""

    pushes = True

    def __init__(self, http: httpx.AsyncClient, bench: Any) -> None:
        self.bench = bench
        self.chatwoot = chatwoot.FakeChatwoot(http, bench.clock)
        self.talk = self.chatwoot.begin()
        self.reception = bench.reception({"chatwoot": Files()})
        self.messages: dict[str, dict[str, Any]] = {}

    async def start(self) -> None:
        async with self.bench.database.transaction() as connection:
            first = Arrival("first", "chatwoot", f"1:{self.talk.id}", "text", self.bench.clock(), municipality="castricum")
            known, _ = await conversations.of_channel_user(connection, first, uuid4())
        self.conversation = known.id

    async def send(self, text: str, key: str, at: int = 0) -> Outcome:
        return await self._deliver(self._created(key, text, at=self.bench.clock() + timedelta(seconds=at)))

    async def choose(self, choice: str, key: str) -> Outcome:
        chosen = {"items": [{"title": "x", "value": choice}], "submitted_values": [{"title": "x", "value": choice}]}
        options = {"content_type": "input_select", "content_attributes": chosen}
        made = chatwoot.message(self.talk, "kies", "outgoing", chatwoot.BOT, **options)
        return await self._deliver(chatwoot.message_event("message_updated", self.talk, made))

    async def send_forged(self, text: str, key: str) -> Outcome:
        self.chatwoot.secret = "a-secret-of-somebody-else"
        return await self._deliver(self._created(key, text))

    async def bring(self, kind: str, key: str, of: str = "") -> Outcome:
        files: dict[str, dict[str, Any]] = {
            "picture": {"file_type": "image", "data_url": "https://example.nl/1"},
            "worded picture": {"file_type": "image", "data_url": "https://example.nl/1"},
            "voice": {"file_type": "audio", "data_url": "https://example.nl/1"},
            "place": {"file_type": "location", "coordinates_lat": LIMMEN["latitude"], "coordinates_long": LIMMEN["longitude"]},
        }
        if kind in files:
            words = CAPTION if kind == "worded picture" else None
            return await self._deliver(self._created(key, words, attachments=[{"id": 1, **files[kind]}]))
        changed: dict[str, Any] = {"edited": {"content": "verbeterd"}, "deleted": {"content_attributes": {"deleted": True}}}[kind]
        return await self._deliver(chatwoot.message_event("message_updated", self.talk, self.messages[of] | changed))

    def _created(self, key: str, text: str | None, **more: Any) -> dict[str, Any]:
        if key not in self.messages:
            self.messages[key] = chatwoot.message(self.talk, text, **more)
        return chatwoot.message_event("message_created", self.talk, self.messages[key])

    async def _deliver(self, body: dict[str, Any]) -> Outcome:
        before = await _told(self.bench, self.conversation)
        status = await self.chatwoot.attempt(body)
        while await self.reception.round():
            pass
        told = (await _told(self.bench, self.conversation))[len(before) :]
        return Outcome(status == 200 and not told, told[-1] if told else None)


async def _told(bench: Any, conversation: UUID) -> list[str]:
    history = await bench.history(conversation)
    return [message.text for message in history if message.author == "system" and message.text != "<bsn_gemaskeerd>"]


DRIVERS: dict[str, type[Driver]] = {
    "web": WebDriver,
    "whatsapp": WhatsAppDriver,
    "connector": ConnectorDriver,
    "chatwoot": ChatwootDriver,
}
"""A driver for every channel of the gateway."""
