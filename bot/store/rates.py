"""Repository of counters for the rate limit, shared by all gateways."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import rate_window

_COUNT = """
insert into rate_window (key, window_start, count)
select key, :start, 1 from unnest(cast(:keys as bytea[])) with ordinality as wanted (key, place) order by place
on conflict (key, window_start) do update set count = rate_window.count + 1
returning key, count
"""


async def count(connection: AsyncConnection, key: bytes, window_start: datetime) -> int:
    """Count one event of `key` in the window and give the number so far."""
    return (await count_all(connection, [key], window_start))[key]


async def count_all(connection: AsyncConnection, keys: Sequence[bytes], window_start: datetime) -> dict[bytes, int]:
    """Count one event of each key, in their order, and give the numbers so far."""
    rows = await connection.execute(text(_COUNT), {"keys": list(keys), "start": window_start})
    return {bytes(key): int(number) for key, number in rows}


async def give_back(connection: AsyncConnection, key: bytes, window_start: datetime) -> None:
    """Take back one event that should not count after all."""
    fits = (rate_window.c.key == key, rate_window.c.window_start == window_start, rate_window.c.count > 0)
    await connection.execute(update(rate_window).where(*fits).values(count=rate_window.c.count - 1))


async def forget(connection: AsyncConnection, now: datetime, keep: timedelta) -> None:
    """Remove windows older than `keep`."""
    await connection.execute(delete(rate_window).where(rate_window.c.window_start < now - keep))
