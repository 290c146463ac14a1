"""Answers conversations: the job that takes owed turns one by one, in order, to the engine and stores the replies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.gateway import metrics
from bot.gateway.asking import Asking
from bot.gateway.engine import Engine, EngineResult, EngineUnavailable, TurnFailed, TurnRefused
from bot.gateway.still_danger import still_in_danger
from bot.handoff.queueing import Queue
from bot.knowledge.library import Library
from bot.logs import log_context, logger
from bot.model.conversation import Conversation, Due, OwedTurn, Reply, TurnStatus
from bot.model.people import Holding
from bot.store import conversations, messages, ownership, turns
from bot.store.database import Database, announce

log = logger()

STALE_AFTER = timedelta(minutes=15)
"""An answer that comes later than this surprises more than it helps: the citizen is asked to ask again."""

MAX_FAILURES = 5
"""After so many errors of the engine itself (not of being away) the citizen gets an apology and a way to a person."""


@dataclass(frozen=True)
class Turns:
    """Answers what is owed; one conversation at a time, which the queue's lock takes care of."""

    database: Database
    engine: Engine
    library: Callable[[], Library]
    clock: Clock

    @property
    def asking(self) -> Asking:
        """What is done when the engine asks a person in."""
        return Asking(Queue(self.library, self.clock))

    async def answer(self, conversation_id: str) -> None:
        """Answer every owed turn of a conversation, also what is written meanwhile: its own job waits for this one to end.

        Raises EngineUnavailable or TurnFailed when it must be tried again.
        """
        key = UUID(conversation_id)
        while True:
            async with self.database.statement() as connection:
                due = await turns.next_owed(connection, key)
            if due is None:
                return
            request_id = uuid4().hex
            with log_context(conversation_id=conversation_id, message_id=str(due.turn.message_id), request_id=request_id):
                await self._one(due, request_id)

    async def _one(self, due: Due, request_id: str) -> None:
        conversation, owed = due.conversation, due.turn
        if conversation.owner not in ("bot", "queued"):
            await self._end(conversation, owed, "to_agent")
            return
        if self.clock() - owed.created_at > STALE_AFTER:
            await self._end(conversation, owed, "stale", self._note("storing_verlopen", conversation))
            return
        try:
            if due.resume is not None:
                await self._begin_afresh(conversation, due.resume)
            with metrics.TURN_SECONDS.time():
                result = await self.engine.turn(conversation, owed, request_id)
        except EngineUnavailable as error:
            metrics.TURNS.labels("engine_unavailable").inc()
            log.warning("engine_unavailable", reason=str(error))
            raise
        except TurnRefused as error:
            log.error("turn_refused", reason=str(error))
            await self._end(conversation, owed, "given_up", self._note("fout", conversation))
        except TurnFailed as error:
            await self._failed(conversation, owed, error)
        else:
            await self._answered(conversation, owed, result)

    async def _begin_afresh(self, conversation: Conversation, slots: dict[str, str]) -> None:
        """After a person the bot knows the subject only, not what was half said before."""
        await self.engine.reset(conversation.id, slots)
        async with self.database.transaction() as connection:
            await ownership.clear_resume(connection, conversation.id)

    async def _answered(self, conversation: Conversation, owed: OwedTurn, result: EngineResult) -> None:
        async with self.database.transaction() as connection:
            # The row lock first: an agent who takes over either sees the answer or prevents it.
            holding = await ownership.locked(connection, conversation.id)
            if holding is None:  # the citizen had it deleted
                return
            by_bot = holding.owner in ("bot", "queued")
            if not await turns.end(connection, owed.message_id, "answered" if by_bot else "to_agent") or not by_bot:
                return
            warning = await still_in_danger(connection, owed, result, self.library())
            for reply in (warning,) if warning else result.replies:
                await messages.add_reply(connection, conversation.id, reply, in_reply_to=owed.message_id)
            await self._remember(connection, holding, result)
            if result.handoff and warning is None:
                await self.asking.act(connection, conversation, result.handoff)
            await announce(connection, conversation.id)
        metrics.TURNS.labels("answered").inc()
        metrics.ANSWER_SECONDS.observe((self.clock() - owed.created_at).total_seconds())
        log.info("turn_answered", seq=owed.seq, replies=len(result.replies), zone=result.understanding.get("zone"))

    async def _remember(self, connection: AsyncConnection, known: Holding, result: EngineResult) -> None:
        """Keep what the conversation is about and for whom, when that is news."""
        product = result.understanding.get("product")
        if result.municipality and result.municipality != known.municipality:
            await conversations.set_municipality(connection, known.conversation_id, result.municipality)
        if isinstance(product, str) and product != known.product:
            await ownership.set_product(connection, known.conversation_id, product)

    async def _failed(self, conversation: Conversation, owed: OwedTurn, error: TurnFailed) -> None:
        log.error("turn_failed", reason=str(error), attempts=owed.attempts + 1)
        metrics.TURNS.labels("failed").inc()
        if owed.attempts + 1 >= MAX_FAILURES:
            await self._end(conversation, owed, "given_up", self._note("fout", conversation))
            return
        async with self.database.transaction() as connection:
            await turns.count_attempt(connection, owed.message_id)
        raise error

    async def _end(self, conversation: Conversation, owed: OwedTurn, status: TurnStatus, note: Reply | None = None) -> None:
        async with self.database.transaction() as connection:
            # The conversation's row before the turn's, as everybody does: so nobody waits for each other.
            owner = await conversations.owner_locked(connection, conversation.id)
            if await turns.end(connection, owed.message_id, status if owner in ("bot", "queued") else "to_agent"):
                if owner not in ("bot", "queued"):
                    note = None
                if note is not None:
                    await messages.add_reply(connection, conversation.id, note, in_reply_to=owed.message_id)
                await announce(connection, conversation.id)
        metrics.TURNS.labels(status).inc()

    def _note(self, key: str, conversation: Conversation) -> Reply:
        return Reply(self.library().message(key, municipality=conversation.municipality), author="system")
