"""Tells how likely a message is about nothing that a municipality or another organisation does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bot.engine.nlu.calibration import Floats
from bot.engine.nlu.meaning import NO_SUBJECT

_UNNAMED = 0.02
"""How sure a subject counts for when the likeliest one is none at all."""


@dataclass(frozen=True)
class Outside:
    """A logistic curve over two signs: how near the sentence is to the out-of-scope sentences, and how sure its subject is.

    Both kinds of sentences weigh the same in it, however many there are: at 0.5 a message is as far from the one as from the other.
    """

    bias: float
    near: float
    named: float

    @classmethod
    def fit(cls, margins: Floats, subjects: list[str], sure: Floats, outside: NDArray[np.bool_]) -> Outside:
        """Learn from sentences that the models did not see; without both kinds nothing is ever outside."""
        if outside.all() or not outside.any():
            return cls(-10.0, 0.0, 0.0)
        model = LogisticRegression(C=10.0, class_weight="balanced").fit(_signs(margins, subjects, sure), outside)
        return cls(float(model.intercept_[0]), float(model.coef_[0][0]), float(model.coef_[0][1]))

    def shares(self, margins: Floats, subjects: list[str], sure: Floats) -> Floats:
        """The probability of each row; `margins` are the distances to the out-of-scope plane."""
        score = _signs(margins, subjects, sure) @ np.array([self.near, self.named]) + self.bias
        return np.asarray(1.0 / (1.0 + np.exp(-score)), dtype=np.float32)


def _signs(margins: Floats, subjects: list[str], sure: Floats) -> Floats:
    named = np.where([subject == NO_SUBJECT for subject in subjects], _UNNAMED, sure)
    odds = np.clip(named, 1e-3, 1 - 1e-3)
    return np.stack([margins, np.log(odds / (1 - odds))], axis=1)
