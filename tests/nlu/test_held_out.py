"""What is measured was not trained on: the held-out sentences beside the training data."""

from __future__ import annotations

from bot.knowledge.variety import Limits, near_duplicates
from bot.tools.evaluate import CASES, DEVELOPMENT, SECOND, TRAINING, read_cases, trained_on

FEW_WORDS = 4
"""So short a sentence may well be thought of twice."""

MOST = 0.02
"""People who never met write the same now and then; a set that leaked would share far more."""


def test_hardly_a_held_out_sentence_is_nearly_a_training_sentence() -> None:
    folders = (CASES, CASES / SECOND, CASES / DEVELOPMENT)
    held = {case.text for folder in folders for case in read_cases(folder) if case.before is None and len(case.text.split()) > FEW_WORDS}
    pairs = near_duplicates({"held": held, "trained": trained_on(TRAINING)}, Limits())
    met = {text for pair in pairs for subject, text in (pair.first, pair.second) if subject == "held"}
    assert len(held) > 4_000
    assert len(met) <= MOST * len(held), sorted(met)
