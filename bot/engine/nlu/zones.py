"""Computes where the zones begin from what trial models said of sentences that they did not see."""

from __future__ import annotations

import json
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.engine.nlu.reader import UNSEEN

WRONG_ANSWERS = 0.05
"""Of the answers that are given at once, so many may be wrong."""

LOST_ASKING = 0.03
"""Of the sentences about a product, so many may fall below the zone in which the bot asks."""

LOST_TO_OTHERS = 0.2
"""Of the sentences that are referred to another organisation, so many may be about a product."""

REFUSED = 0.05
"""Of the sentences about a product or another organisation that the trial models did not see, so many may be refused."""

Sure = NDArray[np.float64]
Found = dict[str, Any]


def thresholds(unseen: dict[str, Found]) -> Found:
    """The thresholds, and what each gives on those sentences."""
    subjects, intents = unseen["subjects"], unseen["intents"]
    sure, right = np.array(subjects["sure"]), np.array(subjects["wanted"]) == np.array(subjects["found"])
    of_products = _starts(subjects["found"], "product:")
    weights = _real_life(right, subjects.get("expected"))
    answer = least_for(sure[of_products], ~right[of_products], WRONG_ANSWERS, weights[of_products])
    refer_rows = _starts(subjects["found"], "organisation:")
    refer = least_for(sure[refer_rows], _starts(subjects["wanted"], "product:")[refer_rows], LOST_TO_OTHERS)
    ask = float(np.quantile(sure[_starts(subjects["wanted"], "product:")], LOST_ASKING))
    outside, share = np.array(unseen["outside"]["wanted"], dtype=bool), np.array(unseen["outside"]["share"])
    refuse = float(np.quantile(share[~outside], 1 - REFUSED)) if (~outside).any() else 1.0
    kept = of_products & (sure >= answer)
    return {
        "zones": {"answer": _round(answer), "ask": _round(ask), "refer": _round(refer), "out_of_scope": _round(refuse)},
        "answered": _round(weights[kept].sum() / max(1.0, float(weights[_starts(subjects["wanted"], "product:")].sum()))),
        "answers_wrong": _round(weights[kept & ~right].sum() / max(1.0, float(weights[kept].sum()))),
        "first_right": _round(right[_starts(subjects["wanted"], "product:")].mean()),
        "intent_right": _round((np.array(intents["wanted"]) == np.array(intents["found"])).mean()),
    }


def least_for(sure: Sure, wrong: NDArray[np.bool_], share: float, weights: Sure | None = None) -> float:
    """The lowest threshold above which at most `share` is wrong, each row counting for its weight; 1.0 when there is none."""
    order = np.argsort(-sure)
    weights = np.ones(len(sure)) if weights is None else weights
    rate = np.cumsum((wrong * weights)[order]) / np.cumsum(weights[order])
    fitting = np.flatnonzero(rate <= share)
    return float(sure[order][fitting[-1]]) if len(fitting) else 1.0


def _real_life(right: NDArray[np.bool_], expected: float | None) -> Sure:
    """What each sentence counts for when `expected` is how many are right of what people really ask (see Calibration)."""
    share = float(right.mean())
    if expected is None or not 0.0 < share < 1.0:
        return np.ones(len(right))
    return np.where(right, expected / share, (1.0 - expected) / (1.0 - share))


def _starts(labels: list[str], kind: str) -> NDArray[np.bool_]:
    return np.array([label.startswith(kind) for label in labels])


def _round(number: float) -> float:
    return round(float(number), 3)


def read(model: Path) -> dict[str, Found]:
    """What a model file keeps of its trial models. Raises FileNotFoundError for a model without it."""
    with tarfile.open(model) as archive:
        for member in archive:
            file = archive.extractfile(member) if Path(member.name).name == UNSEEN else None
            if file is not None:
                return dict(json.load(file))
    raise FileNotFoundError(f"{model} keeps nothing about unseen sentences; train again")


def newest(folder: Path, key: Callable[[Path], float] = lambda path: path.stat().st_mtime) -> Path:
    """The newest model. Raises FileNotFoundError when there is none."""
    models = sorted(folder.glob("*.tar.gz"), key=key)
    if not models:
        raise FileNotFoundError(f"no model in {folder}; `make train` makes one")
    return models[-1]


if __name__ == "__main__":
    try:
        print(json.dumps(thresholds(read(newest(Path(sys.argv[1]))))))
    except FileNotFoundError as problem:
        sys.exit(str(problem))
