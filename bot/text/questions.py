"""Tells a sentence that asks to know something from one that tells or wants something."""

from __future__ import annotations

import re

_ASKS_TO_KNOW = re.compile(
    r"^\W*(?:(?:en|maar|oh?|eh|hoi|sorry|wacht|vraagje)\W+)*"
    r"(?:wat|hoe|hoeveel|hoelang|waar|waarom|welke|wie|moet|mag|heb ik|krijg ik|is dat|is het|kost|duurt|wordt)\b",
    re.IGNORECASE,
)


def asks_to_know(text: str) -> bool:
    """Whether a sentence begins as one that asks to know something; "kunnen jullie dat maken" asks to do something."""
    return _ASKS_TO_KNOW.match(text) is not None
