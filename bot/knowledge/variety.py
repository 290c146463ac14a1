"""Measures whether example questions are as varied as people are: openings, lengths, overlap, filled-in templates, near-duplicates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import mean, pstdev

from bot.knowledge.sentences import words_of

SHORT, LONG = 3, 25
"""Words up to which a question is short, and from which it is a story."""


@dataclass(frozen=True)
class Limits:
    """From where a set of questions counts as filled-in templates; the values were set by looking at hand-written sets."""

    fewest: int = 40
    openings: float = 0.5
    commonest_opening: float = 0.15
    spread: float = 3.0
    overlap: float = 0.35
    fewest_words_of_frame: int = 3
    products_of_frame: int = 3
    filled_frames: float = 0.15
    near: float = 0.75


@dataclass(frozen=True)
class Variety:
    """The numbers of one set of questions.

    `openings` is the share of different first two words, `commonest_opening` the share of the one used most, `spread` the standard
    deviation of the length in words, `overlap` how much of its pairs of words a question shares with the one most like it, on average.
    """

    questions: int
    openings: float
    commonest_opening: float
    mean_length: float
    spread: float
    short: int
    long: int
    overlap: float


@dataclass(frozen=True)
class Pair:
    """Two sentences of different subjects that are nearly the same; `likeness` is the share of words they have in common."""

    likeness: float
    first: tuple[str, str]
    second: tuple[str, str]


def variety_of(questions: Sequence[str]) -> Variety:
    """The numbers of `questions`; all zero for an empty set."""
    split = [words_of(question) for question in questions]
    if not split:
        return Variety(0, 0.0, 0.0, 0.0, 0.0, 0, 0, 0.0)
    openings = Counter(words[:2] for words in split)
    lengths = [len(words) for words in split]
    pairs = [frozenset(zip(("", *words), (*words, ""), strict=True)) for words in split]
    nearest = [max((_jaccard(one, other) for other in pairs if other is not one), default=0.0) for one in pairs]
    return Variety(
        questions=len(split),
        openings=len(openings) / len(split),
        commonest_opening=max(openings.values()) / len(split),
        mean_length=mean(lengths),
        spread=pstdev(lengths),
        short=sum(length <= SHORT for length in lengths),
        long=sum(length >= LONG for length in lengths),
        overlap=mean(nearest),
    )


def complaints(found: Variety, limits: Limits) -> Iterator[str]:
    """What makes the set too uniform to train on."""
    if found.questions < limits.fewest:
        yield f"{found.questions} questions; at least {limits.fewest} are needed"
    if found.openings < limits.openings:
        yield f"only {found.openings:.0%} of the questions open differently; at least {limits.openings:.0%}"
    if found.commonest_opening > limits.commonest_opening:
        yield f"{found.commonest_opening:.0%} of the questions open with the same two words; at most {limits.commonest_opening:.0%}"
    if found.spread < limits.spread:
        yield f"the lengths differ by {found.spread:.1f} words; at least {limits.spread:g}: write very short and very long ones"
    if found.overlap > limits.overlap:
        yield f"the questions share {found.overlap:.0%} of their word pairs with their likeness; at most {limits.overlap:.0%}"


def frames(questions: Mapping[str, Iterable[str]], names: Mapping[str, Iterable[str]], limits: Limits) -> dict[str, list[tuple[str, str]]]:
    """Templates that were filled in for several subjects: the same sentence once the words of its own subject are taken out.

    `questions` and `names` hold the sentences and what people call it, by subject; the result holds (subject, sentence) by frame.
    """
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for subject, sentences in questions.items():
        own = {word for name in names.get(subject, ()) for word in words_of(name) if len(word) > 3}
        for sentence in sentences:
            words = words_of(sentence)
            frame = ["…" if word in own else word for word in words]
            if "…" in frame and len(frame) - frame.count("…") >= limits.fewest_words_of_frame:
                found[" ".join(frame)].append((subject, sentence))
    many = {frame: uses for frame, uses in found.items() if len({subject for subject, _ in uses}) >= limits.products_of_frame}
    return dict(sorted(many.items(), key=lambda item: (-len(item[1]), item[0])))


def near_duplicates(questions: Mapping[str, Iterable[str]], limits: Limits) -> list[Pair]:
    """Sentences of different subjects that share nearly all their words, the most alike first; word order does not count.

    Only sentences that share one of their rarest words are compared: a pair above the limit must, so none is missed.
    """
    sets = [(subject, text, frozenset(words_of(text))) for subject, texts in questions.items() for text in texts]
    counts = Counter(word for _, _, words in sets for word in words)
    index: dict[str, list[int]] = defaultdict(list)
    found: list[Pair] = []
    for number, (subject, text, words) in enumerate(sets):
        rarest = sorted(words, key=lambda word: (counts[word], word))
        prefix = rarest[: len(words) - ceil(limits.near * len(words)) + 1]
        for other in sorted({candidate for word in prefix for candidate in index[word]}):
            likeness = _jaccard(words, sets[other][2])
            if sets[other][0] != subject and likeness >= limits.near:
                found.append(Pair(likeness, sets[other][:2], (subject, text)))
        for word in prefix:
            index[word].append(number)
    return sorted(found, key=lambda pair: (-pair.likeness, pair.first, pair.second))


def _jaccard(one: frozenset[object], other: frozenset[object]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0
