"""Keeps a conversation in which danger was heard at that, until something else is clearly asked or somebody says goodbye."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.gateway.engine import EngineResult
from bot.knowledge.library import Library
from bot.model.conversation import OwedTurn, Reply
from bot.store import messages

_ANSWERED = {"ask": ("answer", "refer"), "more": ("answer",)}
"""What is asked so clearly that it is answered, by act and zone."""

_CLEAR = 0.85
"""Surer than for any other answer: "ik durf niet te bellen" is no question about how to reach the municipality."""

_OTHER_ACTS = frozenset({"thanks", "goodbye", "person", "affirm", "greet"})
"""Acts that have an answer of their own, also then."""


async def still_in_danger(connection: AsyncConnection, owed: OwedTurn, result: EngineResult, library: Library) -> Reply | None:
    """The warning once more, in the place of an answer that would speak of something else ("ik durf niet te bellen")."""
    told = result.understanding
    act, zone = str(told.get("act")), str(told.get("zone"))
    clear = zone in _ANSWERED.get(act, ()) and float(told.get("confidence") or 0.0) >= _CLEAR
    if not told or told.get("form") or owed.payload or act in _OTHER_ACTS or clear:
        return None
    last = await messages.last_reply(connection, owed.conversation_id)
    if last is None or not last.meta.get("danger"):
        return None
    answer = str(last.meta.get("again") or last.text)
    return Reply(
        library.message("gevaar_nogmaals", antwoord=answer), meta={"route": "emergency", "danger": last.meta["danger"], "again": answer}
    )
