"""Write the example questions of knowledge/ as Rasa training data into data/nlu; --check only tells whether that is needed."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.knowledge.answer_sentences import ANSWERS, answer_file
from bot.knowledge.loader import read_knowledge
from bot.knowledge.place_sentences import PLACES, place_file
from bot.knowledge.training import COMMAND, HEADER, training_files
from bot.model.knowledge_base import KnowledgeBase
from bot.settings import ROOT, load_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """From where, to where, and whether to write."""
    parser.add_argument("--folder", type=Path, help="the knowledge folder (default: KNOWLEDGE_DIR)")
    parser.add_argument("--out", type=Path, default=ROOT / "data" / "nlu", help="the folder of training data (default: data/nlu)")
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 when a file is not up to date")


def run(arguments: argparse.Namespace) -> int:
    """Write what differs, and remove generated files that nothing stands behind any more."""
    reading = read_knowledge(arguments.folder or load_settings().knowledge_dir)
    wanted = _wanted(reading.base, arguments.out)
    stale = [file for file, content in wanted.items() if not file.is_file() or file.read_text("utf-8") != content]
    old = [file for file in _generated(arguments.out) if file not in wanted]
    if arguments.check:
        for file in (*stale, *old):
            print(f"[ERROR] {file}:1: this file is not up to date; run `{COMMAND}`")
        return 1 if stale or old else 0
    for file in stale:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(wanted[file], "utf-8")
    for file in old:
        file.unlink()
    sentences = sum(content.count("\n    - ") for content in wanted.values())
    print(f"{sentences} sentences in {len(wanted)} files; {len(stale)} written, {len(old)} removed")
    if reading.errors:
        print(f"[WARN] knowledge/ has {len(reading.errors)} errors; files that are not right are left out")
    return 0


def _wanted(base: KnowledgeBase, folder: Path) -> dict[Path, str]:
    written = _written(folder)
    files = dict(training_files(base, written))
    if files:
        questions = (
            line.strip().removeprefix("- ") for content in files.values() for line in content.splitlines() if line.startswith("    - ")
        )
        files[ANSWERS] = answer_file(base, (*written, *questions))
        files[PLACES] = place_file(base)
    return {folder / name: content for name, content in files.items()}


def _written(folder: Path) -> list[str]:
    """The sentences of the files that are not generated."""
    generated = set(_generated(folder))
    files = (file for file in sorted(folder.glob("*.yml")) if file not in generated)
    return [
        line.strip().removeprefix("- ") for file in files for line in file.read_text("utf-8").splitlines() if line.startswith("      - ")
    ]


def _generated(folder: Path) -> list[Path]:
    files = (*folder.glob("products/*.yml"), *folder.glob("organisations.yml"), *folder.glob(ANSWERS), *folder.glob(PLACES))
    return [file for file in files if file.read_text("utf-8").startswith(HEADER)]
