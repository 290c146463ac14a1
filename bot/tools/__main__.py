"""Runs a verb: every module in this folder that has `run` is one, its first line is its help (`check_knowledge` is `check-knowledge`)."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType

import bot.tools


def verbs() -> dict[str, ModuleType]:
    """Every verb with its module.

    A verb is a module with `run(arguments: argparse.Namespace) -> int` and, where it takes any, `add_arguments(parser)`.
    """
    names = sorted(info.name for info in pkgutil.iter_modules(bot.tools.__path__) if not info.name.startswith("_"))
    modules = {name.replace("_", "-"): importlib.import_module(f"bot.tools.{name}") for name in names}
    return {verb: module for verb, module in modules.items() if hasattr(module, "run")}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and give its exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot.tools", description="Tools of Wegwijs.")
    commands = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    known = verbs()
    for verb, module in known.items():
        summary = (module.__doc__ or "").strip().splitlines()[0]
        command = commands.add_parser(verb, help=summary, description=module.__doc__)
        if hasattr(module, "add_arguments"):
            module.add_arguments(command)
    chosen = parser.parse_args(arguments)
    return int(known[chosen.verb].run(chosen))


if __name__ == "__main__":
    sys.exit(main())
