"""Conversations that go on in another channel: one-time codes, and the conversation that they take the place of."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('move_code',
    sa.Column('conversation_id', postgresql.UUID(as_uuid=True), nullable=False),
    sa.Column('code_hash', sa.LargeBinary(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], ondelete='cascade'),
    sa.PrimaryKeyConstraint('conversation_id'),
    sa.UniqueConstraint('code_hash')
    )
    op.add_column('conversation', sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True))
    op.drop_constraint('uq_conversation_channel_user', 'conversation', type_='unique')
    op.create_index('uq_conversation_channel_user', 'conversation', ['channel', 'channel_user'], unique=True,
                    postgresql_where=sa.text('superseded_at is null'))


def downgrade() -> None:
    op.drop_index('uq_conversation_channel_user', 'conversation')
    op.create_unique_constraint('uq_conversation_channel_user', 'conversation', ['channel', 'channel_user'])
    op.drop_column('conversation', 'superseded_at')
    op.drop_table('move_code')
