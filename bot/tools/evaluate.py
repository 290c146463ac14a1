"""Measure on held-out sentences (tests/nlu) how well the newest model understands; write bench/results/understanding.{md,json}."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import quantiles
from typing import Any

import yaml

from bot.knowledge.sentences import key_of
from bot.settings import ROOT, load_settings
from bot.tools._mistakes import mistakes
from bot.tools._readers import FILE, agreement, read_readers
from bot.tools._report import table
from bot.tools._understood import DANGER, OUT_OF_SCOPE, Case, numbers
from bot.tools.train import COST
from bot.tools.understand import understand

CASES = ROOT / "tests" / "nlu"
SECOND, DEVELOPMENT = "second", "development"
"""The folders, within the first, of the author who came later, and of a third by whose sentences numbers are chosen."""

TRAINING = ROOT / "data" / "nlu"
RESULTS = ROOT / "bench" / "results"

_TABLES = {SECOND, DEVELOPMENT, "mistakes", "themes", "styles", "confusions", "zones", "reliability"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which sentences, and where the numbers go."""
    parser.add_argument("--cases", type=Path, default=CASES, help="a folder of YAML files (default: tests/nlu)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="the folder for the results (default: bench/results)")


def run(arguments: argparse.Namespace) -> int:
    """Measure, write, and print the numbers without the tables."""
    found = measure(arguments.cases)
    if found is None:
        print("Nothing was measured: no sentences, or no model.", file=sys.stderr)
        return 1
    for name in (SECOND, DEVELOPMENT):
        found[name] = measure(arguments.cases / name)
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "understanding.json").write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", "utf-8")
    (arguments.out / "understanding.md").write_text(table(found), "utf-8")
    for numbers_of in filter(None, (found, found[SECOND], found[DEVELOPMENT])):
        print(json.dumps({name: value for name, value in numbers_of.items() if name not in _TABLES}, indent=2))
    return 0


def measure(folder: Path) -> dict[str, Any] | None:
    """The numbers over every file of `folder`; None without sentences or without a model."""
    trained = trained_on(TRAINING)
    cases = [replace(case, seen=key_of(case.text) in trained) for case in read_cases(folder)]
    said = understand([case.text for case in cases], [case.before or {} for case in cases], "--cost") if cases else None
    if said is None:
        return None
    readers = read_readers(CASES / FILE)
    pairs = list(zip(cases, said, strict=True))
    return {
        **numbers(pairs),
        "mistakes": mistakes(pairs),
        **agreement(cases, said, readers),
        **cost([meaning["cost"] for meaning in said]),
    }


def cost(measured: list[dict[str, float]]) -> dict[str, Any]:
    """What reading the sentences cost, and what training the newest model cost where that was written down."""
    spent = quantiles([item["ms"] for item in measured], n=20) if len(measured) > 1 else [measured[0]["ms"]]
    found = {"parse_p95_ms": round(spent[-1], 1), "engine_mib": max(item["mib"] for item in measured)}
    file = load_settings().models_dir / COST
    trained = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    if trained and (file.parent / trained["model"]).is_file():
        found |= {"training_seconds": trained["seconds"], "training_cpu_seconds": trained["cpu_seconds"]}
    return found


def trained_on(folder: Path) -> frozenset[str]:
    """Every training sentence, without capitals and signs."""
    items = (item for path in folder.rglob("*.yml") for item in yaml.safe_load(path.read_text("utf-8"))["nlu"])
    return frozenset(key_of(line[2:]) for item in items for line in item["examples"].splitlines() if line.startswith("- "))


def read_cases(folder: Path) -> Iterator[Case]:
    """Every sentence of every file; the name of its file is its theme."""
    for path in sorted(folder.glob("*.yml")):
        yield from (_case(item, path.stem) for item in yaml.safe_load(path.read_text("utf-8")) or [])


def _moment(earlier: list[dict[str, Any]]) -> dict[str, Any]:
    """The conversation after these messages, as their labels tell it."""
    slots = {name: next((item[name] for item in reversed(earlier) if name in item), None) for name in ("product", "aspect")}
    return {"slots": slots, "said": earlier[-1]["text"]}


def _case(item: dict[str, Any], theme: str) -> Case:
    also = tuple(item.get("also", ()))
    organisations = (item["organisation"], *also) if "organisation" in item else ()
    act = OUT_OF_SCOPE if theme == OUT_OF_SCOPE else DANGER if item.get("danger") else item.get("act")
    return Case(
        text=item["text"],
        theme=theme,
        style=item.get("style", ""),
        product=item.get("product"),
        also=also,
        aspects=_aspects(item),
        act=act,
        organisations=organisations,
        before=_moment(item["before"]) if "before" in item else None,
    )


def _aspects(item: dict[str, Any]) -> tuple[str, ...]:
    """The aspects that are right; `also_aspect` is one or a list."""
    also = item.get("also_aspect", [])
    return tuple(filter(None, (item.get("aspect"), *(also if isinstance(also, list) else [also]))))
