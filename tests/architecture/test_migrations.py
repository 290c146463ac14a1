"""The migrations are one chain: two that follow the same one stop every start of the house."""

from __future__ import annotations

from alembic.config import Config
from alembic.script import ScriptDirectory

from tests.architecture.test_rooms import ROOT


def test_the_migrations_are_one_chain() -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "bot" / "store" / "migrations"))
    heads = ScriptDirectory.from_config(config).get_heads()
    assert len(heads) == 1, f"several follow the same migration, set down_revision of the newest: {heads}"
