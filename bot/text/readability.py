"""Measures how easily a Dutch text reads, in numbers that anyone can count again; it never calls a text "B1"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SITE = re.compile(r"(?<![\w.])(?:[\w-]+\.)+(?:nl|eu|com|org|net|gov)\b(?:/\S*\w)?")
_BULLET = re.compile(r"^\s*-\s+", re.MULTILINE)
_END = re.compile(r"[.!?]+(?=\s|$)|\n+")
_WITH_GE = re.compile(
    r"^(?:aan|achter|af|bij|dicht|door|in|klaar|los|mee|na|neer|om|op|open|over|plaats|rond|samen|terug|thuis|toe|uit|vast|voor|vrij|weg)?"
    r"ge\w{3,}(?:d|t|en)$"
)
_WITHOUT_GE = re.compile(r"^(?:be|ver|ont|her)\w{2,}d$")
"""Participles in -t without ge- look like a present tense ("verhuist"), so those are a list of their own."""


@dataclass(frozen=True)
class Rules:
    """What counts as hard to read; the lists come from knowledge/leesbaarheid.yml.

    `jargon` maps a word or phrase to what to write instead. `passive` are forms of "worden"; `participles` are participles that
    their form does not give away, and `no_participles` words that only look like one.
    """

    jargon: Mapping[str, str] = field(default_factory=dict)
    informal: frozenset[str] = frozenset()
    passive: frozenset[str] = frozenset()
    participles: frozenset[str] = frozenset()
    no_participles: frozenset[str] = frozenset()
    abbreviations: tuple[str, ...] = ()
    most_words: int = 60
    longest_sentence: int = 25
    mean_sentence: float = 15.0
    longest_word: int = 20

    @cached_property
    def jargon_pattern(self) -> re.Pattern[str]:
        """Finds every term of `jargon`, the longest first."""
        terms = sorted(self.jargon, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(term) for term in terms) or '(?!)'})(?!\w)", re.IGNORECASE)

    @cached_property
    def abbreviation_pattern(self) -> re.Pattern[str]:
        """Finds every abbreviation with its full stops."""
        terms = sorted(self.abbreviations, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(term) for term in terms) or '(?!)'})", re.IGNORECASE)


@dataclass(frozen=True)
class Measures:
    """The numbers of one text; `rare` are its words that Dutch readers seldom meet, when a word list was at hand."""

    words: int
    sentences: tuple[str, ...]
    longest_sentence: int
    mean_sentence: float
    long_words: tuple[str, ...]
    passive: tuple[str, ...]
    jargon: tuple[str, ...]
    informal: tuple[str, ...]
    questions_in_a_row: int
    rare: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One rule that a text breaks; a `hard` one must be repaired."""

    rule: str
    message: str
    hard: bool = False


def plain(text: str) -> str:
    """`text` without Markdown: a link is its title; a placeholder and the name of a site are one word."""
    text = _SITE.sub("website", _LINK.sub(r"\1", text).replace("**", ""))
    return re.sub(r"\{(\w+)\}", r"\1", text)


def words_in(text: str) -> tuple[str, ...]:
    """The words as a reader counts them; "ID-kaart" is one."""
    return tuple(_WORD.findall(text))


def sentences_in(text: str, rules: Rules) -> tuple[str, ...]:
    """The sentences of a text without Markdown; every item of a list is one, and a blank line ends one."""
    lines = _BULLET.sub("\n\n", rules.abbreviation_pattern.sub(lambda match: match.group().replace(".", ""), text))
    joined = re.sub(r"(?<!\n)\n(?!\n)", " ", lines)
    starts, pieces = 0, []
    for match in _END.finditer(joined):
        pieces.append(joined[starts : match.end()].strip())
        starts = match.end()
    pieces.append(joined[starts:].strip())
    return tuple(piece for piece in pieces if _WORD.search(piece))


def measure(text: str, rules: Rules, frequency: Callable[[str], float] | None = None, known: frozenset[str] = frozenset()) -> Measures:
    """The numbers of `text`; words in `known` (the name of the product) are neither jargon nor long nor rare here.

    `frequency` gives a word's Zipf frequency (7 is "de", 3 is once in a million words, 0 is unknown).
    """
    readable = plain(text)
    sentences = sentences_in(readable, rules)
    lengths = [len(words_in(sentence)) for sentence in sentences] or [0]
    words = words_in(readable)
    strange = [word.lower() for word in words if word.lower() not in known and not word.isdigit()]
    return Measures(
        words=len(words),
        sentences=sentences,
        longest_sentence=max(lengths),
        mean_sentence=round(sum(lengths) / len(lengths), 1),
        long_words=_once(word for word in strange if len(word) > rules.longest_word and "-" not in word),
        passive=tuple(sentence for sentence in sentences if _is_passive(sentence, rules)),
        jargon=_once(term for term in map(str.lower, rules.jargon_pattern.findall(readable)) if term not in known),
        informal=_once(word for word in map(str.lower, words) if word in rules.informal),
        questions_in_a_row=_questions_in_a_row(sentences),
        rare=_once(word for word in strange if frequency is not None and word.isalpha() and frequency(word) < 2.0),
    )


