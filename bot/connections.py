"""Tells whether a connection to PostgreSQL that waits in a pool still stands, without asking the server."""

from __future__ import annotations

import select
from typing import Any

import psycopg


def is_cut(connection: psycopg.BaseConnection[Any]) -> bool:
    """Whether an idle connection has ended.

    The server says nothing to a connection that asks nothing, so whatever there is to read is its end: the server that stopped, was
    killed or closed it. A ping would say the same, for a tenth of the processor time of a turn when every transaction begins with one.
    """
    if connection.closed:
        return True
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    return bool(waiting.poll(0))


async def check_standing(connection: psycopg.AsyncConnection[Any]) -> None:
    """The check of a psycopg pool: raises OperationalError for a connection that was cut, and closes it, so that the pool lets it go."""
    if is_cut(connection):
        await connection.close()
        raise psycopg.OperationalError("the connection was cut")
