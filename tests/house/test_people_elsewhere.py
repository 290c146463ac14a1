"""The real bot behind an inbox of Chatwoot: it answers, hands over to the people there, is silent, and comes back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import httpx
import pytest

from bot.clock import utc_now
from tests.gateway.channels.chatwoot import fake_chatwoot as chatwoot
from tests.house.running import RunningHouse
from tests.serving import serving

pytestmark = [pytest.mark.model, pytest.mark.slow]


@dataclass
class Webcare:
    """One conversation in Chatwoot, with the house behind it."""

    house: RunningHouse
    chatwoot: chatwoot.FakeChatwoot
    talk: chatwoot.Conversation

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until Chatwoot shows it."""
        for _ in range(300):
            if condition():
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"Chatwoot shows {self.talk}\n{self.house.log_text()[-3000:]}")

    async def hears(self, *words: str) -> str:
        """Wait until the bot's newest message to the citizen has all these words."""
        await self.until(lambda: all(word in "".join(self.talk.said()[-1:]) for word in words))
        return self.talk.said()[-1]


@pytest.fixture
async def webcare(open_house: RunningHouse, chatwoot_port: int) -> AsyncIterator[Webcare]:
    async with httpx.AsyncClient(base_url=open_house.url, timeout=10) as http:
        fake = chatwoot.FakeChatwoot(http, utc_now)
        async with serving(fake.app(), chatwoot_port):
            yield Webcare(open_house, fake, fake.begin())


async def test_from_the_bot_to_the_people_in_chatwoot_and_back(webcare: Webcare) -> None:
    fake, talk = webcare.chatwoot, webcare.talk
    await fake.write(talk, "wat kost een paspoort?")
    await webcare.hears("paspoort", "betaalt")
    assert "digitale assistent" in talk.said()[0]
    offered = talk.messages[-1]["content_attributes"]["items"]
    [number] = [at for at, item in enumerate(offered) if item["title"] == "Wat heb ik nodig?"]
    await fake.choose(talk, number)
    await webcare.hears("pasfoto")

    talk.labels = ["vip"]
    await fake.write(talk, "ik wil een medewerker spreken")
    await webcare.hears("antwoordt een mens")
    await webcare.until(lambda: talk.status == "open" and len(talk.labels) > 1)
    assert (talk.team, talk.labels) == (22, ["vip", "reisdocumenten", "castricum"])
    [note] = talk.said(private=True)
    assert "Onderwerp: Paspoort" in note
    assert "Labels: reisdocumenten, castricum" in note

    said = len(talk.said())
    await fake.write(talk, "hoe lang duurt dat?")
    await fake.say(talk, "Goedemiddag, u spreekt met Fatima. Vijf werkdagen.")
    await fake.write(talk, "dank u wel")
    await fake.set_status(talk, "pending")
    await webcare.hears("U praat nu weer met de digitale assistent")
    assert len(talk.said()) == said + 1
    await fake.write(talk, "en wat moet ik meenemen?")
    await webcare.hears("pasfoto")
