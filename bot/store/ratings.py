"""Repository of what citizens thought of a conversation with a person; kept apart from what was said in it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.people import Holding
from bot.store.people_tables import rating


async def ask(connection: AsyncConnection, holding: Holding, team: str | None, now: datetime) -> bool:
    """Note that the citizen is asked; False when they were asked before in this conversation."""
    made = await connection.scalar(
        upsert(rating)
        .values(
            conversation_id=holding.conversation_id,
            municipality=holding.municipality,
            channel=holding.channel,
            team=team,
            asked_at=now,
        )
        .on_conflict_do_nothing(index_elements=["conversation_id"])
        .returning(rating.c.id)
    )
    return made is not None


async def give(connection: AsyncConnection, conversation_id: UUID, score: int, remark: str | None, now: datetime) -> bool:
    """Store the score (1 to 5), or add a remark to it; False when nobody asked."""
    values: dict[str, object] = {"score": score, "given_at": now}
    if remark:
        values["remark"] = remark
    result = await connection.execute(update(rating).where(rating.c.conversation_id == conversation_id).values(**values))
    return result.rowcount == 1
