"""Writes a plan into the knowledge files: tried on a copy first, so that either all of it stands there or nothing changed."""

from __future__ import annotations

import copy
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ruamel.yaml.error import YAMLError

from bot.knowledge.document import read_document
from bot.knowledge.errors import Problem
from bot.knowledge.exchange.change import Change, Plan
from bot.knowledge.exchange.errors import ExchangeError
from bot.knowledge.exchange.yaml_edit import edit, rewrite
from bot.knowledge.loader import read_knowledge

_SHOWN = 20
"""Errors that a refusal names at most."""


def apply(plan: Plan, root: Path) -> tuple[str, ...]:
    """Make exactly the changes of `plan` in the knowledge folder `root`, and give the files that changed.

    Raises ExchangeError, with nothing written, when the files would hold anything else than was planned or would no longer load.
    """
    by_file: dict[str, list[Change]] = {}
    for change in plan.changes:
        by_file.setdefault(change.file, []).append(change)
    with tempfile.TemporaryDirectory() as place:
        trial = Path(place) / root.name
        shutil.copytree(root, trial)
        for file, changes in by_file.items():
            _rewrite(trial / file, trial, changes)
        _still_loads(root, trial)
        for file in by_file:
            _move(trial / file, root / file)
    return tuple(by_file)


def _rewrite(file: Path, root: Path, changes: list[Change]) -> None:
    """Write one file of the copy, and make sure that it says what was planned and nothing else."""
    path = file.relative_to(root).as_posix()
    begun = file.is_file()
    if not begun:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"id: {changes[0].product}\n" if path.split("/")[-2] == "products" else "prijzen: []\n", "utf-8")
    before, problems = read_document(file, root)
    if problems:
        raise ExchangeError(f"{problems[0]}; repair this file first")
    planned = edit(copy.deepcopy(before.content), changes)
    try:
        file.write_text(rewrite(file.read_text("utf-8"), changes), "utf-8")
    except YAMLError as error:
        raise ExchangeError(f"{path}: cannot be rewritten ({' '.join(str(error).split())}); nothing was written") from error
    after, problems = read_document(file, root)
    if problems or after.content != planned:
        raise ExchangeError(f"{path}: could not be changed without touching more than was shown; nothing was written, change it by hand")


def _still_loads(root: Path, trial: Path) -> None:
    known = {(problem.path, problem.message) for problem in read_knowledge(root).errors}
    new = [problem for problem in read_knowledge(trial).errors if (problem.path, problem.message) not in known]
    if new:
        shown = "\n".join(_lines(new))
        raise ExchangeError(f"nothing was written, because the knowledge base would no longer be right:\n{shown}")


def _lines(problems: list[Problem]) -> Iterator[str]:
    yield from (str(problem) for problem in problems[:_SHOWN])
    if len(problems) > _SHOWN:
        yield f"and {len(problems) - _SHOWN} more"


def _move(written: Path, file: Path) -> None:
    """Put a finished file in place at once; a reader sees the old one or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.new")
    shutil.copyfile(written, beside)
    if file.exists():
        shutil.copymode(file, beside)
    os.replace(beside, file)
