"""A linear classifier that knows how sure it is, from sentences that each of its trial models did not see."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.engine.nlu.calibration import Calibration, Floats, Integers

_FOLDS = 3
_THREADS = 2
_SEED = 20_261
_TOLERANCE = 0.1


@dataclass(frozen=True)
class Judgement:
    """Labels with their probabilities, the likeliest first, and how likely the first is right."""

    ranking: list[tuple[str, float]]
    sure: float


@dataclass(frozen=True)
class Unseen:
    """What trial models said of sentences that they did not see: the label wanted and found, and how sure that was.

    `margins` are the distances to every label's plane, row by row.
    """

    wanted: list[str]
    found: list[str]
    sure: list[float]
    margins: Floats


class LinearModel:
    """One-vs-rest linear SVM with calibrated probabilities."""

    def __init__(self, labels: list[str], weights: Floats, bias: Floats, calibration: Calibration) -> None:
        """`weights` is features x labels, row-major, so that a sparse sentence touches few rows."""
        self.labels = labels
        self._weights = weights
        self._bias = bias
        self._calibration = calibration

    @classmethod
    def train(
        cls, vectors: sparse.csr_matrix, answers: list[str], strength: float, worth: Floats | None = None
    ) -> tuple[LinearModel, Unseen]:
        """Fit on all rows; `strength` is the SVM's C, `worth` the weight of each row; only rows of full worth calibrate."""
        labels = sorted(set(answers))
        place = {label: index for index, label in enumerate(labels)}
        wanted = np.array([place[answer] for answer in answers])
        worth = np.ones(len(answers), dtype=np.float32) if worth is None else worth
        margins = np.full((len(answers), len(labels)), -1.0, dtype=np.float32)
        folds = list(StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED).split(vectors, wanted))
        rows = [seen for seen, _ in folds] + [np.arange(len(answers))]
        with ThreadPoolExecutor(_THREADS) as pool:  # liblinear works outside Python's lock
            *parts, model = pool.map(lambda seen: fit_full(vectors[seen], wanted[seen], strength, worth[seen]), rows)
        for part, (_, unseen) in zip(parts, folds, strict=True):
            margins[np.ix_(unseen, part.classes_)] = _margins(part, vectors[unseen])
        full = worth >= 1.0
        calibration = Calibration.fit(margins[full], wanted[full])
        weights = np.ascontiguousarray(model.coef_.T, dtype=np.float32)
        bias = np.asarray(model.intercept_, dtype=np.float32)
        if len(labels) == 2:  # scikit-learn keeps one column for two labels
            weights, bias = np.hstack([-weights, weights]), np.hstack([-bias, bias])
        return cls(labels, weights, bias, calibration), _told(labels, margins[full], wanted[full], calibration)

    def margins(self, vectors: sparse.csr_matrix) -> Floats:
        """The distance to every label's plane, row by row."""
        return np.asarray(vectors @ self._weights) + self._bias

    def judge(self, margins: Floats) -> Judgement:
        """What one row of margins says."""
        shares = self._calibration.shares(margins[None, :])[0]
        ranking = [(self.labels[index], float(shares[index])) for index in np.argsort(-shares)]
        return Judgement(ranking, float(self._calibration.sure(margins[None, :])[0]))

    def save(self, folder: Path, name: str) -> None:
        """Write the model as npz and JSON."""
        np.savez_compressed(folder / f"{name}.npz", weights=self._weights.astype(np.float16), bias=self._bias)
        facts = {"labels": self.labels, "calibration": asdict(self._calibration)}
        (folder / f"{name}.labels.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, name: str) -> LinearModel:
        """What `save` wrote."""
        facts = json.loads((folder / f"{name}.labels.json").read_text(encoding="utf-8"))
        arrays = np.load(folder / f"{name}.npz")
        calibration = Calibration(facts["calibration"]["temperature"], tuple(facts["calibration"]["curve"]))
        return cls(facts["labels"], arrays["weights"].astype(np.float32), arrays["bias"], calibration)


def fit_full(vectors: sparse.csr_matrix, wanted: NDArray[Any], strength: float, worth: Floats | None = None) -> LinearSVC:
    """The SVM alone, on all rows."""
    model = LinearSVC(C=strength, random_state=_SEED, tol=_TOLERANCE)
    model.fit(vectors, wanted, sample_weight=worth)
    return model


def _margins(model: LinearSVC, vectors: sparse.csr_matrix) -> Floats:
    margins = model.decision_function(vectors)
    return margins if margins.ndim == 2 else np.stack([-margins, margins], axis=1)


def _told(labels: list[str], margins: Floats, wanted: Integers, calibration: Calibration) -> Unseen:
    found = margins.argmax(axis=1)
    sure = [round(float(value), 4) for value in calibration.sure(margins)]
    return Unseen([labels[index] for index in wanted], [labels[index] for index in found], sure, margins)
