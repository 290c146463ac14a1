"""Try our intent classifier on any labelled set; print accuracy and macro-F1 as JSON and write TEST.predictions.csv."""

from __future__ import annotations

import argparse
import os
import subprocess
from pathlib import Path

from bot.settings import ROOT
from bot.tools.train import ENGINE_PYTHON


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Two CSV files with the columns label and text."""
    parser.add_argument("train", type=Path)
    parser.add_argument("test", type=Path)


def run(arguments: argparse.Namespace) -> int:
    """Let the engine's environment do it: the same features and the same model as in the bot."""
    files = [str(path.resolve()) for path in (arguments.train, arguments.test)]
    command = [str(ENGINE_PYTHON), "-m", "bot.engine.nlu.benchmark", *files]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False).returncode
