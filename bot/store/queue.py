"""The job queue in PostgreSQL: what waits to be done, with a lock per conversation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ProcrastinateException
from procrastinate.jobs import Job
from psycopg import AsyncConnection as PsycopgConnection
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.connections import check_standing
from bot.store.database import driver_connection

TURNS = "turns"
"""Queue of the conversations that wait for an answer."""

HEARTBEAT_SECONDS = 2.0
"""How often a worker says that it lives."""

SILENT_SECONDS = 8.0
"""A worker that has not been heard of for this long is dead: its jobs are given to another."""

LOOK_SECONDS = 0.5
"""How often a worker looks for jobs that nobody tells it of.

PostgreSQL tells of new jobs; not of one that waited for another of its conversation to end, or whose time to be tried again has come.
"""

QueueError = ProcrastinateException

_WAITS = (1, 2, 3, 5, 8)


class Patience(BaseRetryStrategy):
    """Tries again after 1, 2, 3, 5 and from then on every 8 seconds; the turn itself knows when it has become stale."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        """When to try `job` again."""
        return RetryDecision(retry_in={"seconds": _WAITS[min(job.attempts, len(_WAITS) - 1)]})


def make_queue(address: str, max_size: int = 4) -> App:
    """The queue in the database at `address`; opens nothing yet."""
    return App(connector=PsycopgConnector(conninfo=address, min_size=1, max_size=max_size, pool_factory=_pool, configure=_one_by_one))


def _pool(**wanted: Any) -> AsyncConnectionPool:
    """The queue's pool; its own check is a question to the server at every step of every job."""
    return AsyncConnectionPool(**{**wanted, "check": check_standing})


async def _one_by_one(connection: PsycopgConnection[Any]) -> None:
    """Every step of the queue is one statement, so it needs no BEGIN and COMMIT around it."""
    await connection.set_autocommit(True)


class TurnJobs:
    """Puts conversations into the queue of turns."""

    def __init__(self, app: App, answer: Callable[[str], Awaitable[None]] | None = None) -> None:
        """`answer` does the job, in the worker; a gateway only defers and needs none."""
        self._app = app
        self._task = app.task(name="answer_conversation", queue=TURNS, retry=Patience())(_job(answer))

    async def defer(self, connection: AsyncConnection, conversation_id: UUID) -> None:
        """Queue a conversation in the transaction of `connection`: both are committed, or neither."""
        key = str(conversation_id)
        driver = await driver_connection(connection)
        await self._task.configure(lock=key, connection=driver).defer_async(conversation_id=key)

    async def rescue(self, connection: AsyncConnection, owed_for: timedelta) -> int:
        """Give dead workers' jobs to others, and a new job to every conversation owed for so long without any; how many."""
        rescued = 0
        for job in await self._app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
            try:
                await self._app.job_manager.retry_job(job)
                rescued += 1
            except ProcrastinateException:
                continue  # another gateway was quicker
        for conversation_id in (await connection.execute(text(_JOBLESS), {"age": owed_for})).scalars():
            await self.defer(connection, conversation_id)
            rescued += 1
        return rescued


_JOBLESS = """
select distinct conversation_id from turn
where status = 'owed' and created_at < now() - cast(:age as interval) and not exists (
    select 1 from procrastinate_jobs where lock = turn.conversation_id::text and status in ('todo', 'doing'))
limit 100
"""


def _job(answer: Callable[[str], Awaitable[None]] | None) -> Callable[..., Awaitable[None]]:
    async def answer_conversation(conversation_id: str) -> None:
        if answer is None:
            raise RuntimeError("only a worker answers conversations")
        await answer(conversation_id)

    return answer_conversation


async def work(app: App, concurrency: int) -> None:
    """Do jobs until told to stop; a running turn is finished first."""
    await app.run_worker_async(
        queues=[TURNS],
        concurrency=concurrency,
        fetch_job_polling_interval=LOOK_SECONDS,
        delete_jobs="successful",
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        stalled_worker_timeout=SILENT_SECONDS,
        shutdown_graceful_timeout=10,
    )


async def has_worker(connection: AsyncConnection) -> bool:
    """Whether any worker gave a sign of life lately."""
    query = "select exists (select 1 from procrastinate_workers where last_heartbeat > now() - make_interval(secs => :s))"
    return bool(await connection.scalar(text(query), {"s": SILENT_SECONDS}))
