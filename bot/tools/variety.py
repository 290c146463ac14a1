"""Measure how varied the example questions are; exit code 1 when a set looks like filled-in templates."""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.loader import read_knowledge
from bot.knowledge.question_checks import FEWEST_OF_ORGANISATION
from bot.knowledge.variety import Limits, complaints, frames, near_duplicates, variety_of
from bot.model.knowledge_base import KnowledgeBase
from bot.settings import load_settings


@dataclass(frozen=True)
class Subject:
    """What is measured of one product or organisation."""

    questions: tuple[str, ...]
    names: tuple[str, ...]
    limits: Limits


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which folder, and how much to print."""
    parser.add_argument("--folder", type=Path, help="the knowledge folder (default: KNOWLEDGE_DIR)")
    parser.add_argument("--pairs", type=int, default=40, help="near-duplicates to print at most")
    parser.add_argument("only", nargs="*", help="show only subjects whose id contains one of these texts")


def run(arguments: argparse.Namespace) -> int:
    """Print a line a subject, then the templates, then sentences of different subjects that are nearly the same."""
    subjects = _subjects(read_knowledge(arguments.folder or load_settings().knowledge_dir).base)
    wanted = arguments.only
    shown = {name: subject for name, subject in subjects.items() if not wanted or any(part in name for part in wanted)}
    errors = _print_sets(shown) + _print_frames(subjects, shown)
    pairs = [pair for pair in near_duplicates(_sentences(subjects), Limits()) if pair.first[0] in shown or pair.second[0] in shown]
    for pair in pairs[: arguments.pairs]:
        print(f'[WARN] {pair.likeness:.0%} the same: {pair.first[0]} "{pair.first[1]}" and {pair.second[0]} "{pair.second[1]}"')
    print(f"{len(shown)} subjects, {errors} errors, {len(pairs)} near-duplicates")
    return 1 if errors else 0


def _print_sets(subjects: dict[str, Subject]) -> int:
    print(f"{'number':>6} {'opens':>6} {'common':>7} {'words':>6} {'spread':>7} {'short':>6} {'long':>5} {'overlap':>8}  subject")
    errors = 0
    for name, subject in subjects.items():
        found = variety_of(subject.questions)
        print(
            f"{found.questions:>6} {found.openings:>6.0%} {found.commonest_opening:>7.0%} {found.mean_length:>6.1f} "
            f"{found.spread:>7.1f} {found.short:>6} {found.long:>5} {found.overlap:>8.0%}  {name}"
        )
        for complaint in complaints(found, subject.limits):
            errors += 1
            print(f"[ERROR] {name}: {complaint}")
    return errors


def _print_frames(subjects: dict[str, Subject], shown: dict[str, Subject]) -> int:
    """A common sentence ("wat kost een …") may return everywhere; a subject that is made of such sentences is wrong."""
    limits = Limits()
    found = frames(_sentences(subjects), {name: subject.names for name, subject in subjects.items()}, limits)
    filled = Counter(name for uses in found.values() for name, _ in uses)
    for frame, uses in found.items():
        if any(name in shown for name, _ in uses):
            print(f'[WARN] the same sentence for {len(uses)} subjects: "{frame}" ({", ".join(name for name, _ in uses[:6])})')
    errors = 0
    for name, subject in shown.items():
        share = filled[name] / max(1, len(subject.questions))
        if share > limits.filled_frames:
            errors += 1
            print(f"[ERROR] {name}: {share:.0%} of the questions are filled-in templates; at most {limits.filled_frames:.0%}")
    return errors


def _subjects(base: KnowledgeBase) -> dict[str, Subject]:
    """Products by id, and organisations by id with a word in front: a product and an organisation may have the same id."""
    found = {}
    for product in base.products.values():
        questions = tuple(text for texts in product.questions.values() for text in texts)
        found[product.id] = Subject(questions, (product.name, *product.words), Limits())
    for body in base.organisations.values():
        limits = Limits(fewest=FEWEST_OF_ORGANISATION, spread=1.0, commonest_opening=0.3)
        found[f"organisation {body.id}"] = Subject(body.questions, (body.name, *body.words), limits)
    return found


def _sentences(subjects: dict[str, Subject]) -> dict[str, tuple[str, ...]]:
    return {name: subject.questions for name, subject in subjects.items()}
