"""What the tests of the exchange share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.knowledge.builders import KnowledgeFolder
from tests.knowledge.exchange.fake_catalogues import FakeCatalogues, serving
from tests.knowledge.exchange.samples import catalogue


@pytest.fixture
def folder(tmp_path: Path) -> KnowledgeFolder:
    """A knowledge folder with everything that a standard can hold."""
    return catalogue(tmp_path / "knowledge")


@pytest.fixture
def catalogues() -> Iterator[FakeCatalogues]:
    """A running fake of OpenPDC and Open Product."""
    with serving() as fake:
        yield fake
