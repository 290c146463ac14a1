"""Repository of turns: which citizen's message still waits for the bot."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import bindparam, exists, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.conversation import Conversation, Due, OwedTurn, TurnStatus
from bot.store.conversations import CONVERSATION
from bot.store.tables import conversation, message, turn

_OWE = insert(turn)
_END = (
    update(turn)
    .where(turn.c.message_id == bindparam("key"), turn.c.status == "owed")
    .values(status=bindparam("after"), ended_at=func.now())
)
"""Made once, as all that every turn needs."""


async def owe(connection: AsyncConnection, message_id: UUID, conversation_id: UUID, seq: int, payload: str | None) -> None:
    """Note that the bot owes an answer to this message."""
    row = {"message_id": message_id, "conversation_id": conversation_id, "seq": seq, "payload": payload, "status": "owed"}
    await connection.execute(_OWE, row)


_TURN = (turn.c.message_id, turn.c.conversation_id, turn.c.seq, message.c.text, turn.c.payload, turn.c.attempts, turn.c.created_at)
_DUE = (
    select(*_TURN, *CONVERSATION, conversation.c.resume)
    .join(message, message.c.id == turn.c.message_id)
    .join(conversation, conversation.c.id == turn.c.conversation_id)
    .where(turn.c.conversation_id == bindparam("key"), turn.c.status == "owed")
    .order_by(turn.c.seq)
    .limit(1)
)
"""Made once, because every turn begins with it."""


async def next_owed(connection: AsyncConnection, conversation_id: UUID) -> Due | None:
    """The oldest unanswered turn of a conversation, with all that its answer begins with, in one statement."""
    row = (await connection.execute(_DUE, {"key": conversation_id})).one_or_none()
    if row is None:
        return None
    found, split = tuple(row), len(_TURN)
    return Due(Conversation(*found[split:-1]), OwedTurn(*found[:split]), found[-1])


async def is_owed(connection: AsyncConnection, conversation_id: UUID) -> bool:
    """Whether any answer is still owed in this conversation."""
    query = select(exists().where(turn.c.conversation_id == conversation_id, turn.c.status == "owed"))
    return bool(await connection.scalar(query))


async def end(connection: AsyncConnection, message_id: UUID, status: TurnStatus) -> bool:
    """Close an owed turn; False (and nothing changed) when it was closed before, so that no answer is given twice."""
    result = await connection.execute(_END, {"key": message_id, "after": status})
    return result.rowcount == 1


async def end_all(connection: AsyncConnection, conversation_id: UUID, status: TurnStatus) -> None:
    """Close every owed turn of a conversation; the caller holds the conversation's row."""
    await connection.execute(
        update(turn).where(turn.c.conversation_id == conversation_id, turn.c.status == "owed").values(status=status, ended_at=func.now())
    )


async def count_attempt(connection: AsyncConnection, message_id: UUID) -> None:
    """Count one failed try."""
    await connection.execute(update(turn).where(turn.c.message_id == message_id).values(attempts=turn.c.attempts + 1))


async def untold(connection: AsyncConnection, older_than: timedelta) -> list[UUID]:
    """Conversations whose answer is overdue and whose citizen has not been told."""
    rows = await connection.execute(
        select(turn.c.conversation_id)
        .where(turn.c.status == "owed", turn.c.told_at.is_(None), turn.c.created_at < func.now() - literal(older_than))
        .distinct()
    )
    return sorted(rows.scalars())


async def mark_told(connection: AsyncConnection, conversation_id: UUID, older_than: timedelta) -> bool:
    """Note that the citizen is told of every overdue answer; True for the one who may tell. The caller holds the conversation's row."""
    result = await connection.execute(
        update(turn)
        .where(
            turn.c.conversation_id == conversation_id,
            turn.c.status == "owed",
            turn.c.told_at.is_(None),
            turn.c.created_at < func.now() - literal(older_than),
        )
        .values(told_at=func.now())
    )
    return result.rowcount > 0


async def count_owed(connection: AsyncConnection) -> int:
    """How many turns wait, in all conversations."""
    return int(await connection.scalar(select(func.count()).select_from(turn).where(turn.c.status == "owed")) or 0)
