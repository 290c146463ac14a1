"""Scores a message as a whole; where that names nothing, what it is about may stand in its question alone, or beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.engine.nlu.asking import asking, told
from bot.engine.nlu.meaning import NO_SUBJECT, Scores, Thresholds
from bot.engine.nlu.signs import named_alone

_FEWEST_TOLD = 3
"""Words in which somebody tells something; fewer are a greeting."""


def scored(text: str, score: Callable[[str], Scores], limits: Thresholds) -> Scores:
    """The scores of `text`, with the subject of its question where that names one and the words around it drown it."""
    scores = score(text)
    if scores.names != NO_SUBJECT:
        return scores
    questions = (score(question) for question in asking(text) if question != text)
    clear = [about for about in questions if about.names == "product" and about.subject_sure >= limits.answer]
    return _about(scores, max(clear, key=lambda about: about.subject_sure)) if clear else scores


def scored_alone(text: str, score: Callable[[str], Scores], limits: Thresholds) -> Scores:
    """As `scored`, with no conversation before it: a question that names nothing is about what is told beside it ("Ik ga trouwen. ...")."""
    scores = scored(named_alone(text), score, limits)
    beside = told(text) if scores.names == NO_SUBJECT else ""
    if len(beside.split()) < _FEWEST_TOLD:
        return scores
    about = score(beside)
    if about.names != "product" or about.subject_sure < limits.ask:
        return scores
    return _about(scores, about)


def _about(scores: Scores, about: Scores) -> Scores:
    return replace(scores, subjects=about.subjects, subject_sure=about.subject_sure, outside=min(scores.outside, about.outside))
