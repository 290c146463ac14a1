"""The secret of a second factor is kept sealed, also one that an older version kept as it was; without the key the page says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from pyotp import TOTP
from sqlalchemy import select, update

from bot.desk.errors import KeyGone
from bot.gateway.sealed import reseal
from bot.sealing import FILE, KeyMissing, Seal, load_keys, new_key
from bot.settings import Settings
from bot.store.account_tables import account
from tests.desk.conftest import Town
from tests.desk.test_signing_in import set_up, sign_in


async def kept_for(town: Town, agent: UUID) -> str:
    async with town.house.database.transaction() as connection:
        return str(await connection.scalar(select(account.c.totp_secret).where(account.c.agent_id == agent)))


async def keep(town: Town, agent: UUID, secret: str) -> None:
    async with town.house.database.transaction() as connection:
        await connection.execute(update(account).where(account.c.agent_id == agent).values(totp_secret=secret))


async def test_the_database_never_holds_the_secret_and_what_an_older_version_kept_is_sealed(town: Town) -> None:
    anna = await town.agent()
    secret, _ = await set_up(town, anna)
    assert secret not in await kept_for(town, anna.id)
    await keep(town, anna.id, secret)
    town.bench.clock.move(timedelta(seconds=60))
    assert (await sign_in(town, code=TOTP(secret).at(town.bench.clock()))).status_code == 200  # also before it is sealed
    assert await reseal(town.house.database, town.accounts.seal) == 1
    assert secret not in await kept_for(town, anna.id)
    assert await reseal(town.house.database, town.accounts.seal) == 0
    town.bench.clock.move(timedelta(seconds=60))
    assert (await sign_in(town, code=TOTP(secret).at(town.bench.clock()))).status_code == 200


async def test_when_the_key_is_gone_the_page_says_so_and_a_recovery_code_still_works(town: Town) -> None:
    anna = await town.agent()
    secret, recovery = await set_up(town, anna)
    await keep(town, anna.id, Seal(lambda _: [new_key()]).close(anna.id, secret))
    refused = await sign_in(town, code="123456")
    assert (refused.status_code, refused.json()["error"]) == (503, "key_gone")
    with pytest.raises(KeyMissing):
        await reseal(town.house.database, town.accounts.seal)
    assert (await sign_in(town, code=recovery[0])).status_code == 200


async def test_no_fresh_key_is_made_where_one_is_gone(town: Town, tmp_path: Path) -> None:
    anna, bram = await town.agent(), await town.agent("bram@example.nl")
    await set_up(town, anna)
    settings = Settings(data_dir=tmp_path)
    without = replace(town.accounts, seal=Seal(lambda make: load_keys(settings, make=make)))
    with pytest.raises(KeyGone):
        await without.begin_totp(await without.who(bram.http.cookies["wegwijs_desk"]))
    assert not (tmp_path / FILE).exists()
