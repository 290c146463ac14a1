"""Whether a message leans on what was spoken of before, and what it asks then: "en hoe lang dan?", "waar kan dat?"."""

from __future__ import annotations

import re

from bot.engine.nlu.meaning import NO_SUBJECT, Scores, Thresholds
from bot.engine.nlu.signs import points_back
from bot.model.knowledge import ASPECT_OF_INTENT

_CONTINUES = re.compile(r"^\W*(en|of|maar|ook|dan|oke|ok|nee|ja|wat als|hoe zit het met)\b", re.IGNORECASE)
_STANDS_FOR = re.compile(r"\b(?:dat|dit|het|die|deze|daar|hij|ie|hem|ze)\b", re.IGNORECASE)
"""Words in the place of what was spoken of; "er" is in too many sentences of its own ("als er geen geld is")."""

_ELLIPTIC = re.compile(r"^\W*(en|of|maar|ook)\W+(voor|bij|met|als|mijn|m'?n|onze|ons|een|de|het)\b", re.IGNORECASE)
_AND = re.compile(r"^\W*(?:en|maar|ook)\W+(?:dan\W+)?(?=voor\b)", re.IGNORECASE)
_LONGEST_CONTINUATION = 12

LONGEST_REMARK = 7
"""Who says more, in words that do not go on from before, speaks of what those words name."""

_OWN_IN_TALK = 0.93
"""Who asks on and names no product this clearly may well speak of the same, however low the zone of answers begins."""

_OWN_WITH_IT = 0.96
"""Who says "it" ("mag mijn vrouw hem ophalen?") speaks of the same, unless another product is this clear."""

_DIVIDED = 0.25
"""Where no subject has more than this of the votes, many are as likely: a message that says "it" is about none of them."""

_ELSEWHERE = "refer"


def continues(text: str) -> bool:
    """Whether `text` goes on from what was said, by its first word."""
    return _CONTINUES.match(text) is not None and len(text.split()) <= _LONGEST_CONTINUATION


def beside(product: str, text: str) -> str:
    """What is said after the name of what was spoken of, as one who names it would ("en voor mijn zoon?": a passport for my son)."""
    return f"{product.replace('-', ' ')} {_AND.sub('', text)}"


def elliptic(text: str) -> bool:
    """Whether `text` goes on without a verb of its own ("en voor mijn zoontje?")."""
    return _ELLIPTIC.match(text) is not None


def stands_for(text: str) -> bool:
    """Whether `text` has a word in the place of what was spoken of, or of the application for it."""
    return points_back(text) or _STANDS_FOR.search(text) is not None


def clear_subject(text: str, limits: Thresholds) -> float:
    """How clearly a message has to name another product, to be about that one and not about what was spoken of."""
    if len(text.split()) > LONGEST_REMARK and not continues(text) and not _STANDS_FOR.search(text):
        return limits.ask
    return _OWN_WITH_IT if points_back(text) else max(limits.answer, _OWN_IN_TALK)


def leans(text: str, scores: Scores, limits: Thresholds) -> bool:
    """Whether a message names nothing of its own; a short one that says "it" may name something else as well, if only faintly."""
    short = len(text.split()) <= LONGEST_REMARK and (points_back(text) or continues(text))
    faint = (
        max((share for _, share in scores.products), default=0.0) < limits.ask or max((share for _, share in scores.subjects)) < _DIVIDED
    )
    return scores.names == NO_SUBJECT or (short and faint)


def asks_something(text: str, scores: Scores, limits: Thresholds) -> bool:
    """Whether a short message asks for something, and is not a name or a word that fell out of the blue."""
    intent = scores.intents[0][0]
    asked = intent in ASPECT_OF_INTENT and scores.intent_sure >= limits.follow and (intent != "ask_what" or "?" in text)
    return asked and len(text.split()) <= _LONGEST_CONTINUATION


def best_aspect(scores: Scores) -> str:
    """The likeliest of the intents that ask for an aspect."""
    return next((name for name, _ in scores.intents if name in ASPECT_OF_INTENT), "ask_what")


def aspect_share(scores: Scores) -> float:
    """How likely that one is among all intents."""
    return max((share for name, share in scores.intents if name in ASPECT_OF_INTENT), default=0.0)


def share_asked(scores: Scores) -> float:
    """How sure it is that something is asked; what merely sounds like a question for somebody else asks just as much."""
    intent = scores.intents[0][0]
    return scores.intent_sure if intent in ASPECT_OF_INTENT or intent == _ELSEWHERE else aspect_share(scores)
