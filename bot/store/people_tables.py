"""The tables of people who help: agents, hand-offs, notes, decisions of triage, and what citizens thought of it."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

from bot.store.tables import metadata


def _moment(name: str, *, nullable: bool = True) -> Column[object]:
    return Column(name, DateTime(timezone=True), server_default=None if nullable else func.now(), nullable=nullable)


agent = Table(
    "agent",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False, server_default="agent"),
    CheckConstraint("role in ('agent','lead','admin')", name="role"),
    Column("skills", ARRAY(Text), nullable=False, server_default="{}"),
    Column("most", Integer, nullable=False, server_default="3"),
    Column("presence", Text, nullable=False, server_default="offline"),
    CheckConstraint("presence in ('available','busy','away','offline')", name="presence"),
    Column("away_reason", Text),
    _moment("presence_since"),
    _moment("heartbeat_at"),
    _moment("active_at"),
    Column("disabled", Boolean, nullable=False, server_default="false"),
    _moment("created_at", nullable=False),
    Index("ix_agent_present", "heartbeat_at", postgresql_where=text("presence <> 'offline'")),
)

handoff = Table(
    "handoff",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("conversation_id", UUID(as_uuid=True), ForeignKey("conversation.id", ondelete="set null")),
    Column("municipality", Text),
    Column("channel", Text, nullable=False),
    Column("team", Text, nullable=False),
    Column("product", Text),
    Column("rule", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    _moment("queued_at"),
    _moment("claimed_at"),
    Column("agent_id", UUID(as_uuid=True), ForeignKey("agent.id", ondelete="set null")),
    _moment("ended_at"),
    Column("ending", Text),
    Column("outcome", Text),
    Index("ix_handoff_open", "conversation_id", unique=True, postgresql_where=text("ended_at is null")),
    Index("ix_handoff_ended", "team", "ended_at", postgresql_where=text("claimed_at is not null and ended_at is not null")),
)

agent_note = Table(
    "agent_note",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("conversation_id", UUID(as_uuid=True), ForeignKey("conversation.id", ondelete="cascade"), nullable=False),
    Column("agent_id", UUID(as_uuid=True), ForeignKey("agent.id", ondelete="set null")),
    Column("text", Text, nullable=False),
    _moment("created_at", nullable=False),
    Index("ix_agent_note_conversation_id", "conversation_id"),
)

triage_decision = Table(
    "triage_decision",
    metadata,
    Column("message_id", Text, primary_key=True),
    Column("conversation_id", UUID(as_uuid=True), ForeignKey("conversation.id", ondelete="set null")),
    _moment("decided_at", nullable=False),
    Column("policy", Text, nullable=False),
    Column("facts", JSONB, nullable=False),
    Column("route", Text, nullable=False),
    Column("others", ARRAY(Text), nullable=False),
    Column("rule", Text, nullable=False),
    Index("ix_triage_decision_decided_at", "decided_at"),
    Index("ix_triage_decision_conversation_id", "conversation_id"),
)

rating = Table(
    "rating",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("conversation_id", UUID(as_uuid=True), ForeignKey("conversation.id", ondelete="set null"), unique=True),
    Column("municipality", Text),
    Column("channel", Text, nullable=False),
    Column("team", Text),
    Column("score", SmallInteger),
    CheckConstraint("score between 1 and 5", name="score"),
    Column("remark", Text),
    _moment("asked_at", nullable=False),
    _moment("given_at"),
)
