"""Repository of what a citizen's page shows: a conversation and its news, read in one statement and so as of one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import and_, bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.conversation import Message, Owner
from bot.store.feedback import Judgement
from bot.store.messages import as_noun
from bot.store.tables import answer_feedback, conversation, message, turn

MOST = 200
"""Messages that are shown at once; who has more to read asks again."""


@dataclass(frozen=True)
class View:
    """A conversation after some message; `typing` is whether the bot owes an answer, or the agent who has it types.

    `judgements` holds, by message number, whether the citizen found an answer of use.
    """

    owner: Owner
    channel: str
    municipality: str | None
    typing: bool
    messages: tuple[Message, ...]
    judgements: Mapping[int, Judgement] = field(default_factory=dict)


_KEY, _AFTER = bindparam("key", type_=conversation.c.id.type), bindparam("after", type_=message.c.seq.type)
_OWED = exists().where(turn.c.conversation_id == conversation.c.id, turn.c.status == "owed").correlate(conversation)
_VIEW = (
    select(
        conversation.c.owner,
        conversation.c.channel,
        conversation.c.municipality,
        func.coalesce(conversation.c.typing_until > func.now(), False).label("agent_types"),
        _OWED.label("owed"),
        answer_feedback.c.helpful,
        answer_feedback.c.reason,
        *message.c,
    )
    .select_from(conversation)
    .outerjoin(message, and_(message.c.conversation_id == conversation.c.id, message.c.seq > _AFTER))
    .outerjoin(
        answer_feedback, and_(answer_feedback.c.conversation_id == message.c.conversation_id, answer_feedback.c.seq == message.c.seq)
    )
    .where(conversation.c.id == _KEY)
    .order_by(message.c.seq)
    .limit(MOST)
)
"""Made once: every page that is open reads it at every change, and making it costs as much as reading."""


async def read(connection: AsyncConnection, conversation_id: UUID, after: int) -> View | None:
    """The conversation with every message after `after`, in order; None when there is no such conversation."""
    rows = (await connection.execute(_VIEW, {"key": conversation_id, "after": after})).all()
    if not rows:
        return None
    first = rows[0]
    typing = first.agent_types if first.owner == "agent" else first.owed
    judgements = {row.seq: Judgement(row.helpful, row.reason) for row in rows if row.helpful is not None}
    said = tuple(as_noun(row) for row in rows if row.id is not None)
    return View(first.owner, first.channel, first.municipality, typing, said, judgements)
