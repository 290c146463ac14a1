"""Appointment notices: which letters and reminders were sent, so that none is sent twice."""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('appointment_notice',
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['reference'], ['appointment.reference'], ondelete='cascade'),
    sa.PrimaryKeyConstraint('reference', 'kind', 'sequence')
    )


def downgrade() -> None:
    op.drop_table('appointment_notice')
