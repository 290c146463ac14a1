"""Channels that call us and that we call: what arrived, what goes out, and where to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('conversation', sa.Column('channel_address', sa.Text(), nullable=True))
    op.create_table('arrival',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('channel_user', sa.Text(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('content', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('handled_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('key')
    )
    op.create_index('ix_arrival_waiting', 'arrival', ['channel', 'channel_user', 'sent_at', 'id'], unique=False,
                    postgresql_where=sa.text('handled_at is null'))
    op.create_table('delivery',
    sa.Column('message_id', sa.UUID(), nullable=False),
    sa.Column('conversation_id', sa.UUID(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('parcel', sa.UUID(), nullable=True),
    sa.Column('status', sa.Text(), server_default='owed', nullable=False),
    sa.Column('external_id', sa.Text(), nullable=True),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('parts_sent', sa.Integer(), server_default='0', nullable=False),
    sa.Column('error', sa.Text(), nullable=True),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("status in ('owed','sending','sent','delivered','read','failed')", name=op.f('ck_delivery_status')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], ondelete='cascade'),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], ondelete='cascade'),
    sa.PrimaryKeyConstraint('message_id')
    )
    op.create_index('ix_delivery_open', 'delivery', ['conversation_id', 'seq'], unique=False,
                    postgresql_where=sa.text("status in ('owed','sending')"))
    op.create_index('ix_delivery_external_id', 'delivery', ['external_id'], unique=False)
    op.create_index('ix_delivery_parcel', 'delivery', ['parcel'], unique=False)
