"""A linear classifier whose probabilities are calibrated on sentences that each model did not see."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize_scalar
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

Floats = NDArray[np.float32]

_FOLDS = 3
_THREADS = 2
_SEED = 20_261


class LinearModel:
    """One-vs-rest linear SVM with a temperature that turns margins into probabilities."""

    def __init__(self, labels: list[str], weights: Floats, bias: Floats, temperature: float) -> None:
        """`weights` is features x labels, row-major, so that a sparse sentence touches few rows."""
        self.labels = labels
        self._weights = weights
        self._bias = bias
        self._temperature = temperature

    @classmethod
    def train(cls, vectors: sparse.csr_matrix, answers: list[str], strength: float) -> LinearModel:
        """Fit on all rows; the temperature comes from folds. `strength` is the SVM's C."""
        labels = sorted(set(answers))
        place = {label: index for index, label in enumerate(labels)}
        wanted = np.array([place[answer] for answer in answers])
        margins = np.full((len(answers), len(labels)), -1.0, dtype=np.float32)
        folds = list(StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED).split(vectors, wanted))
        rows = [seen for seen, _ in folds] + [np.arange(len(answers))]
        with ThreadPoolExecutor(_THREADS) as pool:  # liblinear works outside Python's lock
            *parts, model = pool.map(lambda seen: _fit(vectors[seen], wanted[seen], strength), rows)
        for part, (_, unseen) in zip(parts, folds, strict=True):
            margins[np.ix_(unseen, part.classes_)] = _margins(part, vectors[unseen])
        weights = np.ascontiguousarray(model.coef_.T, dtype=np.float32)
        bias = np.asarray(model.intercept_, dtype=np.float32)
        if len(labels) == 2:  # scikit-learn keeps one column for two labels
            weights, bias = np.hstack([-weights, weights]), np.hstack([-bias, bias])
        return cls(labels, weights, bias, _temperature(margins, wanted))

    def rank(self, vector: sparse.csr_matrix) -> list[tuple[str, float]]:
        """All labels with their probabilities, the likeliest first, for one row."""
        margins = np.asarray(vector @ self._weights)[0] + self._bias
        shares = _softmax(margins[None, :] / self._temperature)[0]
        return [(self.labels[index], float(shares[index])) for index in np.argsort(-shares)]

    def save(self, folder: Path, name: str) -> None:
        """Write the model as npz and JSON."""
        np.savez_compressed(folder / f"{name}.npz", weights=self._weights.astype(np.float16), bias=self._bias)
        facts = {"labels": self.labels, "temperature": self._temperature}
        (folder / f"{name}.labels.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, name: str) -> LinearModel:
        """What `save` wrote."""
        facts = json.loads((folder / f"{name}.labels.json").read_text(encoding="utf-8"))
        arrays = np.load(folder / f"{name}.npz")
        return cls(facts["labels"], arrays["weights"].astype(np.float32), arrays["bias"], facts["temperature"])


def _fit(vectors: sparse.csr_matrix, wanted: NDArray[np.int64], strength: float) -> LinearSVC:
    return LinearSVC(C=strength, random_state=_SEED, tol=0.05).fit(vectors, wanted)


def _margins(model: LinearSVC, vectors: sparse.csr_matrix) -> Floats:
    margins = model.decision_function(vectors)
    return margins if margins.ndim == 2 else np.stack([-margins, margins], axis=1)


def _temperature(margins: Floats, wanted: NDArray[np.int64]) -> float:
    """The temperature at which the unseen answers are likeliest (Guo et al. 2017, "On calibration of modern neural networks")."""

    def surprise(log_temperature: float) -> float:
        shares = _softmax(margins / np.exp(log_temperature))
        return float(-np.log(shares[np.arange(len(wanted)), wanted] + 1e-12).mean())

    return float(np.exp(minimize_scalar(surprise, bounds=(-4.0, 2.0), method="bounded").x))


def _softmax(scores: Floats) -> Floats:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)
