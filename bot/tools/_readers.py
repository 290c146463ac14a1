"""What two more people, who saw no label, say that each held-out sentence wants: how far people agree, and where a label is open."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.tools._understood import Case

FILE = "readers.tsv"
"""Columns: the text, and for each reader the best label followed by those that serve the citizen as well."""

Labels = tuple[str, ...]


def read_readers(file: Path) -> dict[str, tuple[Labels, Labels]]:
    """What both readers say of each text (its spaces made single); empty without the file."""
    if not file.is_file():
        return {}
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return {text: (tuple(first.split(",")), tuple(second.split(","))) for text, first, second in rows}


def agreement(cases: Iterable[Case], said: Iterable[Mapping[str, Any]], readers: Mapping[str, tuple[Labels, Labels]]) -> dict[str, Any]:
    """How often the readers give a label of the author, how often each other's, and the model one that people accept.

    Shares of the sentences on their own that have an aspect or an act; None for all of them when no reader saw even half.
    `wish_accepted` counts a label that the author gave, or that both readers would defend.
    """
    pairs = [(case, meaning) for case, meaning in zip(cases, said, strict=True) if case.before is None and _wanted(case)]
    told = [(case, _wish(meaning), found) for case, meaning in pairs if (found := readers.get(" ".join(case.text.split())))]
    if len(told) < len(pairs) / 2 or not told:
        return {"readers": None}
    of_author = [_wanted(case) for case, _, _ in told]
    both = [set(first) & set(second) for _, _, (first, second) in told]
    return {
        "readers": {
            "count": len(told),
            "first": _share(first[0] in wanted for (_, _, (first, _)), wanted in zip(told, of_author, strict=True)),
            "second": _share(second[0] in wanted for (_, _, (_, second)), wanted in zip(told, of_author, strict=True)),
            "each_other": _share(first[0] == second[0] for _, _, (first, second) in told),
            "wish": _share(wish in wanted for (_, wish, _), wanted in zip(told, of_author, strict=True)),
            "wish_accepted": _share(wish in wanted | open_ for (_, wish, _), wanted, open_ in zip(told, of_author, both, strict=True)),
        }
    }


def _wanted(case: Case) -> set[str]:
    return {*case.aspects, *filter(None, (case.act,))}


def _wish(meaning: Mapping[str, Any]) -> str | None:
    wish: str | None = meaning["aspect"] if meaning["act"] == "ask" else meaning["act"]
    return wish


def _share(right: Iterable[bool]) -> float:
    counted = list(right)
    return round(sum(counted) / len(counted), 4)
