"""How a report stood elsewhere before one of its pictures was sent there."""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('report_picture', sa.Column('mark_before', sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column('report_picture', 'mark_before')
