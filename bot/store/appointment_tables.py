"""The tables of appointments: what is held and booked, for whichever calendar, and our own calendar's desks and busy times."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKey, Identity, Index, Integer, Table, Text, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import JSONB, UUID, ExcludeConstraint
from sqlalchemy.sql.expression import literal_column

from bot.store.tables import metadata

BUSY = (
    "int8range(desk_id * 10000000000 + floor(extract(epoch from starts at time zone 'UTC'))::bigint,"
    " desk_id * 10000000000 + ceil(extract(epoch from busy_until at time zone 'UTC'))::bigint)"
)
"""A desk's busy time as a stretch of one long line on which every desk has ten thousand million seconds (until 2286) of its own.

So one range type does what "same desk and overlapping time" asks for, without the extension btree_gist that many servers lack.
"""


def _moment(name: str, *, nullable: bool = False, default: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), server_default=func.now() if default else None, nullable=nullable)


appointment_hold = Table(
    "appointment_hold",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("conversation_id", UUID(as_uuid=True), ForeignKey("conversation.id", ondelete="cascade"), unique=True),
    Column("wish", JSONB, nullable=False),
    Column("location", Text, nullable=False),
    _moment("starts"),
    _moment("ends"),
    _moment("expires"),
    Column("backend", Text, nullable=False),
    Column("backend_ref", Text),
    Index("ix_appointment_hold_expires", "expires"),
)

appointment = Table(
    "appointment",
    metadata,
    Column("reference", Text, primary_key=True),
    Column("conversation_id", UUID(as_uuid=True), ForeignKey("conversation.id", ondelete="set null")),
    Column("municipality", Text, nullable=False),
    Column("wish", JSONB, nullable=False),
    Column("location", Text, nullable=False),
    _moment("starts"),
    _moment("ends"),
    Column("customer", JSONB, nullable=False),
    Column("status", Text, nullable=False),
    CheckConstraint("status in ('booked','cancelled','unsure')", name="status"),
    Column("backend", Text, nullable=False),
    Column("external_id", Text, nullable=False, server_default=""),
    Column("moves", Integer, nullable=False, server_default="0"),
    Column("author", Text),
    Column("changed_by", Text),
    _moment("created_at"),
    _moment("changed_at"),
    Index("ix_appointment_day", "municipality", "starts"),
    Index("ix_appointment_conversation_id", "conversation_id"),
)

appointment_step = Table(
    "appointment_step",
    metadata,
    Column("key", Text, primary_key=True),
    Column("reference", Text, ForeignKey("appointment.reference", ondelete="cascade"), nullable=False),
    Column("kind", Text, nullable=False),
    CheckConstraint("kind in ('book','move')", name="kind"),
    Column("hold", JSONB, nullable=False),
    Column("status", Text, nullable=False, server_default="sent"),
    CheckConstraint("status in ('sent','certain','done')", name="status"),
    Column("gives_up", Text),
    Column("gives_up_backend", Text),
    _moment("created_at"),
    Index("ix_appointment_step_open", "created_at", postgresql_where=literal_column("status <> 'done'")),
)
"""One attempt to book or move, by idempotency key: sent to the calendar, certain there, and (the old time given up) done."""

calendar_desk = Table(
    "calendar_desk",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True),
    Column("resource", Text, nullable=False),
    Column("number", Integer, nullable=False),
    UniqueConstraint("resource", "number", name="uq_calendar_desk_resource_number"),
)

calendar_entry = Table(
    "calendar_entry",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("desk_id", Integer, ForeignKey("calendar_desk.id"), nullable=False),
    Column("location", Text, nullable=False),
    _moment("starts"),
    _moment("ends"),
    _moment("busy_until"),
    _moment("held_until", nullable=True),
    Column("booked_key", Text, unique=True),
    CheckConstraint("starts < ends and ends <= busy_until", name="in_order"),
    CheckConstraint("starts > '2000-01-01' and busy_until < '2200-01-01'", name="on_the_line"),
    CheckConstraint("(held_until is null) = (booked_key is not null)", name="held_or_booked"),
    Index("ix_calendar_entry_starts", "desk_id", "starts"),
    Index("ix_calendar_entry_held_until", "held_until", postgresql_where=literal_column("held_until is not null")),
    ExcludeConstraint((literal_column(BUSY), "&&"), name="ex_calendar_entry_busy", using="gist"),
)
"""When each desk is busy: held until a moment, or booked. The exclusion constraint is what makes double booking impossible."""

appointment_attempt = Table(
    "appointment_attempt",
    metadata,
    Column("key", Text, primary_key=True),
    Column("backend", Text, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("note", Text),
    Column("external_id", Text),
)
