"""Decides what a message means at this moment of the conversation: the pure heart of understanding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Ranking = list[tuple[str, float]]

ASPECTS = {
    "ask_what": "wat",
    "ask_how": "aanvragen",
    "ask_costs": "kosten",
    "ask_bring": "meenemen",
    "ask_conditions": "voorwaarden",
    "ask_duration": "duur",
    "ask_when": "wanneer",
    "ask_where": "waar",
    "ask_status": "status",
}
"""Intents that ask for an aspect of a product."""

ACTS = {
    "book_appointment": "book",
    "move_appointment": "move",
    "cancel_appointment": "cancel",
    "report_problem": "report",
    "ask_person": "person",
    "request_callback": "person",
    "callback_status": "status",
    "complain": "complaint",
    "thank": "thanks",
    "greet": "greet",
    "goodbye": "goodbye",
    "affirm": "affirm",
    "deny": "deny",
    "praise": "praise",
    "insult": "insult",
    "bot_challenge": "bot_challenge",
    "ask_help": "help",
    "smalltalk": "smalltalk",
    "tell_more": "more",
    "not_helped": "not_helped",
    "something_else": "something_else",
    "choose_municipality": "municipality",
    "stop": "stop",
    "out_of_scope": "out_of_scope",
}
"""Intents that are acts, by the name that outsiders read."""

WITH_PRODUCT = {"book_appointment", "report_problem", "move_appointment", "cancel_appointment"}
"""Acts that may be about a product."""

SMALLTALK = {"greet", "goodbye", "thank", "praise", "smalltalk", "bot_challenge", "ask_help", "affirm", "deny"}

_CONTINUES = ("en ", "of ", "maar ", "ook ", "dan ", "en?", "oke ", "ok ", "nee ", "ja ")
_NO_SUBJECT = "none"


@dataclass(frozen=True)
class Thresholds:
    """Where the zones begin; the numbers stand in config.yml."""

    answer: float = 0.5
    ask: float = 0.15
    act: float = 0.5
    out_of_scope: float = 0.6
    refer: float = 0.5


@dataclass(frozen=True)
class Context:
    """What the conversation is about so far, and the question that a form waits for."""

    product: str | None = None
    aspect: str | None = None
    form: str | None = None
    requested: str | None = None


@dataclass(frozen=True)
class Understanding:
    """What a message means; `intent` is what the dialogue rules see, `zone` what the bot should do with it."""

    intent: str
    act: str
    aspect: str | None
    product: str | None
    products: tuple[tuple[str, float], ...]
    organisation: str | None
    confidence: float
    zone: str

    def as_dict(self) -> dict[str, Any]:
        """The understanding as the engine's contract gives it."""
        return {
            "act": self.act,
            "aspect": self.aspect,
            "product": self.product,
            "products": [[name, round(share, 4)] for name, share in self.products],
            "organisation": self.organisation,
            "confidence": round(self.confidence, 4),
            "zone": self.zone,
        }


@dataclass(frozen=True)
class Scores:
    """What the models gave for a text: intents and subjects, the likeliest first."""

    intents: Ranking
    subjects: Ranking
    products: tuple[tuple[str, float], ...] = field(init=False)
    organisation: tuple[str, float] = field(init=False)
    nothing: float = field(init=False)

    def __post_init__(self) -> None:
        """Split the subjects by kind."""
        named = [(label.split(":", 1), share) for label, share in self.subjects if ":" in label]
        object.__setattr__(self, "products", tuple((parts[1], share) for parts, share in named if parts[0] == "product"))
        bodies = [(parts[1], share) for parts, share in named if parts[0] == "organisation"]
        object.__setattr__(self, "organisation", bodies[0] if bodies else ("", 0.0))
        object.__setattr__(self, "nothing", dict(self.subjects).get(_NO_SUBJECT, 0.0))


Score = Callable[[str], Scores]


def understand(text: str, context: Context, score: Score, limits: Thresholds) -> Understanding:
    """Read a message at this moment; `score` runs the models on a text."""
    scores = score(text)
    intent, sure = scores.intents[0]
    if _is_act(intent, sure, scores, limits):
        return _act(intent, sure, scores, limits)
    body, body_share = scores.organisation
    if body_share >= limits.refer and body_share > (scores.products[0][1] if scores.products else 0.0):
        return _make("refer", "ask", None, None, scores, body_share, "refer", body)
    aspect = ASPECTS.get(_best_aspect(scores), "wat")
    product, confidence, seen = _subject(text, context, scores, score)
    if context.aspect and _continues(text) and (aspect == "wat" or _aspect_share(scores) < limits.act):
        aspect = context.aspect
    return _asked(aspect, product, confidence, seen, limits)


def _is_act(intent: str, sure: float, scores: Scores, limits: Thresholds) -> bool:
    if intent not in ACTS:
        return False
    if intent == "out_of_scope":
        return sure >= limits.out_of_scope or scores.nothing >= limits.act
    return sure >= limits.act


def _act(intent: str, sure: float, scores: Scores, limits: Thresholds) -> Understanding:
    product = scores.products[0][0] if intent in WITH_PRODUCT and scores.products and scores.products[0][1] >= limits.ask else None
    zone = "answer"
    if intent == "out_of_scope":
        zone = "refuse"
    elif intent in SMALLTALK:
        zone = "smalltalk"
    elif ACTS[intent] in ("person", "complaint"):
        zone = "person"
    return _make(intent, ACTS[intent], None, product, scores, sure, zone)


def _subject(text: str, context: Context, scores: Scores, score: Score) -> tuple[str | None, float, Scores]:
    """The product a question is about: the one it names, or the one that was spoken of, or that one seen in a new light."""
    first, share = scores.products[0] if scores.products else ("", 0.0)
    if context.product and scores.nothing > share:
        # It names nothing: it is about what was spoken of, as far as it asks for anything at all.
        return context.product, scores.nothing * _aspect_share(scores), scores
    if context.product and _continues(text) and share < 0.8:
        together = score(f"{context.product.replace('-', ' ')} {text}")
        if together.products:
            return together.products[0][0], together.products[0][1], together
    return (first or None), share, scores


def _asked(aspect: str, product: str | None, confidence: float, scores: Scores, limits: Thresholds) -> Understanding:
    intent = next(name for name, value in ASPECTS.items() if value == aspect)
    if product is not None and confidence >= limits.answer:
        return _make(intent, "ask", aspect, product, scores, confidence, "answer")
    zone = "ask" if confidence >= limits.ask else "person"
    return _make("nlu_fallback", "ask", aspect, product, scores, confidence, zone)


def _make(
    intent: str,
    act: str,
    aspect: str | None,
    product: str | None,
    scores: Scores,
    confidence: float,
    zone: str,
    organisation: str | None = None,
) -> Understanding:
    return Understanding(intent, act, aspect, product, scores.products[:3], organisation, min(confidence, 1.0), zone)


def _best_aspect(scores: Scores) -> str:
    return next((name for name, _ in scores.intents if name in ASPECTS), "ask_what")


def _aspect_share(scores: Scores) -> float:
    return max((share for name, share in scores.intents if name in ASPECTS), default=0.0)


def _continues(text: str) -> bool:
    lowered = text.lower().lstrip()
    return lowered.startswith(_CONTINUES) and len(lowered.split()) <= 12
