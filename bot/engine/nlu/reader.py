"""Trains and runs the two models of understanding over one set of features, without Rasa."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bot.engine.nlu.calibration import Floats
from bot.engine.nlu.linear import Judgement, LinearModel, Unseen
from bot.engine.nlu.meaning import Scores
from bot.engine.nlu.stories import questions_of
from bot.engine.nlu.vectors import Vectors

UNSEEN = "unseen.json"
"""What the trial models said, from which `python -m bot.tools zones` computes where the zones begin."""

_RANKING_LENGTH = 5
_QUESTIONS = 0.5
"""How much the questions of a long message say of what is wanted; what it is about stands in all of it."""


@dataclass(frozen=True)
class Example:
    """A training sentence; one of an answer teaches only what it is about, and counts for less."""

    text: str
    intent: str
    subject: str
    of_answer: bool = False


@dataclass(frozen=True)
class Strength:
    """How closely the models follow the sentences (the SVM's C), and what a sentence of an answer is worth."""

    intents: float
    subjects: float
    answers: float


class Reader:
    """Gives what somebody wants and what about, for a text on its own."""

    def __init__(self, vectors: Vectors, intents: LinearModel, subjects: LinearModel) -> None:
        """Take what was trained or loaded."""
        self._vectors = vectors
        self._intents = intents
        self._subjects = subjects

    @classmethod
    def train(cls, examples: list[Example], strength: Strength) -> tuple[Reader, dict[str, Unseen]]:
        """Train both models; also give what their trial models said of unseen sentences."""
        examples = sorted(examples, key=lambda example: example.of_answer)
        asked = sum(not example.of_answer for example in examples)
        vectors = Vectors()
        rows = vectors.fit([example.text for example in examples])
        worth = np.array([strength.answers if example.of_answer else 1.0 for example in examples], dtype=np.float32)
        intents, of_intents = LinearModel.train(rows[:asked], [example.intent for example in examples[:asked]], strength.intents)
        subjects, of_subjects = LinearModel.train(rows, [example.subject for example in examples], strength.subjects, worth)
        return cls(vectors, intents, subjects), {"intents": of_intents, "subjects": of_subjects}

    def score(self, text: str) -> Scores:
        """What the models give for a text."""
        intents, subjects = self._read(text)
        return Scores(intents.ranking[:_RANKING_LENGTH], subjects.ranking[:_RANKING_LENGTH], intents.sure, subjects.sure)

    def save(self, folder: Path, unseen: dict[str, Unseen]) -> None:
        """Write everything into `folder`, no pickle."""
        self._vectors.save(folder)
        self._intents.save(folder, "intents")
        self._subjects.save(folder, "subjects")
        (folder / UNSEEN).write_text(json.dumps({name: asdict(found) for name, found in unseen.items()}), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Reader:
        """What `save` wrote."""
        return cls(Vectors.load(folder), LinearModel.load(folder, "intents"), LinearModel.load(folder, "subjects"))

    def _read(self, text: str) -> tuple[Judgement, Judgement]:
        rows = self._vectors.transform([text, *questions_of(text)])
        wanted = self._intents.margins(rows)
        return self._intents.judge(_together(wanted)), self._subjects.judge(self._subjects.margins(rows[:1])[0])


def _together(margins: Floats) -> Floats:
    """The whole, moved towards its clearest question."""
    if len(margins) == 1:
        return margins[0]
    return np.asarray((1 - _QUESTIONS) * margins[0] + _QUESTIONS * margins[1:].max(axis=0), dtype=np.float32)
