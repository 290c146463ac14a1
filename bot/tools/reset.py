"""Forget every conversation of this machine: removes the database of DATA_DIR after asking."""

from __future__ import annotations

import argparse
import shutil
import sys

from bot.settings import load_settings
from bot.tools._machine import environment_of_machine, taken_ports


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to ask."""
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(arguments: argparse.Namespace) -> int:
    """Ask, then remove."""
    settings = load_settings(environment_of_machine())
    if settings.database_url:
        print("DATABASE_URL is set: that database is not ours to remove.", file=sys.stderr)
        return 1
    if taken_ports(settings):
        print("Wegwijs is running: stop it first (Ctrl-C in its terminal).", file=sys.stderr)
        return 1
    if not arguments.yes and input(f"Remove all conversations in {settings.data_dir}? Type yes: ").strip() != "yes":
        print("Nothing is removed.")
        return 1
    shutil.rmtree(settings.data_dir / "postgres", ignore_errors=True)
    print("All conversations of this machine are gone.")
    return 0
