"""The worker process: `python -m bot.gateway.worker` answers conversations until it is stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import uvloop
from prometheus_client import start_http_server

from bot.gateway.background import begin_all, end_all
from bot.logs import configure_logs, logger
from bot.settings import load_settings
from bot.store.jobs import work_jobs
from bot.store.queue import work
from bot.wiring import build_worker

log = logger()

_FRESH_SECONDS = 5

_JOBS_AT_ONCE = 4
"""Mail, reminders and outgoing messages that one worker handles at the same time."""


async def run() -> None:
    """Open everything, work, and close it again."""
    settings = load_settings()
    configure_logs(settings, "worker")
    worker = build_worker(settings)
    start_http_server(settings.worker_metrics_port, "127.0.0.1")
    async with worker.queue.open_async():
        beside = begin_all(
            {
                "knowledge": partial(_keep_fresh, worker.refresh_library),
                "jobs": partial(work_jobs, worker.queue, _JOBS_AT_ONCE),
                **worker.beside,
            }
        )
        log.info("worker_started", concurrency=settings.worker_concurrency)
        try:
            await work(worker.queue, settings.worker_concurrency)
        finally:
            await end_all(beside)
            await worker.close()


async def _keep_fresh(refresh: Callable[[], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(_FRESH_SECONDS)
        await refresh()


if __name__ == "__main__":
    uvloop.run(run())
