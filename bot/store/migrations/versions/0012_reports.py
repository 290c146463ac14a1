"""Reports about public space, their pictures, and places that were shared before there is a report."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('report',
    sa.Column('id', postgresql.UUID(as_uuid=True), nullable=False),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('idempotency_key', sa.Text(), nullable=False),
    sa.Column('conversation_id', postgresql.UUID(as_uuid=True), nullable=True),
    sa.Column('municipality', sa.Text(), nullable=False),
    sa.Column('product', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('place_words', sa.Text(), nullable=True),
    sa.Column('latitude', sa.Double(), nullable=True),
    sa.Column('longitude', sa.Double(), nullable=True),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('phone', sa.Text(), nullable=True),
    sa.Column('state', sa.Text(), server_default='received', nullable=False),
    sa.Column('promised_on', sa.Date(), nullable=False),
    sa.Column('backend', sa.Text(), nullable=False),
    sa.Column('trouble', sa.Text(), nullable=True),
    sa.Column('elsewhere', sa.Text(), nullable=True),
    sa.Column('external_id', sa.Text(), nullable=True),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('looked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('handled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('handled_by', postgresql.UUID(as_uuid=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("state in ('received','passed_on','handled')", name='ck_report_state'),
    sa.CheckConstraint("trouble in ('unsure','refused')", name='ck_report_trouble'),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], ondelete='set null'),
    sa.ForeignKeyConstraint(['handled_by'], ['agent.id'], ondelete='set null'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('idempotency_key'),
    sa.UniqueConstraint('reference')
    )
    op.create_index('ix_report_open', 'report', ['municipality', 'promised_on'], postgresql_where=sa.text("state = 'received'"))
    op.create_index('ix_report_due_at', 'report', ['due_at'], postgresql_where=sa.text('due_at is not null'))
    op.create_index('ix_report_sent_at', 'report', ['sent_at'], postgresql_where=sa.text('sent_at is not null'))
    op.create_index('ix_report_conversation_id', 'report', ['conversation_id'])
    op.create_table('report_picture',
    sa.Column('id', postgresql.UUID(as_uuid=True), nullable=False),
    sa.Column('conversation_id', postgresql.UUID(as_uuid=True), nullable=True),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('report_id', postgresql.UUID(as_uuid=True), nullable=True),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('passed_on_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], ondelete='set null'),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], ondelete='cascade'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('conversation_id', 'key', name='uq_report_picture_conversation_id_key')
    )
    op.create_index('ix_report_picture_report_id', 'report_picture', ['report_id'])
    op.create_index('ix_report_picture_unclaimed', 'report_picture', ['created_at'], postgresql_where=sa.text('report_id is null'))
    op.create_table('report_place',
    sa.Column('conversation_id', postgresql.UUID(as_uuid=True), nullable=False),
    sa.Column('latitude', sa.Double(), nullable=False),
    sa.Column('longitude', sa.Double(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], ondelete='cascade'),
    sa.PrimaryKeyConstraint('conversation_id')
    )


def downgrade() -> None:
    op.drop_table('report_place')
    op.drop_table('report_picture')
    op.drop_table('report')
