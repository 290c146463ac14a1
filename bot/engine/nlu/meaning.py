"""What goes into and comes out of understanding a message, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Ranking = list[tuple[str, float]]

OUT_OF_SCOPE = "out_of_scope"
"""The intent of a message about nothing that we or another organisation do."""

NO_SUBJECT = "none"
"""The subject of a sentence that names no product and no organisation."""


@dataclass(frozen=True)
class Thresholds:
    """Where the zones begin; the numbers stand in config.yml. `follow` is `answer` where the conversation agrees as well.

    `act_in_talk` is `act` where a product was spoken of: "en zaterdags?" is about that, however much it sounds like coming by.
    """

    answer: float = 0.6
    ask: float = 0.15
    act: float = 0.45
    act_in_talk: float = 0.5
    out_of_scope: float = 0.4
    refer: float = 0.45
    follow: float = 0.4


@dataclass(frozen=True)
class Context:
    """What the conversation is about so far, the question that a form waits for, and what the citizen typed just before.

    `place_asked`: the bot asked in which municipality the citizen lives, and does not know yet.
    `missed`: what was typed just before was not understood, and the bot asked what was meant.
    """

    product: str | None = None
    aspect: str | None = None
    form: str | None = None
    requested: str | None = None
    said: str | None = None
    place_asked: bool = False
    missed: bool = False


@dataclass(frozen=True)
class Understanding:
    """What a message means; `intent` is what the dialogue rules see, `zone` what the bot should do with it.

    `language` is an ISO 639-1 code. `also` are the other questions and wishes of the same message, in the order in which to go into them.
    """

    intent: str
    act: str
    aspect: str | None
    product: str | None
    products: tuple[tuple[str, float], ...]
    organisation: str | None
    confidence: float
    zone: str
    also: tuple[Understanding, ...] = ()
    language: str = "nl"

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
            "language": self.language,
            "also": [{"intent": other.intent, **other.as_dict()} for other in self.also],
        }


@dataclass(frozen=True)
class Scores:
    """What the models gave for a text: intents and subjects, the likeliest first, and how likely the first of each is right.

    `outside` is how likely the text is about nothing that we or another organisation do.
    """

    intents: Ranking
    subjects: Ranking
    intent_sure: float
    subject_sure: float
    outside: float = 0.0
    products: tuple[tuple[str, float], ...] = field(init=False)
    organisation: tuple[str, float] = field(init=False)
    nothing: float = field(init=False)

    def __post_init__(self) -> None:
        """Split the subjects by kind; the first of all is as likely as the model is sure."""
        certain = [(self.subjects[0][0], self.subject_sure), *self.subjects[1:]] if self.subjects else []
        named = [(label.split(":", 1), share) for label, share in certain if ":" in label]
        object.__setattr__(self, "products", tuple((parts[1], share) for parts, share in named if parts[0] == "product"))
        bodies = [(parts[1], share) for parts, share in named if parts[0] == "organisation"]
        object.__setattr__(self, "organisation", bodies[0] if bodies else ("", 0.0))
        object.__setattr__(self, "nothing", dict(certain).get(NO_SUBJECT, 0.0))

    @property
    def names(self) -> str:
        """The kind of subject that comes first: product, organisation or none."""
        return self.subjects[0][0].split(":", 1)[0] if self.subjects else NO_SUBJECT
