"""Repository of connectors, their keys, and the replies that wait for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.connector import Connector, ConnectorReply
from bot.store import messages
from bot.store.channel_tables import connector, connector_reply
from bot.store.tables import conversation, message

_COLUMNS = (
    connector.c.id,
    connector.c.name,
    connector.c.municipality,
    connector.c.created_at,
    connector.c.revoked_at,
    connector.c.webhook_url,
    connector.c.webhook_secret,
)


async def add(connection: AsyncConnection, new: Connector, key_hash: bytes) -> bool:
    """Store a connector with the hash of its key; False when there is one of this name."""
    values = {
        "id": new.id,
        "name": new.name,
        "municipality": new.municipality,
        "key_hash": key_hash,
        "created_at": new.created_at,
        "webhook_url": new.webhook_url,
        "webhook_secret": new.webhook_secret,
    }
    added = upsert(connector).values(values).on_conflict_do_nothing(index_elements=["name"]).returning(connector.c.id)
    return (await connection.execute(added)).one_or_none() is not None


async def of_key(connection: AsyncConnection, key_hash: bytes) -> Connector | None:
    """The connector that has this key; None when there is none or it was revoked."""
    return await _one(connection, connector.c.key_hash == key_hash)


async def find(connection: AsyncConnection, connector_id: UUID) -> Connector | None:
    """The connector; None when there is none or it was revoked."""
    return await _one(connection, connector.c.id == connector_id)


async def named(connection: AsyncConnection, name: str) -> Connector | None:
    """The connector of this name, also one that was revoked; None when there is none."""
    row = (await connection.execute(select(*_COLUMNS).where(connector.c.name == name))).one_or_none()
    return Connector(*row) if row else None


async def _one(connection: AsyncConnection, wanted: ColumnElement[bool]) -> Connector | None:
    row = (await connection.execute(select(*_COLUMNS).where(wanted, connector.c.revoked_at.is_(None)))).one_or_none()
    return Connector(*row) if row else None


async def all_of_them(connection: AsyncConnection) -> list[Connector]:
    """Every connector, also those that were revoked, by name."""
    return [Connector(*row) for row in await connection.execute(select(*_COLUMNS).order_by(connector.c.name))]


async def renew(connection: AsyncConnection, name: str, key_hash: bytes) -> bool:
    """Give a connector another key, whatever became of the old one; False when there is none of this name."""
    changed = update(connector).where(connector.c.name == name).values(key_hash=key_hash, revoked_at=None)
    return (await connection.execute(changed)).rowcount == 1


async def revoke(connection: AsyncConnection, name: str, now: datetime) -> bool:
    """Shut a connector out; False when there is none of this name or it was shut out before."""
    wanted = (connector.c.name == name, connector.c.revoked_at.is_(None))
    return (await connection.execute(update(connector).where(*wanted).values(revoked_at=now))).rowcount == 1


async def set_webhook(connection: AsyncConnection, connector_id: UUID, url: str | None, sealed_secret: str | None) -> None:
    """Say where replies are brought, and what they are signed with; None stops it."""
    changed = update(connector).where(connector.c.id == connector_id).values(webhook_url=url, webhook_secret=sealed_secret)
    await connection.execute(changed)


async def add_replies(connection: AsyncConnection, connector_id: UUID, message_ids: Sequence[UUID]) -> None:
    """Number these messages after the last; those that have a number keep it.

    The connector's row is held until the transaction ends: whoever has read up to a number never misses a lower one.
    """
    last = await connection.scalar(select(connector.c.last_reply).where(connector.c.id == connector_id).with_for_update())
    known = set(
        (await connection.execute(select(connector_reply.c.message_id).where(connector_reply.c.message_id.in_(message_ids)))).scalars()
    )
    new = [
        {"message_id": key, "connector_id": connector_id, "number": number}
        for number, key in enumerate((key for key in message_ids if key not in known), start=int(last or 0) + 1)
    ]
    if new:
        await connection.execute(insert(connector_reply), new)
        await connection.execute(update(connector).where(connector.c.id == connector_id).values(last_reply=new[-1]["number"]))


async def replies_after(connection: AsyncConnection, connector_id: UUID, number: int, limit: int = 100) -> list[ConnectorReply]:
    """Replies with a higher number, in order."""
    return await _replies(connection, limit, connector_reply.c.connector_id == connector_id, connector_reply.c.number > number)


async def replies_of(connection: AsyncConnection, message_ids: Sequence[UUID]) -> list[ConnectorReply]:
    """Those of these messages that were numbered, in order."""
    return await _replies(connection, len(message_ids), connector_reply.c.message_id.in_(message_ids))


async def _replies(connection: AsyncConnection, limit: int, *wanted: ColumnElement[bool]) -> list[ConnectorReply]:
    rows = await connection.execute(
        select(connector_reply.c.number, func.coalesce(conversation.c.channel_user, "").label("user"), message)
        .join(message, message.c.id == connector_reply.c.message_id)
        .join(conversation, conversation.c.id == message.c.conversation_id)
        .where(*wanted)
        .order_by(connector_reply.c.number)
        .limit(limit)
    )
    return [ConnectorReply(row.number, row.user.partition(":")[2], messages.as_noun(row)) for row in rows]


async def conversation_of(connection: AsyncConnection, connector_id: UUID, user: str) -> UUID | None:
    """The conversation of one citizen of a connector, or None."""
    mine = (conversation.c.channel == "connector") & (conversation.c.channel_user == f"{connector_id}:{user}")
    found: UUID | None = await connection.scalar(select(conversation.c.id).where(mine))
    return found
