"""What the tests of the knowledge base share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.knowledge.builders import KnowledgeFolder


@pytest.fixture
def folder(tmp_path: Path) -> KnowledgeFolder:
    """A folder with themes and messages, and nothing else yet."""
    root = tmp_path / "knowledge"
    root.mkdir()
    return KnowledgeFolder(root)
