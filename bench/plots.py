"""Draws the report on understanding: `python -m bench.plots` reads bench/results/*.json and writes PNG files beside them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"

BLUE, GREY, RED, PALE = "#154273", "#5c6b7a", "#c0392b", "#9db8d2"
WIDTH = 8.0

try:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt
except ImportError:  # what draws is in the development requirements only
    plt = None


def main(folder: Path = RESULTS) -> int:
    """Draw what was measured; 0 also when nothing can be drawn here."""
    if plt is None:
        print("No pictures: matplotlib is not installed (requirements/dev.txt).", file=sys.stderr)
        return 0
    plt.rcParams.update({"font.size": 10, "axes.spines.top": False, "axes.spines.right": False, "figure.dpi": 110})
    understanding = folder / "understanding.json"
    if understanding.exists():
        found = json.loads(understanding.read_text("utf-8"))
        draw_reliability(found, folder / "reliability.png")
        draw_groups(found["themes"], "Right product first, by theme", folder / "themes.png")
        draw_groups(found["styles"], "Right product first, by style of writing", folder / "styles.png")
        draw_confusions(found["confusions"], folder / "confusions.png")
    comparison = folder / "comparison.json"
    if comparison.exists():
        draw_comparison(json.loads(comparison.read_text("utf-8")), folder / "comparison.png")
    return 0


def draw_reliability(found: dict[str, Any], path: Path) -> None:
    """How sure it was against how often it was right, with the number of sentences below."""
    rows = found["reliability"]
    figure, (above, below) = plt.subplots(2, 1, figsize=(6.4, 6.8), height_ratios=[3, 1], sharex=True)
    above.plot([0, 1], [0, 1], color=GREY, linestyle="--", linewidth=1, label="what is said comes true")
    above.plot([row["sure"] for row in rows], [row["right"] for row in rows], "o-", color=BLUE, label="questions about a product")
    above.set(ylabel="share with the right product first", ylim=(0, 1.02), xlim=(0, 1.02))
    above.set_title(
        f"Calibration error {found['calibration_error_all']:.3f}; of the direct answers {found['calibration_error']:.3f}", loc="left"
    )
    above.legend(loc="lower right", frameon=False)
    bars = below.bar([row["from"] + 0.05 for row in rows], [row["count"] for row in rows], width=0.085, color=PALE)
    below.bar_label(bars, fontsize=8, color=GREY)
    below.set(xlabel="how sure the model says it is", ylabel="sentences", ylim=(0, 1.18 * max(row["count"] for row in rows)))
    _save(figure, path)


def draw_groups(groups: dict[str, Any], title: str, path: Path) -> None:
    """First and first three of every group, the worst at the bottom."""
    rows = sorted(groups.items(), key=lambda item: float(item[1]["first"]))
    names = [f"{name} ({row['count']})" for name, row in rows]
    figure, axes = plt.subplots(figsize=(WIDTH, 1.2 + 0.32 * len(rows)))
    axes.barh(names, [100 * row["three"] for _, row in rows], color=PALE, label="in the first three")
    bars = axes.barh(names, [100 * row["first"] for _, row in rows], color=BLUE, label="first")
    axes.bar_label(bars, fmt="%.0f", label_type="center", color="white", fontsize=9)
    axes.set(xlim=(0, 100), xlabel="% of the sentences (number of sentences in brackets)")
    axes.set_title(title, loc="left")
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)
    _save(figure, path)


def draw_confusions(rows: list[dict[str, Any]], path: Path) -> None:
    """The pairs that are mixed up most, as a part of what was asked about the wanted one."""
    rows = rows[::-1]
    names = [f"{row['wanted']}  →  {row['understood']}" for row in rows]
    figure, axes = plt.subplots(figsize=(WIDTH, 1.2 + 0.32 * len(rows)))
    axes.barh(names, [row["of"] for row in rows], color=PALE, label="sentences about it")
    bars = axes.barh(names, [row["times"] for row in rows], color=RED, label="mixed up")
    axes.bar_label(bars, padding=3, fontsize=9)
    axes.set(xlabel="sentences")
    axes.set_title("Wanted → understood: the pairs mixed up most", loc="left")
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)
    _save(figure, path)


def draw_comparison(found: dict[str, Any], path: Path) -> None:
    """The models beside each other, each set of training sentences in a row of its own."""
    measures = (
        ("first", "right first (%)", 100),
        ("calibration_error", "calibration error", 1),
        ("training_cpu_seconds", "training (s of processor)", 1),
        ("parse_ms", "one sentence (ms of processor)", 1),
        ("peak_mib", "memory (MiB)", 1),
    )
    sets = [part for part in found["sets"] if part["models"]]
    tallest = max(len(part["models"]) for part in sets)
    figure, grid = plt.subplots(len(sets), len(measures), figsize=(15, (0.42 * tallest + 1.1) * len(sets)), squeeze=False, sharey="row")
    for line, part in zip(grid, sets, strict=True):
        rows = sorted(part["models"], key=lambda row: float(row["first"]))
        colours = [BLUE if row["ours"] else PALE for row in rows]
        for axes, (key, title, factor) in zip(line, measures, strict=True):
            bars = axes.barh([row["name"] for row in rows], [factor * (row[key] or 0) for row in rows], color=colours)
            axes.bar_label(bars, padding=2, fontsize=8, fmt="%.3g")
            axes.set_title(title, loc="left", fontsize=10)
            axes.margins(x=0.2)
            if key in ("training_cpu_seconds", "parse_ms"):
                axes.set_xscale("log")
        line[0].set_ylabel(f"{part['sentences']} sentences")
    _save(figure, path)


def _save(figure: Any, path: Path) -> None:
    figure.tight_layout()
    figure.savefig(path, metadata={"Software": None})
    plt.close(figure)


if __name__ == "__main__":
    sys.exit(main(*(Path(argument) for argument in sys.argv[1:2])))
