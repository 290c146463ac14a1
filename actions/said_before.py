"""Notices that the answer to a typed question stands there already: the same words help nobody twice."""

from __future__ import annotations

from typing import Any

from rasa_sdk.interfaces import Tracker

from actions.reading import Reading
from bot.model.knowledge import WHAT


def last_message(tracker: Tracker) -> dict[str, Any]:
    """The event of the bot's last message; empty when it said nothing yet."""
    return next((event for event in reversed(tracker.events) if event.get("event") == "bot"), {})


def said_last(tracker: Tracker, reading: Reading) -> str | None:
    """The bot's last message, when it was an answer to what is typed now as well; None for anything else."""
    if reading.chosen or reading.product is None:
        return None
    last = last_message(tracker)
    meta = ((last.get("data") or {}).get("custom") or {}).get("meta") or {}
    same = (meta.get("product"), meta.get("aspect")) == (reading.product, reading.aspect or WHAT)
    return str(last.get("text") or "") if same else None
