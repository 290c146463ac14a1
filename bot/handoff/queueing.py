"""The queue for a person, seen from the citizen: getting in, being told how it stands, and getting out of it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.handoff.waiting import place_of
from bot.handoff.words import Words
from bot.knowledge.library import Library
from bot.logs import logger
from bot.model.conversation import Reply
from bot.model.people import Ending, Event, HandoffRequest, Holding
from bot.store import handoffs, messages, ownership
from bot.store.database import announce, announce_all, announce_desk

log = logger()

TOLD_PLACES = 50
"""So many in front of the queue see their place change at once; who stands further back hears it at the next message."""


@dataclass(frozen=True)
class Queue:
    """Every function works in the transaction of its caller, and changes nothing when things are otherwise by then."""

    library: Callable[[], Library]
    clock: Clock

    @property
    def words(self) -> Words:
        """What the house says."""
        return Words(self.library)

    async def ask(self, connection: AsyncConnection, conversation_id: UUID, request: HandoffRequest) -> None:
        """The citizen wants a person: from bot to queue. Who waits already is told how it stands."""
        now = self.clock()
        moved = await ownership.move(connection, conversation_id, "ask_person", now, team=request.team)
        if moved is not None:
            if request.product:
                await ownership.set_product(connection, conversation_id, request.product)
            await handoffs.begin(connection, moved, request, now)
            await messages.add_reply(
                connection, conversation_id, self.words.queued(await place_of(connection, moved, now), moved.municipality)
            )
            log.info("handoff_queued", conversation_id=str(conversation_id), team=request.team, rule=request.rule)
        else:
            await self.tell_place(connection, conversation_id)
        await announce(connection, conversation_id)
        await announce_desk(connection, "queue", conversation_id)

    async def tell_place(self, connection: AsyncConnection, conversation_id: UUID) -> None:
        """Tell a waiting citizen how it stands; nothing when they do not wait."""
        holding = await ownership.locked(connection, conversation_id)
        if holding is not None and holding.owner == "queued":
            place = await place_of(connection, holding, self.clock())
            await messages.add_reply(connection, conversation_id, self.words.still_queued(place, holding.municipality))

    async def leave(self, connection: AsyncConnection, conversation_id: UUID, ending: Ending = "left", *, tell: bool = True) -> bool:
        """From queue to bot, which goes on where it was; False when the citizen did not wait."""
        event: Event = "nobody" if ending == "nobody" else "leave"
        before = await ownership.locked(connection, conversation_id)
        moved = await ownership.move(connection, conversation_id, event, self.clock())
        if moved is None or before is None:
            return False
        await handoffs.end(connection, conversation_id, ending, self.clock())
        if tell:
            say = self.words.nobody if ending == "nobody" else self.words.left
            await messages.add_reply(connection, conversation_id, say(moved.municipality))
        await self.tell_others(connection, before)
        await announce(connection, conversation_id)
        log.info("handoff_left", conversation_id=str(conversation_id), ending=ending)
        return True

    async def put_back(self, connection: AsyncConnection, conversation_id: UUID, agent_id: UUID) -> bool:
        """The agent fell silent: back to the queue, where the old waiting time counts. False when it is not theirs any more."""
        now = self.clock()
        moved = await ownership.move(connection, conversation_id, "lost", now, held_by=agent_id)
        if moved is None:
            return False
        known = await handoffs.reason_of(connection, conversation_id) or HandoffRequest()
        await handoffs.end(connection, conversation_id, "lost", now)
        await handoffs.begin(connection, moved, known, moved.waiting_since or now)
        await messages.add_reply(connection, conversation_id, self.words.lost(await place_of(connection, moved, now), moved.municipality))
        await announce(connection, conversation_id)
        await announce_desk(connection, "queue", "agents", conversation_id)
        log.warning("handoff_lost", conversation_id=str(conversation_id), agent_id=str(agent_id))
        return True

    async def reroute(self, connection: AsyncConnection, conversation_id: UUID, team: str) -> bool:
        """Another team takes the queue over; the waiting time counts on. False when the citizen does not wait."""
        now = self.clock()
        moved = await ownership.move(connection, conversation_id, "forward_team", now, team=team, waiting=True)
        if moved is None:
            return False
        known = await handoffs.reason_of(connection, conversation_id) or HandoffRequest()
        await handoffs.end(connection, conversation_id, "forwarded", now)
        await handoffs.begin(connection, moved, replace(known, team=team), moved.waiting_since or now)
        await announce(connection, conversation_id)
        await announce_desk(connection, "queue", conversation_id)
        return True

    async def reopen(self, connection: AsyncConnection, conversation_id: UUID) -> bool:
        """A citizen writes in a closed conversation: the bot begins afresh and says that it is the bot."""
        moved = await ownership.move(connection, conversation_id, "reopen", self.clock(), resume={})
        if moved is None:
            return False
        text = self.library().message("gesprek_opnieuw", municipality=moved.municipality)
        await messages.add_reply(connection, conversation_id, Reply(text, meta={"route": "bot"}, author="system"))
        return True

    async def tell_others(self, connection: AsyncConnection, holding: Holding) -> None:
        """The queue that `holding` was in got shorter: its first ones see their new place."""
        await announce_all(connection, await ownership.first_queued(connection, holding.team or "", TOLD_PLACES))
        await announce_desk(connection, "queue", holding.conversation_id)
