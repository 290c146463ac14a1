"""Compares our classifier with other models on the same sentences: `.venv-rasa/bin/python -m bench.compare` (`make compare`).

Each model runs in a process of its own, so that its memory is its own. What is right: the product of a held-out question of tests/nlu.
Writes bench/results/comparison.json and comparison.md; `--only WORD` measures the models with that word in their name and keeps the rest.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.sentences import key_of
from bot.tools._trust import SEED, calibration_error, interval

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
SETS = {"few": 5, "subset": 20, "all": None}
"""How many sentences a product each set has; None: all that there are."""

TOO_SLOW = {"all": ("Rasa stock pipeline (",)}
"""Models whose name begins so are left out of a set: they take hours on it on two cores."""

PATIENCE = 5400
"""Seconds of the clock after which a model is given up; the report then says so."""

WRONG = 0.05
_TIMED = 300


def training(per_product: int | None) -> tuple[list[str], list[str]]:
    """Example questions with their product: all, or so many of each, drawn with a fixed seed; none that is also a held-out question."""
    asked = {key_of(text) for text, _ in held_out()}
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "data" / "nlu" / "products").glob("*.yml")):
        for item in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["nlu"]:
            if item["metadata"].get("source") != "answer":
                lines = [line[2:].strip() for line in item["examples"].splitlines() if line.startswith("- ")]
                found.setdefault(item["metadata"]["product"], []).extend(line for line in lines if key_of(line) not in asked)
    chance = random.Random(SEED)
    pairs = [
        (text, product)
        for product, texts in sorted(found.items())
        for text in (texts if per_product is None else chance.sample(texts, min(per_product, len(texts))))
    ]
    return [text for text, _ in pairs], [product for _, product in pairs]


def held_out() -> Iterator[tuple[str, set[str]]]:
    """Questions about a product that nobody trained on, with every product that is right."""
    for path in sorted((ROOT / "tests" / "nlu").glob("*.yml")):
        for item in yaml.safe_load(path.read_text("utf-8")) or []:
            if "product" in item and "before" not in item:
                yield item["text"], {item["product"], *item.get("also", ())}


def measure(name: str, per_product: int | None) -> dict[str, Any]:
    """Train one model and ask it every held-out question."""
    from bench.contestants import CONTESTANTS  # noqa: PLC0415 (brings scikit-learn, and what it compares)

    texts, labels = training(per_product)
    cases = list(held_out())
    contestant = CONTESTANTS[name]()
    started, busy = time.monotonic(), time.process_time()
    contestant.fit(texts, labels)
    trained, worked = time.monotonic() - started, time.process_time() - busy
    told, times = [], []
    for text, _ in cases:
        busy = time.process_time()
        told.append(contestant.rank(text))
        times.append(1000 * (time.process_time() - busy))
    right = [ranking[0][0] in wanted for ranking, (_, wanted) in zip(told, cases, strict=True)]
    three = [any(label in wanted for label, _ in ranking[:3]) for ranking, (_, wanted) in zip(told, cases, strict=True)]
    sure = [ranking[0][1] for ranking in told]
    return {
        "name": name,
        "ours": name.startswith("Wegwijs"),
        "first": round(sum(right) / len(right), 4),
        "interval": interval(right),
        "three": round(sum(three) / len(three), 4),
        "calibration_error": calibration_error(zip(sure, right, strict=True)),
        "answerable": answerable(sure, right),
        "training_seconds": round(trained, 1),
        "training_cpu_seconds": round(worked, 1),
        "parse_ms": round(statistics.median(times[-_TIMED:]), 2),
        "parse_p95_ms": round(statistics.quantiles(times[-_TIMED:], n=20)[-1], 2),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def answerable(sure: list[float], right: list[bool]) -> float:
    """The share of the questions that may be answered at once when at most WRONG of the answers may be wrong."""
    best = wrong = 0
    for count, (_, good) in enumerate(sorted(zip(sure, right, strict=True), key=lambda pair: -pair[0]), 1):
        wrong += not good
        if wrong <= WRONG * count:
            best = count
    return round(best / len(sure), 4)


def compare(only: Sequence[str]) -> None:
    """Measure every model, each in a process of its own, and write after each."""
    from bench.contestants import CONTESTANTS  # noqa: PLC0415

    cases = len(list(held_out()))
    path = RESULTS / "comparison.json"
    before = {part["name"]: part["models"] for part in json.loads(path.read_text("utf-8"))["sets"]} if only and path.exists() else {}
    sets = [{"name": name, "sentences": len(training(size)[0]), "models": before.get(name, [])} for name, size in SETS.items()]
    found = {"seed": SEED, "tested_on": cases, "machine": f"{os.cpu_count()} cores, {platform.machine()}", "sets": sets}
    for part in sets:
        names = [name for name in CONTESTANTS if not name.startswith(TOO_SLOW.get(str(part["name"]), ("-",)))]
        for name in names:
            if not only or any(word.lower() in name.lower() for word in only):
                print(f"{part['name']}: {name} ...", file=sys.stderr, flush=True)
                row = _in_own_process(name, str(part["name"]))
                part["models"] = [old for old in part["models"] if old["name"] != name]
                part["given_up"] = [old for old in part.get("given_up", []) if old != name]
                if row is None:
                    part["given_up"] = [*part["given_up"], name]
                else:
                    part["models"] = sorted([*part["models"], row], key=lambda item: -item["first"])
                path.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", "utf-8")
                (RESULTS / "comparison.md").write_text(table(found), "utf-8")


def _in_own_process(name: str, which: str) -> dict[str, Any] | None:
    """The numbers of one model; None when it was not ready within PATIENCE."""
    command = [sys.executable, "-m", "bench.compare", "--one", name, "--set", which]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=PATIENCE)  # noqa: S603
    except subprocess.TimeoutExpired:
        return None
    return dict(json.loads(done.stdout.splitlines()[-1]))


def table(found: dict[str, Any]) -> str:
    """The comparison as Markdown."""
    lines = [
        "# Our classifier beside other models",
        "",
        f"Which of the 160 products is a question about? {found['tested_on']} held-out questions of `tests/nlu`, the same for every model;",
        f"{found['machine']}. `make compare` writes this (seed {found['seed']}).",
        "",
        f"*Answerable*: the share of the questions that may be answered at once when {100 * WRONG:.0f} % of those answers may be wrong,",
        "so what the confidence is worth. Times are processor time, which other work on the machine changes little. *Memory* is the",
        "most that the process used while it trained and answered, libraries included.",
        "Rasa's own models are asked through Rasa, which adds a millisecond or two; the others directly.",
        "",
        "![The models beside each other](comparison.png)",
    ]
    for part in found["sets"]:
        size = SETS[part["name"]]
        title = f"{size} sentences a product" if size else "All example questions"
        lines += ["", f"## {title} ({part['sentences']} sentences)", ""]
        lines += ["| model | first (95 %) | first three | calibration error | answerable | training | one sentence (p95) | memory |"]
        lines += ["|---|---|---|---|---|---|---|---|", *(_row(row) for row in part["models"])]
        if part.get("given_up"):
            lines += ["", f"Not ready after {PATIENCE // 60} minutes, on a machine with other work: {', '.join(part['given_up'])}."]
    return "\n".join(lines) + "\n"


def _row(row: dict[str, Any]) -> str:
    low, high = row["interval"]
    cells = (
        row["name"],
        f"{100 * row['first']:.1f} % ({100 * low:.0f}-{100 * high:.0f})",
        f"{100 * row['three']:.1f} %",
        f"{row['calibration_error']:.3f}",
        f"{100 * row['answerable']:.0f} %",
        f"{row['training_cpu_seconds']:.0f} s",
        f"{row['parse_ms']} ms ({row['parse_p95_ms']})",
        f"{row['peak_mib']} MiB",
    )
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Compare all, or measure one (which the comparison does in a process of its own)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=(), help="words in the names of the models to measure; the numbers of the rest stay")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--set", choices=SETS, default="subset", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measure(arguments.one, SETS[arguments.set])))
    else:
        compare(arguments.only)


if __name__ == "__main__":
    main()
