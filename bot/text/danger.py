"""Hears danger in what a citizen writes: violence, suicide, fire and the like, before anything else reads it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_BLANK = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^\w\s]")


@dataclass(frozen=True)
class Danger:
    """Danger that was heard: its kind and the answer that is given at once."""

    kind: str
    answer: str


@dataclass(frozen=True)
class DangerKind:
    """One kind of danger: patterns over plain words that point at it, and harmless phrases that are taken out first."""

    name: str
    answer: str
    patterns: tuple[re.Pattern[str], ...]
    harmless: tuple[re.Pattern[str], ...]


def plain_words(text: str) -> str:
    """Lower case without accents or punctuation, one space between words; what the patterns are written for."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return _BLANK.sub(" ", _NOT_WORD.sub(" ", letters)).strip()


def hear_danger(text: str, kinds: Sequence[DangerKind]) -> Danger | None:
    """The first kind of danger that `text` points at, in the order given (the most urgent first); None when there is none."""
    words = plain_words(text)
    for kind in kinds:
        left = words
        for phrase in kind.harmless:
            left = phrase.sub(" ", left)
        if any(pattern.search(left) for pattern in kind.patterns):
            return Danger(kind.name, kind.answer)
    return None
