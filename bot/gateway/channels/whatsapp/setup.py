"""What is configured of WhatsApp: our numbers with their municipalities, and the templates for outside the 24-hour window."""

from __future__ import annotations

from collections.abc import Mapping

from bot.settings import Settings, pairs


def numbers_of(settings: Settings) -> Mapping[str, str | None]:
    """Phone number id → municipality (None: the citizen is asked). Raises ConfigurationError on a pair that is none."""
    return {number: municipality or None for number, municipality in pairs(settings.whatsapp_numbers, "WHATSAPP_NUMBERS")}


def phone_for(settings: Settings, municipality: str | None) -> str | None:
    """The telephone number (only digits) on which citizens of a municipality write to us; None when there is none or WhatsApp is off.

    A number of the municipality's own goes before one that serves all; a citizen of no known municipality gets only that one.
    """
    if not settings.whatsapp_token:
        return None
    phones = {key: "".join(sign for sign in phone if sign.isdigit()) for key, phone in pairs(settings.whatsapp_phones, "WHATSAPP_PHONES")}
    numbers = numbers_of(settings)
    found = [phones[key] for wanted in (municipality, None) for key, town in numbers.items() if town == wanted and phones.get(key)]
    return found[0] if found else None


def templates_of(settings: Settings) -> Mapping[str, str]:
    """Kind of message (its `route`: reminder, callback …) → name of the approved template with one variable, the text."""
    return dict(pairs(settings.whatsapp_templates, "WHATSAPP_TEMPLATES"))
