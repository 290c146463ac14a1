"""Repository of the agents' internal notes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.people import AgentNote
from bot.store.people_tables import agent, agent_note


async def add(connection: AsyncConnection, conversation_id: UUID, agent_id: UUID, text: str, now: datetime) -> None:
    """Store a note."""
    await connection.execute(insert(agent_note).values(conversation_id=conversation_id, agent_id=agent_id, text=text, created_at=now))


async def of_conversation(connection: AsyncConnection, conversation_id: UUID) -> list[AgentNote]:
    """The notes of a conversation, oldest first."""
    rows = await connection.execute(
        select(
            agent_note.c.id, agent_note.c.conversation_id, agent_note.c.agent_id, agent.c.name, agent_note.c.text, agent_note.c.created_at
        )
        .outerjoin(agent, agent.c.id == agent_note.c.agent_id)
        .where(agent_note.c.conversation_id == conversation_id)
        .order_by(agent_note.c.id)
    )
    return [AgentNote(*row) for row in rows]
