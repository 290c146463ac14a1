"""Learn what danger sounds like from knowledge/gevaar/zinnen and ordinary questions; --check says whether that is up to date."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.knowledge.danger import load_ear
from bot.knowledge.danger_lessons import HARMLESS, WEIGHTS, Lesson, fingerprint, framed, lessons, mark_of, write_weights
from bot.settings import ROOT, load_settings
from bot.text.danger import DangerWords
from bot.text.danger_weights import features, telling
from bot.text.danger_words import fold
from bot.tools._danger_ordinary import ordinary
from bot.tools._engine import answer_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether only to check."""
    parser.add_argument("--check", action="store_true", help="exit with 1 when the sentences changed after the weights were made")


def run(arguments: argparse.Namespace) -> int:
    """Write the weights, or check that they belong to the sentences."""
    folder = load_settings().knowledge_dir
    ear, how = load_ear(folder)
    kinds = tuple(kind.name for kind in ear.kinds)
    mark = fingerprint(folder, kinds)
    if arguments.check:
        if not (folder / WEIGHTS).exists() or mark_of(folder) != mark:
            print(f"{WEIGHTS} is not up to date: run `python -m bot.tools danger`", file=sys.stderr)
            return 1
        return 0
    known = list(lessons(folder, kinds))
    taught = {lesson.text for lesson in known}
    known += framed(known, how.lijsten)
    known += [Lesson(text, HARMLESS, 1.0) for text in ordinary(ROOT / "data" / "nlu", how.over_gevaar) if text not in taught]
    rows = _rows(known, ear, frozenset(fold(how.beleefd).split()))
    return _learn(rows, (HARMLESS, *kinds), folder / WEIGHTS, mark)


def _learn(known: Iterator[str], labels: tuple[str, ...], path: Path, mark: str) -> int:
    answer = answer_of("bot.engine.nlu.danger_fit", said=known)
    if answer is None:
        return 1
    found = json.loads(answer)
    order = [found["labels"].index(label) for label in labels]
    rows = {name: [row[at] for at in order] for name, row in found["rows"].items()}
    write_weights(path, list(labels), [found["bias"][at] for at in order], rows, mark)
    print(f"{len(rows)} features: {path}")
    return 0


def _rows(known: list[Lesson], ear: DangerWords, courtesy: frozenset[str]) -> Iterator[str]:
    for lesson in known:
        families = features(telling(ear.speller.read(lesson.text).words, courtesy), ear.sorts)
        yield json.dumps({"label": lesson.label, "worth": lesson.worth, "families": [sorted(family) for family in families]})
