"""Makes an understanding of what was found: an act, a question with its zone, or something else."""

from __future__ import annotations

from bot.engine.nlu.labels import ACTS, SMALLTALK, WITH_PRODUCT
from bot.engine.nlu.meaning import Scores, Thresholds, Understanding
from bot.engine.nlu.signs import spelled_out
from bot.model.knowledge import ASPECT_OF_INTENT


def of_act(text: str, intent: str, sure: float, scores: Scores, limits: Thresholds) -> Understanding:
    """An act, with the product that it is about where it may have one."""
    first, share = scores.products[0] if intent in WITH_PRODUCT and scores.products else (None, 0.0)
    product = first if first and (share >= limits.ask or spelled_out(first, text)) else None
    zone = "answer"
    if intent in SMALLTALK:
        zone = "smalltalk"
    elif ACTS[intent] in ("person", "complaint"):
        zone = "person"
    return make(intent, ACTS[intent], None, product, scores, sure, zone)


def asked(
    aspect: str, product: str | None, confidence: float, scores: Scores, limits: Thresholds, follows: bool = False, named: bool = True
) -> Understanding:
    """A question: answered where it is clear enough, which takes less where it `follows` what was spoken of."""
    intent = next(name for name, value in ASPECT_OF_INTENT.items() if value == aspect)
    if product is not None and confidence >= (limits.follow if follows else limits.answer):
        return make(intent, "ask", aspect, product, scores, confidence, "answer")
    zone = "ask" if confidence >= limits.ask and scores.products else "person"
    return make("nlu_fallback", "ask", aspect, product if named else None, scores, confidence, zone)


def make(
    intent: str,
    act: str,
    aspect: str | None,
    product: str | None,
    scores: Scores,
    confidence: float,
    zone: str,
    organisation: str | None = None,
) -> Understanding:
    """An understanding with the likeliest products of `scores`."""
    return Understanding(intent, act, aspect, product, scores.products[:3], organisation, min(confidence, 1.0), zone)
