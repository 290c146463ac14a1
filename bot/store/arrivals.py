"""Repository of arrivals: what channels delivered and nobody has read yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Integer, Select, Text, and_, bindparam, case, delete, func, literal, or_, select, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.channel import Arrival
from bot.store.channel_tables import arrival

_COLUMNS = ("key", "channel", "user", "sent_at")

BROUGHT = "brought"
"""The fact that may be megabytes: a file in the message itself. It is read when it is wanted."""


async def add(connection: AsyncConnection, arrivals: Sequence[Arrival]) -> int:
    """Store what is new and leave out what came before, by its key; how many were new."""
    if not arrivals:
        return 0
    rows = {item.key: _row(item) for item in arrivals}  # the same key twice in one batch is one arrival
    added = upsert(arrival).values(list(rows.values())).on_conflict_do_nothing(index_elements=["key"]).returning(arrival.c.id)
    return len((await connection.execute(added)).all())


def _row(item: Arrival) -> dict[str, Any]:
    content = {name: value for name, value in asdict(item).items() if name not in _COLUMNS and value not in (None, {}, 0)}
    return {"key": item.key, "channel": item.channel, "channel_user": item.user, "sent_at": item.sent_at, "content": content}


async def note(connection: AsyncConnection, item: Arrival) -> bool:
    """Remember only that it came: there is nothing to read. Its key tells later that it did; False when it had come before."""
    row = _row(item) | {"content": None, "handled_at": func.now()}
    noted = upsert(arrival).values(row).on_conflict_do_nothing(index_elements=["key"]).returning(arrival.c.id)
    return await connection.scalar(noted) is not None


async def came_since(connection: AsyncConnection, channel: str, user: str, prefix: str, since: datetime) -> str | None:
    """The key of what came of this user since a moment of our own clock and begins with `prefix`; None when nothing did."""
    query = select(arrival.c.key).where(
        arrival.c.channel == channel,
        arrival.c.channel_user == user,
        arrival.c.received_at >= since,
        arrival.c.key.startswith(prefix, autoescape=True),
    )
    found: str | None = await connection.scalar(query.order_by(arrival.c.id.desc()).limit(1))
    return found


async def is_overtaken(connection: AsyncConnection, channel: str, user: str, prefix: str, sent_at: datetime) -> bool:
    """Whether something that begins with `prefix` and was sent later was read already."""
    query = select(arrival.c.id).where(
        arrival.c.channel == channel,
        arrival.c.channel_user == user,
        arrival.c.handled_at.is_not(None),
        arrival.c.sent_at > sent_at,
        arrival.c.key.startswith(prefix, autoescape=True),
    )
    return await connection.scalar(query.limit(1)) is not None


_OLD = timedelta(minutes=1)
_FLOOD = 50
"""So many messages that come more than a minute after they were sent: a channel delivers again after an outage."""

_FEW, _QUIET, _LONGEST = 10, 20, 300
"""Old messages wait until nothing more came from their citizen for so many times `settled`: the first of all, too, for nobody knows yet how
many follow. In a flood everybody waits for the second, and nobody longer than the third."""


def _ready(settled: timedelta) -> ColumnElement[bool]:
    """Whether what waits for one user may be read, as a condition on all of it together.

    The sender's clock gives the order, and channels call us in any: so a message waits `settled` for one that was sent before it.
    After an outage the old messages of hours come mixed up within minutes, and a few seconds more do not matter to anybody.
    """
    now, first, last = func.clock_timestamp(), func.min(arrival.c.received_at), func.max(arrival.c.received_at)
    other = arrival.alias()
    old = select(other.c.id).where(other.c.handled_at.is_(None), other.c.received_at - other.c.sent_at > _OLD).limit(_FLOOD).subquery()
    flood = select(func.count() >= _FLOOD).select_from(old).scalar_subquery()
    late = func.max(arrival.c.received_at - arrival.c.sent_at) > _OLD
    quiet = case((flood, literal(settled * _QUIET)), (late, literal(settled * _FEW)), else_=literal(timedelta(0)))
    return and_(first <= now - settled, or_(last <= now - quiet, first <= now - settled * _LONGEST))


@cache
def _waiting_users(settled: timedelta) -> Select[str, str]:
    """Made once: it is asked ten times a second, and making it costs more than asking it."""
    return (
        select(arrival.c.channel, arrival.c.channel_user)
        .where(arrival.c.handled_at.is_(None))
        .group_by(arrival.c.channel, arrival.c.channel_user)
        .having(_ready(settled))
        .order_by(func.min(arrival.c.received_at))
        .limit(bindparam("most", type_=Integer))
    )


async def waiting_users(connection: AsyncConnection, settled: timedelta, limit: int = 50) -> list[tuple[str, str]]:
    """Channel and user of whoever has something waiting that may be read, the longest waiting first."""
    rows = await connection.execute(_waiting_users(settled), {"most": limit})
    return [(row.channel, row.channel_user) for row in rows]


async def lock_user(connection: AsyncConnection, channel: str, user: str) -> bool:
    """Keep everybody else from this user's arrivals until the transaction ends; False when somebody else has them."""
    query = text("select pg_try_advisory_xact_lock(hashtextextended(:name, 0))")
    return bool(await connection.scalar(query, {"name": f"arrival:{channel}:{user}"}))


