"""The tables of desk accounts: who may sign in, who has, with which second factor, and what they did."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, DateTime, ForeignKey, Identity, Index, Integer, LargeBinary, Table, Text, func
from sqlalchemy.dialects.postgresql import ARRAY, UUID

from bot.store.tables import metadata

account = Table(
    "account",
    metadata,
    Column("agent_id", UUID(as_uuid=True), ForeignKey("agent.id", ondelete="cascade"), primary_key=True),
    Column("email", Text, nullable=False),  # in lower case
    Column("password_hash", Text),  # none: invited, or signs in elsewhere
    Column("totp_secret", Text),
    Column("totp_confirmed", Boolean, nullable=False, server_default="false"),
    Column("totp_step", BigInteger, nullable=False, server_default="0"),  # the newest code that was used: none works twice
    Column("recovery_hashes", ARRAY(LargeBinary), nullable=False, server_default="{}"),
    Column("oidc_subject", Text, unique=True),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("locked_until", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("uq_account_email", "email", unique=True),
)

invitation = Table(
    "invitation",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("agent_id", UUID(as_uuid=True), ForeignKey("agent.id", ondelete="cascade"), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("agent_id", UUID(as_uuid=True), ForeignKey("agent.id", ondelete="cascade"), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True), nullable=False),
    Index("ix_session_agent_id", "agent_id"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("agent_id", UUID(as_uuid=True), ForeignKey("agent.id", ondelete="set null")),
    Column("event", Text, nullable=False),
    Column("subject", Text),  # the id of a conversation, an account, a promise or an appointment
    Index("ix_audit_at", "at"),
)
