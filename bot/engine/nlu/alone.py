"""Scores a message that has no conversation before it: what it is about may stand beside its question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.engine.nlu.asking import told
from bot.engine.nlu.meaning import NO_SUBJECT, Scores, Thresholds
from bot.engine.nlu.signs import named_alone

_FEWEST_TOLD = 3
"""Words in which somebody tells something; fewer are a greeting."""


def scored_alone(text: str, score: Callable[[str], Scores], limits: Thresholds) -> Scores:
    """The scores of `text`; a question that names nothing is about what is told beside it ("Ik ga trouwen. Wat kost dat?")."""
    scores = score(named_alone(text))
    beside = told(text) if scores.names == NO_SUBJECT else ""
    if len(beside.split()) < _FEWEST_TOLD:
        return scores
    about = score(beside)
    if about.names != "product" or about.subject_sure < limits.ask:
        return scores
    return replace(scores, subjects=about.subjects, subject_sure=about.subject_sure, outside=min(scores.outside, about.outside))
