from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pyotp import TOTP
from sqlalchemy import select, update

from bot.desk.errors import KeyGone
from bot.desk.sealing import FILE, Seal, is_sealed, load_keys, new_key
from bot.errors import ConfigurationError
from bot.settings import Secret, Settings
from bot.store.account_tables import account
from tests.desk.conftest import Town
from tests.desk.test_signing_in import set_up, sign_in

ANNA, BRAM = uuid4(), uuid4()


def seal_with(*keys: str) -> Seal:
    return Seal(lambda _: list(keys))


def test_what_is_sealed_is_not_readable_and_opens_for_its_own_account_only() -> None:
    seal = seal_with(new_key())
    kept = seal.close(ANNA, "JBSWY3DPEHPK3PXP")
    assert is_sealed(kept)
    assert "JBSWY3DPEHPK3PXP" not in kept
    assert seal.open(ANNA, kept) == "JBSWY3DPEHPK3PXP"
    with pytest.raises(KeyGone):
        seal.open(BRAM, kept)


def test_an_older_key_opens_and_what_it_sealed_is_renewed_with_the_newest() -> None:
    old, new = new_key(), new_key()
    kept = seal_with(old).close(ANNA, "S")
    renewed = seal_with(new, old).renewed(ANNA, kept)
    assert renewed is not None
    assert seal_with(new).open(ANNA, renewed) == "S"
    assert seal_with(new, old).renewed(ANNA, renewed) is None


@pytest.mark.parametrize("keys", [(), (new_key(),)])
def test_without_the_right_key_it_says_that_the_key_is_gone(keys: tuple[str, ...]) -> None:
    kept = seal_with(new_key()).close(ANNA, "S")
    with pytest.raises(KeyGone):
        seal_with(*keys).open(ANNA, kept)


def test_what_is_no_key_is_a_wrong_setting() -> None:
    with pytest.raises(ConfigurationError, match="DESK_KEYS"):
        seal_with("too short").close(ANNA, "S")


def test_one_machine_makes_its_key_once_and_only_the_owner_reads_it(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "run")
    assert load_keys(settings, make=False) == []
    made = load_keys(settings, make=True)
    assert load_keys(settings, make=True) == made
    assert (tmp_path / "run" / FILE).stat().st_mode & 0o777 == 0o600
    assert load_keys(Settings(data_dir=tmp_path, desk_keys=Secret("b, a")), make=True) == ["b", "a"]


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
    assert await town.accounts.reseal() == 1
    assert secret not in await kept_for(town, anna.id)
    assert await town.accounts.reseal() == 0
    town.bench.clock.move(timedelta(seconds=60))
    assert (await sign_in(town, code=TOTP(secret).at(town.bench.clock()))).status_code == 200


async def test_when_the_key_is_gone_the_page_says_so_and_a_recovery_code_still_works(town: Town) -> None:
    anna = await town.agent()
    secret, recovery = await set_up(town, anna)
    await keep(town, anna.id, seal_with(new_key()).close(anna.id, secret))
    refused = await sign_in(town, code="123456")
    assert (refused.status_code, refused.json()["error"]) == (503, "key_gone")
    with pytest.raises(KeyGone):
        await town.accounts.reseal()
    assert (await sign_in(town, code=recovery[0])).status_code == 200


async def test_no_fresh_key_is_made_where_one_is_gone(town: Town, tmp_path: Path) -> None:
    anna, bram = await town.agent(), await town.agent("bram@example.nl")
    await set_up(town, anna)
    settings = Settings(data_dir=tmp_path)
    without = replace(town.accounts, seal=Seal(lambda make: load_keys(settings, make=make)))
    with pytest.raises(KeyGone):
        await without.begin_totp(await without.who(bram.http.cookies["wegwijs_desk"]))
    assert not (tmp_path / FILE).exists()
