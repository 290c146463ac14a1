"""Tells a sentence that asks to know something from one that tells or wants something."""

from __future__ import annotations

import re

_ASKS_TO_KNOW = re.compile(
    r"^\W*(?:(?:en|maar|oh?|eh|hoi|sorry|wacht|vraagje)\W+)*"
    r"(?:wat|hoe|hoeveel|hoelang|waar|waarom|welke|wie|moet|mag|heb ik|krijg ik|is dat|is het|kost|duurt|wordt)\b",
    re.IGNORECASE,
)
_VERB_FIRST = re.compile(
    r"^\W*(?:(?:en|maar|oh?|eh|dus|ja|sorry)\W+)*(?:(?:kan|kun|kunt|mag|moet|krijg|krijgt|word|wordt|heb|hebt|ben|bent|doe|doen|doet|ga|gaan|gaat|kom"
    r"|komen|komt|hebben|zijn|kunnen|willen|wil|wilt|mogen|moeten|zullen|zal|zou|zouden|heeft|is|was|weet|weten)\s+"
    r"(?:ik|je|jij|jullie|we|wij|u|men|ze|zij|hij|er iemand|iemand)\b|(?:wat )?als\b|wanneer\b)|\?\s*$",
    re.IGNORECASE,
)


def asks_to_know(text: str) -> bool:
    """Whether a sentence begins as one that asks to know something; "kunnen jullie dat maken" asks to do something."""
    return _ASKS_TO_KNOW.match(text) is not None


def is_question(text: str) -> bool:
    """Whether a sentence asks anything at all, also to do something ("doen jullie daar nog wat aan", "en als hij boos wordt")."""
    return asks_to_know(text) or _VERB_FIRST.search(text) is not None
