"""Does what the engine's reply says about a person: the structured `handoff` field, in the transaction of the replies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.handoff.outside import OutsideDesk
from bot.handoff.queueing import Queue
from bot.logs import logger
from bot.model.channel import DESK_ELSEWHERE
from bot.model.conversation import Conversation
from bot.model.people import GENERAL_TEAM, HandoffRequest

log = logger()


@dataclass(frozen=True)
class Asking:
    """`live_chat` puts the citizen into the queue; `leave_queue`, and a promise made meanwhile, take them out of it.

    On a channel whose people sit elsewhere, `live_chat` gives the citizen to them at once.
    """

    queue: Queue

    async def act(self, connection: AsyncConnection, conversation: Conversation, handoff: dict[str, Any]) -> None:
        """Do what the field asks; a route that needs nothing from the gateway is left alone."""
        route, conversation_id = handoff.get("route"), conversation.id
        if route == "live_chat" and conversation.channel in DESK_ELSEWHERE:
            await OutsideDesk(self.queue.library, self.queue.clock).ask(connection, conversation_id, _request(handoff))
        elif route == "live_chat":
            await self.queue.ask(connection, conversation_id, _request(handoff))
        elif route == "leave_queue":
            await self.queue.leave(connection, conversation_id)
        elif route in ("callback", "note"):
            await self.queue.leave(connection, conversation_id, "callback", tell=False)
        else:
            log.info("handoff_noted", conversation_id=str(conversation_id), route=str(route)[:20])


def _request(handoff: dict[str, Any]) -> HandoffRequest:
    def text(key: str, default: str = "") -> str:
        value = handoff.get(key)
        return value if isinstance(value, str) and value else default

    return HandoffRequest(text("team", GENERAL_TEAM), text("product") or None, text("rule"), text("reason"))
