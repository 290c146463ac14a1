"""Finds the names of people and places in a message, by our rules and, where there is one, by a statistical model as well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc, Span

from bot.engine.nlu.name_rules import introductions, name_at

Kind = Literal["person", "place"]
PERSON: Kind = "person"
PLACE: Kind = "place"
_KINDS: Mapping[str, Kind] = {"PER": PERSON, "PERSON": PERSON, "LOC": PLACE, "GPE": PLACE}
"""What the labels of spaCy's models mean; the Dutch ones come from two corpora, with different labels."""

_MOST_NEW_WORDS = 50_000


@dataclass(frozen=True)
class Name:
    """A name at `start` to `end` (in signs) of the message; `own` when it is how the citizen introduces themselves."""

    kind: Kind
    text: str
    start: int
    end: int
    own: bool = False


class Pipeline:
    """A pipeline of spaCy that does not grow: it keeps every word that it ever read, so it is opened anew after many."""

    def __init__(self, opened: Callable[[], Language], most_new_words: int = _MOST_NEW_WORDS) -> None:
        """Open it; `opened` gives a fresh one each time."""
        self._opened, self._most_new = opened, most_new_words
        self._fresh()

    def __call__(self, text: str) -> Doc:
        """Read a text."""
        if len(self._language.vocab.strings) > self._most:
            self._fresh()
        return self._language(text)

    def _fresh(self) -> None:
        self._language = self._opened()
        self._most = len(self._language.vocab.strings) + self._most_new


class Names:
    """The rules, the model where there is one, and the names of the places that we know."""

    def __init__(self, rules: Pipeline, model: Pipeline | None, places: Iterable[str]) -> None:
        """Take what was opened; a known place is never taken for a person that the model alone sees."""
        self._rules, self._model = rules, model
        self._places = frozenset(name.lower() for name in places)

    def find(self, text: str) -> tuple[Name, ...]:
        """The names in `text`, in its order and apart from each other."""
        seen = [self._name(span) for span in self._model(text).ents if span.label_ in _KINDS] if self._model else []
        found = self._own(text, seen)
        for name in seen:
            if all(name.end <= other.start or other.end <= name.start for other in found):
                found.append(name)
        return tuple(sorted(found, key=lambda name: name.start))

    def _own(self, text: str, seen: list[Name]) -> list[Name]:
        """How the citizen introduces themselves; where the model sees a person just there, the longer of both names."""
        doc = self._rules(text)
        found: list[Name] = []
        for said in introductions(doc):
            span = name_at(doc, said.start, said.sure)
            if said.start >= len(doc):
                continue
            names = [name for name in seen if name.kind == PERSON and name.start == doc[said.start].idx]
            if span is not None:
                names.append(Name(PERSON, span.text, span.start_char, span.end_char))
            if names:
                name = max(names, key=lambda one: one.end)
                found.append(Name(PERSON, name.text, name.start, name.end, own=True))
        return found

    def _name(self, span: Span) -> Name:
        kind = PLACE if span.text.lower() in self._places else _KINDS[span.label_]
        return Name(kind, span.text, span.start_char, span.end_char)