async def take_back_all(connection: AsyncConnection, channel: str, user: str) -> None:
    """Nothing of this user's that waits will be read; until the transaction ends nobody reads anything of theirs either."""
    lock = text("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
    await connection.execute(lock, {"name": f"arrival:{channel}:{user}"})
    theirs = (arrival.c.channel == channel, arrival.c.channel_user == user, arrival.c.handled_at.is_(None))
    await connection.execute(update(arrival).where(*theirs).values(handled_at=func.now(), content=None))


async def waiting(connection: AsyncConnection, channel: str, user: str, settled: timedelta, limit: int) -> list[Arrival]:
    """What this user sent first of all that waits, in order, when it may be read; without files that are in a message itself."""
    theirs = (arrival.c.channel == channel, arrival.c.channel_user == user, arrival.c.handled_at.is_(None))
    ready = bool(await connection.scalar(select(_ready(settled)).where(*theirs)))
    if not ready:
        return []
    light = arrival.c.content.op("#-", return_type=JSONB)(literal(["facts", BROUGHT], ARRAY(Text))).label("content")
    query = select(arrival.c.key, arrival.c.channel, arrival.c.channel_user, arrival.c.sent_at, light)
    rows = await connection.execute(query.where(*theirs).order_by(arrival.c.sent_at, arrival.c.id).limit(limit))
    return [Arrival(key=row.key, channel=row.channel, user=row.channel_user, sent_at=row.sent_at, **row.content) for row in rows]


async def brought(connection: AsyncConnection, key: str) -> str | None:
    """The file in a message that waits; None when there is none, or it was read."""
    found: str | None = await connection.scalar(select(arrival.c.content["facts"][BROUGHT].astext).where(arrival.c.key == key))
    return found


async def handled(connection: AsyncConnection, key: str) -> None:
    """Mark an arrival as read; its content goes, its key stays to know a repetition by."""
    await connection.execute(update(arrival).where(arrival.c.key == key).values(handled_at=func.now(), content=None))


async def count_failure(connection: AsyncConnection, key: str) -> int:
    """Count one failed try to read; how many there were."""
    counted = update(arrival).where(arrival.c.key == key).values(attempts=arrival.c.attempts + 1).returning(arrival.c.attempts)
    return int((await connection.execute(counted)).scalar_one())


async def forget(connection: AsyncConnection, before: datetime) -> int:
    """Remove what was handled before a moment; how many went."""
    result = await connection.execute(delete(arrival).where(arrival.c.handled_at < before))
    return result.rowcount
