"""Desk accounts: who may sign in, who has, with which second factor, and what they did."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('account',
    sa.Column('agent_id', sa.UUID(), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('password_hash', sa.Text(), nullable=True),
    sa.Column('totp_secret', sa.Text(), nullable=True),
    sa.Column('totp_confirmed', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('totp_step', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('recovery_hashes', postgresql.ARRAY(sa.LargeBinary()), server_default='{}', nullable=False),
    sa.Column('oidc_subject', sa.Text(), nullable=True),
    sa.Column('failures', sa.Integer(), server_default='0', nullable=False),
    sa.Column('locked_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], ondelete='cascade'),
    sa.PrimaryKeyConstraint('agent_id'),
    sa.UniqueConstraint('oidc_subject')
    )
    op.create_index('uq_account_email', 'account', ['email'], unique=True)
    op.create_table('invitation',
    sa.Column('token_hash', sa.LargeBinary(), nullable=False),
    sa.Column('agent_id', sa.UUID(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], ondelete='cascade'),
    sa.PrimaryKeyConstraint('token_hash')
    )
    op.create_table('session',
    sa.Column('token_hash', sa.LargeBinary(), nullable=False),
    sa.Column('agent_id', sa.UUID(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], ondelete='cascade'),
    sa.PrimaryKeyConstraint('token_hash')
    )
    op.create_index('ix_session_agent_id', 'session', ['agent_id'], unique=False)
    op.create_table('audit',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('agent_id', sa.UUID(), nullable=True),
    sa.Column('event', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], ondelete='set null'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_audit_at', 'audit', ['at'], unique=False)
