"""One turn from request to kept result: in order, once, in time, whole or not at all."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from typing import Any, TypeVar

from bot.engine.agent import Outcome
from bot.engine.errors import EngineError, StaleTracker, TurnFailed, TurnTimeout
from bot.engine.inputs import Reset, Turn
from bot.engine.locks import ConversationLocks
from bot.engine.metrics import Metrics
from bot.engine.models import Models
from bot.engine.quiet import where
from bot.engine.trackers import Trackers
from bot.logs import log_context, logger
from bot.settings import Settings

MARGIN = 1.0
"""Seconds of the worker's patience that are left for keeping the result and sending it."""

T = TypeVar("T")


class Turns:
    """Answers turns with the model in use and keeps what they give."""

    def __init__(self, settings: Settings, models: Models, trackers: Trackers, locks: ConversationLocks, metrics: Metrics) -> None:
        """Join the parts; `locks` must be the one that the agents got."""
        self._seconds = max(settings.engine_timeout - MARGIN, settings.engine_timeout / 2)
        self._models = models
        self._trackers = trackers
        self._locks = locks
        self._metrics = metrics

    async def answer(self, turn: Turn) -> dict[str, Any]:
        """The result of `turn`: the kept one when it ran before. Raises an EngineError, and then nothing was changed."""
        started = time.perf_counter()
        outcome = "ok"
        with log_context(request=turn.request_id, conversation=turn.conversation_id, message=turn.message_id):
            try:
                with self._metrics.turns_running.track_inprogress():
                    return await self._answer(turn, asyncio.get_running_loop().time() + self._seconds)
            except EngineError as error:
                outcome = error.code
                logger().error("turn_failed", code=error.code, detail=str(error), where=where(error))
                raise
            except Exception as error:
                outcome = TurnFailed.code
                logger().error("turn_failed", code=outcome, detail=type(error).__name__, where=where(error))
                raise TurnFailed(type(error).__name__) from error
            finally:
                seconds = time.perf_counter() - started
                self._metrics.turns.labels(outcome).inc()
                self._metrics.turn_seconds.observe(seconds)
                logger().info("turn_finished", outcome=outcome, seconds=round(seconds, 3))

    async def reset(self, reset: Reset) -> None:
        """Start the conversation anew with the given slots; results of its turns stay, so that none runs twice."""
        events = self._models.current.fresh_events(reset.slots)
        async with self._locks.lock(reset.conversation_id):
            await self._trackers.reset(reset.conversation_id, events)

    async def forget(self, conversation_id: str) -> None:
        """Remove all that is kept of the conversation, after a turn that is under way."""
        async with self._locks.lock(conversation_id):
            await self._trackers.forget(conversation_id)

    async def _answer(self, turn: Turn, deadline: float) -> dict[str, Any]:
        lock = self._locks.lock(turn.conversation_id)
        await _before(deadline, lock.__aenter__())
        try:
            return await self._run(turn, deadline)
        finally:
            await lock.__aexit__(None, None, None)

    async def _run(self, turn: Turn, deadline: float) -> dict[str, Any]:
        kept = await self._trackers.read(turn.conversation_id, turn.message_id)
        if kept.result is not None:
            logger().info("turn_repeated")
            return kept.result
        outcome: Outcome = await _before(deadline, self._models.current.take_turn(turn, kept.events))
        try:
            await self._trackers.keep(turn.conversation_id, turn.message_id, kept.version, outcome.events, outcome.result)
        except StaleTracker:
            again = await self._trackers.read(turn.conversation_id, turn.message_id)
            if again.result is None:
                raise
            return again.result  # the same message ran in another engine: its result is the first one
        return outcome.result


async def _before(deadline: float, work: Awaitable[T]) -> T:
    try:
        return await asyncio.wait_for(work, max(0.0, deadline - asyncio.get_running_loop().time()))
    except asyncio.TimeoutError as error:
        raise TurnTimeout("the turn took longer than the worker waits") from error
