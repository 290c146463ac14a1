"""What the citizen has seen of what an agent wrote."""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('conversation', sa.Column('citizen_seq', sa.Integer(), server_default='0', nullable=False))


def downgrade() -> None:
    op.drop_column('conversation', 'citizen_seq')
