"""The shape of a municipality's meldingen.yml: who deals with reports about public space, and what the citizen is promised."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from bot.knowledge.appointment_schema import Position
from bot.knowledge.schema import Id, Shape, SourceShape
from bot.model.report import ReportSystem

Category = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
"""A category of Signalen as its own addresses write it: main category, stroke, sub-category."""


class ReportsShape(Shape):
    """meldingen.yml; what a municipality leaves out comes from the shared folder that is its `basis`."""

    systeem: ReportSystem | None = None
    werkdagen: Annotated[int, Field(ge=1, le=30)] | None = None
    fotos: Annotated[int, Field(ge=0, le=5)] | None = None
    ligging: Position | None = None
    rubrieken: dict[Id, Category] = Field(default_factory=dict)
    bronnen: tuple[SourceShape, ...] = ()
    voorbeeld: bool = False

    @model_validator(mode="after")
    def _has_source(self) -> Self:
        if not self.bronnen and not self.voorbeeld:
            raise ValueError("bronnen is missing; say where the promise comes from, or write voorbeeld: true")
        return self
