"""Our intent classifier on any labelled set: `python -m bot.engine.nlu.benchmark TRAIN.csv TEST.csv` (columns label, text)."""

from __future__ import annotations

import csv
import json
import sys
import time
from pathlib import Path

import numpy as np
from sklearn.metrics import accuracy_score, f1_score
from sklearn.svm import LinearSVC

from bot.engine.nlu.linear import fit_full
from bot.engine.nlu.vectors import Vectors

STRENGTH = 0.5


def measure(train: Path, test: Path) -> dict[str, float | int | str]:
    """Train on the one, predict the other, write the predictions next to it, and give the numbers."""
    started = time.monotonic()
    labels, texts = read(train)
    vectors = Vectors()
    model: LinearSVC = fit_full(vectors.fit(texts), np.array(labels), STRENGTH)
    trained = time.monotonic() - started
    wanted, said = read(test)
    margins = model.decision_function(vectors.transform(said))
    found = model.classes_[margins.argmax(axis=1) if margins.ndim == 2 else (margins > 0).astype(int)]
    out = test.with_suffix(".predictions.csv")
    write(out, wanted, list(found), said)
    return {
        "accuracy": round(float(accuracy_score(wanted, found)), 4),
        "macro_f1": round(float(f1_score(wanted, found, average="macro", zero_division=0)), 4),
        "trained_on": len(texts),
        "tested_on": len(said),
        "labels": len(set(labels)),
        "training_seconds": round(trained, 1),
        "predictions": str(out),
    }


def read(path: Path) -> tuple[list[str], list[str]]:
    """Labels and texts. Raises ValueError when a column is missing."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows or not {"label", "text"} <= rows[0].keys():
        raise ValueError(f"{path}: the first line must name the columns label and text, and there must be lines below it")
    return [row["label"] for row in rows], [row["text"] for row in rows]


def write(path: Path, wanted: list[str], found: list[str], texts: list[str]) -> None:
    """The predictions, one line a sentence, in the order of the test set."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("label", "predicted", "text"))
        lines.writerows(zip(wanted, found, texts, strict=True))


if __name__ == "__main__":
    try:
        print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]))))
    except (OSError, ValueError) as problem:
        sys.exit(str(problem))
