"""Collects what the bot says in one turn: whole messages, in order, and the hand-off."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel

from bot.engine.errors import TurnFailed
from bot.logs import logger

_OURS = {"card", "meta", "handoff"}
_UNSUPPORTED = ("image", "attachment", "elements", "quick_replies")


class Collected(OutputChannel):
    """An output channel that keeps messages as the engine contract wants them and splits nothing."""

    def __init__(self, channel: str) -> None:
        """Collect for `channel`; its name picks the channel's variant of a response."""
        self._channel = channel
        self.messages: list[dict[str, Any]] = []
        self.handoff: dict[str, Any] | None = None

    def name(self) -> str:  # type: ignore[override] # Rasa names a class of channel; here one class serves them all
        """The citizen's channel."""
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one message of the bot; raises TurnFailed for anything the contract has no place for."""
        extra = [key for key in _UNSUPPORTED if message.get(key)]
        custom = message.get("custom") or {}
        if extra or not isinstance(custom, dict) or not _OURS.issuperset(custom):
            raise TurnFailed(f"a message holds {sorted(extra) or 'custom data'} outside the contract")
        self._keep_handoff(custom.get("handoff"))
        text, card, choices = message.get("text"), custom.get("card"), [_choice(item) for item in message.get("buttons") or []]
        if text or card or choices:
            self.messages.append({"text": text or "", "choices": choices, "card": card, "meta": custom.get("meta") or {}})
        elif not custom.get("handoff"):
            raise TurnFailed("a message has neither text nor card nor hand-off")

    def _keep_handoff(self, handoff: Any) -> None:
        if not handoff:
            return
        if not isinstance(handoff, dict):
            raise TurnFailed("a hand-off is not an object")
        if self.handoff is not None:
            logger().warning("second_handoff_ignored")
            return
        self.handoff = handoff


def _choice(button: Any) -> dict[str, str]:
    title, payload = (button.get("title"), button.get("payload")) if isinstance(button, dict) else (None, None)
    if not title or not isinstance(title, str) or not isinstance(payload, str):
        raise TurnFailed("a button lacks its title or payload")
    return {"title": title, "payload": payload}
