"""Runs Alembic's migrations on the connection that bot.store.migrate hands over."""

from alembic import context

from bot.store import appointment_notices, appointment_tables, people_tables, report_tables  # noqa: F401 - their tables join the metadata
from bot.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    include_object=lambda _object, name, kind, reflected, _other: not (kind == "table" and reflected and name.startswith("procrastinate")),
)
with context.begin_transaction():
    context.run_migrations()
