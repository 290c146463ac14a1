"""Hears danger in what a citizen writes: violence, suicide, fire and the like, before anything else reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.text.danger_pattern import PREFIX, Pattern, Words
from bot.text.danger_weights import Weights
from bot.text.danger_words import Speller

_LONGEST = 10_000
"""Signs that are read of a longer text, half at the beginning and half at the end; the gate takes in far less."""

_ENGLISH = 3
"""One word in so many must be a common English one for an English answer."""


@dataclass(frozen=True)
class Danger:
    """Danger that was heard: its kind and the answer that is given at once."""

    kind: str
    answer: str


@dataclass(frozen=True)
class Sign:
    """A pattern and the answer to it; one `in_doubt` counts only where the message is not plainly about something else."""

    pattern: Pattern
    answer: str
    in_doubt: bool = False


@dataclass(frozen=True)
class DangerKind:
    """One kind of danger: its signs, phrases that are taken out first, and the `context` in which a doubtful sign does not count."""

    name: str
    signs: tuple[Sign, ...]
    harmless: tuple[Pattern, ...]
    context: tuple[Pattern, ...]
    answers: Mapping[str, str]
    """By language, `nl` always: the answer where no sign tells a better one."""


@dataclass(frozen=True)
class DangerWords:
    """All that is listened for: the kinds in the order in which they are heard, and how their words are typed.

    `sorts` says which words count as one sort in what was learned (`weights`), and `english` are common words of that language.
    """

    kinds: tuple[DangerKind, ...]
    speller: Speller
    sorts: Mapping[str, str] = field(default_factory=dict)
    english: frozenset[str] = frozenset()
    weights: Weights | None = None

    def signs_in(self, words: Words) -> Iterable[tuple[DangerKind, list[Sign]]]:
        """For every kind, in order, the signs whose telling word is in the message."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        whole, begun = self._index
        for word in set(words.words):
            for kind, at in (*whole.get(word, ()), *begun.get(word[:PREFIX], ())):
                found[kind].add(at)
        for kind_ in self.kinds:
            if kind_.name in found:
                yield kind_, [kind_.signs[at] for at in sorted(found[kind_.name])]

    @cached_property
    def _index(self) -> tuple[Mapping[str, list[tuple[str, int]]], Mapping[str, list[tuple[str, int]]]]:
        whole: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        begun: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for kind in self.kinds:
            for at, sign in enumerate(kind.signs):
                for word in sign.pattern.key.words:
                    whole[word].append((kind.name, at))
                for beginning in sign.pattern.key.beginnings:
                    begun[beginning[:PREFIX]].append((kind.name, at))
        return dict(whole), dict(begun)


def hear_danger(text: str, danger: DangerWords) -> Danger | None:
    """The kind of danger that `text` points at; None when there is none.

    A pattern that fits tells the kind and the answer, unless the message as a whole sounds like nothing of the sort. Without one it is
    danger when the whole sounds very much like it.
    """
    words = danger.speller.read(_readable(text))
    found = _sign_in(words, danger)
    if danger.weights is None or not any(map(str.isalpha, text)):  # a number alone picks a choice
        return None if found is None else Danger(found[0].name, found[1].answer)
    score, kind = danger.weights.judge(words)
    if found is not None and score > danger.weights.deny:
        return Danger(found[0].name, found[1].answer)
    if score > danger.weights.hear:
        return Danger(kind, _answer(words, danger, kind))
    return None


def heard_sign(text: str, danger: DangerWords) -> tuple[DangerKind, Sign] | None:
    """The pattern that fits, for whoever wants to know why."""
    return _sign_in(danger.speller.read(_readable(text)), danger)


def _sign_in(words: Words, danger: DangerWords) -> tuple[DangerKind, Sign] | None:
    for kind, signs in danger.signs_in(words):
        left = _without_harmless(words, kind)
        plain: bool | None = None
        for sign in signs:
            if not sign.pattern.spans(left):
                continue
            if sign.in_doubt and plain is None:
                plain = any(pattern.spans(words) for pattern in kind.context)
            if not (sign.in_doubt and plain):
                return kind, sign
    return None


def _answer(words: Words, danger: DangerWords, name: str) -> str:
    """The kind's own answer, in English where a good part of the words is."""
    answers = next(kind.answers for kind in danger.kinds if kind.name == name)
    english = sum(word in danger.english for word in words.words)
    return answers.get("en", answers["nl"]) if english and english * _ENGLISH >= len(words.words) else answers["nl"]


def _without_harmless(words: Words, kind: DangerKind) -> Words:
    spans = [span for pattern in kind.harmless if any(map(pattern.key.fits, words.words)) for span in pattern.spans(words)]
    return words.without(spans) if spans else words


def _readable(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return f"{text[: _LONGEST // 2]}\n{text[-_LONGEST // 2 :]}"
