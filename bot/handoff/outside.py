"""Agents at a desk that is not ours (Chatwoot, for one): the same ownership, without an agent of our own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.handoff.words import Words
from bot.knowledge.library import Library
from bot.logs import logger
from bot.model.conversation import Reply
from bot.model.people import GENERAL_TEAM, HandoffRequest
from bot.store import deliveries, handoffs, messages, ownership, turns
from bot.store.database import announce, announce_desk
from bot.text.personal import mask_bsn

log = logger()

Errand = Literal["handoff", "open"]
"""What goes with a message to the other desk, in its meta under `desk`: the whole hand-off with a summary, or only "yours now"."""


@dataclass(frozen=True)
class OutsideDesk:
    """Works in the transaction of its caller."""

    library: Callable[[], Library]
    clock: Clock

    async def ask(self, connection: AsyncConnection, conversation_id: UUID, request: HandoffRequest) -> bool:
        """The citizen wants a person: from now on one over there answers. False when one did so already."""
        before = await ownership.locked(connection, conversation_id)
        moved = None
        if before is not None and before.owner != "agent":
            moved = await ownership.move(connection, conversation_id, "take_over", self.clock(), team=request.team)
        if moved is None:
            return False
        if request.product:
            await ownership.set_product(connection, conversation_id, request.product)
        await handoffs.begin(connection, moved, request, self.clock())
        await turns.end_all(connection, conversation_id, "to_agent")
        await self._say(connection, conversation_id, "medewerker_elders", moved.municipality, "handoff", request.team)
        await self._tell(connection, conversation_id)
        log.info("handoff_elsewhere", conversation_id=str(conversation_id), team=request.team, rule=request.rule)
        return True

    async def take(self, connection: AsyncConnection, conversation_id: UUID, *, errand: Errand | None = None, tell: bool = True) -> bool:
        """A person over there answers from now on, and the bot is silent; False when a person had it already.

        `errand` goes with the message that says so to the citizen, unless `tell` is false: then nothing is said.
        """
        before = await ownership.locked(connection, conversation_id)
        if before is None or before.owner == "agent":
            return False
        if before.owner == "closed":
            await ownership.move(connection, conversation_id, "reopen", self.clock(), resume={})
        moved = await ownership.move(connection, conversation_id, "take_over", self.clock(), team=before.team or GENERAL_TEAM)
        if moved is None:
            return False
        await turns.end_all(connection, conversation_id, "to_agent")
        await deliveries.drop_answers(connection, conversation_id, self.clock())
        await handoffs.claimed(connection, moved, moved.team or GENERAL_TEAM, None, self.clock())
        if tell:
            await self._say(connection, conversation_id, "medewerker_neemt_over", moved.municipality, errand)
        await self._tell(connection, conversation_id)
        return True

    async def said(
        self, connection: AsyncConnection, conversation_id: UUID, key: str, text: str, name: str, errand: Errand | None = None
    ) -> None:
        """A person over there said something, which the citizen has already; who speaks has the conversation. `key` as for `take`.

        The same `key` again does nothing.
        """
        if await messages.seq_of_inbound(connection, key) is not None:
            return
        reply = Reply(mask_bsn(text).text, meta={"agent": name} if name else {}, author="agent")
        await messages.add_reply(connection, conversation_id, reply, inbound_key=key, deliver=False)
        await self.take(connection, conversation_id, errand=errand)
        holding = await ownership.locked(connection, conversation_id)
        if holding is not None and await ownership.answered_by_agent(connection, conversation_id, None):
            await handoffs.claimed(connection, holding, holding.team or GENERAL_TEAM, None, self.clock())
        await self._tell(connection, conversation_id)

    async def give_back(self, connection: AsyncConnection, conversation_id: UUID) -> bool:
        """The bot answers again, afresh, with the subject known, and says so; False when no person over there had it."""
        municipality = await self._back(connection, conversation_id, "handed_back")
        if municipality is None:
            return False
        await messages.add_reply(connection, conversation_id, self._words.bot_again(municipality or None))
        return True

    async def unreachable(self, connection: AsyncConnection, conversation_id: UUID) -> bool:
        """The other desk could not be told: the bot answers again and offers a call-back.

        False when nobody there had it, or somebody there has spoken already: then the bot stays silent.
        """
        if await handoffs.is_claimed(connection, conversation_id):
            return False
        municipality = await self._back(connection, conversation_id, "nobody")
        if municipality is None:
            return False
        await messages.add_reply(connection, conversation_id, self._words.nobody(municipality or None))
        log.error("handoff_not_delivered", conversation_id=str(conversation_id))
        return True

    async def close(self, connection: AsyncConnection, conversation_id: UUID) -> bool:
        """It is over, over there; the citizen's next message begins with the bot. False when it was closed already."""
        moved = await ownership.move(connection, conversation_id, "close", self.clock())
        if moved is None:
            return False
        await handoffs.end(connection, conversation_id, "closed", self.clock())
        await self._tell(connection, conversation_id)
        return True

    async def _back(self, connection: AsyncConnection, conversation_id: UUID, ending: Literal["handed_back", "nobody"]) -> str | None:
        """From a person over there to the bot; the municipality (empty: not known), or None when nobody there had it."""
        before = await ownership.locked(connection, conversation_id)
        if before is None or before.owner != "agent" or before.agent_id is not None:
            return None
        known = before.product is not None and self.library().product(before.product) is not None
        resume = {"product": before.product} if known and before.product else {}
        await ownership.move(connection, conversation_id, "hand_back", self.clock(), resume=resume)
        await handoffs.end(connection, conversation_id, ending, self.clock())
        await self._tell(connection, conversation_id)
        return before.municipality or ""

    @property
    def _words(self) -> Words:
        return Words(self.library)

    async def _say(
        self, connection: AsyncConnection, conversation_id: UUID, key: str, town: str | None, errand: Errand | None, team: str | None = None
    ) -> None:
        meta = {"route": "agent"} | ({"desk": errand} if errand else {}) | ({"team": team} if team else {})
        text = self.library().message(key, municipality=town)
        await messages.add_reply(connection, conversation_id, Reply(text, meta=meta, author="system"))

    @staticmethod
    async def _tell(connection: AsyncConnection, conversation_id: UUID) -> None:
        await announce(connection, conversation_id)
        await announce_desk(connection, "queue", conversation_id)
