"""Heeds what a channel with a desk of its own tells: that a person there speaks, has the conversation, or gives it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.handoff.outside import Errand, OutsideDesk
from bot.knowledge.library import Library
from bot.logs import logger
from bot.model.channel import Arrival
from bot.model.people import HandoffRequest
from bot.store import arrivals, conversations, deliveries, ownership

log = logger()

PENDING, RESOLVED = "pending", "resolved"
"""The turn is ours; nobody's any more. Everything else (open, snoozed) is a person's turn."""

MAIL = "Email"
"""The kind of inbox in which people write letters."""

SETTLED = timedelta(minutes=1)
"""After our own hand-off the channel may say for a moment that the turn is still ours, and clocks differ a little."""


@dataclass(frozen=True)
class Elsewhere:
    """Works in the transaction of the reception."""

    library: Callable[[], Library]
    clock: Clock

    @property
    def desk(self) -> OutsideDesk:
        """The people over there, as the house sees them."""
        return OutsideDesk(self.library, self.clock)

    async def told(self, connection: AsyncConnection, arrival: Arrival) -> None:
        """What no citizen sent: a person there spoke, or a status changed."""
        if arrival.kind == "person":
            conversation, new = await conversations.of_channel_user(connection, arrival, uuid4())
            await self.spoke(connection, conversation.id, arrival, new=new)
            return
        known = await conversations.current_of_user(connection, arrival)
        if known is not None:
            await self.changed(connection, known.id, arrival)

    async def changed(self, connection: AsyncConnection, conversation_id: UUID, arrival: Arrival) -> None:
        """The status changed over there; news that was overtaken by later news changes nothing."""
        if await self._is_overtaken(connection, arrival):
            return
        status = arrival.facts["status"]
        if status == PENDING:
            await self.desk.give_back(connection, conversation_id)
        elif status == RESOLVED:
            await self.desk.close(connection, conversation_id)
        else:
            await self.desk.take(connection, conversation_id)

    async def spoke(self, connection: AsyncConnection, conversation_id: UUID, arrival: Arrival, *, new: bool) -> None:
        """A person over there spoke, and has the conversation by that, also when the status does not say so yet.

        Who begins a conversation over there takes nothing over from the bot: the citizen is told nothing.
        """
        text = arrival.text or self.library().message("ontvangen_document")
        errand: Errand | None = "open" if arrival.facts["status"] == PENDING else None
        if new and errand is None:
            await self.desk.take(connection, conversation_id, tell=False)
        await self.desk.said(connection, conversation_id, arrival.key, text, str(arrival.facts.get("name", "")), errand)

    async def heed(self, connection: AsyncConnection, conversation_id: UUID, arrival: Arrival, *, new: bool) -> bool:
        """Believe the status that came along with a citizen's message; whether a person has the conversation.

        So nothing depends on the one webhook that told of a change: a channel may lose it.
        """
        status = arrival.facts.get("status")
        if status is None:
            return False
        if status == PENDING:
            if await self._is_ours_again(connection, conversation_id, arrival):
                log.warning("return_to_bot_noticed_late", conversation_id=str(conversation_id))
                await self.desk.give_back(connection, conversation_id)
        elif status not in ("", RESOLVED) and not await self._is_overtaken(connection, arrival):
            await self.desk.take(connection, conversation_id, tell=not new)
        holding = await ownership.find(connection, conversation_id)
        return holding is not None and holding.owner == "agent"

    async def letter(self, connection: AsyncConnection, conversation_id: UUID) -> None:
        """An e-mail too long for the bot is no reason to ask for a shorter one: a person reads it, at any hour."""
        reason = self.library().message("reden_lange_mail")
        await self.desk.ask(connection, conversation_id, HandoffRequest(rule="lange_mail", reason=reason))

    async def _is_ours_again(self, connection: AsyncConnection, conversation_id: UUID, arrival: Arrival) -> bool:
        """Whether the turn is ours for a while already, though a person had it: the webhook that told so was lost."""
        holding = await ownership.locked(connection, conversation_id)
        if holding is None or holding.owner != "agent" or holding.agent_id is not None or holding.owner_since is None:
            return False
        calm = await deliveries.calm_since(connection, conversation_id, holding.owner_since)
        return calm is not None and arrival.sent_at > max(calm, holding.owner_since) + SETTLED

    @staticmethod
    async def _is_overtaken(connection: AsyncConnection, arrival: Arrival) -> bool:
        prefix = f"{arrival.channel}:{arrival.user}:status:"
        return await arrivals.is_overtaken(connection, arrival.channel, arrival.user, prefix, arrival.sent_at)
