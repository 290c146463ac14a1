"""Repository of everything that is kept sealed: secrets of second factors and of connectors' webhooks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.account_tables import account
from bot.store.channel_tables import connector

Kind = Literal["second_factor", "webhook"]

_WHERE = {"second_factor": (account.c.agent_id, account.c.totp_secret), "webhook": (connector.c.id, connector.c.webhook_secret)}


@dataclass(frozen=True)
class Kept:
    """One secret as it stands in the database; `owner` is the agent or the connector."""

    kind: Kind
    owner: UUID
    value: str = field(repr=False)


async def all_of_them(connection: AsyncConnection) -> list[Kept]:
    """Every secret, sealed or not; their rows are held until the transaction ends."""
    found = []
    kinds: tuple[Kind, ...] = ("second_factor", "webhook")
    for kind in kinds:
        owner, value = _WHERE[kind]
        rows = await connection.execute(select(owner, value).where(value.is_not(None)).order_by(owner).with_for_update())
        found += [Kept(kind, key, kept) for key, kept in rows]
    return found


async def put(connection: AsyncConnection, item: Kept, value: str) -> None:
    """Keep `value` in the place of what stands there."""
    owner, column = _WHERE[item.kind]
    await connection.execute(update(column.table).where(owner == item.owner).values({column: value}))
