"""Makes sentences comparable: the same sentence with other capitals, accents or punctuation has the same key."""

from __future__ import annotations

import re
import unicodedata

_STEM = 6
_LETTERS = re.compile(r"[^\W_]+")


def words_of(sentence: str) -> tuple[str, ...]:
    """The words of `sentence` in lower case, without accents and punctuation."""
    plain = sentence.casefold().replace("'", "").replace("’", "")
    if not plain.isascii():
        plain = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    return tuple(_LETTERS.findall(plain))


def stems_of(sentence: str, shortest: int) -> frozenset[str]:
    """The words of at least `shortest` letters by their first six, which two forms of a word share ("verlopen", "verlopend")."""
    return frozenset(word[:_STEM] for word in words_of(sentence) if len(word) >= shortest)


def key_of(sentence: str) -> str:
    """What two sentences share when they are the same to a reader."""
    return " ".join(words_of(sentence))
