"""Turns the shapes of single files into the nouns of the model."""

from __future__ import annotations

from types import MappingProxyType
from typing import Protocol

from bot.knowledge.schema import (
    AmountShape,
    AspectShape,
    AspectsShape,
    LinkShape,
    LocalAspectsShape,
    OrganisationShape,
    ProductShape,
    SourceShape,
)
from bot.model.knowledge import ASPECTS, QUESTION_GROUPS, Amount, AspectText, Link, Organisation, Product, Source, Vac


class WithSources(Protocol):
    """A shape that names its sources."""

    @property
    def voorbeeld(self) -> bool:
        """Whether it was made up."""

    @property
    def bronnen(self) -> tuple[SourceShape, ...]:
        """Where it stands."""


def source(shape: SourceShape) -> Source:
    """A source."""
    return Source(shape.titel, shape.url, shape.gecontroleerd_op, shape.geldig_tot, shape.voorbeeld)


def sources(shapes: tuple[SourceShape, ...]) -> tuple[Source, ...]:
    """All sources of a file."""
    return tuple(source(shape) for shape in shapes)


def is_example(shape: WithSources) -> bool:
    """Whether nothing stands behind it: it says so itself, or none of its sources was looked up."""
    return shape.voorbeeld or all(item.voorbeeld for item in shape.bronnen)


def links(shapes: tuple[LinkShape, ...]) -> tuple[Link, ...]:
    """All next steps of a file."""
    return tuple(Link(shape.soort, shape.titel, shape.url, shape.digid) for shape in shapes)


def aspects(shape: AspectsShape | LocalAspectsShape) -> MappingProxyType[str, AspectText]:
    """The aspects that are there."""
    found: dict[str, AspectShape | None] = {aspect: getattr(shape, aspect) for aspect in ASPECTS}
    return MappingProxyType({aspect: _aspect(text) for aspect, text in found.items() if text is not None})


def _aspect(shape: AspectShape) -> AspectText:
    applicable = shape.nvt is None
    return AspectText(shape.tekst or shape.nvt or "", shape.meer, applicable, shape.lokaal, shape.bedragen)


def amount(shape: AmountShape) -> Amount:
    """A national amount or term."""
    return Amount(
        id=shape.id,
        name=shape.naam,
        kind=shape.soort,
        euro=shape.bedrag,
        text=shape.tekst,
        valid_from=shape.geldig_vanaf,
        valid_until=shape.geldig_tot,
        source=source(shape.bron),
        example=shape.voorbeeld or shape.bron.voorbeeld,
        unit=shape.eenheid,
    )


def organisation(shape: OrganisationShape) -> Organisation:
    """An organisation."""
    return Organisation(
        id=shape.id,
        name=shape.naam,
        aliases=shape.ook,
        referral=shape.verwijzing,
        does=shape.doet,
        words=shape.woorden,
        website=shape.contact.website,
        phone=shape.contact.telefoon,
        sources=sources(shape.bronnen),
        questions=shape.voorbeeldvragen,
    )


def product(shape: ProductShape, vacs: tuple[Vac, ...] = ()) -> Product:
    """A product with the particular questions about it, without anything local."""
    questions = {group: getattr(shape.voorbeeldvragen, group) for group in QUESTION_GROUPS}
    return Product(
        id=shape.id,
        name=shape.naam,
        theme=shape.thema,
        audience=shape.doelgroep,
        owner=shape.eigenaar,
        team=shape.team,
        channel=shape.kanaal.voorkeur,
        channel_reason=shape.kanaal.reden,
        words=shape.woorden,
        aspects=aspects(shape.aspecten),
        links=links(shape.acties),
        related=shape.gerelateerd,
        sources=sources(shape.bronnen),
        questions=MappingProxyType({group: texts for group, texts in questions.items() if texts}),
        appointment=shape.afspraak,
        upl_name=shape.upl.naam if shape.upl else None,
        upl_uri=shape.upl.uri if shape.upl else None,
        vacs=vacs,
    )
