"""Hears in a citizen's words what the question does not tell: that somebody cannot do it online, is upset or is in a hurry."""

from __future__ import annotations

from collections.abc import Iterable

from bot.model.triage import Policy, Sign
from bot.text.danger_pattern import Words
from bot.text.danger_words import Speller

_speller = Speller(frozenset())
"""Splits into words and clauses; it knows no words, so it repairs none."""


def hear(texts: Iterable[str], policy: Policy) -> frozenset[Sign]:
    """The signs in any of `texts`, by the words of the policy."""
    read = [_speller.read(text) for text in texts]
    return frozenset(sign for sign in policy.words if _stands_in(sign, read, policy))


def _stands_in(sign: Sign, read: list[Words], policy: Policy) -> bool:
    return any(pattern.spans(words) for pattern in policy.words[sign] for words in read)
