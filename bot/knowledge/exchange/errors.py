"""What can go wrong between Wegwijs and another system."""

from __future__ import annotations

from bot.errors import BotError


class ExchangeError(BotError):
    """Nothing was read or written; the message says what is wrong with which file or address, and what to do."""
