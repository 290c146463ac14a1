from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import utc_now
from bot.store.database import Database
from bot.store.jobs import JOBS, GiveUp, Jobs
from bot.store.queue import make_queue


@pytest.fixture
async def queue(database_url: str) -> Any:
    app = make_queue(database_url)
    async with app.open_async():
        yield app


async def run_all(app: Any) -> None:
    await app.run_worker_async(queues=[JOBS], wait=False, install_signal_handlers=False, listen_notify=False)


async def statuses(app: Any) -> list[str]:
    return sorted(job.status for job in await app.job_manager.list_jobs_async())


async def test_a_job_is_done_with_its_facts_once_it_is_committed(queue: Any, database: Database) -> None:
    done: list[str] = []

    async def greet(name: str) -> None:
        done.append(name)

    jobs = Jobs(queue, {"greet": greet})
    async with database.transaction() as connection:
        await jobs.defer(connection, "greet", key="1", name="Anna")
        await run_all(queue)
        assert done == []
    await run_all(queue)
    assert done == ["Anna"]


async def test_a_job_of_a_transaction_that_fails_never_was(queue: Any, database: Database) -> None:
    jobs = Jobs(queue, {})
    with suppress(ZeroDivisionError):
        async with database.transaction() as connection:
            await jobs.defer(connection, "greet", key="1")
            raise ZeroDivisionError
    assert await statuses(queue) == []


async def test_a_job_for_later_waits(queue: Any, database: Database) -> None:
    done: list[int] = []

    async def count() -> None:
        done.append(1)

    jobs = Jobs(queue, {"count": count})
    async with database.transaction() as connection:
        await jobs.defer(connection, "count", key="1", at=utc_now() + timedelta(hours=1))
    await run_all(queue)
    assert done == []
    assert await statuses(queue) == ["todo"]


async def test_an_error_is_tried_again_and_giving_up_is_not(queue: Any, database: Database) -> None:
    async def broken() -> None:
        raise ZeroDivisionError

    async def hopeless() -> None:
        raise GiveUp("gone")

    jobs = Jobs(queue, {"broken": broken, "hopeless": hopeless})
    async with database.transaction() as connection:
        await jobs.defer(connection, "broken", key="1")
        await jobs.defer(connection, "hopeless", key="2")
        await jobs.defer(connection, "unknown", key="3")
    await run_all(queue)
    assert await statuses(queue) == ["failed", "failed", "todo"]
