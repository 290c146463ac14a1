"""People: agents, hand-offs, notes, decisions of triage, ratings, and who owns a conversation since when."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('agent',
    sa.Column('id', sa.UUID(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), server_default='agent', nullable=False),
    sa.Column('skills', postgresql.ARRAY(sa.Text()), server_default='{}', nullable=False),
    sa.Column('most', sa.Integer(), server_default='3', nullable=False),
    sa.Column('presence', sa.Text(), server_default='offline', nullable=False),
    sa.Column('away_reason', sa.Text(), nullable=True),
    sa.Column('presence_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('heartbeat_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('active_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('disabled', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("presence in ('available','busy','away','offline')", name=op.f('ck_agent_presence')),
    sa.CheckConstraint("role in ('agent','lead','admin')", name=op.f('ck_agent_role')),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_agent_present', 'agent', ['heartbeat_at'], unique=False, postgresql_where=sa.text("presence <> 'offline'"))
    op.create_table('agent_note',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('conversation_id', sa.UUID(), nullable=False),
    sa.Column('agent_id', sa.UUID(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], ondelete='set null'),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], ondelete='cascade'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_agent_note_conversation_id', 'agent_note', ['conversation_id'], unique=False)
    op.create_table('handoff',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('conversation_id', sa.UUID(), nullable=True),
    sa.Column('municipality', sa.Text(), nullable=True),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('team', sa.Text(), nullable=False),
    sa.Column('product', sa.Text(), nullable=True),
    sa.Column('rule', sa.Text(), server_default='', nullable=False),
    sa.Column('reason', sa.Text(), server_default='', nullable=False),
    sa.Column('queued_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('agent_id', sa.UUID(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ending', sa.Text(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], ondelete='set null'),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], ondelete='set null'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_handoff_ended', 'handoff', ['team', 'ended_at'], unique=False, postgresql_where=sa.text('claimed_at is not null and ended_at is not null'))
    op.create_index('ix_handoff_open', 'handoff', ['conversation_id'], unique=True, postgresql_where=sa.text('ended_at is null'))
    op.create_table('rating',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('conversation_id', sa.UUID(), nullable=True),
    sa.Column('municipality', sa.Text(), nullable=True),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('team', sa.Text(), nullable=True),
    sa.Column('score', sa.SmallInteger(), nullable=True),
    sa.Column('remark', sa.Text(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('score between 1 and 5', name=op.f('ck_rating_score')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], ondelete='set null'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('conversation_id')
    )
    op.create_table('triage_decision',
    sa.Column('message_id', sa.Text(), nullable=False),
    sa.Column('conversation_id', sa.UUID(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('policy', sa.Text(), nullable=False),
    sa.Column('facts', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('route', sa.Text(), nullable=False),
    sa.Column('others', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('rule', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], ondelete='set null'),
    sa.PrimaryKeyConstraint('message_id')
    )
    op.create_index('ix_triage_decision_conversation_id', 'triage_decision', ['conversation_id'], unique=False)
    op.create_index('ix_triage_decision_decided_at', 'triage_decision', ['decided_at'], unique=False)
    op.add_column('callback_request', sa.Column('kind', sa.Text(), server_default='callback', nullable=False))
    op.add_column('callback_request', sa.Column('team', sa.Text(), server_default='algemeen', nullable=False))
    op.add_column('callback_request', sa.Column('email', sa.Text(), server_default='', nullable=False))
    op.add_column('callback_request', sa.Column('wanted_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('callback_request', sa.Column('appointment', sa.Text(), nullable=True))
    op.add_column('callback_request', sa.Column('agent_id', sa.UUID(), nullable=True))
    op.add_column('callback_request', sa.Column('picked_up_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('callback_request', sa.Column('attempts', sa.Integer(), server_default='0', nullable=False))
    op.add_column('callback_request', sa.Column('attempted_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('callback_request', sa.Column('outcome', sa.Text(), nullable=True))
    op.add_column('callback_request', sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True))
    op.alter_column('callback_request', 'conversation_id',
               existing_type=sa.UUID(),
               nullable=True)
    op.create_index('ix_callback_request_open', 'callback_request', ['promised_on'], unique=False, postgresql_where=sa.text("status = 'te_verwerken'"))
    op.drop_constraint('callback_request_conversation_id_fkey', 'callback_request', type_='foreignkey')
    op.create_foreign_key('callback_request_conversation_id_fkey', 'callback_request', 'conversation', ['conversation_id'], ['id'], ondelete='set null')
    op.create_foreign_key('callback_request_agent_id_fkey', 'callback_request', 'agent', ['agent_id'], ['id'], ondelete='set null')
    op.add_column('conversation', sa.Column('team', sa.Text(), nullable=True))
    op.add_column('conversation', sa.Column('agent_id', sa.UUID(), nullable=True))
    op.add_column('conversation', sa.Column('product', sa.Text(), nullable=True))
    op.add_column('conversation', sa.Column('resume', postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.add_column('conversation', sa.Column('agent_seq', sa.Integer(), server_default='0', nullable=False))
    op.add_column('conversation', sa.Column('owner_since', sa.DateTime(timezone=True), nullable=True))
    op.add_column('conversation', sa.Column('waiting_since', sa.DateTime(timezone=True), nullable=True))
    op.add_column('conversation', sa.Column('told_wait_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('conversation', sa.Column('typing_until', sa.DateTime(timezone=True), nullable=True))
    op.add_column('conversation', sa.Column('unanswered_since', sa.DateTime(timezone=True), nullable=True))
    op.create_index('ix_conversation_agent_id', 'conversation', ['agent_id'], unique=False, postgresql_where=sa.text('agent_id is not null'))
    op.create_index('ix_conversation_queued', 'conversation', ['team', 'waiting_since'], unique=False, postgresql_where=sa.text("owner = 'queued'"))
    op.create_foreign_key('conversation_agent_id_fkey', 'conversation', 'agent', ['agent_id'], ['id'])
    op.create_check_constraint(op.f('ck_callback_request_kind'), 'callback_request', "kind in ('callback','note')")
    op.create_check_constraint(op.f('ck_conversation_agent_owns'), 'conversation', "agent_id is null or owner = 'agent'")


def downgrade() -> None:
    op.drop_constraint(op.f('ck_conversation_agent_owns'), 'conversation', type_='check')
    op.drop_constraint(op.f('ck_callback_request_kind'), 'callback_request', type_='check')
    op.drop_constraint('conversation_agent_id_fkey', 'conversation', type_='foreignkey')
    op.drop_index('ix_conversation_queued', table_name='conversation', postgresql_where=sa.text("owner = 'queued'"))
    op.drop_index('ix_conversation_agent_id', table_name='conversation', postgresql_where=sa.text('agent_id is not null'))
    op.drop_column('conversation', 'unanswered_since')
    op.drop_column('conversation', 'typing_until')
    op.drop_column('conversation', 'told_wait_at')
    op.drop_column('conversation', 'waiting_since')
    op.drop_column('conversation', 'owner_since')
    op.drop_column('conversation', 'agent_seq')
    op.drop_column('conversation', 'resume')
    op.drop_column('conversation', 'product')
    op.drop_column('conversation', 'agent_id')
    op.drop_column('conversation', 'team')
    op.drop_constraint('callback_request_conversation_id_fkey', 'callback_request', type_='foreignkey')
    op.drop_constraint('callback_request_agent_id_fkey', 'callback_request', type_='foreignkey')
    op.execute('delete from callback_request where conversation_id is null')
    op.create_foreign_key('callback_request_conversation_id_fkey', 'callback_request', 'conversation', ['conversation_id'], ['id'], ondelete='cascade')
    op.drop_index('ix_callback_request_open', table_name='callback_request', postgresql_where=sa.text("status = 'te_verwerken'"))
    op.alter_column('callback_request', 'conversation_id',
               existing_type=sa.UUID(),
               nullable=False)
    op.drop_column('callback_request', 'finished_at')
    op.drop_column('callback_request', 'outcome')
    op.drop_column('callback_request', 'attempted_at')
    op.drop_column('callback_request', 'attempts')
    op.drop_column('callback_request', 'picked_up_at')
    op.drop_column('callback_request', 'agent_id')
    op.drop_column('callback_request', 'appointment')
    op.drop_column('callback_request', 'wanted_at')
    op.drop_column('callback_request', 'email')
    op.drop_column('callback_request', 'team')
    op.drop_column('callback_request', 'kind')
    op.drop_index('ix_triage_decision_decided_at', table_name='triage_decision')
    op.drop_index('ix_triage_decision_conversation_id', table_name='triage_decision')
    op.drop_table('triage_decision')
    op.drop_table('rating')
    op.drop_index('ix_handoff_open', table_name='handoff', postgresql_where=sa.text('ended_at is null'))
    op.drop_index('ix_handoff_ended', table_name='handoff', postgresql_where=sa.text('claimed_at is not null and ended_at is not null'))
    op.drop_table('handoff')
    op.drop_index('ix_agent_note_conversation_id', table_name='agent_note')
    op.drop_table('agent_note')
    op.drop_index('ix_agent_present', table_name='agent', postgresql_where=sa.text("presence <> 'offline'"))
    op.drop_table('agent')
