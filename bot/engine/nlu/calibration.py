"""Turns margins of a linear model into probabilities that hold: of what is said at 0.8, eight in ten is right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Calibration:
    """A temperature that divides one among the labels, and a logistic curve that tells how sure the first label is.

    Shares always add up to one, also for nonsense; the curve looks at how large the best margin itself is as well.
    """

    temperature: float
    curve: tuple[float, float, float, float]

    @classmethod
    def fit(cls, margins: Floats, wanted: Integers, expected: float | None = None) -> Calibration:
        """Learn from margins of sentences that the model did not see (temperature: Guo et al. 2017).

        `expected`: how often the first label of what people really ask is right. Example sentences are written to be hard, so a trial
        model errs more often on them; the odds of the curve are moved by that difference (prior shift: Saerens et al. 2002).
        """
        temperature = _temperature(margins, wanted)
        right = margins.argmax(axis=1) == wanted
        if right.all() or not right.any():
            return cls(temperature, (2.0 if right.all() else -2.0, 0.0, 0.0, 0.0))
        model = LogisticRegression(C=10.0).fit(_signs(margins, temperature), right)
        moved = 0.0 if expected is None else float(log_odds(expected) - log_odds(float(right.mean())))
        bias, slopes = float(model.intercept_[0]) + moved, [float(slope) for slope in model.coef_[0]]
        return cls(temperature, (bias, slopes[0], slopes[1], slopes[2]))

    def shares(self, margins: Floats) -> Floats:
        """The probability of each label, row by row."""
        return softmax(margins / self.temperature)

    def sure(self, margins: Floats) -> Floats:
        """How likely the first label of each row is right."""
        score = _signs(margins, self.temperature) @ np.array(self.curve[1:]) + self.curve[0]
        return np.asarray(1.0 / (1.0 + np.exp(-score)), dtype=np.float32)


def log_odds(share: float) -> float:
    """The logarithm of how many times as likely it is than not."""
    return float(np.log(share / (1.0 - share)))


def softmax(scores: Floats) -> Floats:
    """Positive numbers that add up to one, row by row."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = shifted / shifted.sum(axis=1, keepdims=True)
    return shares


def _signs(margins: Floats, temperature: float) -> Floats:
    """What tells whether the first label is right: its margin, its lead over the second, and its share as log odds."""
    two = np.partition(margins, -2, axis=1)[:, -2:]
    share = np.clip(softmax(margins / temperature).max(axis=1), 1e-4, 1 - 1e-4)
    return np.stack([two[:, 1], two[:, 1] - two[:, 0], np.log(share / (1 - share))], axis=1)


def _temperature(margins: Floats, wanted: Integers) -> float:
    def surprise(log_temperature: float) -> float:
        shares = softmax(margins / np.exp(log_temperature))
        return float(-np.log(shares[np.arange(len(wanted)), wanted] + 1e-12).mean())

    return float(np.exp(minimize_scalar(surprise, bounds=(-4.0, 2.0), method="bounded").x))
