"""Finds products by what people type: names, everyday words, (particular) questions and texts, the rare words counting most."""

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


_MOST_WORDS = 16
"""Words of a query that are looked at; more would only keep the server busy."""


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
        self._all_words = f" {' '.join(self._postings)} "

    def find(self, query: str) -> tuple[str, ...]:
        """Ids of the products that match, best first; words that stand nowhere are passed over unless there is nothing else."""
        typed = list(dict.fromkeys(words_of(query)))[:_MOST_WORDS]
        gains = [gain for gain in map(self._gains, typed) if gain]
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
        for word, closeness in self._near(typed):
            for product, weight in self._postings[word].items():
                gains[product] = max(closeness * weight, gains.get(product, 0.0))
        return gains

    def _near(self, typed: str) -> Iterator[tuple[str, float]]:
        """Known words with 1 for the same word, less for its beginning (somebody still types), a plural, or a part of a compound."""
        if typed in self._postings:
            yield typed, 1.0
        for shorter in (typed[:-1], typed[:-2], typed[:-3]):
            if len(shorter) >= 4 and shorter in self._postings:
                yield shorter, 0.6
        if len(typed) >= 3:
            yield from ((word, 0.7) for word in self._words_with(f" {typed}"))
        if len(typed) >= 5:
            yield from ((word, 0.3) for word in self._words_with(typed))

    def _words_with(self, part: str) -> Iterator[str]:
        # One search through one long text is many times faster than a look at every word.
        at = self._all_words.find(part)
        while at >= 0:
            start = self._all_words.rfind(" ", 0, at + 1) + 1
            end = self._all_words.find(" ", at + 1)
            yield self._all_words[start:end]
            at = self._all_words.find(part, end)


def _fields(product: Product, themes: Mapping[str, str]) -> Iterator[tuple[str, float]]:
    for name in (product.name, product.id, product.upl_name or ""):
        yield name, _NAME
    for words in product.words:
        yield words, _WORDS
    yield themes.get(product.theme, ""), _QUESTION
    for questions in product.questions.values():
        for question in questions:
            yield question, _QUESTION
    for vac in product.vacs:
        for question in (vac.question, *vac.questions):
            yield question, _QUESTION
        yield vac.text, _TEXT
    for aspect in product.aspects.values():
        yield aspect.text, _TEXT
        yield aspect.more or "", _TEXT
