"""Finds products by what people type: names, everyday words, example questions and texts, the rare words counting most."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from bot.knowledge.sentences import words_of
from bot.model.knowledge import Product

_NAME, _WORDS, _QUESTION, _TEXT = 10.0, 6.0, 2.0, 1.0
"""How much a word counts by where it stands."""

_ENOUGH = 0.6
"""Part of what was typed, weighed by rarity, that a product must hold."""

_TAIL = 0.2
"""A product with less than this part of the best score is left out."""


class ProductSearch:
    """An index of one version of the knowledge base; making it takes a moment, asking it does not."""

    def __init__(self, products: Iterable[Product], themes: Mapping[str, str]) -> None:
        self._postings: dict[str, dict[str, float]] = {}
        self._names: dict[str, str] = {}
        for product in products:
            self._names[product.id] = product.name
            for text, weight in _fields(product, themes):
                for word in words_of(text):
                    found = self._postings.setdefault(word, {})
                    found[product.id] = max(weight, found.get(product.id, 0.0))

    def find(self, query: str) -> tuple[str, ...]:
        """Ids of the products that match, best first; words that stand nowhere are passed over unless there is nothing else."""
        gains = [gain for gain in map(self._gains, dict.fromkeys(words_of(query))) if gain]
        if not gains:
            return ()
        rarities = [math.log((len(self._names) + 1) / len(gain)) for gain in gains]
        scores: dict[str, float] = {}
        held: dict[str, float] = {}
        for gain, rarity in zip(gains, rarities, strict=True):
            for product, weight in gain.items():
                scores[product] = scores.get(product, 0.0) + rarity * weight
                held[product] = held.get(product, 0.0) + rarity
        best = max(scores.values())
        kept = [item for item in scores if held[item] >= _ENOUGH * sum(rarities) and scores[item] >= _TAIL * best]
        return tuple(sorted(kept, key=lambda item: (-scores[item], self._names[item])))

    def _gains(self, typed: str) -> dict[str, float]:
        """What one typed word is worth to each product."""
        gains: dict[str, float] = {}
        for word, products in self._postings.items():
            closeness = _closeness(typed, word)
            if closeness:
                for product, weight in products.items():
                    gains[product] = max(closeness * weight, gains.get(product, 0.0))
        return gains


def _closeness(typed: str, word: str) -> float:
    """1 for the same word, less for its beginning (somebody still types), a plural, or a part of a compound."""
    if typed == word:
        return 1.0
    if len(typed) >= 3 and word.startswith(typed):
        return 0.7
    if len(word) >= 4 and typed.startswith(word) and len(typed) - len(word) <= 3:
        return 0.6
    if len(typed) >= 5 and typed in word:
        return 0.3
    return 0.0


def _fields(product: Product, themes: Mapping[str, str]) -> Iterator[tuple[str, float]]:
    for name in (product.name, product.id, product.upl_name or ""):
        yield name, _NAME
    for words in product.words:
        yield words, _WORDS
    yield themes.get(product.theme, ""), _QUESTION
    for questions in product.questions.values():
        for question in questions:
            yield question, _QUESTION
    for aspect in product.aspects.values():
        yield aspect.text, _TEXT
        yield aspect.more or "", _TEXT
