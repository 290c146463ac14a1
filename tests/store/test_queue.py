"""The queue's own connections: cut ones are replaced, and every step is one statement."""

from __future__ import annotations

import psycopg

from bot.store.queue import make_queue


async def test_a_queue_goes_on_after_the_server_ended_its_connections(database_url: str) -> None:
    queue = make_queue(database_url, max_size=1)
    async with queue.open_async():
        first = await queue.connector.execute_query_one_async("select pg_backend_pid() as pid")
        with psycopg.connect(database_url, autocommit=True) as killer:
            killer.execute("select pg_terminate_backend(%s, 5000)", (first["pid"],))
        again = await queue.connector.execute_query_one_async("select pg_backend_pid() as pid")
    assert again["pid"] != first["pid"]


async def test_a_step_of_the_queue_leaves_no_transaction_open(database_url: str) -> None:
    queue = make_queue(database_url, max_size=1)
    async with queue.open_async():
        found = await queue.connector.execute_query_one_async("select now() = statement_timestamp() as alone, txid_current() as number")
        again = await queue.connector.execute_query_one_async("select txid_current() as number")
    assert found["alone"]
    assert again["number"] > found["number"]
