"""Every table of Wegwijs but the engine's own two, as SQLAlchemy Core describes them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

metadata = MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "ck": "ck_%(table_name)s_%(constraint_name)s"})


def _moment(name: str, **options: bool) -> Column[object]:
    nullable = options.get("nullable", False)
    return Column(name, DateTime(timezone=True), server_default=None if nullable else func.now(), nullable=nullable)


conversation = Table(
    "conversation",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("channel", Text, nullable=False),
    Column("channel_user", Text),
    Column("channel_address", Text),  # where a channel sends to, when that is not the user's name
    Column("municipality", Text),
    Column("owner", Text, nullable=False),
    CheckConstraint("owner in ('bot','queued','agent','closed')", name="owner"),
    Column("token_hash", LargeBinary),
    Column("last_seq", Integer, nullable=False, server_default="0"),
    Column("team", Text),
    Column("agent_id", UUID(as_uuid=True), ForeignKey("agent.id")),
    Column("product", Text),
    Column("resume", JSONB),
    Column("agent_seq", Integer, nullable=False, server_default="0"),
    Column("citizen_seq", Integer, nullable=False, server_default="0"),  # what the citizen has seen while an agent had it
    _moment("owner_since", nullable=True),
    _moment("waiting_since", nullable=True),
    _moment("told_wait_at", nullable=True),
    _moment("typing_until", nullable=True),
    _moment("unanswered_since", nullable=True),
    CheckConstraint("agent_id is null or owner = 'agent'", name="agent_owns"),
    _moment("created_at"),
    _moment("updated_at"),
    Index("ix_conversation_queued", "team", "waiting_since", postgresql_where=text("owner = 'queued'")),
    Index("ix_conversation_agent_id", "agent_id", postgresql_where=text("agent_id is not null")),
    _moment("superseded_at", nullable=True),  # the citizen brought another conversation along to this channel
    Index("uq_conversation_channel_user", "channel", "channel_user", unique=True, postgresql_where=text("superseded_at is null")),
)

message = Table(
    "message",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("conversation_id", UUID(as_uuid=True), ForeignKey("conversation.id", ondelete="cascade"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("author", Text, nullable=False),
    CheckConstraint("author in ('citizen','bot','agent','system')", name="author"),
    Column("text", Text, nullable=False),
    Column("choices", JSONB, nullable=False, server_default="[]"),
    Column("meta", JSONB, nullable=False, server_default="{}"),
    Column("client_id", Text),
    Column("inbound_key", Text, unique=True),
    Column("in_reply_to", UUID(as_uuid=True)),
    _moment("created_at"),
    UniqueConstraint("conversation_id", "seq", name="uq_message_conversation_id_seq"),
)

message_picture = Table(
    "message_picture",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("message_id", UUID(as_uuid=True), ForeignKey("message.id", ondelete="cascade"), nullable=False),
    Column("content", LargeBinary, nullable=False),
    _moment("created_at"),
    Index("ix_message_picture_message_id", "message_id"),
)

turn = Table(
    "turn",
    metadata,
    Column("message_id", UUID(as_uuid=True), ForeignKey("message.id", ondelete="cascade"), primary_key=True),
    Column("conversation_id", UUID(as_uuid=True), ForeignKey("conversation.id", ondelete="cascade"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("payload", Text),
    Column("status", Text, nullable=False, server_default="owed"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    _moment("created_at"),
    _moment("told_at", nullable=True),
    _moment("ended_at", nullable=True),
    CheckConstraint("status in ('owed','answered','stale','given_up','to_agent')", name="status"),
    Index("ix_turn_owed", "conversation_id", "seq", postgresql_where=text("status = 'owed'")),
    Index("ix_turn_untold", "created_at", postgresql_where=text("status = 'owed' and told_at is null")),
)

choice = Table(
    "choice",
    metadata,
    Column("id", Text, primary_key=True),
    Column("conversation_id", UUID(as_uuid=True), ForeignKey("conversation.id", ondelete="cascade"), nullable=False),
    Column("message_id", UUID(as_uuid=True), ForeignKey("message.id", ondelete="cascade"), nullable=False),
    Column("title", Text, nullable=False),
    Column("payload", Text, nullable=False),
    _moment("created_at"),
    _moment("used_at", nullable=True),
    Index("ix_choice_open", "conversation_id", postgresql_where=text("used_at is null")),
)

callback_request = Table(
    "callback_request",
    metadata,
    Column("reference", Text, primary_key=True),
    Column("conversation_id", UUID(as_uuid=True), ForeignKey("conversation.id", ondelete="set null")),
    Column("idempotency_key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False, server_default="callback"),
    CheckConstraint("kind in ('callback','note')", name="kind"),
    Column("municipality", Text),
    Column("team", Text, nullable=False, server_default="algemeen"),
    Column("name", Text, nullable=False),
    Column("phone", Text, nullable=False, server_default=""),
    Column("email", Text, nullable=False, server_default=""),
    Column("subject", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("status", Text, nullable=False),
    CheckConstraint("status in ('te_verwerken','verwerkt')", name="status"),
    Column("promised_on", Date, nullable=False),
    _moment("wanted_at", nullable=True),
    Column("appointment", Text),
    Column("agent_id", UUID(as_uuid=True), ForeignKey("agent.id", ondelete="set null")),
    _moment("picked_up_at", nullable=True),
    Column("attempts", Integer, nullable=False, server_default="0"),
    _moment("attempted_at", nullable=True),
    Column("outcome", Text),
    _moment("finished_at", nullable=True),
    _moment("created_at"),
    Index("ix_callback_request_open", "promised_on", postgresql_where=text("status = 'te_verwerken'")),
)

answer_feedback = Table(
    "answer_feedback",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("conversation_id", UUID(as_uuid=True), ForeignKey("conversation.id", ondelete="set null")),
    Column("seq", Integer, nullable=False),
    Column("municipality", Text),
    Column("channel", Text, nullable=False),
    Column("product", Text),
    Column("aspect", Text),
    Column("helpful", Boolean, nullable=False),
    Column("reason", Text),
    _moment("given_at"),
    UniqueConstraint("conversation_id", "seq", name="uq_answer_feedback_conversation_id_seq"),
    Index("ix_answer_feedback_given_at", "given_at"),
)

rate_window = Table(
    "rate_window",
    metadata,
    Column("key", LargeBinary, primary_key=True),
    Column("window_start", DateTime(timezone=True), primary_key=True),
    Column("count", Integer, nullable=False),
    prefixes=["UNLOGGED"],
)
