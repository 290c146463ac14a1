"""Labels of a hand-off in Chatwoot, by which its people sort and filter: the theme, the municipality, and danger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.gateway.sending import NoAnswer
from bot.handoff.summary import Summary
from bot.knowledge.library import Library

DANGER = "gevaar"


def names(summary: Summary | None, library: Library) -> tuple[str, ...]:
    """Ids of ours, in the form that Chatwoot asks of labels: small letters, digits and dashes."""
    if summary is None:
        return ()
    product = library.product(summary.product) if summary.product else None
    found = (DANGER if summary.danger else None, product.theme if product else None, summary.municipality)
    return tuple(name for name in found if name)


def read(answer: Mapping[str, Any]) -> list[str]:
    """The labels that a conversation has. Raises NoAnswer when that cannot be told: writing then would wipe what others set."""
    there = answer.get("payload")
    if not isinstance(there, list) or not all(isinstance(name, str) for name in there):
        raise NoAnswer("nonsense")
    return there
