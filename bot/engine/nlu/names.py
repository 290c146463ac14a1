"""Finds the names of people and places in a message that spaCy has read, by our rules and by what a statistical model saw in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Span

from bot.engine.nlu.name_rules import Introductions, name_at

Kind = Literal["person", "place"]
PERSON: Kind = "person"
PLACE: Kind = "place"
_KINDS: Mapping[str, Kind] = {"PER": PERSON, "PERSON": PERSON, "LOC": PLACE, "GPE": PLACE}
"""What the labels of spaCy's models mean; the Dutch ones come from two corpora, with different labels."""


@dataclass(frozen=True)
class Name:
    """A name at `start` to `end` (in signs) of the message; `own` when it is how the citizen introduces themselves."""

    kind: Kind
    text: str
    start: int
    end: int
    own: bool = False


class Names:
    """The rules, and the names of the places that we know."""

    def __init__(self, places: Iterable[str]) -> None:
        """Take the known places: none is ever taken for a person that a model alone sees."""
        self._introductions = Introductions()
        self._places = frozenset(name.lower() for name in places)

    def find(self, doc: Doc) -> tuple[Name, ...]:
        """The names in a text, in its order and apart from each other."""
        seen = [self._name(span) for span in doc.ents if span.label_ in _KINDS]
        found = self._own(doc, seen)
        for name in seen:
            if all(name.end <= other.start or other.end <= name.start for other in found):
                found.append(name)
        return tuple(sorted(found, key=lambda name: name.start))

    def _own(self, doc: Doc, seen: list[Name]) -> list[Name]:
        """How the citizen introduces themselves; where a model sees a person just there, the longer of both names."""
        found: list[Name] = []
        for said in self._introductions.find(doc):
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
