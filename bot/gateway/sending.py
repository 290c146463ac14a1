"""What the outbox needs of a channel: its own form of a parcel's messages, and a way to send each; and what can go wrong."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.errors import BotError
from bot.model.channel import Parcel

Part = Mapping[str, Any]
"""One message in the channel's own form, ready to be sent."""


class Sender(Protocol):
    """A channel that is sent to."""

    def parts(self, parcel: Parcel) -> Sequence[Part]:
        """The parcel as the fewest messages that the channel takes; the same parcel always gives the same parts."""
        ...

    async def send(self, parcel: Parcel, part: Part) -> str:
        """Send one part and give the channel's id for it. Raises SendLater, CannotSend or NoAnswer."""
        ...


class SendLater(BotError):
    """The channel did not take it now; `seconds` is how long to wait at least."""

    def __init__(self, code: str, seconds: float) -> None:
        """`code` is the channel's own, without personal data."""
        super().__init__(code)
        self.code, self.seconds = code, seconds


class CannotSend(BotError):
    """The channel will never take it."""

    def __init__(self, code: str) -> None:
        """`code` is the channel's own, without personal data."""
        super().__init__(code)
        self.code = code


class NoAnswer(BotError):
    """It was handed over and no answer came: it may or may not have been sent."""


def back_off(attempts: int, longest: float) -> float:
    """Seconds before the next try: doubling from one second up to `longest`, with some chance against marching in step."""
    return min(longest, 2.0 ** min(attempts, 10)) * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
