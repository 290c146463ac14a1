"""What is configured of WhatsApp: our numbers with their municipalities, and the templates for outside the 24-hour window."""

from __future__ import annotations

from collections.abc import Mapping

from bot.errors import ConfigurationError
from bot.settings import Settings


def numbers_of(settings: Settings) -> Mapping[str, str | None]:
    """Phone number id → municipality (None: the citizen is asked). Raises ConfigurationError on a pair that is none."""
    return {number: municipality or None for number, municipality in _pairs(settings.whatsapp_numbers, "WHATSAPP_NUMBERS")}


def templates_of(settings: Settings) -> Mapping[str, str]:
    """Kind of message (its `route`: reminder, callback …) → name of the approved template with one variable, the text."""
    return dict(_pairs(settings.whatsapp_templates, "WHATSAPP_TEMPLATES"))


def _pairs(value: str, name: str) -> list[tuple[str, str]]:
    found = []
    for item in filter(None, (part.strip() for part in value.split(","))):
        key, separator, mapped = item.partition(":")
        if not separator or not key.strip():
            raise ConfigurationError(f"{name} is {value!r}; it should be pairs like 1234567890:castricum, divided by commas")
        found.append((key.strip(), mapped.strip()))
    return found