def judge(text: str, rules: Rules, known: frozenset[str] = frozenset(), most_words: int | None = None) -> tuple[Finding, ...]:
    """The rules that `text` breaks; `most_words` is for texts that may be longer or must be shorter than a first answer."""
    found = measure(text, rules, None, known)
    limit = rules.most_words if most_words is None else most_words
    findings = [Finding("markup", message, hard=True) for message in _markup(text)]
    if found.words > limit:
        findings.append(Finding("words", f"{found.words} words; at most {limit}", hard=True))
    if found.longest_sentence > rules.longest_sentence:
        longest = max(found.sentences, key=lambda sentence: len(words_in(sentence)))
        message = f"a sentence of {found.longest_sentence} words (at most {rules.longest_sentence}): {_start(longest)}"
        findings.append(Finding("sentence", message, hard=True))
    findings += [Finding("informal", f'"{word}": speak to the reader with u and uw', hard=True) for word in found.informal]
    if len(found.sentences) > 1 and found.mean_sentence > rules.mean_sentence:
        findings.append(Finding("mean", f"{found.mean_sentence} words a sentence on average; at most {rules.mean_sentence:g}"))
    findings += [Finding("jargon", f'"{term}" is jargon; write "{rules.jargon[term]}"') for term in found.jargon]
    findings += [Finding("long", f'"{word}" has {len(word)} letters; is there a shorter way to say it?') for word in found.long_words]
    if len(found.passive) > 1:
        findings.append(Finding("passive", f"{len(found.passive)} passive sentences; say who does it: {_start(found.passive[0])}"))
    if found.questions_in_a_row > 1:
        findings.append(Finding("questions", f"{found.questions_in_a_row} questions in a row; ask one thing at a time"))
    return tuple(findings)


_FORBIDDEN = (
    (re.compile(r"<[a-zA-Z/!]"), "HTML is not allowed"),
    (re.compile(r"!\["), "an image is not allowed"),
    (re.compile(r"^\s*#", re.MULTILINE), "a heading is not allowed; use **bold**"),
    (re.compile(r"`"), "a back quote is not allowed"),
    (re.compile(r"(?<![\w*])\*(?!\*)[^*\n]+\*(?!\*)"), "use **bold** with two stars on both sides"),
    (re.compile(r"(?<!\w)_[^_\n]+_(?!\w)"), "italics are not allowed; use **bold** or nothing"),
    (re.compile(r"^\s*(?:\*|\+|\d+[.)])\s", re.MULTILINE), "write a list with a dash and a space in front of each item"),
    (re.compile(r"\]\((?!https://|mailto:|tel:|\{\w+\})"), "a link must begin with https://"),
    (re.compile(r"(?<!\d)\d{1,2}[-/]\d{1,2}[-/](?:19|20)\d{2}"), "write a date as 3 maart 2026"),
)


def _markup(text: str) -> tuple[str, ...]:
    messages = [message for pattern, message in _FORBIDDEN if pattern.search(text)]
    if re.search(r"https?://|(?<!\w)www\.", _LINK.sub("", text)):
        messages.append("write a link as [title](https://…)")
    if text.count("**") % 2:
        messages.append("a bold part is not closed")
    if any(unicodedata.category(sign) in ("So", "Cs", "Co") for sign in text if sign not in "©®°"):
        messages.append("no emoji or picture signs")
    return tuple(messages)


def _is_passive(sentence: str, rules: Rules) -> bool:
    words = [word.lower() for word in words_in(sentence)]
    return any(word in rules.passive for word in words) and any(_is_participle(word, rules) for word in words)


def _is_participle(word: str, rules: Rules) -> bool:
    if word in rules.no_participles:
        return False
    return word in rules.participles or bool(_WITH_GE.match(word) or _WITHOUT_GE.match(word))


def _questions_in_a_row(sentences: tuple[str, ...]) -> int:
    longest = row = 0
    for sentence in sentences:
        row = row + 1 if sentence.endswith("?") else 0
        longest = max(longest, row)
    return longest


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _start(sentence: str) -> str:
    words = sentence.split()
    return f'"{" ".join(words[:8])}…"' if len(words) > 8 else f'"{sentence}"'
