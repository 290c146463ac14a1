"""What is sealed in the database and the keys that open it: sealing anew at a start, and never a fresh key in the place of a lost one."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.logs import logger
from bot.sealing import KeyMissing, Seal, is_sealed
from bot.store import sealed
from bot.store.database import Database

log = logger()


async def close(connection: AsyncConnection, seal: Seal, owner: UUID, secret: str) -> str:
    """`secret` sealed, to be kept; the first of all makes the first key. Raises KeyMissing when there was a key and it is gone."""
    if not seal.has_keys() and any(is_sealed(item.value) for item in await sealed.all_of_them(connection)):
        raise KeyMissing  # a fresh key in the place of the one that is gone would only hide that
    return seal.close(owner, secret)


async def reseal(database: Database, seal: Seal) -> int:
    """Seal with the newest key what is not sealed yet, or with an older key; how many. Raises KeyMissing when some cannot be opened."""
    resealed = lost = 0
    async with database.transaction() as connection:
        # The sealed ones first: when their key is gone, no other is made.
        for item in sorted(await sealed.all_of_them(connection), key=lambda item: not is_sealed(item.value)):
            try:
                if lost and not seal.has_keys():
                    raise KeyMissing
                renewed = seal.renewed(item.owner, item.value)
            except KeyMissing:
                lost += 1
                continue
            if renewed is not None:
                await sealed.put(connection, item, renewed)
                resealed += 1
    if lost:
        log.error("desk_key_gone", secrets=lost)
        raise KeyMissing
    return resealed


async def count(database: Database, seal: Seal) -> tuple[int, int]:
    """How many secrets are kept, and how many of them cannot be opened."""
    async with database.transaction() as connection:
        kept = await sealed.all_of_them(connection)
    return len(kept), sum(not _opens(seal, item) for item in kept)


def _opens(seal: Seal, item: sealed.Kept) -> bool:
    try:
        seal.open(item.owner, item.value)
    except KeyMissing:
        return False
    return True
