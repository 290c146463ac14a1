"""The first tables: conversations, turns, choices, call-backs, the queue and the engine."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy.dialects import postgresql

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('conversation',
    sa.Column('id', sa.UUID(), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('channel_user', sa.Text(), nullable=True),
    sa.Column('municipality', sa.Text(), nullable=True),
    sa.Column('owner', sa.Text(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(), nullable=True),
    sa.Column('last_seq', sa.Integer(), server_default='0', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("owner in ('bot','queued','agent','closed')", name=op.f('ck_conversation_owner')),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('channel', 'channel_user', name='uq_conversation_channel_user')
    )
    op.create_table('rate_window',
    sa.Column('key', sa.LargeBinary(), nullable=False),
    sa.Column('window_start', sa.DateTime(timezone=True), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('key', 'window_start'),
    prefixes=['UNLOGGED']
    )
    op.create_table('callback_request',
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('conversation_id', sa.UUID(), nullable=False),
    sa.Column('idempotency_key', sa.Text(), nullable=False),
    sa.Column('municipality', sa.Text(), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('phone', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('promised_on', sa.Date(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("status in ('te_verwerken','verwerkt')", name=op.f('ck_callback_request_status')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], ondelete='cascade'),
    sa.PrimaryKeyConstraint('reference'),
    sa.UniqueConstraint('idempotency_key')
    )
    op.create_table('message',
    sa.Column('id', sa.UUID(), nullable=False),
    sa.Column('conversation_id', sa.UUID(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('choices', postgresql.JSONB(astext_type=sa.Text()), server_default='[]', nullable=False),
    sa.Column('meta', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('client_id', sa.Text(), nullable=True),
    sa.Column('inbound_key', sa.Text(), nullable=True),
    sa.Column('in_reply_to', sa.UUID(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("author in ('citizen','bot','agent','system')", name=op.f('ck_message_author')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], ondelete='cascade'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('conversation_id', 'seq', name='uq_message_conversation_id_seq'),
    sa.UniqueConstraint('inbound_key')
    )
    op.create_table('choice',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('conversation_id', sa.UUID(), nullable=False),
    sa.Column('message_id', sa.UUID(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('payload', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], ondelete='cascade'),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], ondelete='cascade'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_choice_open', 'choice', ['conversation_id'], unique=False, postgresql_where=sa.text('used_at is null'))
    op.create_table('turn',
    sa.Column('message_id', sa.UUID(), nullable=False),
    sa.Column('conversation_id', sa.UUID(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('payload', sa.Text(), nullable=True),
    sa.Column('status', sa.Text(), server_default='owed', nullable=False),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("status in ('owed','answered','stale','given_up','to_agent')", name=op.f('ck_turn_status')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], ondelete='cascade'),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], ondelete='cascade'),
    sa.PrimaryKeyConstraint('message_id')
    )
    op.create_index('ix_turn_owed', 'turn', ['conversation_id', 'seq'], unique=False, postgresql_where=sa.text("status = 'owed'"))
    op.create_index('ix_turn_untold', 'turn', ['created_at'], unique=False, postgresql_where=sa.text("status = 'owed' and told_at is null"))
    # The queue's own tables, and the engine's: the engine speaks SQL without SQLAlchemy, so its schema is a file of its own.
    engine_schema = Path(__file__).parents[3] / "engine" / "schema.sql"
    for script in (SchemaManager.get_schema(), engine_schema.read_text()):
        op.get_bind().connection.driver_connection.execute(script)


def downgrade() -> None:
    op.execute("drop schema engine cascade")
    op.drop_index('ix_turn_untold', table_name='turn', postgresql_where=sa.text("status = 'owed' and told_at is null"))
    op.drop_index('ix_turn_owed', table_name='turn', postgresql_where=sa.text("status = 'owed'"))
    op.drop_table('turn')
    op.drop_index('ix_choice_open', table_name='choice', postgresql_where=sa.text('used_at is null'))
    op.drop_table('choice')
    op.drop_table('message')
    op.drop_table('callback_request')
    op.drop_table('rate_window')
    op.drop_table('conversation')
