"""Finds in a citizen's sentence where they live: a village, a district, another spelling or a postcode."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.knowledge.sentences import words_of
from bot.model.municipality import Municipality

_POSTCODE = re.compile(r"(?<!\d)([1-9]\d{3})(?:(\s?)([A-Za-z]{2}))?(?![A-Za-z\d])")
_SMALL_WORDS = frozenset(
    ("al", "an", "de", "en", "er", "ik", "in", "is", "je", "me", "na", "nu", "of", "om", "op", "te", "uw", "we", "ze", "zo")
)
_FUZZY_FROM = 7
"""A name of at least this many letters is also known with one typing error; shorter names are too close to other words."""


class PlaceFinder:
    """Knows all names and postcodes of the municipalities it is given."""

    def __init__(self, municipalities: Iterable[Municipality]) -> None:
        self._names: dict[tuple[str, ...], set[str]] = {}
        self._postcodes: dict[str, set[str]] = {}
        for municipality in municipalities:
            self._names.setdefault(words_of(municipality.name), set()).add(municipality.id)
            for place in municipality.places:
                for name in (place.name, *place.aliases):
                    self._names.setdefault(words_of(name), set()).add(municipality.id)
                for phrase in place.unless:
                    self._names.setdefault(words_of(phrase), set())
                for postcode in place.postcodes:
                    self._postcodes.setdefault(postcode, set()).add(municipality.id)
        self._names.pop((), None)
        self._longest = max((len(name) for name in self._names), default=0)

    def find(self, text: str) -> str | None:
        """The id of the one municipality that `text` points at; None when there is none or more than one."""
        words = words_of(text)
        found = [*self._by_postcode(text, len(words)), *self._by_name(words)]
        if not found:
            found = list(self._by_near_name(words))
        certain = {next(iter(ids)) for ids in found if len(ids) == 1}
        if len(certain) > 1 or not found:
            return None
        if certain:
            only = next(iter(certain))
            return only if all(only in ids for ids in found) else None
        shared = set.intersection(*found)
        return next(iter(shared)) if len(shared) == 1 else None

    def _by_name(self, words: tuple[str, ...]) -> Iterator[set[str]]:
        """The ids behind each name; the longest name wins, and a phrase that means something else hides the name in it."""
        start = 0
        while start < len(words):
            for length in range(min(self._longest, len(words) - start), 0, -1):
                ids = self._names.get(words[start : start + length])
                if ids is not None:
                    if ids:
                        yield ids
                    start += length - 1
                    break
            start += 1

    def _by_postcode(self, text: str, words: int) -> Iterator[set[str]]:
        """Four digits alone are more often a year: they count only in a very short text or behind the word postcode."""
        for match in _POSTCODE.finditer(text):
            digits, gap, letters = match.groups()
            full = letters is not None and (not gap or letters.isupper() or letters.lower() not in _SMALL_WORDS)
            named = "postcode" in text[max(0, match.start() - 20) : match.start()].lower()
            if digits in self._postcodes and (full or named or words <= 2):
                yield self._postcodes[digits]

    def _by_near_name(self, words: tuple[str, ...]) -> Iterator[set[str]]:
        known = [(name[0], ids) for name, ids in self._names.items() if len(name) == 1 and len(name[0]) >= _FUZZY_FROM and ids]
        for word in words:
            if len(word) >= _FUZZY_FROM - 1:
                yield from (ids for name, ids in known if one_apart(word, name))


def one_apart(one: str, other: str) -> bool:
    """Whether one letter more, one less, one other, or two swapped turn `one` into `other`."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    swapped = len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped
