"""The shape of antwoordsjablonen.yml: sentences that agents use often."""

from __future__ import annotations

from pydantic import Field, model_validator

from bot.knowledge.schema import Id, Shape, Text
from bot.model.people import AnswerTemplate


class TemplateShape(Shape):
    """One template; only {naam}, the agent's name, is filled in."""

    id: Id
    titel: Text
    woorden: tuple[Text, ...] = ()
    tekst: Text

    @model_validator(mode="after")
    def _known_braces(self) -> TemplateShape:
        if "{" in self.tekst.replace("{naam}", "") or "}" in self.tekst.replace("{naam}", ""):
            raise ValueError("only {naam} can be filled in")
        return self


class TemplatesShape(Shape):
    """All templates, in the order in which they are offered."""

    sjablonen: tuple[TemplateShape, ...] = Field(default=())

    @model_validator(mode="after")
    def _different_ids(self) -> TemplatesShape:
        ids = [item.id for item in self.sjablonen]
        if len(set(ids)) != len(ids):
            raise ValueError("two templates have the same id")
        return self


def templates_of(shape: TemplatesShape | None) -> tuple[AnswerTemplate, ...]:
    """The templates as nouns."""
    return tuple(AnswerTemplate(item.id, item.titel, item.tekst, item.woorden) for item in shape.sjablonen) if shape else ()
