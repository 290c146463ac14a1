"""What can go wrong when a person is asked in."""

from __future__ import annotations

from bot.errors import BotError


class CallbackRefused(BotError):
    """The request cannot be stored as it is: no callable number or no name."""
