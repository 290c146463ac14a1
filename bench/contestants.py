"""The models that are compared, each behind the same two calls: `fit` on labelled sentences, `rank` one sentence."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import structlog
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB
from sklearn.preprocessing import normalize

from bot.engine.nlu.calibration import softmax
from bot.engine.nlu.linear import LinearModel, fit_full
from bot.engine.nlu.vectors import Vectors

STRENGTH = 0.5
"""The C of the SVM, as in config.yml."""

NEIGHBOURS = 10
Ranking = list[tuple[str, float]]


class Contestant(Protocol):
    """A classifier of sentences."""

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Train."""

    def rank(self, text: str) -> Ranking:
        """The likeliest labels with how sure it is of each, at least three."""


class Ours:
    """The linear model of Wegwijs with its calibration."""

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Train."""
        self.vectors = Vectors()
        self.model, _ = LinearModel.train(self.vectors.fit(list(texts)), list(labels), STRENGTH)

    def rank(self, text: str) -> Ranking:
        """The likeliest five."""
        judgement = self.model.judge(self.model.margins(self.vectors.transform([text]))[0])
        first, *rest = judgement.ranking[:5]
        return [(first[0], judgement.sure), *rest]


class OnVectors:
    """A model of scikit-learn on the same features as ours; `scores` gives one number a label, the highest first."""

    def __init__(self, train: Callable[[Any, Any], Any], scores: Callable[[Any, Any], Any]) -> None:
        """Keep how to train and how to score."""
        self.train, self.scores = train, scores

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Train."""
        self.vectors = Vectors()
        self.labels, wanted = np.unique(np.array(labels), return_inverse=True)
        self.model = self.train(normalize(self.vectors.fit(list(texts))), wanted)

    def rank(self, text: str) -> Ranking:
        """The likeliest five."""
        shares = np.asarray(self.scores(self.model, normalize(self.vectors.transform([text])))).ravel()
        return [(str(self.labels[place]), float(shares[place])) for place in np.argsort(-shares, kind="stable")[:5]]


class Rasa:
    """A pipeline of Rasa itself, trained and asked as Rasa does it."""

    def __init__(self, pipeline: Callable[[], list[dict[str, Any]]]) -> None:
        """Keep how to make the pipeline."""
        self.pipeline = pipeline

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Train."""
        from rasa.core.agent import Agent  # noqa: PLC0415 (slow, and TensorFlow with it)
        from rasa.model_training import train_nlu  # noqa: PLC0415

        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))  # Rasa tells of every sentence
        by_label: dict[str, list[str]] = {}
        for text, label in zip(texts, labels, strict=True):
            by_label.setdefault(label, []).append(" ".join(text.split()))
        nlu = [{"intent": label, "examples": "".join(f"- {text}\n" for text in found)} for label, found in by_label.items()]
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            config = {"recipe": "default.v1", "language": "nl", "pipeline": self.pipeline(), "policies": []}
            (folder / "config.yml").write_text(yaml.safe_dump(config), "utf-8")
            (folder / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True), "utf-8")
            model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder), fixed_model_name="compared")
            self.agent = Agent.load(model)

    def rank(self, text: str) -> Ranking:
        """The likeliest five."""
        found = asyncio.run(self.agent.parse_message(text))
        return [(item["name"], float(item["confidence"])) for item in found["intent_ranking"] if item["name"] != "nlu_fallback"][:5]


def _stock(epochs: int) -> list[dict[str, Any]]:
    """What `rasa init` gives; 100 epochs is what stands there."""
    import rasa.engine.recipes  # noqa: PLC0415

    path = Path(rasa.engine.recipes.__file__).parent / "config_files" / "default_config.yml"
    pipeline = list(yaml.safe_load(path.read_text("utf-8"))["pipeline"])
    return [{**part, "epochs": epochs} if "epochs" in part else part for part in pipeline]


def _logistic() -> list[dict[str, Any]]:
    return [
        {"name": "WhitespaceTokenizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "LogisticRegressionClassifier"},
    ]


def _nearest(model: Any, vector: Any) -> Any:
    """Each of the nearest sentences votes with its likeness; the sum is divided by that of all votes."""
    rows, wanted, count = model
    likeness = np.asarray((rows @ vector.T).todense()).ravel()
    near = np.argpartition(-likeness, NEIGHBOURS)[:NEIGHBOURS]
    votes = np.bincount(wanted[near], weights=likeness[near], minlength=count)
    return votes / max(votes.sum(), 1e-9)


def _centroids(vectors: Any, wanted: Any) -> Any:
    return normalize(np.vstack([np.asarray(vectors[wanted == label].mean(axis=0)) for label in range(wanted.max() + 1)]))


CONTESTANTS: dict[str, Callable[[], Contestant]] = {
    "Wegwijs (calibrated linear SVM)": Ours,
    "the same SVM, softmax of its margins": lambda: OnVectors(
        lambda vectors, wanted: fit_full(vectors, wanted, STRENGTH), lambda model, row: softmax(model.decision_function(row))
    ),
    "logistic regression, one against the rest": lambda: OnVectors(
        lambda vectors, wanted: LogisticRegression(C=10.0, solver="liblinear", dual=True, tol=0.1).fit(vectors, wanted),
        lambda model, row: model.predict_proba(row),
    ),
    "complement naive Bayes": lambda: OnVectors(
        lambda vectors, wanted: ComplementNB().fit(vectors, wanted), lambda model, row: model.predict_proba(row)
    ),
    "nearest centroid": lambda: OnVectors(_centroids, lambda model, row: row @ model.T),
    f"{NEIGHBOURS} nearest neighbours": lambda: OnVectors(lambda vectors, wanted: (vectors, wanted, wanted.max() + 1), _nearest),
    "Rasa LogisticRegressionClassifier": lambda: Rasa(_logistic),
    "Rasa stock pipeline (DIET, 100 epochs)": lambda: Rasa(lambda: _stock(100)),
    "Rasa stock pipeline, but 6 epochs": lambda: Rasa(lambda: _stock(6)),
}
"""Everything that is compared, by the name in the report."""
