"""What is said to citizens who write in another language than Dutch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class TongueTopic:
    """A few key facts about one aspect of a product, and the words that ask for it."""

    product: str
    aspect: str
    words: frozenset[str]
    text: str


@dataclass(frozen=True)
class Tongue:
    """One language: that the assistant speaks Dutch, how to reach a person, and (some languages) answers to the commonest questions.

    `labels` are by what the choice does: `request_callback` and `ask_person`. `phone` has the place `{telefoon}`.
    """

    code: str
    text: str
    phone: str
    source: str
    labels: Mapping[str, str]
    topics: tuple[TongueTopic, ...] = ()

    def topic_of(self, text: str) -> TongueTopic | None:
        """The topic with most of its words in the text; None when there is none, or two with as many."""
        lowered = f" {' '.join(''.join(sign if sign.isalnum() else ' ' for sign in text.lower()).split())} "
        counted = sorted(((sum(f" {word} " in lowered for word in topic.words), at) for at, topic in enumerate(self.topics)), reverse=True)
        if not counted or counted[0][0] == 0 or (len(counted) > 1 and counted[1][0] == counted[0][0]):
            return None
        return self.topics[counted[0][1]]
