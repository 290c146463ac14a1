"""The verb that makes, lists, changes and shuts out connectors."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import pytest

from bot.gateway.channels.connector.keys import key_hash
from bot.model.connector import Connector
from bot.sealing import FILE, Seal, load_keys
from bot.settings import Settings, load_settings
from bot.store import connectors
from bot.store.database import Database
from bot.tools.connector import add_arguments, is_webhook, work


async def do(settings: Settings, *given: str) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return await work(parser.parse_args(given), settings)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return load_settings({"DATABASE_URL": database_url, "DATA_DIR": str(tmp_path / "run")})


async def of_key(database: Database, key: str) -> Connector | None:
    async with database.transaction() as connection:
        return await connectors.of_key(connection, key_hash(key))


async def test_a_key_is_shown_once_and_opens_until_it_is_renewed_or_revoked(settings: Settings, database: Any, capsys: Any) -> None:
    assert await do(settings, "add", "kiosk", "--municipality", "heiloo") == 0
    key = capsys.readouterr().out.strip()
    made = await of_key(database, key)
    assert made is not None
    assert (made.name, made.municipality, made.webhook_url) == ("kiosk", "heiloo", None)
    assert await do(settings, "renew", "kiosk") == 0
    fresh = capsys.readouterr().out.strip()
    assert await of_key(database, key) is None
    assert await of_key(database, fresh) == made
    assert await do(settings, "revoke", "kiosk") == 0
    assert await of_key(database, fresh) is None
    assert await do(settings, "list") == 0
    shown = capsys.readouterr().out
    assert "kiosk  heiloo  shut out" in shown
    assert fresh not in shown


async def test_a_webhook_gets_a_secret_of_its_own_that_is_not_listed(settings: Settings, database: Any, capsys: Any) -> None:
    assert await do(settings, "add", "kiosk", "--municipality", "heiloo", "--webhook", "https://kiosk.example.nl/in") == 0
    key, secret = capsys.readouterr().out.split()
    made = await of_key(database, key)
    assert made is not None
    assert made.webhook_secret is not None
    assert secret not in made.webhook_secret
    assert Seal(lambda make: load_keys(settings, make=make)).open(made.id, made.webhook_secret) == secret
    assert secret not in repr(made)
    assert await do(settings, "webhook", "kiosk") == 0
    assert await do(settings, "list") == 0
    shown = capsys.readouterr().out
    assert "fetches its replies" in shown
    assert secret not in shown


async def test_no_webhook_gets_a_secret_while_the_key_of_others_is_gone(settings: Settings, database: Any, capsys: Any) -> None:
    assert await do(settings, "add", "kiosk", "--municipality", "heiloo", "--webhook", "https://kiosk.example.nl/in") == 0
    key = capsys.readouterr().out.split()[0]
    before = await of_key(database, key)
    (settings.data_dir / FILE).unlink()
    assert await do(settings, "webhook", "kiosk", "https://other.example.nl/in") == 1
    assert "DESK_KEYS" in capsys.readouterr().err
    assert await of_key(database, key) == before
    assert not (settings.data_dir / FILE).exists()


@pytest.mark.parametrize(
    "given",
    [
        ("add", "Kiosk 1", "--municipality", "heiloo"),
        ("add", "kiosk", "--municipality", "atlantis"),
        ("add", "kiosk", "--municipality", "heiloo", "--webhook", "http://kiosk.example.nl"),
        ("add", "known", "--municipality", "heiloo"),
        ("renew", "kiosk"),
        ("revoke", "kiosk"),
        ("webhook", "kiosk", "https://kiosk.example.nl"),
    ],
)
async def test_what_cannot_be_done_is_said_and_changes_nothing(settings: Settings, database: Any, given: tuple[str, ...]) -> None:
    assert await do(settings, "add", "known", "--municipality", "heiloo") == 0
    assert await do(settings, *given) == 1
    async with database.transaction() as connection:
        assert [item.name for item in await connectors.all_of_them(connection)] == ["known"]


@pytest.mark.parametrize("url", ["http://example.nl", "ftp://example.nl", "https://", "example.nl", "http://127.0.0.1.example.nl/"])
def test_replies_are_brought_over_tls_only(url: str) -> None:
    assert not is_webhook(url)
