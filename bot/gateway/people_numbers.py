"""Keeps the gauges about people up to date: who waits, who can help, what is overdue."""

from __future__ import annotations

import asyncio

from psycopg import Error as DriverError
from sqlalchemy.exc import SQLAlchemyError

from bot.gateway import metrics
from bot.handoff.board import Board
from bot.logs import logger

log = logger()

_EVERY_SECONDS = 10.0


async def keep_numbers(board: Board) -> None:
    """Count for ever; an error of the database only skips a round."""
    while True:
        try:
            await count_people(board)
        except (SQLAlchemyError, DriverError) as error:
            log.warning("people_not_counted", error=type(error).__name__)
        await asyncio.sleep(_EVERY_SECONDS)


async def count_people(board: Board) -> None:
    """Set the gauges. Every gateway counts the same people: of several, take one."""
    numbers = await board.numbers()
    metrics.WAITING.set(numbers.waiting)
    metrics.OLDEST_WAITING.set(numbers.oldest)
    metrics.AGENTS_PRESENT.set(numbers.present)
    metrics.PROMISES_OVERDUE.set(numbers.overdue)
