"""What the migrations make is what the code describes."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from bot import store
from bot.store.database import sqlalchemy_url
from bot.store.tables import metadata


def test_the_migrated_database_has_the_tables_that_the_code_describes(database_url: str) -> None:
    def ours(_object: Any, name: str, kind: str, reflected: bool, _other: Any) -> bool:
        return not (kind == "table" and reflected and name.startswith("procrastinate"))

    for module in pkgutil.iter_modules(store.__path__):
        importlib.import_module(f"bot.store.{module.name}")  # its tables join the metadata
    engine = create_engine(sqlalchemy_url(database_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        found = [item for item in compare_metadata(context, metadata) if "engine_" not in str(item)]
    engine.dispose()
    assert found == []
