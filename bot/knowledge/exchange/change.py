"""The difference that an import would make, as values: shown to an editor, and then written exactly so."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

from bot.knowledge.document import Step

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class Change:
    """One value in one knowledge file (a path within the folder); None is "not there".

    `field` is what an editor calls it (an aspect, naam, acties, prijzen, …). With `adds` the value goes to the end of the list at `steps`.
    `instead_of` is what holds now because the file says nothing: it is shown as going, though it stays where it stands.
    """

    file: str
    product: str
    field: str
    steps: tuple[Step, ...]
    before: Any
    after: Any
    adds: bool = False
    instead_of: Any = None


@dataclass(frozen=True)
class Plan:
    """Everything that an import would change, and what it leaves to the editor."""

    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """A short code of exactly these changes, to apply no others later."""
        told = [(change.file, change.steps, change.before, change.after, change.adds) for change in self.changes]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False, default=str).encode()).hexdigest()[:8]

    def only(self, products: tuple[str, ...], fields: tuple[str, ...]) -> Plan:
        """The changes of these products and these fields; no names mean all."""
        kept = (item for item in self.changes if (not products or item.product in products) and (not fields or item.field in fields))
        return Plan(tuple(kept), self.notes)


def show(plan: Plan) -> Iterator[str]:
    """The lines that an editor reads: by product, by file, by field, what goes (-) and what comes (+)."""
    by_product = sorted(plan.changes, key=lambda change: (change.product, change.file))
    for product, changes in groupby(by_product, key=lambda change: change.product):
        yield product
        for file, here in groupby(changes, key=lambda change: change.file):
            yield f"  {file}{'' if file.startswith('municipalities/') else ' (for every municipality)'}"
            for change in here:
                yield f"    {'.'.join(str(step) for step in change.steps)}"
                yield from (f"      {line}" for line in _lines(change))


def _lines(change: Change) -> Iterator[str]:
    before, after = _sentences(change.instead_of if change.before is None else change.before), _sentences(change.after)
    for kind, start, end, other_start, other_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (f"  {line}" for line in before[start:end])
        else:
            yield from (f"- {line}" for line in before[start:end])
            yield from (f"+ {line}" for line in after[other_start:other_end])


def _sentences(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, dict):
        return ["; ".join(f"{key}: {_inline(item)}" for key, item in value.items())]
    if isinstance(value, list | tuple):
        return [line for item in value for line in _sentences(item)]
    return [line for line in _SENTENCE.split(_inline(value)) if line]


def _inline(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return ", ".join(str(item) for item in value.values())
    return str(value)
