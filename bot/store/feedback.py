"""Repository of whether answers helped; it knows the product and the aspect, never what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import literal, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import answer_feedback, conversation, message

REASONS = ("unclear", "incomplete", "wrong", "other_question")
"""Why an answer did not help."""


@dataclass(frozen=True)
class Judgement:
    """Whether an answer helped; with one of REASONS, or none, when it did not."""

    helpful: bool
    reason: str | None = None


async def give(connection: AsyncConnection, conversation_id: UUID, seq: int, given: Judgement, now: datetime) -> bool:
    """Keep the judgement of the bot's answer number `seq`, or replace the one before; False when that is no answer of the bot."""
    answer = (
        select(
            conversation.c.id,
            message.c.seq,
            conversation.c.municipality,
            conversation.c.channel,
            message.c.meta["product"].astext,
            message.c.meta["aspect"].astext,
            literal(given.helpful),
            literal(given.reason),
            literal(now),
        )
        .join(message, message.c.conversation_id == conversation.c.id)
        .where(conversation.c.id == conversation_id, message.c.seq == seq, message.c.author == "bot")
    )
    columns = ["conversation_id", "seq", "municipality", "channel", "product", "aspect", "helpful", "reason", "given_at"]
    wish = upsert(answer_feedback).from_select(columns, answer)
    kept = await connection.scalar(
        wish.on_conflict_do_update(
            constraint="uq_answer_feedback_conversation_id_seq",
            set_={name: wish.excluded[name] for name in ("helpful", "reason", "given_at")},
        ).returning(answer_feedback.c.id)
    )
    return kept is not None
