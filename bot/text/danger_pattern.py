"""Reads the patterns of danger that editors write, and finds them in a list of words.

A pattern is words in order: `ik wil dood`. `a|b` is either one, `<groep>` any word of a list, `word*` any word that begins so and `x?` may
be left out; `..` stands for up to three other words, `...` for up to seven, `^` and `$` for the beginning and the end of a clause. Parts
with `&` between them may stand in any order close to each other; a part that begins with `!` must not stand near.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_GAPS = {"..": 3, "...": 7}
_NEAR = 9
"""Words between two parts of a pattern in any order."""

PREFIX = 4
"""Letters that a `word*` must have; patterns are looked up by these."""


class PatternError(ValueError):
    """A pattern cannot be read; the message says which one and why."""


@dataclass(frozen=True)
class Words:
    """A message as words, and the places (word numbers) where a clause ends or begins."""

    words: tuple[str, ...]
    breaks: frozenset[int]

    def without(self, spans: Sequence[tuple[int, int]]) -> Words:
        """The same words with these spans blanked out; what stands before and after stays as far apart."""
        words = list(self.words)
        for start, end in spans:
            words[start:end] = [""] * (end - start)
        return Words(tuple(words), self.breaks)


@dataclass(frozen=True)
class Step:
    """One place in a pattern: the words that fit, how many others may stand before it, or the edge of a clause."""

    words: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    gap: int = 0
    optional: bool = False
    edge: bool = False

    def fits(self, word: str) -> bool:
        """Whether this word can stand here."""
        return word in self.words or bool(self.beginnings and word.startswith(self.beginnings))


@dataclass(frozen=True)
class Part:
    """Steps in order; a `forbidden` part must not be near."""

    steps: tuple[Step, ...]
    forbidden: bool = False

    def spans(self, text: Words) -> list[tuple[int, int]]:
        """Where it stands, one span for each word at which it begins."""
        found = []
        for start in range(len(text.words)):
            if self.steps[0].edge or self.steps[0].fits(text.words[start]):
                end = _end(self.steps, 0, text, start)
                if end is not None:
                    found.append((start, end))
        return found


@dataclass(frozen=True)
class Pattern:
    """One pattern; it can only fit a message that has a word of `key`, its most telling step."""

    source: str
    parts: tuple[Part, ...]
    key: Step

    def spans(self, text: Words) -> list[tuple[int, int]]:
        """Where its first part stands with all others near."""
        first, *others = (part for part in self.parts if not part.forbidden)
        spans = first.spans(text)
        for other in others:
            spans = _near(spans, other.spans(text)) if spans else []
        for part in self.parts:
            if part.forbidden and spans:
                near = part.spans(text)
                spans = [span for span in spans if not _near([span], near)]
        return spans


def read_pattern(source: str, groups: Mapping[str, frozenset[str]]) -> Pattern:
    """The pattern that an editor wrote. Raises PatternError."""
    parts = tuple(_part(piece.strip(), source, groups) for piece in source.split("&"))
    telling = [step for part in parts if not part.forbidden for step in part.steps if not step.optional and not step.edge]
    if not telling or parts[0].forbidden:
        raise PatternError(f"{source!r}: needs a word that must be there, and may not begin with a part that must not")
    return Pattern(source, parts, min(telling, key=_commonness))


def words_of(patterns: Sequence[Pattern]) -> Iterator[str]:
    """Every whole word that stands in these patterns."""
    for pattern in patterns:
        for part in pattern.parts:
            for step in part.steps:
                yield from step.words


def _part(piece: str, source: str, groups: Mapping[str, frozenset[str]]) -> Part:
    forbidden = piece.startswith("!")
    steps: list[Step] = []
    gap = 0
    for sign in piece.lstrip("!").split():
        if sign in _GAPS:
            gap = _GAPS[sign]
            continue
        steps.append(Step(edge=True) if sign in ("^", "$") else _step(sign, gap, source, groups))
        gap = 0
    if not steps or gap or steps[0].optional:
        raise PatternError(f"{source!r}: a part is empty, ends in a gap or begins with a word that may be left out")
    return Part(tuple(steps), forbidden)


def _step(sign: str, gap: int, source: str, groups: Mapping[str, frozenset[str]]) -> Step:
    words: set[str] = set()
    beginnings = []
    for choice in sign.rstrip("?").split("|"):
        if choice.startswith("<"):
            if choice[1:-1] not in groups:
                raise PatternError(f"{source!r}: there is no list of words {choice}")
            words |= groups[choice[1:-1]]
        elif choice.endswith("*"):
            if len(choice) <= PREFIX:
                raise PatternError(f"{source!r}: {choice} is too short")
            beginnings.append(choice[:-1])
        elif choice.isalnum():
            words.add(choice)
        else:
            raise PatternError(f"{source!r}: {choice!r} is not a word")
    return Step(frozenset(words), tuple(beginnings), gap, optional=sign.endswith("?"))


def _commonness(step: Step) -> tuple[bool, int]:
    shortest = min(map(len, (*step.words, *step.beginnings)))
    return shortest < PREFIX, len(step.words) + len(step.beginnings)


def _end(steps: tuple[Step, ...], at: int, text: Words, place: int) -> int | None:
    """Where the steps from `at` on end when they begin at this place; backtracking is bounded by the small gaps."""
    if at == len(steps):
        return place
    step = steps[at]
    if step.edge:
        return _end(steps, at + 1, text, place) if place in text.breaks else None
    for here in range(place, min(place + step.gap + 1, len(text.words))):
        if step.fits(text.words[here]):
            end = _end(steps, at + 1, text, here + 1)
            if end is not None:
                return end
    return _end(steps, at + 1, text, place) if step.optional else None


def _near(spans: list[tuple[int, int]], others: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans that have another one close by: beside them or in one of their gaps."""
    starts = [start for start, _ in others]
    kept = []
    for start, end in spans:
        low, high = bisect_left(starts, start - _NEAR), bisect_left(starts, end + _NEAR)
        if any(stop <= start or begin >= end or start < begin <= stop < end for begin, stop in others[low:high]):
            kept.append((start, end))
    return kept
