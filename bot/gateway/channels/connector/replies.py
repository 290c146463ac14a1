"""Replies as a connector gets them; the long poll and the webhook give the same object."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.gateway.states import show_message
from bot.model.connector import ConnectorReply


def show_replies(replies: Sequence[ConnectorReply], after: int) -> dict[str, Any]:
    """The replies and the cursor behind the last of them, or `after` when there are none."""
    shown = [{"cursor": reply.number, "user": reply.user, "message": show_message(reply.message)} for reply in replies]
    return {"cursor": replies[-1].number if replies else after, "replies": shown}
