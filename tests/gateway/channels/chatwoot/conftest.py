"""A citizen in an inbox of Chatwoot, with everything between them, the bot and the people there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from bot.gateway.channels.chatwoot.client import AgentBot
from bot.gateway.channels.chatwoot.setup import Connection
from bot.gateway.outbox import Outbox
from bot.gateway.reception import Reception
from bot.model.people import Holding
from bot.settings import Secret
from bot.store import deliveries, ownership
from tests.gateway.channels.chatwoot.fake_chatwoot import OTHER_TOKEN, PERSON_TOKEN, TOKEN, Conversation, FakeChatwoot
from tests.serving import serving


@dataclass
class Desk:
    """Chatwoot with its people on one side, the house on the other; `talk` is one conversation in both."""

    bench: Any
    chatwoot: FakeChatwoot
    talk: Conversation
    reception: Reception
    outbox: Outbox

    async def citizen(self, text: str | None, **more: Any) -> None:
        """The citizen writes and the house reads it."""
        await self.chatwoot.write(self.talk, text, **more)
        await self.read()

    async def read(self) -> None:
        """Read all that came in."""
        while await self.reception.round():
            pass

    async def answer(self) -> list[str]:
        """Let the bot answer and send; everything it ever said to the citizen."""
        for key in await self.ours():
            await self.bench.turns.answer(str(key))
        await self.outbox.round()
        await self.chatwoot.tell_refusals()
        await self.read()
        return self.talk.said()

    async def ours(self) -> list[UUID]:
        """All our conversations, the oldest first."""
        found: list[UUID] = await self.bench.conversations()
        return found

    async def id(self) -> UUID:
        """The only conversation."""
        [only] = await self.ours()
        return only

    async def texts(self) -> list[str]:
        """The only conversation as we keep it, without what the house says when this machine is slow."""
        return [text for text in await self.bench.texts(await self.id()) if text != "<storing>"]

    async def holding(self) -> Holding:
        """Who owns the only conversation."""
        async with self.bench.database.transaction() as connection:
            found = await ownership.find(connection, await self.id())
        assert found is not None
        return found

    async def deliveries(self) -> list[str]:
        """How the delivery of each message stands, in order."""
        key = await self.id()
        async with self.bench.database.transaction() as connection:
            found = await deliveries.statuses_of(connection, key)
        return [found[message.id] for message in await self.bench.history(key) if message.id in found]

    def fails(self, call: int, fault: int | str) -> None:
        """The call after so many others will fail in this way."""
        self.chatwoot.faults.extend([*([None] * call), fault])

    async def handed_off(self) -> None:
        """The citizen asks for a person, and Chatwoot's people have the conversation."""
        self.bench.engine.handoff = {"route": "live_chat", "team": "burgerzaken", "product": "paspoort", "reason": "vraagt om een mens"}
        await self.citizen("mag ik een mens")
        await self.answer()

    def later(self, **time: float) -> None:
        """Time passes for the house."""
        self.bench.clock.move(timedelta(**time))


@pytest.fixture
def people() -> Mapping[str, Secret]:
    """Tokens with which labels may be set."""
    return {"": Secret(PERSON_TOKEN)}


@pytest.fixture
async def desk(gateway: str, bench: Any, people: Mapping[str, Secret], patience: float) -> AsyncIterator[Desk]:
    async with httpx.AsyncClient(base_url=gateway, timeout=30) as http:
        fake = FakeChatwoot(http, bench.clock)
        async with serving(fake.app()) as address:
            connection = Connection(
                address, {"1": Secret(TOKEN), "2": Secret(OTHER_TOKEN)}, {"burgerzaken": "22"}, dict(people), timeout=patience
            )
            bot = AgentBot(connection, bench.database, bench.gate.library, bench.office.board.summary, bench.clock)
            reception = bench.reception({"chatwoot": bot.attachments})
            yield Desk(bench, fake, fake.begin(), reception, Outbox(bench.database, {"chatwoot": bot}, bench.clock))
            await bot.close()
