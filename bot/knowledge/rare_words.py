"""Tells whether a question is about what an answer keeps behind "Meer weten": by the words that few texts have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.knowledge.sentences import stems_of

_SHORTEST = 4
_SHARE = 0.02
"""A word that more of all texts have is of no particular question."""

_FEWEST = 3


class RareWords:
    """The words of a knowledge base, by how many of its texts have them."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Count once; `texts` are all that can be said."""
        found = [stems_of(text, _SHORTEST) for text in texts]
        self._texts_with = Counter(stem for stems in found for stem in stems)
        self._most = max(_FEWEST, _SHARE * len(found))

    def points_at(self, question: str, more: str, said: str) -> bool:
        """Whether `question` has a rare word that `more` has and `said` has not."""
        shared = (stems_of(question, _SHORTEST) & stems_of(more, _SHORTEST)) - stems_of(said, _SHORTEST)
        return any(self._texts_with[stem] <= self._most for stem in shared)
