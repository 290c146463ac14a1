"""Trains and runs the two models of understanding over one set of features, without Rasa."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.engine.nlu.asking import asking
from bot.engine.nlu.calibration import Floats
from bot.engine.nlu.cues import cues
from bot.engine.nlu.linear import Judgement, LinearModel, Unseen, kept_apart
from bot.engine.nlu.meaning import NO_SUBJECT, OUT_OF_SCOPE, Scores
from bot.engine.nlu.outside import Outside
from bot.engine.nlu.place_names import PlaceNames
from bot.engine.nlu.vectors import Vectors, beside
from bot.model.knowledge import ASPECT_OF_INTENT

UNSEEN = "unseen.json"
"""What the trial models said, from which `python -m bot.tools zones` computes where the zones begin."""

REFER = "refer"
"""The intent of a question for another organisation: it says who, so it means nothing without one."""

_NO_ACTS = frozenset((*ASPECT_OF_INTENT, REFER, OUT_OF_SCOPE))

_OUTSIDE = "outside.json"
_PLACES = "places.json"

_RANKING_LENGTH = 5
_QUESTIONS = 0.5
"""How much the clauses of a message that ask say of what is wanted; what it is about stands in all of it."""


@dataclass(frozen=True)
class Example:
    """A training sentence; one of an answer teaches only what it is about, and counts for less.

    One without `subject` teaches only what is wanted: it may well be about something, nobody knows what.
    """

    text: str
    intent: str
    subject: str | None
    of_answer: bool = False


@dataclass(frozen=True)
class Strength:
    """How closely the models follow the sentences (the SVM's C), and what a sentence of an answer and one of an act are worth.

    Questions about products are many times as many as all acts together, in the data but not at a front desk.
    """

    intents: float
    subjects: float
    answers: float
    acts: float = 1.0


class Reader:
    """Gives what somebody wants and what about, for a text on its own."""

    def __init__(self, vectors: Vectors, intents: LinearModel, subjects: LinearModel, outside: Outside, places: PlaceNames) -> None:
        """Take what was trained or loaded."""
        self._places = places
        self._vectors = vectors
        self._intents = intents
        self._subjects = subjects
        self._outside = outside

    @classmethod
    def train(
        cls, examples: list[Example], strength: Strength, expected: float | None = None, places: Iterable[str] = ()
    ) -> tuple[Reader, dict[str, Any]]:
        """Train both models; also give what their trial models said of unseen sentences, for `save` to keep.

        `expected` is how often the first subject of a real question is right (see Calibration), `places` are names to look past.
        """
        names = PlaceNames(places)
        examples = sorted(examples, key=lambda example: example.of_answer)
        asked = sum(not example.of_answer for example in examples)
        vectors = Vectors()
        texts = [names.without(example.text) for example in examples]
        rows = vectors.fit(texts)
        worth = np.array([strength.answers if example.of_answer else 1.0 for example in examples], dtype=np.float32)
        unseen = kept_apart([example.subject or NO_SUBJECT for example in examples[:asked]])
        about = [(row, example.subject) for row, example in enumerate(examples) if example.subject is not None]
        told = np.array([row for row, _ in about])
        apart = np.isin(unseen, told)
        wishes = _with_cues(rows[:asked], texts[:asked])
        wanted = [example.intent for example in examples[:asked]]
        weight = np.array([1.0 if intent in _NO_ACTS else strength.acts for intent in wanted], dtype=np.float32)
        intents, of_intents = LinearModel.train(wishes, wanted, strength.intents, weight, unseen)
        subjects, of_subjects = LinearModel.train(
            rows[told], [subject for _, subject in about], strength.subjects, worth[told], np.searchsorted(told, unseen[apart]), expected
        )
        outside, of_outside = _fit_outside(intents.labels, of_intents.of(apart), of_subjects)
        return cls(vectors, intents, subjects, outside, names), {
            "intents": _told(of_intents),
            "subjects": {**_told(of_subjects), "expected": expected},
            "outside": of_outside,
        }

    def score(self, text: str) -> Scores:
        """What the models give for a text."""
        intents, subjects, near = self._read(text)
        outside = self._outside.shares(np.array([near]), [subjects.ranking[0][0]], np.array([subjects.sure]))
        if not subjects.ranking[0][0].startswith("organisation:"):
            intents = _without(intents, REFER)
        return Scores(intents.ranking[:_RANKING_LENGTH], subjects.ranking[:_RANKING_LENGTH], intents.sure, subjects.sure, float(outside[0]))

    def save(self, folder: Path, unseen: dict[str, Any]) -> None:
        """Write everything into `folder`, no pickle."""
        self._vectors.save(folder)
        self._intents.save(folder, "intents")
        self._subjects.save(folder, "subjects")
        (folder / _PLACES).write_text(json.dumps(self._places.names, ensure_ascii=False), encoding="utf-8")
        (folder / _OUTSIDE).write_text(json.dumps(asdict(self._outside)), encoding="utf-8")
        (folder / UNSEEN).write_text(json.dumps(unseen), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Reader:
        """What `save` wrote."""
        outside = Outside(**json.loads((folder / _OUTSIDE).read_text(encoding="utf-8")))
        places = PlaceNames(json.loads((folder / _PLACES).read_text(encoding="utf-8")))
        return cls(Vectors.load(folder), LinearModel.load(folder, "intents"), LinearModel.load(folder, "subjects"), outside, places)

    def _read(self, text: str) -> tuple[Judgement, Judgement, float]:
        text = self._places.without(text)
        texts = [text, *asking(text)]
        rows = self._vectors.transform(texts)
        wanted = self._intents.margins(_with_cues(rows, texts))
        near = float(wanted[0][self._intents.labels.index(OUT_OF_SCOPE)]) if OUT_OF_SCOPE in self._intents.labels else -1.0
        return self._intents.judge(_together(wanted)), self._subjects.judge(self._subjects.margins(rows[:1])[0]), near


def _fit_outside(labels: list[str], intents: Unseen, subjects: Unseen) -> tuple[Outside, dict[str, Any]]:
    """The curve, and what it gives for the sentences it was learned from: those that name a subject and those out of scope.

    An act or small talk names no subject either; it is recognised for what it is.
    """
    outside: NDArray[np.bool_] = np.array(intents.wanted) == OUT_OF_SCOPE
    rows = np.flatnonzero(outside | (np.array(subjects.wanted) != NO_SUBJECT))
    if OUT_OF_SCOPE not in labels:
        return Outside(-10.0, 0.0, 0.0), {"wanted": [], "share": []}
    near = intents.margins[rows, labels.index(OUT_OF_SCOPE)]
    found, sure = [subjects.found[row] for row in rows], np.array(subjects.sure, dtype=np.float32)[rows]
    curve = Outside.fit(near, found, sure, outside[rows])
    shares = [round(float(share), 4) for share in curve.shares(near, found, sure)]
    return curve, {"wanted": [bool(value) for value in outside[rows]], "share": shares}


def _with_cues(rows: sparse.csr_matrix, texts: list[str]) -> sparse.csr_matrix:
    return beside([rows, cues(texts)])


def _told(unseen: Unseen) -> dict[str, Any]:
    return {"wanted": unseen.wanted, "found": unseen.found, "sure": unseen.sure}


def _without(judged: Judgement, label: str) -> Judgement:
    """What is said when `label` cannot be it."""
    left = 1.0 - dict(judged.ranking).get(label, 0.0)
    if judged.ranking[0][0] != label or left <= 0.0:
        return judged
    ranking = [(name, share / left) for name, share in judged.ranking if name != label]
    return Judgement(ranking, min(judged.sure, ranking[0][1]))


def _together(margins: Floats) -> Floats:
    """The whole, moved towards its clearest question."""
    if len(margins) == 1:
        return np.asarray(margins[0])
    return np.asarray((1 - _QUESTIONS) * margins[0] + _QUESTIONS * margins[1:].max(axis=0), dtype=np.float32)
