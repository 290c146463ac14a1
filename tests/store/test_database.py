"""The database tells what went wrong, never what a citizen wrote."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.store.database import Database, driver_connection


async def test_an_error_does_not_carry_the_parameters(database: Any) -> None:
    with pytest.raises(DBAPIError) as error:
        async with database.transaction() as connection:
            await connection.execute(text("insert into message(id, text) values (null, :text)"), {"text": "mijn geheim"})
    assert "hidden due to hide_parameters" in str(error.value)


async def test_a_transaction_that_fails_leaves_nothing(database: Any) -> None:
    async def half() -> None:
        async with database.transaction() as connection:
            await connection.execute(text("create table left_behind(x int)"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await half()
    async with database.transaction() as connection:
        assert await connection.scalar(text("select to_regclass('left_behind')")) is None


async def test_a_snapshot_sees_one_moment(database: Any) -> None:
    async with database.transaction() as connection:
        await connection.execute(text("create table counted(x int)"))
    async with database.snapshot() as reading:
        before = await reading.scalar(text("select count(*) from counted"))
        async with database.transaction() as writing:
            await writing.execute(text("insert into counted values (1)"))
        assert await reading.scalar(text("select count(*) from counted")) == before


async def test_connections_that_the_server_ended_are_replaced_before_they_are_used(database: Any) -> None:
    async with database.transaction() as one, database.transaction() as two:
        pids = [await connection.scalar(text("select pg_backend_pid()")) for connection in (one, two)]
    with psycopg.connect(database.address, autocommit=True) as killer:
        for pid in pids:
            assert killer.execute("select pg_terminate_backend(%s, 5000)", (pid,)).fetchone() == (True,)
    for _ in pids:
        async with database.transaction() as connection:
            assert await connection.scalar(text("select pg_backend_pid()")) not in pids


async def test_a_connection_that_stands_is_used_again_unasked(database: Any) -> None:
    async def begun() -> tuple[int, str]:
        async with database.transaction() as connection:
            driver = await driver_connection(connection)
            asked = driver.info.transaction_status
            return await connection.scalar(text("select pg_backend_pid()")), asked.name

    first = await begun()
    assert await begun() == first == (first[0], "IDLE")


@pytest.mark.filterwarnings("ignore:The garbage collector")  # a connection that nobody got is let go, which is as good
@pytest.mark.parametrize("way", ["statement", "snapshot", "transaction"])
async def test_who_is_cancelled_leaves_no_connection_that_works_otherwise(database_url: str, monkeypatch: Any, way: str) -> None:
    monkeypatch.setattr(psycopg.waiting, "MAX_BUSY_TIME", 0)  # so that every step of a connection may be the one that is cancelled
    database = Database(database_url, pool_size=1)

    async def read() -> None:
        async with getattr(database, way)() as connection:
            await connection.execute(text("select 1"))

    for steps in range(40):
        task = asyncio.create_task(read())
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        async with database.transaction() as connection:
            assert await connection.scalar(text("show transaction_isolation")) == "read committed"
            assert not (await driver_connection(connection)).autocommit
    await database.close()
