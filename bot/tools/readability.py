"""Print how easily each product and its particular questions read, hardest first; with wordfreq (development) also its rare words."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.loader import read_knowledge
from bot.knowledge.style import Reading, read_rules, readings
from bot.settings import load_settings
from bot.text.readability import Measures, Rules, measure


@dataclass(frozen=True)
class Row:
    """The numbers of all texts of one file together."""

    name: str
    words: int
    mean_sentence: float
    longest_sentence: int
    long_words: int
    passive: int
    jargon: tuple[str, ...]
    rare: tuple[str, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which folder, and which files of it."""
    parser.add_argument("--folder", type=Path, help="the knowledge folder (default: KNOWLEDGE_DIR)")
    parser.add_argument("only", nargs="*", help="show only files whose path contains one of these texts")


def run(arguments: argparse.Namespace) -> int:
    """Print a line a file and one for all together."""
    root = arguments.folder or load_settings().knowledge_dir
    rules, rest = read_rules(root)
    frequency = word_frequency()
    by_file: dict[str, list[Reading]] = {}
    for reading in readings(read_knowledge(root).folder, rules, rest):
        path = reading.document.path
        if ("/products/" in path or "/vacs/" in path) and (not arguments.only or any(part in path for part in arguments.only)):
            by_file.setdefault(path, []).append(reading)
    rows = sorted(rows_of(by_file, rules, frequency), key=lambda row: (-row.mean_sentence, row.name))
    print(f"{'words':>6} {'mean':>5} {'max':>4} {'long':>5} {'pass':>5}  file")
    for row in rows:
        words = ", ".join((*row.jargon, *row.rare))
        counts = f"{row.words:>6} {row.mean_sentence:>5.1f} {row.longest_sentence:>4} {row.long_words:>5} {row.passive:>5}"
        print(f"{counts}  {row.name}{': ' + words if words else ''}")
    if rows:
        mean = sum(row.mean_sentence * row.words for row in rows) / max(1, sum(row.words for row in rows))
        print(f"{len(rows)} files, {sum(row.words for row in rows)} words, {mean:.1f} words a sentence on average")
    if frequency is None:
        print("rare words were not looked up: wordfreq is not installed")
    return 0


def rows_of(by_file: dict[str, list[Reading]], rules: Rules, frequency: Callable[[str], float] | None) -> Iterator[Row]:
    """The numbers of each file."""
    for path, texts in by_file.items():
        found = [measure(reading.text, rules, frequency, reading.known) for reading in texts]
        sentences = sum(len(item.sentences) for item in found)
        yield Row(
            name=path,
            words=sum(item.words for item in found),
            mean_sentence=round(sum(item.words for item in found) / max(1, sentences), 1),
            longest_sentence=max(item.longest_sentence for item in found),
            long_words=sum(len(item.long_words) for item in found),
            passive=sum(len(item.passive) for item in found),
            jargon=_all(found, "jargon"),
            rare=_all(found, "rare"),
        )


def word_frequency() -> Callable[[str], float] | None:
    """Looks up how often Dutch readers meet a word (Zipf scale); None where wordfreq is not installed."""
    try:
        from wordfreq import zipf_frequency  # noqa: PLC0415 (only in the development environment)
    except ImportError:
        return None
    return lambda word: float(zipf_frequency(word, "nl"))


def _all(found: list[Measures], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for item in found for word in getattr(item, name)))
