"""Hears a message again as something else, so that the rules go on with it as if it had come so."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import ActionExecuted, UserUttered
from rasa_sdk.interfaces import Tracker


def heard_as(tracker: Tracker, intent: str) -> list[dict[str, Any]]:
    """The events of the same message, understood with another intent: where no rule follows an action, Rasa's fallback would speak."""
    latest = tracker.latest_message
    return heard(tracker, str(latest.get("text") or ""), intent, latest.get("entities") or [], latest.get("understanding"))


def heard(
    tracker: Tracker, text: str, intent: str, entities: list[dict[str, Any]], understanding: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    """The events of a message that is heard in place of the one that came; the rules go on with it."""
    parsed = {
        "text": text,
        "intent": {"name": intent, "confidence": 1.0},
        "entities": entities,
        "metadata": tracker.latest_message.get("metadata") or {},
        **({"understanding": understanding} if understanding else {}),
    }
    return [ActionExecuted("action_listen"), UserUttered(text, parsed)]
