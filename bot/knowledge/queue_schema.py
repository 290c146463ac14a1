"""The shape of wachtrij.yml: what citizens in the queue ask about the queue itself."""

from __future__ import annotations

from pydantic import Field

from bot.knowledge.schema import Shape, Text
from bot.model.people import QueueQuestions


class QueueShape(Shape):
    """Questions that are answered with the place in the queue, and words that change nothing about a question."""

    vragen: tuple[Text, ...] = Field(default=())
    vulwoorden: tuple[Text, ...] = Field(default=())


def queue_questions_of(shape: QueueShape | None) -> QueueQuestions:
    """The questions as a noun."""
    return QueueQuestions.of(shape.vragen, shape.vulwoorden) if shape else QueueQuestions()
