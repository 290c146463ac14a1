"""A linear classifier that knows how sure it is, from sentences that its trial model did not see."""

from __future__ import annotations

import json
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import compress, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.engine.nlu.calibration import Calibration, Floats, Integers

_FOLDS = 5
"""One sentence in so many is kept from the trial model."""

_SEED = 20_261
_TOLERANCE = 0.1


@dataclass(frozen=True)
class Judgement:
    """Labels with their probabilities, the likeliest first, and how likely the first is right."""

    ranking: list[tuple[str, float]]
    sure: float


@dataclass(frozen=True)
class Unseen:
    """What the trial model said of sentences that it did not see: the label wanted and found, and how sure that was.

    `margins` are the distances to every label's plane, row by row.
    """

    wanted: list[str]
    found: list[str]
    sure: list[float]
    margins: Floats

    def of(self, chosen: NDArray[np.bool_]) -> Unseen:
        """Only the chosen rows."""
        return Unseen(
            list(compress(self.wanted, chosen)), list(compress(self.found, chosen)), list(compress(self.sure, chosen)), self.margins[chosen]
        )


class LinearModel:
    """One-vs-rest linear SVM with calibrated probabilities."""

    def __init__(self, labels: list[str], weights: Floats, bias: Floats, calibration: Calibration) -> None:
        """`weights` is features x labels, row-major, so that a sparse sentence touches few rows; loaded ones are of half precision."""
        self.labels = labels
        self._weights = weights
        self._bias = bias
        self._calibration = calibration

    @classmethod
    def train(
        cls,
        vectors: sparse.csr_matrix,
        answers: list[str],
        strength: float,
        worth: Floats | None = None,
        unseen: Integers | None = None,
        expected: float | None = None,
    ) -> tuple[LinearModel, Unseen]:
        """Fit on all rows; `strength` is the SVM's C, `worth` the weight of each row.

        `unseen` are the rows that calibrate (one in five), `expected` is how often the first label is right in real life (see Calibration).
        """
        labels = sorted(set(answers))
        place = {label: index for index, label in enumerate(labels)}
        wanted = np.array([place[answer] for answer in answers])
        worth = np.ones(len(answers), dtype=np.float32) if worth is None else worth
        unseen = kept_apart(answers) if unseen is None else unseen
        seen = np.setdiff1d(np.arange(len(answers)), unseen)
        with ThreadPoolExecutor(2) as pool:  # liblinear works outside Python's lock
            trial, model = pool.map(
                lambda rows: fit_full(vectors[rows], wanted[rows], strength, worth[rows]), (seen, np.arange(len(answers)))
            )
        margins = np.full((len(unseen), len(labels)), -1.0, dtype=np.float32)
        margins[:, trial.classes_] = _margins(trial, vectors[unseen])
        calibration = Calibration.fit(margins, wanted[unseen], expected)
        weights = np.ascontiguousarray(model.coef_.T, dtype=np.float32)
        bias = np.asarray(model.intercept_, dtype=np.float32)
        if len(labels) == 2:  # scikit-learn keeps one column for two labels
            weights, bias = np.hstack([-weights, weights]), np.hstack([-bias, bias])
        return cls(labels, weights, bias, calibration), _told(labels, margins, wanted[unseen], calibration)

    def margins(self, vectors: sparse.csr_matrix) -> Floats:
        """The distance to every label's plane, row by row; only the weights that a row touches get full precision."""
        ends = vectors.indptr
        rows = (vectors.data[start:end] @ self._weights[vectors.indices[start:end]].astype(np.float32) for start, end in pairwise(ends))
        return np.asarray(np.stack([*rows]) + self._bias, dtype=np.float32)

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
        return cls(facts["labels"], arrays["weights"], arrays["bias"], calibration)


def kept_apart(answers: list[str]) -> Integers:
    """The rows that a trial model does not see: one in five of each label, always the same for the same answers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a label with fewer sentences than folds
        folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED).split(np.zeros(len(answers)), answers)
        return np.asarray(next(iter(folds))[1], dtype=np.int64)


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
