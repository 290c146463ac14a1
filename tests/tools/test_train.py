"""Training from scratch, and what of a former training is taken along."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.tools import train


def test_a_change_of_our_code_leaves_no_trained_component_in_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "ROOT", tmp_path)
    code = tmp_path / "bot" / "engine" / "nlu" / "linear.py"
    code.parent.mkdir(parents=True)
    code.write_text("one", "utf-8")
    before = train.cache_folder()
    (before / "component").write_text("trained", "utf-8")
    assert train.cache_folder() == before
    assert (before / "component").exists()
    code.write_text("another", "utf-8")
    after = train.cache_folder()
    assert after != before
    assert not before.exists()
    assert not list(after.iterdir())
