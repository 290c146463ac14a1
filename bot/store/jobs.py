"""Work beside the turns that must not be lost: mail, reminders, what goes out to a channel; each kind has a handler in the worker."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from procrastinate import App, BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import BotError
from bot.logs import logger
from bot.store.database import driver_connection
from bot.store.queue import HEARTBEAT_SECONDS, SILENT_SECONDS

log = logger()

JOBS = "jobs"
"""Queue of everything that is not a turn."""

Handler = Callable[..., Awaitable[None]]
"""Does one job with the facts it was deferred with; may run twice, so its effect must be the same both times."""

_WAITS = (2, 5, 15, 60, 300, 900)
_MOST_ATTEMPTS = 60
"""With a quarter of an hour between them: about half a day."""


class GiveUp(BotError):
    """Trying this job again cannot help; the message says why, without personal data."""


class Persistence(BaseRetryStrategy):
    """Tries again after 2, 5, 15, 60, 300 and then every 900 seconds for half a day, unless a handler gives up."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try `job` again; None to leave it as failed."""
        if isinstance(exception, GiveUp) or job.attempts >= _MOST_ATTEMPTS:
            log.error("job_given_up", kind=job.task_kwargs.get("kind"), attempts=job.attempts, error=type(exception).__name__)
            return None
        return RetryDecision(retry_in={"seconds": _WAITS[min(job.attempts, len(_WAITS) - 1)]})


class Jobs:
    """Puts jobs into the queue, and in the worker does them."""

    def __init__(self, app: App, handlers: Mapping[str, Handler] | None = None) -> None:
        """`handlers` do the jobs, by kind, in the worker; who only defers needs none."""
        self._handlers = dict(handlers or {})
        self._task = app.task(name="do_job", queue=JOBS, retry=Persistence())(self._do)

    async def defer(self, connection: AsyncConnection, kind: str, key: str, at: datetime | None = None, **facts: str) -> None:
        """Queue a job in the transaction of `connection`, not before `at`; jobs of one kind and `key` run one at a time, in order."""
        driver = await driver_connection(connection)
        task = self._task.configure(lock=f"{kind}:{key}", schedule_at=at, connection=driver)
        await task.defer_async(kind=kind, facts=dict(facts))

    async def _do(self, kind: str, facts: dict[str, str]) -> None:
        handler = self._handlers.get(kind)
        if handler is None:
            raise GiveUp(f"no handler for {kind}")
        await handler(**facts)


def repeat(app: App, name: str, cron: str, do: Callable[[], Awaitable[object]]) -> None:
    """Have a worker do `do` at the moments of `cron` (UTC), once whatever the number of workers; for what runs every night."""

    async def run(timestamp: int) -> None:
        await do()

    app.periodic(cron=cron, periodic_id=name)(app.task(name=name, queue=JOBS, lock=name, retry=Persistence())(run))


async def work_jobs(app: App, concurrency: int) -> None:
    """Do jobs until cancelled; runs beside the worker of the turns, so that a heap of mail delays no answer."""
    await app.run_worker_async(
        queues=[JOBS],
        name="jobs",
        concurrency=concurrency,
        delete_jobs="successful",
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        stalled_worker_timeout=SILENT_SECONDS,
        shutdown_graceful_timeout=10,
        install_signal_handlers=False,
    )
