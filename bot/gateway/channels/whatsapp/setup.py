"""What is configured of WhatsApp: our numbers with their municipalities, and the templates for outside the 24-hour window."""

from __future__ import annotations

from collections.abc import Mapping

from bot.settings import Settings, pairs


def numbers_of(settings: Settings) -> Mapping[str, str | None]:
    """Phone number id → municipality (None: the citizen is asked). Raises ConfigurationError on a pair that is none."""
    return {number: municipality or None for number, municipality in pairs(settings.whatsapp_numbers, "WHATSAPP_NUMBERS")}


def templates_of(settings: Settings) -> Mapping[str, str]:
    """Kind of message (its `route`: reminder, callback …) → name of the approved template with one variable, the text."""
    return dict(pairs(settings.whatsapp_templates, "WHATSAPP_TEMPLATES"))
