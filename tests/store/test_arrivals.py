"""When a message that a channel delivered may be read: nothing waits for long, and old messages that come mixed up are sorted first."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import text

from bot.model.channel import Arrival
from bot.store import arrivals

SETTLED = timedelta(seconds=30)
"""A hundred times what it is in the house, so that a slow machine makes no difference."""


async def came(database: Any, user: str, number: int, *, ago: float, late: float = 0.1) -> None:
    """Somebody's message came `ago` seconds before now, `late` seconds after it was sent."""
    key = f"{user}:{number}"
    async with database.transaction() as connection:
        await arrivals.add(connection, [Arrival(key, "whatsapp", user, "text", datetime.now(timezone.utc), text=str(number))])
        moved = (
            "update arrival set received_at = clock_timestamp() - make_interval(secs => :ago),"
            " sent_at = clock_timestamp() - make_interval(secs => :ago + :late) where key = :key"
        )
        await connection.execute(text(moved), {"ago": ago, "late": late, "key": key})


async def ready(database: Any) -> set[str]:
    async with database.transaction() as connection:
        return {user for _, user in await arrivals.waiting_users(connection, SETTLED, limit=1000)}


async def first(database: Any, user: str) -> str | None:
    async with database.transaction() as connection:
        found = await arrivals.waiting(connection, "whatsapp", user, SETTLED, limit=1)
    return found[0].text if found else None


async def test_a_message_waits_a_moment_for_one_that_was_sent_before_it(database: Any) -> None:
    await came(database, "anna", 2, ago=1)
    await came(database, "bram", 1, ago=40)
    assert await ready(database) == {"bram"}
    assert [await first(database, user) for user in ("anna", "bram", "chris")] == [None, "1", None]


async def test_what_came_late_but_was_sent_first_is_read_first(database: Any) -> None:
    await came(database, "anna", 2, ago=40)
    await came(database, "anna", 1, ago=1, late=50)
    assert await first(database, "anna") == "1"


async def test_the_first_old_message_waits_for_others_though_nobody_knows_how_many_follow(database: Any) -> None:
    await came(database, "anna", 2, ago=40, late=3600)
    await came(database, "bram", 1, ago=40)
    assert await ready(database) == {"bram"}
    assert await first(database, "anna") is None


async def test_a_few_old_messages_are_read_when_nothing_more_came_for_a_moment(database: Any) -> None:
    for number in range(20):
        await came(database, "anna", number, ago=310, late=3600)
    assert await ready(database) == {"anna"}


async def test_many_old_messages_are_held_until_nothing_more_comes_from_that_citizen(database: Any) -> None:
    for number in range(50):
        await came(database, f"citizen {number}", 1, ago=100, late=3600 - number)
    await came(database, "done", 1, ago=700, late=3600)
    await came(database, "still coming", 2, ago=700, late=3600)
    await came(database, "still coming", 1, ago=100, late=3700)
    await came(database, "for too long", 2, ago=10_000, late=3600)
    await came(database, "for too long", 1, ago=100, late=3700)
    assert await ready(database) == {"done", "for too long"}
    assert await first(database, "still coming") is None
