"""The tables of reports about public space: the reports, their pictures, and places that were shared before there is a report."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import UUID

from bot.store.tables import metadata


def _moment(name: str, *, nullable: bool = True) -> Column[object]:
    return Column(name, DateTime(timezone=True), server_default=None if nullable else func.now(), nullable=nullable)


report = Table(
    "report",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("reference", Text, nullable=False, unique=True),
    Column("idempotency_key", Text, nullable=False, unique=True),
    Column("conversation_id", UUID(as_uuid=True), ForeignKey("conversation.id", ondelete="set null")),
    Column("municipality", Text, nullable=False),
    Column("product", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("place_words", Text),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("email", Text),
    Column("phone", Text),
    Column("state", Text, nullable=False, server_default="received"),
    CheckConstraint("state in ('received','passed_on','handled')", name="state"),
    Column("promised_on", Date, nullable=False),
    Column("backend", Text, nullable=False),
    Column("trouble", Text),
    CheckConstraint("trouble in ('unsure','refused')", name="trouble"),
    Column("elsewhere", Text),  # the number that people at the other system know it by
    Column("external_id", Text),  # the id with which its state is asked there
    Column("attempts", Integer, nullable=False, server_default="0"),
    _moment("due_at"),  # when it is to be passed on; null when there is nothing to do
    _moment("sent_at"),  # when it was last sent; with neither an answer nor due_at nobody knows what became of it
    _moment("looked_at"),  # when its state was last asked at the other system
    _moment("handled_at"),
    Column("handled_by", UUID(as_uuid=True), ForeignKey("agent.id", ondelete="set null")),
    _moment("created_at", nullable=False),
    Index("ix_report_open", "municipality", "promised_on", postgresql_where=text("state = 'received'")),
    Index("ix_report_due_at", "due_at", postgresql_where=text("due_at is not null")),
    Index("ix_report_sent_at", "sent_at", postgresql_where=text("sent_at is not null")),
    Index("ix_report_conversation_id", "conversation_id"),
)

report_picture = Table(
    "report_picture",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("conversation_id", UUID(as_uuid=True), ForeignKey("conversation.id", ondelete="set null")),
    Column("key", Text, nullable=False),
    Column("report_id", UUID(as_uuid=True), ForeignKey("report.id", ondelete="cascade")),
    Column("content", LargeBinary, nullable=False),
    Column("mark_before", Text),  # how the report stood elsewhere before this was sent there, and no answer was seen
    _moment("passed_on_at"),
    _moment("created_at", nullable=False),
    UniqueConstraint("conversation_id", "key", name="uq_report_picture_conversation_id_key"),
    Index("ix_report_picture_report_id", "report_id"),
    Index("ix_report_picture_unclaimed", "created_at", postgresql_where=text("report_id is null")),
)

report_place = Table(
    "report_place",
    metadata,
    Column("conversation_id", UUID(as_uuid=True), ForeignKey("conversation.id", ondelete="cascade"), primary_key=True),
    Column("latitude", Double, nullable=False),
    Column("longitude", Double, nullable=False),
    _moment("created_at", nullable=False),
)
