"""The rounds that keep promises to waiting citizens: agents who fell silent, queues that nobody serves, waits that take long."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from psycopg import Error as DriverError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.handoff.queueing import Queue
from bot.handoff.waiting import place_of
from bot.knowledge.library import Library
from bot.logs import logger
from bot.model.people import GENERAL_TEAM, Holding
from bot.store import agents, messages, ownership
from bot.store.database import Database, announce, announce_desk

log = logger()

CONNECTION, IDLE = "verbinding", "automatisch"
"""Why an agent is away when they did not say so themselves; the desk shows it."""

EMPTY_FOR = timedelta(minutes=3)
"""A desk that is empty for this long, and not for a moment, is empty."""

_EVERY_SECONDS = 5.0


@dataclass(frozen=True)
class Patience:
    """How long is too long; from bot.settings."""

    silent: timedelta = timedelta(seconds=45)
    answer: timedelta = timedelta(minutes=15)
    idle: timedelta = timedelta(minutes=15)


@dataclass(frozen=True)
class PeopleWatch:
    """Any number of gateways may make these rounds at once: every step is won by one of them."""

    database: Database
    library: Callable[[], Library]
    clock: Clock
    patience: Patience = Patience()

    @property
    def _queue(self) -> Queue:
        return Queue(self.library, self.clock)

    async def run(self) -> None:
        """Make rounds for ever; an error of the database only skips a round."""
        listening_since = self.clock()
        while True:
            try:
                await self.round(listening_since)
            except (SQLAlchemyError, DriverError) as error:
                log.warning("people_round_failed", error=type(error).__name__)
                listening_since = self.clock()
            await asyncio.sleep(_EVERY_SECONDS)

    async def round(self, listening_since: datetime | None = None) -> None:
        """One round over everything.

        Since `listening_since` signs of desks can come in; None: for long enough. After an outage of our own every desk seems
        silent: each gets the time to connect again before its conversations are taken away.
        """
        if listening_since is None or self.clock() - listening_since >= self.patience.silent:
            await self._lost_agents()
        await self._silent_agents()
        async with self.database.transaction() as connection:
            waiting = await ownership.queued(connection)
            empty = {team for team in {_team(holding) for holding in waiting} if await self._is_empty(connection, team)}
            general = bool(await agents.present_for(connection, GENERAL_TEAM))
        for holding in waiting:
            if _team(holding) in empty:
                await self._move_on(holding, general)
            elif self._waits_long(holding):
                await self._takes_long(holding)

    async def _lost_agents(self) -> None:
        """A desk without a sign of life: the agent is offline, and every citizen waits in the queue again."""
        now = self.clock()
        async with self.database.transaction() as connection:
            lost = await agents.claim_silent(connection, now - self.patience.silent, now, CONNECTION)
            for agent_id in lost:
                await self._put_back_all(connection, agent_id)
            idle = await agents.claim_idle(connection, now - self.patience.idle, now, IDLE)
            if lost or idle:
                await announce_desk(connection, "agents")
        if lost:
            log.warning("agents_lost", agents=len(lost))

    async def _put_back_all(self, connection: AsyncConnection, agent_id: UUID) -> None:
        for conversation_id in await ownership.held_by(connection, agent_id):
            await self._queue.put_back(connection, conversation_id, agent_id)

    async def _silent_agents(self) -> None:
        """An agent whose desk is open but who does nothing while a citizen waits for an answer."""
        now = self.clock()
        async with self.database.transaction() as connection:
            silent = await ownership.silent(connection, now - self.patience.answer, now - self.patience.answer)
        for conversation_id, agent_id in silent:
            async with self.database.transaction() as connection:
                await agents.locked(connection, agent_id)
                if (conversation_id, agent_id) in await ownership.silent(
                    connection, now - self.patience.answer, now - self.patience.answer
                ):
                    await self._queue.put_back(connection, conversation_id, agent_id)

    async def _is_empty(self, connection: AsyncConnection, team: str) -> bool:
        """Whether nobody serves this queue (any more)."""
        if await agents.present_for(connection, team):
            return False
        changed = await agents.last_change_for(connection, team)
        return changed is None or self.clock() - changed >= EMPTY_FOR

    async def _move_on(self, holding: Holding, general: bool) -> None:
        """From an empty queue to the contact centre, or when nobody is there either to the bot, with a call-back."""
        async with self.database.transaction() as connection:
            if general and _team(holding) != GENERAL_TEAM:
                await self._queue.reroute(connection, holding.conversation_id, GENERAL_TEAM)
            else:
                await self._queue.leave(connection, holding.conversation_id, "nobody")

    def _waits_long(self, holding: Holding) -> bool:
        limit = timedelta(minutes=self.library().policy(holding.municipality).limits.long_wait)
        untold = holding.told_wait_at is None and holding.waiting_since is not None
        return untold and self.clock() - (holding.waiting_since or self.clock()) >= limit

    async def _takes_long(self, holding: Holding) -> None:
        """Offer a call-back, once."""
        async with self.database.transaction() as connection:
            if await ownership.claim_untold_wait(connection, holding.conversation_id, self.clock()):
                place = await place_of(connection, holding, self.clock())
                reply = self._queue.words.takes_long(place, holding.municipality)
                await messages.add_reply(connection, holding.conversation_id, reply)
                await announce(connection, holding.conversation_id)


def _team(holding: Holding) -> str:
    return holding.team or GENERAL_TEAM
