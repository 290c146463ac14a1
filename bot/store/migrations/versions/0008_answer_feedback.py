"""Whether answers helped."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('answer_feedback',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('conversation_id', postgresql.UUID(as_uuid=True), nullable=True),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('municipality', sa.Text(), nullable=True),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('product', sa.Text(), nullable=True),
    sa.Column('aspect', sa.Text(), nullable=True),
    sa.Column('helpful', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('given_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], ondelete='set null'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('conversation_id', 'seq', name='uq_answer_feedback_conversation_id_seq')
    )
    op.create_index('ix_answer_feedback_given_at', 'answer_feedback', ['given_at'], unique=False)


def downgrade() -> None:
    op.drop_table('answer_feedback')
