"""Brings a database to the newest schema; several processes may try at once, one does it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text

from bot.store.database import sqlalchemy_url

_LOCK = 72_616_773
"""Key of the advisory lock around migrations; any number that nobody else uses."""


def alembic_config(connection: Connection) -> Config:
    """Alembic's settings for our migrations on this connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def migrate(address: str) -> None:
    """Upgrade the database at `address` (postgresql://…) to the newest revision."""
    engine = create_engine(sqlalchemy_url(address), connect_args={"connect_timeout": 10})
    try:
        with engine.begin() as connection:
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            command.upgrade(alembic_config(connection), "heads")  # rooms add tables side by side
    finally:
        engine.dispose()
