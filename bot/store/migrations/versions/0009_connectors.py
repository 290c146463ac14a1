"""Connectors, their keys, and the replies they fetch."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('connector',
    sa.Column('id', postgresql.UUID(as_uuid=True), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('municipality', sa.Text(), nullable=False),
    sa.Column('key_hash', sa.LargeBinary(), nullable=False),
    sa.Column('webhook_url', sa.Text(), nullable=True),
    sa.Column('webhook_secret', sa.Text(), nullable=True),
    sa.Column('last_reply', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('key_hash'),
    sa.UniqueConstraint('name')
    )
    op.create_table('connector_reply',
    sa.Column('message_id', postgresql.UUID(as_uuid=True), nullable=False),
    sa.Column('connector_id', postgresql.UUID(as_uuid=True), nullable=False),
    sa.Column('number', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['connector_id'], ['connector.id'], ondelete='cascade'),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], ondelete='cascade'),
    sa.PrimaryKeyConstraint('message_id'),
    sa.UniqueConstraint('connector_id', 'number', name='uq_connector_reply_connector_id_number')
    )


def downgrade() -> None:
    op.drop_table('connector_reply')
    op.drop_table('connector')
