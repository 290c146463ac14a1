"""Work that goes on for as long as a process lives; what falls over is told, and begins again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from bot.gateway import metrics
from bot.logs import logger

log = logger()

Work = Callable[[], Awaitable[None]]

_AGAIN_SECONDS = 1.0


def begin_all(works: Mapping[str, Work], again: float = _AGAIN_SECONDS) -> list[asyncio.Task[None]]:
    """A task for each work; keep them, and give them to `end_all`."""
    return [asyncio.create_task(keep_going(name, work, again), name=name) for name, work in works.items()]


async def end_all(tasks: list[asyncio.Task[None]]) -> None:
    """Cancel them and wait until they have ended."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def keep_going(name: str, work: Work, again: float = _AGAIN_SECONDS) -> None:
    """Do `work` until cancelled; when it ends, `again` seconds later once more.

    Works know the errors they expect. One that nobody expected must not end, say, all sending for as long as the process lives,
    without a word: nobody awaits a task in the background.
    """
    while True:
        try:
            await work()
            if (task := asyncio.current_task()) is not None and task.cancelling():
                return  # it took our end for its own
            log.warning("background_ended", work=name)
        except Exception as error:
            metrics.BACKGROUND_FAILURES.labels(name).inc()
            log.error("background_failed", work=name, error=type(error).__name__, exc_info=error)
        await asyncio.sleep(again)
