"""Finds the question in a long message: what somebody wants stands there, the rest is how it came about."""

from __future__ import annotations

import re

FEWEST_WORDS = 16
"""Shorter messages are read as a whole."""

_END = re.compile(r"(?<=[.!?])\s+|\n+")
_FEWEST_IN_SENTENCE = 3


def questions_of(text: str) -> list[str]:
    """The questions of a long message, or its last sentence; nothing for a short one or one that is a single sentence."""
    if len(text.split()) < FEWEST_WORDS:
        return []
    sentences = [part for part in _END.split(text.strip()) if len(part.split()) >= _FEWEST_IN_SENTENCE]
    if len(sentences) < 2:
        return []
    return [part for part in sentences if part.endswith("?")] or sentences[-1:]
