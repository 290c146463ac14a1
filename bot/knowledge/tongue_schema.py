"""The shape of talen.yml."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.knowledge.schema import Id, Shape, Text

Title = Annotated[str, Field(min_length=1, max_length=20)]
"""WhatsApp shows no more signs on a button."""


class TopicShape(Shape):
    """The key facts about one aspect of a product, without amounts; source and freshness are those of the Dutch answer."""

    product: Id
    aspect: Id
    woorden: list[Text] = Field(min_length=1)
    antwoord: Text


class TongueShape(Shape):
    """What is said in one language."""

    antwoord: Text
    bellen: Text
    bron: Text
    terugbellen: Title
    medewerker: Title
    onderwerpen: tuple[TopicShape, ...] = ()


class TonguesShape(Shape):
    """The languages by their ISO 639-1 code."""

    talen: dict[Id, TongueShape]
