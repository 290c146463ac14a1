"""Everything that is kept sealed has the newest key after a start, and a lost key is noticed and never papered over."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any
from uuid import UUID, uuid4

import pytest

from bot.gateway.sealed import close, count, reseal
from bot.model.connector import Connector
from bot.sealing import KeyMissing, Seal, new_key
from bot.store import connectors
from bot.store.database import Database

NOW = datetime(2026, 11, 22, 10, tzinfo=timezone.utc)
OLD, NEW = new_key(), new_key()


def seal_with(*keys: str) -> Seal:
    return Seal(lambda _: list(keys))


async def webhook(database: Database, kept: str, name: str = "kiosk", key: UUID | None = None) -> UUID:
    """A connector of which the database holds `kept`."""
    made = Connector(key or uuid4(), name, "heiloo", NOW, None, "https://kiosk.example.nl", kept)
    async with database.transaction() as connection:
        assert await connectors.add(connection, made, name.encode())
    return made.id


async def kept_of(database: Database, connector: UUID) -> str:
    async with database.transaction() as connection:
        found = await connectors.find(connection, connector)
    assert found is not None
    return str(found.webhook_secret)


async def test_a_webhook_secret_of_an_older_version_is_sealed_and_goes_on_working(database: Any) -> None:
    kiosk = await webhook(database, "whsec_old")
    assert await reseal(database, seal_with(NEW)) == 1
    kept = await kept_of(database, kiosk)
    assert "whsec_old" not in kept
    assert seal_with(NEW).open(kiosk, kept) == "whsec_old"
    assert await reseal(database, seal_with(NEW)) == 0


async def test_a_new_key_seals_webhook_secrets_anew(database: Any) -> None:
    kiosk = uuid4()
    await webhook(database, seal_with(OLD).close(kiosk, "whsec_1"), key=kiosk)
    assert await reseal(database, seal_with(NEW, OLD)) == 1
    assert seal_with(NEW).open(kiosk, await kept_of(database, kiosk)) == "whsec_1"


async def test_a_secret_whose_key_is_gone_is_left_as_it_is_and_counted(database: Any) -> None:
    kiosk = uuid4()
    kept = seal_with(OLD).close(kiosk, "whsec_1")
    await webhook(database, kept, key=kiosk)
    await webhook(database, "whsec_2", "sms")
    with pytest.raises(KeyMissing):
        await reseal(database, seal_with(NEW))
    assert await kept_of(database, kiosk) == kept
    assert await count(database, seal_with(NEW)) == (2, 1)
    assert await count(database, seal_with(OLD, NEW)) == (2, 0)


async def test_the_first_secret_makes_a_key_and_a_later_one_does_not_replace_a_lost_key(database: Any) -> None:
    made: list[str] = []

    def load(make: bool) -> list[str]:
        if make and not made:
            made.append(NEW)
        return made

    kiosk = uuid4()
    async with database.transaction() as connection:
        kept = await close(connection, Seal(load), kiosk, "whsec_1")
    await webhook(database, kept, key=kiosk)
    made.clear()
    async with database.transaction() as connection:
        with pytest.raises(KeyMissing):
            await close(connection, Seal(load), uuid4(), "whsec_2")
    assert made == []
