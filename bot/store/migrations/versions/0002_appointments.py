"""Appointments: holds, bookings, the steps of booking, and our own calendar."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

BUSY = (
    "int8range(desk_id * 10000000000 + floor(extract(epoch from starts at time zone 'UTC'))::bigint,"
    " desk_id * 10000000000 + ceil(extract(epoch from busy_until at time zone 'UTC'))::bigint)"
)


def upgrade() -> None:
    op.create_table('appointment_hold',
    sa.Column('id', sa.UUID(), nullable=False),
    sa.Column('conversation_id', sa.UUID(), nullable=True),
    sa.Column('wish', postgresql.JSONB(), nullable=False),
    sa.Column('location', sa.Text(), nullable=False),
    sa.Column('starts', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires', sa.DateTime(timezone=True), nullable=False),
    sa.Column('backend', sa.Text(), nullable=False),
    sa.Column('backend_ref', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], ondelete='cascade'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('conversation_id')
    )
    op.create_index('ix_appointment_hold_expires', 'appointment_hold', ['expires'])
    op.create_table('appointment',
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('conversation_id', sa.UUID(), nullable=True),
    sa.Column('municipality', sa.Text(), nullable=False),
    sa.Column('wish', postgresql.JSONB(), nullable=False),
    sa.Column('location', sa.Text(), nullable=False),
    sa.Column('starts', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends', sa.DateTime(timezone=True), nullable=False),
    sa.Column('customer', postgresql.JSONB(), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('backend', sa.Text(), nullable=False),
    sa.Column('external_id', sa.Text(), server_default='', nullable=False),
    sa.Column('moves', sa.Integer(), server_default='0', nullable=False),
    sa.Column('author', sa.Text(), nullable=True),
    sa.Column('changed_by', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("status in ('booked','cancelled','unsure')", name=op.f('ck_appointment_status')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], ondelete='set null'),
    sa.PrimaryKeyConstraint('reference')
    )
    op.create_index('ix_appointment_day', 'appointment', ['municipality', 'starts'])
    op.create_index('ix_appointment_conversation_id', 'appointment', ['conversation_id'])
    op.create_table('appointment_step',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('hold', postgresql.JSONB(), nullable=False),
    sa.Column('status', sa.Text(), server_default='sent', nullable=False),
    sa.Column('gives_up', sa.Text(), nullable=True),
    sa.Column('gives_up_backend', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind in ('book','move')", name=op.f('ck_appointment_step_kind')),
    sa.CheckConstraint("status in ('sent','certain','done')", name=op.f('ck_appointment_step_status')),
    sa.ForeignKeyConstraint(['reference'], ['appointment.reference'], ondelete='cascade'),
    sa.PrimaryKeyConstraint('key')
    )
    op.create_index('ix_appointment_step_open', 'appointment_step', ['created_at'], postgresql_where=sa.text("status <> 'done'"))
    op.create_table('calendar_desk',
    sa.Column('id', sa.Integer(), sa.Identity(always=True), nullable=False),
    sa.Column('resource', sa.Text(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('resource', 'number', name='uq_calendar_desk_resource_number')
    )
    op.create_table('calendar_entry',
    sa.Column('id', sa.UUID(), nullable=False),
    sa.Column('desk_id', sa.Integer(), nullable=False),
    sa.Column('location', sa.Text(), nullable=False),
    sa.Column('starts', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends', sa.DateTime(timezone=True), nullable=False),
    sa.Column('busy_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('held_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('booked_key', sa.Text(), nullable=True),
    sa.CheckConstraint("starts < ends and ends <= busy_until", name=op.f('ck_calendar_entry_in_order')),
    sa.CheckConstraint("starts > '2000-01-01' and busy_until < '2200-01-01'", name=op.f('ck_calendar_entry_on_the_line')),
    sa.CheckConstraint("(held_until is null) = (booked_key is not null)", name=op.f('ck_calendar_entry_held_or_booked')),
    sa.ForeignKeyConstraint(['desk_id'], ['calendar_desk.id']),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('booked_key'),
    postgresql.ExcludeConstraint((sa.literal_column(BUSY), '&&'), name='ex_calendar_entry_busy', using='gist')
    )
    op.create_index('ix_calendar_entry_starts', 'calendar_entry', ['desk_id', 'starts'])
    op.create_index('ix_calendar_entry_held_until', 'calendar_entry', ['held_until'], postgresql_where=sa.text("held_until is not null"))


def downgrade() -> None:
    for table in ('calendar_entry', 'calendar_desk', 'appointment_step', 'appointment', 'appointment_hold'):
        op.drop_table(table)
