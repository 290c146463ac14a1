"""Training from scratch, and what of a former training is taken along."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.tools import train


@pytest.mark.parametrize("changed", ["bot/engine/nlu/linear.py", "requirements/rasa.txt"])
def test_a_change_of_code_or_libraries_leaves_no_trained_component_in_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    monkeypatch.setattr(train, "ROOT", tmp_path)
    code = tmp_path / changed
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
