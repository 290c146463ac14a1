"""Check every knowledge file and print all errors and warnings; exit code 1 when there is an error."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.knowledge.errors import KnowledgeError, Problem
from bot.knowledge.loader import Reading, read_knowledge
from bot.knowledge.style import check_style
from bot.settings import load_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which folder, and which part of the output."""
    parser.add_argument("--folder", type=Path, help="the knowledge folder (default: KNOWLEDGE_DIR)")
    parser.add_argument("--errors-only", action="store_true", help="leave the warnings out")
    parser.add_argument("only", nargs="*", help="show only paths that contain one of these texts")


def run(arguments: argparse.Namespace) -> int:
    """Print the problems, then one line that counts them."""
    root = arguments.folder or load_settings().knowledge_dir
    reading = read_knowledge(root)
    problems = sorted({*reading.problems, *_style(reading, root)})
    shown = [problem for problem in problems if not (arguments.errors_only and problem.warning)]
    if arguments.only:
        shown = [problem for problem in shown if any(part in problem.path for part in arguments.only)]
    for problem in shown:
        print(problem)
    errors = sum(not problem.warning for problem in shown)
    base = reading.base
    print(
        f"{len(base.products)} products, {len(base.organisations)} organisations, {len(base.municipalities)} municipalities: "
        f"{errors} errors, {len(shown) - errors} warnings"
    )
    return 1 if errors else 0


def _style(reading: Reading, root: Path) -> list[Problem]:
    try:
        return check_style(reading.folder, root)
    except KnowledgeError as error:
        return list(error.problems)
