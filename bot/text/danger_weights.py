"""Weighs a whole message: how much it sounds like danger, also where no pattern names what is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import exp, log, sqrt

from bot.text.danger_pattern import Words

VERSION = 1
"""Of the features; weights that were learned from other features mean nothing."""

_WINDOW = 24
"""Words that are weighed together: a longer story is weighed piece by piece, so that one sentence in it is not drowned."""
_STEP = 12
_LONGEST_WORD = 24
_LETTERS = (3, 4, 5)

Sort = Callable[[str], str]
"""The sort of word that a word is ("mijn vader" and "mijn oom" are both about a relative), or the word itself."""


@dataclass(frozen=True)
class Weights:
    """What a linear model learned: for each feature how much it speaks for each of the `labels`; the first label is no danger.

    `hear` is the score from which danger is heard without a pattern, `deny` the one up to which not even a pattern is believed.
    """

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    of: Mapping[str, tuple[float, ...]]
    hear: float
    deny: float
    sorts: Mapping[str, str] = field(default_factory=dict)
    courtesy: frozenset[str] = frozenset()

    def judge(self, words: Words) -> tuple[float, str]:
        """The log-odds that this is danger, and the likeliest kind of danger; of a long text the piece that sounds worst."""
        return max(self._weigh(piece) for piece in _pieces(telling(words.words, self.courtesy)))

    def _weigh(self, words: Sequence[str]) -> tuple[float, str]:
        scores = list(self.bias)
        for family in features(words, self.sorts):
            if family:
                size = 1 / sqrt(len(family))
                for name in family:
                    for at, weight in enumerate(self.of.get(name, ())):
                        scores[at] += size * weight
        harmless, *kinds = scores
        most = max(kinds)
        together = most + log(sum(exp(score - most) for score in kinds))
        return together - harmless, self.labels[1 + kinds.index(most)]


def telling(words: Sequence[str], courtesy: frozenset[str]) -> tuple[str, ...]:
    """The words that say something: who greets and thanks is in no less danger."""
    return tuple(word for word in words if word and word not in courtesy)


def features(words: Sequence[str], sorts: Mapping[str, str]) -> tuple[set[str], set[str], set[str]]:
    """What is looked at: words and pairs, the same with sorts of words, and groups of letters. A family has length one in all."""
    return (
        set(_rows("w", words)),
        set(_rows("s", [sorts.get(word, word) for word in words])),
        set(_letters(words)),
    )


def _rows(family: str, words: Sequence[str]) -> Iterator[str]:
    row = ["^", *words, "$"]
    yield from (f"{family} {word}" for word in words)
    yield from (f"{family} {one} {two}" for one, two in pairwise(row))


def _letters(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        spelled = f"_{word[:_LONGEST_WORD]}_"
        for size in _LETTERS:
            yield from (spelled[at : at + size] for at in range(len(spelled) - size + 1))


def _pieces(words: Sequence[str]) -> Iterator[Sequence[str]]:
    yield words[:_WINDOW]
    yield from (words[at : at + _WINDOW] for at in range(_STEP, len(words) - _WINDOW + _STEP, _STEP))
