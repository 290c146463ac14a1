"""Try our intent classifier on any labelled set; print accuracy and macro-F1 as JSON and write TEST.predictions.csv."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.tools._engine import answer_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Two CSV files with the columns label and text."""
    parser.add_argument("train", type=Path)
    parser.add_argument("test", type=Path)


def run(arguments: argparse.Namespace) -> int:
    """Let the engine's environment do it: the same features and the same model as in the bot."""
    files = [str(path.resolve()) for path in (arguments.train, arguments.test)]
    answer = answer_of("bot.engine.nlu.benchmark", *files)
    print(answer or "", end="")
    return 1 if answer is None else 0
