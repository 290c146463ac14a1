"""Write the file of a new product with everything that must be filled in; the checker refuses it until that is done."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.settings import load_settings
from bot.tools._scaffold import scaffold


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which product, and where."""
    parser.add_argument("id", help="lower case letters, digits and dashes; never changes afterwards")
    parser.add_argument("--folder", type=Path, help="the knowledge folder (default: KNOWLEDGE_DIR)")


def run(arguments: argparse.Namespace) -> int:
    """Write knowledge/products/ID.yml."""
    root = arguments.folder or load_settings().knowledge_dir
    return scaffold(arguments.id, {root / "products" / f"{arguments.id}.yml": "product.yml"})
