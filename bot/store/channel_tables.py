"""Tables of the channels that call us and that we call: what arrived, and what goes out."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

from bot.store.tables import metadata

arrival = Table(
    "arrival",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("channel", Text, nullable=False),
    Column("channel_user", Text, nullable=False),
    Column("sent_at", DateTime(timezone=True), nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.clock_timestamp()),
    Column("content", JSONB),  # emptied when handled: what was said then stands in the conversation
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("handled_at", DateTime(timezone=True)),
    Index("ix_arrival_waiting", "channel", "channel_user", "sent_at", "id", postgresql_where=text("handled_at is null")),
)

delivery = Table(
    "delivery",
    metadata,
    Column("message_id", UUID(as_uuid=True), ForeignKey("message.id", ondelete="cascade"), primary_key=True),
    Column("conversation_id", UUID(as_uuid=True), ForeignKey("conversation.id", ondelete="cascade"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("parcel", UUID(as_uuid=True)),
    Column("status", Text, nullable=False, server_default="owed"),
    CheckConstraint("status in ('owed','sending','sent','delivered','read','failed')", name="status"),
    Column("external_id", Text),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("parts_sent", Integer, nullable=False, server_default="0"),
    Column("error", Text),
    Column("not_before", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("changed_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("ix_delivery_open", "conversation_id", "seq", postgresql_where=text("status in ('owed','sending')")),
    Index("ix_delivery_external_id", "external_id"),
    Index("ix_delivery_parcel", "parcel"),
)

move_code = Table(
    "move_code",
    metadata,
    Column("conversation_id", UUID(as_uuid=True), ForeignKey("conversation.id", ondelete="cascade"), primary_key=True),
    Column("code_hash", LargeBinary, nullable=False, unique=True),
    Column("expires_at", DateTime(timezone=True), nullable=False),
)

connector = Table(
    "connector",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("municipality", Text, nullable=False),
    Column("key_hash", LargeBinary, nullable=False, unique=True),
    Column("webhook_url", Text),
    Column("webhook_secret", Text),  # as it is: every webhook is signed with it
    Column("last_reply", BigInteger, nullable=False, server_default="0"),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("revoked_at", DateTime(timezone=True)),
)

connector_reply = Table(
    "connector_reply",
    metadata,
    Column("message_id", UUID(as_uuid=True), ForeignKey("message.id", ondelete="cascade"), primary_key=True),
    Column("connector_id", UUID(as_uuid=True), ForeignKey("connector.id", ondelete="cascade"), nullable=False),
    Column("number", BigInteger, nullable=False),
    UniqueConstraint("connector_id", "number", name="uq_connector_reply_connector_id_number"),
)
