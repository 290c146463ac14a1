"""Finds where somebody says what they are called, by rules over words and lemmas: what works without a statistical model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans
from spacy.vocab import Vocab

from bot.text.particulars import NAME_PREFIXES, TITLES

_SURE, _UNSURE = "SAYS_NAME", "MAY_SAY_NAME"
"""Labels of introductions: behind a sure one a name is a word with a capital or two without, behind an unsure one two with a capital."""

_CALLED = ("heten", "heet")
LEMMAS = frozenset((
    "hebben", "heb", "heten", "heet", "komen", "kom", "kunnen", "kan", "moeten", "moet", "mogen", "mag", "spreken", "willen", "wil",
    "wonen", "woon", "zoeken", "zoek", "zullen", "zal", "verhuizen", "graag", "afspraak", "geboren", "telefoon", "email", "mail",
))  # fmt: skip
"""All lemmas that the rules ask for; each ends a name in a sentence without capitals or stops ("ik heet jan jansen woonde in heiloo")."""

_MOST_WORDS = 7
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['\u2019.-][^\W\d_]+)*\.?$")
_BEFORE_PREFIX = frozenset(("in", "op"))
"""Part of a name only before another prefix: "in 't Veld", and not "Jan in Heiloo"."""

_OWN = {"LOWER": {"IN": ["mijn", "m'n", "m\u2019n", "mn", "de"]}}
_NAME = {"LOWER": {"IN": ["naam", "voornaam", "achternaam"]}}
_IS = {"LOWER": {"IN": ["is", "was", "wordt"]}}
_COLON = {"TEXT": ":", "OP": "?"}
_PATTERNS: dict[str, list[list[dict[str, Any]]]] = {
    _SURE: [
        [_OWN, _NAME, _IS, _COLON],
        [{"LOWER": {"IN": ["ik", "wij", "we"]}}, {"LEMMA": {"IN": list(_CALLED)}}],
        [{"LOWER": {"IN": ["u", "je"]}}, {"LEMMA": "spreken"}, {"LOWER": "met"}],
        [_NAME, {"TEXT": ":"}],
    ],
    _UNSURE: [
        [{"LOWER": "ik"}, {"LOWER": "ben"}],
        [{"LOWER": "op"}, {"LOWER": "naam"}, {"LOWER": "van"}],
        [{"LOWER": {"IN": ["groet", "groeten", "groetjes"]}}, {"IS_PUNCT": True, "OP": "?"}],
    ],
}


@dataclass(frozen=True)
class Introduction:
    """A place where a name is said: `start` is the token behind the words that lead to it."""

    start: int
    sure: bool


class Introductions:
    """Finds where names are said in texts that any Dutch pipeline with lemmas has read."""

    def __init__(self) -> None:
        """Make nothing yet: patterns belong to the vocabulary of the text that is read with them."""
        self._matcher: Matcher | None = None
        self._vocab: Vocab | None = None

    def find(self, doc: Doc) -> Iterator[Introduction]:
        """The introductions in a text, in its order; of those that overlap the longest."""
        spans = self._matches(doc)(doc, as_spans=True, allow_missing=True)  # a text without lemmas is read by its words
        for found in filter_spans(spans):
            yield Introduction(_after_titles(doc, found.end), found.label_ == _SURE)

    def _matches(self, doc: Doc) -> Matcher:
        if self._matcher is None or self._vocab is not doc.vocab:
            self._matcher, self._vocab = Matcher(doc.vocab), doc.vocab
            for label, patterns in _PATTERNS.items():
                self._matcher.add(label, patterns)
        return self._matcher


def name_at(doc: Doc, start: int, sure: bool) -> Span | None:
    """The name that begins at a token; None when there is none. Whoever writes its first word with a capital, writes all so."""
    first = next((token for token in doc[start:] if not _is_prefix(token)), None)
    lower = sure and first is not None and bool(first.is_lower)
    end, words = start, 0
    for token in doc[start : start + _MOST_WORDS]:
        if _is_prefix(token):
            continue
        if not _is_name_word(token, lower):
            if lower and _is_name_word(token, lower=False):
                return None  # "ik heette vroeger Piet": small letters before a capital are no name
            break
        end, words = token.i + 1, words + 1
    if lower and first is not None and first.i > start:
        return None  # "ik heet al jaren zo": what begins like a prefix is, in small letters, seldom a name
    return doc[start:end] if words >= (1 if sure and not lower else 2) else None


def _after_titles(doc: Doc, start: int) -> int:
    while start < len(doc) and (doc[start].lower_.rstrip(".") in TITLES or (doc[start].lower_ == "de" and _is_title(doc, start + 1))):
        start += 1
    return start


def _is_title(doc: Doc, at: int) -> bool:
    return at < len(doc) and doc[at].lower_ in TITLES


def _is_prefix(token: Token) -> bool:
    if token.lower_ in _BEFORE_PREFIX:
        return token.i + 1 < len(token.doc) and token.nbor().lower_ in NAME_PREFIXES
    return token.lower_ in NAME_PREFIXES


def _is_name_word(token: Token, lower: bool) -> bool:
    if not _NAME_WORD.match(token.text):
        return False
    if not lower:
        return token.text[0].isupper()
    return token.is_lower and not token.is_stop and token.lemma_ not in LEMMAS
