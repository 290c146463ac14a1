"""Reads a hasty message as the words that the patterns of danger know: typing errors, stretched letters and missing spaces undone."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.text.danger_pattern import Words

_TOKEN = re.compile(r"[^\W_]+|[,.;:!?()\n\r…]")
_STRETCHED = re.compile(r"(.)\1{2,}")
_DOUBLE = re.compile(r"(.)\1+")
_APOSTROPHES = re.compile(r"(?<=\w)['’`´‘](?=\w)")
_SOUNDS = (("ij", "y"), ("ei", "y"), ("au", "ou"), ("dt", "t"), ("ch", "g"), ("ck", "k"), ("c", "k"), ("ph", "f"), ("z", "s"), ("v", "f"))
_DIGITS = str.maketrans("013457", "oieast")
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "đ": "d"})

_HEARD = 4
"""Letters a word must have to be known by its sound."""
_MISTYPED = 6
"""Letters a word must have to be known with one letter wrong; shorter ones look too much like others (slaat, staat)."""
_BADLY_MISTYPED = 8
_LONGEST = 40
_MEMORY = 20_000


def fold(text: str) -> str:
    """Lower case without accents, apostrophes inside words taken out; patterns and messages go through the same."""
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return _APOSTROPHES.sub("", "".join(sign for sign in decomposed if not unicodedata.combining(sign)))


def sound(word: str) -> str:
    """What a word sounds like in Dutch, about: "pein" as "pijn", "vermoort" as "vermoord"."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    word = _DOUBLE.sub(r"\1", word)
    return word[:-1] + "t" if word.endswith("d") else word


@dataclass
class Speller:
    """Knows the words of the patterns and finds them behind what was typed.

    Only the `telling` words are looked for behind typing errors; `ordinary` words are never taken for one. `spellings` says what
    to read for a word, and `glue` are the short words that people forget the space beside.
    """

    vocabulary: frozenset[str]
    telling: frozenset[str] = frozenset()
    ordinary: frozenset[str] = frozenset()
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    glue: frozenset[str] = frozenset()
    _memory: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def read(self, text: str) -> Words:
        """The words of a message, as the patterns spell them, and where its clauses end."""
        words: list[str] = []
        breaks = {0}
        for match in _TOKEN.finditer(fold(text)):
            token = match.group()
            if not token.isalnum():
                breaks.add(len(words))
                continue
            for word in self._known(token):
                self._add(word, words)
        return Words(tuple(words), frozenset(breaks | {len(words)}))

    def _add(self, word: str, words: list[str]) -> None:
        """Put a word behind the others, joined with the one before where they are one: "zelf moord", "op te hangen"."""
        if words and words[-1] + word in self._compounds:
            words[-1] += word
        elif len(words) > 1 and words[-1] == "te" and words[-2] + word in self._compounds:
            words[-2:] = [words[-2] + word]
        else:
            words.append(word)

    def _known(self, token: str) -> tuple[str, ...]:
        if token in self.spellings:
            return self.spellings[token]
        if token in self.vocabulary or token in self.ordinary:
            return (token,)
        known = self._memory.get(token)
        if known is None:
            known = next(self._repairs(token[:_LONGEST]), (token,))
            if len(self._memory) < _MEMORY:
                self._memory[token] = known
        return known

    def _repairs(self, token: str) -> Iterator[tuple[str, ...]]:
        """What may have been meant, the likeliest first."""
        yield from self._unstretched(token)
        token = _STRETCHED.sub(r"\1", token)
        if not token.isalpha():
            token = token.translate(_DIGITS)
            if token in self.vocabulary:
                yield (token,)
        if token.endswith("e") and f"{token}n" in self.vocabulary:
            yield (f"{token}n",)
        if len(token) >= _HEARD:
            if sound(token) in self._sounds:
                yield (self._sounds[sound(token)],)
            yield from self._mistyped(token)
            yield from self._unglued(token)

    def _unstretched(self, token: str) -> Iterator[tuple[str, ...]]:
        """What "heeeelp" is: stretched letters taken as one, and as two."""
        if _STRETCHED.search(token):
            for short in (_STRETCHED.sub(r"\1", token), _STRETCHED.sub(r"\1\1", token)):
                if short in self.spellings or short in self.vocabulary or short in self.ordinary:
                    yield self.spellings.get(short, (short,))

    def _mistyped(self, token: str) -> Iterator[tuple[str, ...]]:
        if len(token) < _MISTYPED - 1:
            return
        near = {token, *_shorter({token})}
        if len(token) >= _BADLY_MISTYPED - 2:
            near = near if len(token) < _BADLY_MISTYPED else near | _shorter(near)
        found = {word for form in near for word in self._deletions.get(form, ())}
        good = [word for word in found if _is_slip(token, word)]
        if good:
            yield (min(good, key=lambda word: (abs(len(word) - len(token)), word)),)

    def _unglued(self, token: str) -> Iterator[tuple[str, ...]]:
        for at in range(1, len(token)):
            head, tail = token[:at], token[at:]
            for glued, rest, first in ((head, tail, True), (tail, head, False)):
                if glued in self.glue and len(rest) > 1:
                    others = self._whole(rest)
                    if others:
                        yield (glued, *others) if first else (*others, glued)

    def _whole(self, token: str) -> tuple[str, ...]:
        if token in self.spellings:
            return self.spellings[token]
        if token in self.telling or token in self.glue:
            return (token,)
        return next(self._unglued(token), ()) if len(token) > 3 else ()

    @cached_property
    def _sounds(self) -> Mapping[str, str]:
        return {sound(word): word for word in sorted(self.telling) if len(word) >= _HEARD}

    @cached_property
    def _compounds(self) -> frozenset[str]:
        """Long words that people write as two: "zelf moord"."""
        return frozenset(word for word in self.telling if len(word) >= 7)

    @cached_property
    def _deletions(self) -> Mapping[str, frozenset[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for word in self.telling:
            if len(word) >= _MISTYPED:
                forms = {word, *_shorter({word})}
                if len(word) >= _BADLY_MISTYPED:
                    forms |= _shorter(forms)
                for form in forms:
                    found[form].add(word)
        return {form: frozenset(words) for form, words in found.items()}


def _shorter(words: Iterable[str]) -> set[str]:
    """Every word that is left when one letter is taken out."""
    return {word[:at] + word[at + 1 :] for word in words for at in range(len(word))}


def _is_slip(typed: str, word: str) -> bool:
    """Whether a hasty hand types this for that word: the first letter right, one slip, or two in a long word."""
    if typed[0] != word[0]:
        return False
    allowed = 2 if len(word) >= _BADLY_MISTYPED else 1
    return _distance(typed, word, allowed) <= allowed


def _distance(one: str, other: str, most: int) -> int:
    """Letters left out, added, changed or swapped with the next one, counted up to about `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row, older = row, [i], before
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        before = last
    return row[-1]
