"""The running house, started once for all tests that do not break it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.running import RunningHouse


@pytest.fixture(scope="session")
def house_folder() -> Iterator[Path]:
    # Not pytest's own folder: it is closed to other users, and as root PostgreSQL runs as one.
    folder = Path(tempfile.mkdtemp(prefix="wegwijs-house-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def house(house_folder: Path) -> Iterator[RunningHouse]:
    running = RunningHouse(house_folder)
    running.start()
    yield running
    assert running.stop() == []
