"""Write the folder of a new municipality with everything that must be filled in; the checker refuses it until that is done."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.settings import load_settings
from bot.tools._scaffold import scaffold


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which municipality, and where."""
    parser.add_argument("id", help="lower case letters, digits and dashes; never changes afterwards")
    parser.add_argument("--folder", type=Path, help="the knowledge folder (default: KNOWLEDGE_DIR)")


def run(arguments: argparse.Namespace) -> int:
    """Write knowledge/municipalities/ID/municipality.yml and prijzen.yml."""
    folder = (arguments.folder or load_settings().knowledge_dir) / "municipalities" / arguments.id
    return scaffold(arguments.id, {folder / "municipality.yml": "municipality.yml", folder / "prijzen.yml": "prijzen.yml"})
