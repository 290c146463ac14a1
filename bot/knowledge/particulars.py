"""Finds the particular question (VAC) that somebody asks about a product, by the words that tell it from all else that is said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from bot.knowledge.sentences import stems_of
from bot.model.knowledge import CONDITIONS, HOW, WHAT, Product, Vac

_SHORTEST = 3
_FEWEST_SHARED = 2
_TELLING = 0.05
_FEWEST_TEXTS = 3
"""So many words of a question must stand in the particular one, and one of them in no more than this share of all texts, or three."""

_COVERED = 0.5
"""So much of what a question says, weighed by how rare its words are, must stand in the particular one."""

_OVER_GENERAL = 1.5
_OVER_NEXT = 1.5
"""And so many times what the best general text has of it, and the next particular question."""

_OPEN = frozenset({WHAT, HOW, CONDITIONS})
"""Aspects that are hard to tell apart in a particular question; who asks what it costs or when, asks just that."""

_UNKNOWN = 0.5
"""A word that nothing about the product has counts for half: it may be a name."""


@dataclass(frozen=True)
class _Page:
    """The words of one thing that is said about a product; `vac` is None for a general text."""

    vac: Vac | None
    words: frozenset[str]


class Particulars:
    """The particular questions of a knowledge base."""

    def __init__(self, products: Iterable[Product]) -> None:
        """Read every text and every example question once."""
        self._pages = {product.id: _pages(product) for product in products}
        pages = [page for pages in self._pages.values() for page in pages]
        self._count = len(pages)
        self._with = Counter(word for page in pages for word in page.words)

    def find(self, product: str, text: str, aspect: str | None = None) -> Vac | None:
        """The particular question about `product` that `text` asks; None when it asks none, something general, or another `aspect`."""
        pages = self._pages.get(product, ())
        worth = self._worth(stems_of(text, _SHORTEST), pages)
        ranked = sorted(((_shared(worth, page), page) for page in pages if page.vac), key=lambda pair: -pair[0])
        shared = worth.keys() & ranked[0][1].words if ranked else set()
        if len(shared) < _FEWEST_SHARED or min(self._with[word] for word in shared) > max(_FEWEST_TEXTS, _TELLING * self._count):
            return None
        best, page = ranked[0]
        general = max((_shared(worth, other) for other in pages if other.vac is None), default=0.0)
        after = ranked[1][0] if len(ranked) > 1 else 0.0
        clear = best >= _COVERED * sum(worth.values()) and best >= _OVER_GENERAL * general and best >= _OVER_NEXT * after
        return page.vac if clear and page.vac and _same(aspect, page.vac.aspect) else None

    def _worth(self, words: frozenset[str], pages: tuple[_Page, ...]) -> dict[str, float]:
        """How much each word tells: little where every text about the product has it, or every product."""
        total = len(pages) + 0.5
        here = Counter(word for page in pages for word in page.words & words)
        found = {}
        for word in words:
            rare = log((self._count + 1) / (self._with[word] + 1))
            found[word] = rare * (log(total / (here[word] + 0.5)) if here[word] else _UNKNOWN * log(total))
        return {word: value for word, value in found.items() if value > 0}


def _pages(product: Product) -> tuple[_Page, ...]:
    texts = ((vac, " ".join((vac.question, vac.text, *vac.questions, *vac.follow_ups))) for vac in product.vacs)
    particular = [_Page(vac, stems_of(text, _SHORTEST)) for vac, text in texts]
    general = [_Page(None, stems_of(f"{text.text} {text.more or ''}", _SHORTEST)) for text in product.aspects.values()]
    return (*particular, *general)


def _shared(worth: dict[str, float], page: _Page) -> float:
    return sum(value for word, value in worth.items() if word in page.words)


def _same(asked: str | None, aspect: str) -> bool:
    return asked in (None, aspect) or {asked, aspect} <= _OPEN
