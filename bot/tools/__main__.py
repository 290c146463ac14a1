"""Runs a verb: every module in this folder whose name has no underscore in front is one (`check_knowledge` is `check-knowledge`)."""

from __future__ import annotations

import argparse
import ast
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

FOLDER = Path(__file__).parent


def verbs() -> dict[str, Path]:
    """Every verb with its file.

    A verb has `run(arguments: argparse.Namespace) -> int` and, where it takes any, `add_arguments(parser)`; the first line of
    its docstring is its help. Only the verb that runs is imported.
    """
    files = (file for file in sorted(FOLDER.glob("*.py")) if not file.stem.startswith("_"))
    return {file.stem.replace("_", "-"): file for file in files}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and give its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    known = verbs()
    if not given or given[0] not in known:
        wants_help = bool(given) and given[0] in ("-h", "--help")
        print(_overview(known), file=sys.stdout if wants_help else sys.stderr)
        return 0 if wants_help else 2
    module = importlib.import_module(f"bot.tools.{known[given[0]].stem}")
    parser = argparse.ArgumentParser(prog=f"python -m bot.tools {given[0]}", description=module.__doc__)
    if hasattr(module, "add_arguments"):
        module.add_arguments(parser)
    return int(module.run(parser.parse_args(given[1:])))


def _overview(known: dict[str, Path]) -> str:
    lines = ["usage: python -m bot.tools VERB [ARGUMENTS]; a verb with --help says more", ""]
    for verb, file in known.items():
        summary = (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "").splitlines()[:1]
        lines.append(f"  {verb:<18} {''.join(summary)}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
