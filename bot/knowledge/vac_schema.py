"""The shape of vacs/<product>.yml: particular questions about a product, each with an answer of its own."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.knowledge.convert import sources
from bot.knowledge.schema import Id, Shape, SourceShape, Text
from bot.model.knowledge import Vac

Aspect = Literal["wat", "aanvragen", "kosten", "meenemen", "voorwaarden", "duur", "wanneer", "waar", "status"]


class VacShape(Shape):
    """A vraag-antwoordcombinatie; `vervolg` is how it is asked within a talk about the product, without naming that.

    `bronnen` are pages where just this answer was looked up; those of the product say nothing of it.
    """

    id: Id
    vraag: Text
    aspect: Aspect
    antwoord: Text
    voorbeeldvragen: tuple[Text, ...] = Field(min_length=6)
    vervolg: tuple[Text, ...] = ()
    bronnen: tuple[SourceShape, ...] = ()


class VacsShape(Shape):
    """The particular questions about one product, which the file is named after."""

    vacs: tuple[VacShape, ...]


def vacs_of(shape: VacsShape) -> tuple[Vac, ...]:
    """The particular questions of a file."""
    return tuple(
        Vac(item.id, item.vraag, item.aspect, item.antwoord, item.voorbeeldvragen, item.vervolg, sources(item.bronnen))
        for item in shape.vacs
    )
