"""Learns what danger sounds like: features of sentences on standard input, the weights of a linear model on standard output."""

from __future__ import annotations

import json
import sys
from typing import IO, Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

_STRENGTH = 20.0
_LEAST = 0.3
"""Weights that are nearer to zero in all labels are left out: they change no decision."""


def fit(lines: IO[str]) -> dict[str, Any]:
    """One JSON object a line: `label`, `worth` and `families`, lists of features; a family has length one in all."""
    names: dict[str, int] = {}
    labels: list[str] = []
    worth: list[float] = []
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for at, line in enumerate(lines):
        item = json.loads(line)
        labels.append(item["label"])
        worth.append(item["worth"])
        for family in filter(None, item["families"]):
            rows += [at] * len(family)
            columns += [names.setdefault(name, len(names)) for name in family]
            values += [len(family) ** -0.5] * len(family)
    vectors = sparse.csr_matrix((np.array(values), (rows, columns)), shape=(len(labels), len(names)))
    model = LogisticRegression(C=_STRENGTH, max_iter=600).fit(vectors, np.array(labels), sample_weight=np.array(worth))
    kept = np.flatnonzero(np.abs(model.coef_).max(axis=0) >= _LEAST)
    named = list(names)
    return {
        "labels": list(model.classes_),
        "bias": [round(float(value), 4) for value in model.intercept_],
        "rows": {named[column]: [round(float(value), 2) for value in model.coef_[:, column]] for column in kept},
    }


if __name__ == "__main__":
    json.dump(fit(sys.stdin), sys.stdout, ensure_ascii=False)
