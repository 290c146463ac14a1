"""The shapes of the knowledge files; a key that is not here is an error."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
FolderId = Annotated[str, StringConstraints(pattern=r"^_?[a-z0-9]+(-[a-z0-9]+)*$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$")]
LinkUrl = Annotated[str, StringConstraints(pattern=r"^(https://[^\s<>\"]+|mailto:[^\s<>\"]+|tel:[+0-9]+)$")]
Postcode = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{3}$")]
Euro = Annotated[Decimal, Field(ge=0, max_digits=9, decimal_places=2)]


class Shape(BaseModel):
    """What all shapes share: no unknown keys, no change after reading, no blanks at the edges."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class SourceShape(Shape):
    """One official page; only a source with `voorbeeld` may lack the day of checking."""

    titel: Text
    url: Url
    gecontroleerd_op: date | None = None
    geldig_tot: date | None = None
    voorbeeld: bool = False

    @model_validator(mode="after")
    def _checked(self) -> Self:
        if self.gecontroleerd_op is None and not self.voorbeeld:
            raise ValueError("gecontroleerd_op is missing; give the day you read this page, or write voorbeeld: true")
        return self


class AspectShape(Shape):
    """The text of one aspect, or `nvt`: the sentence that says why it does not apply."""

    tekst: Text | None = None
    nvt: Text | None = None
    meer: Text | None = None
    lokaal: bool = False
    bedragen: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _one_text(self) -> Self:
        if (self.tekst is None) == (self.nvt is None):
            raise ValueError("write either tekst or nvt")
        if self.nvt is not None and (self.lokaal or self.bedragen):
            raise ValueError("an aspect with nvt has no lokaal and no bedragen; write tekst instead of nvt")
        return self


class AspectsShape(Shape):
    """All nine aspects of a product."""

    wat: AspectShape
    aanvragen: AspectShape
    kosten: AspectShape
    meenemen: AspectShape
    voorwaarden: AspectShape
    duur: AspectShape
    wanneer: AspectShape
    waar: AspectShape
    status: AspectShape


class LocalAspectsShape(Shape):
    """The aspects that a municipality replaces."""

    wat: AspectShape | None = None
    aanvragen: AspectShape | None = None
    kosten: AspectShape | None = None
    meenemen: AspectShape | None = None
    voorwaarden: AspectShape | None = None
    duur: AspectShape | None = None
    wanneer: AspectShape | None = None
    waar: AspectShape | None = None
    status: AspectShape | None = None


class ExtraShape(Shape):
    """The sentences that a municipality adds below an aspect."""

    wat: Text | None = None
    aanvragen: Text | None = None
    kosten: Text | None = None
    meenemen: Text | None = None
    voorwaarden: Text | None = None
    duur: Text | None = None
    wanneer: Text | None = None
    waar: Text | None = None
    status: Text | None = None


class QuestionsShape(Shape):
    """Example questions, grouped by what is asked; `afspraak` and `melden` are acts."""

    wat: tuple[Text, ...] = ()
    aanvragen: tuple[Text, ...] = ()
    kosten: tuple[Text, ...] = ()
    meenemen: tuple[Text, ...] = ()
    voorwaarden: tuple[Text, ...] = ()
    duur: tuple[Text, ...] = ()
    wanneer: tuple[Text, ...] = ()
    waar: tuple[Text, ...] = ()
    status: tuple[Text, ...] = ()
    afspraak: tuple[Text, ...] = ()
    melden: tuple[Text, ...] = ()


class UplShape(Shape):
    """Name and address in the Uniforme Productnamenlijst."""

    naam: Text
    uri: Url


class ChannelShape(Shape):
    """The best way to get this done: click (online), call (phone) or face (meet a person)."""

    voorkeur: Literal["click", "call", "face"]
    reden: Text


class LinkShape(Shape):
    """A next step; without `url` the municipality's own file gives the address."""

    soort: Literal["online", "formulier", "informatie", "telefoon"]
    titel: Text
    url: LinkUrl | None = None
    digid: bool = False


class ProductShape(Shape):
    """The file of a product."""

    id: Id
    naam: Text
    upl: UplShape | None = None
    thema: Id
    doelgroep: tuple[Literal["inwoner", "ondernemer"], ...] = Field(min_length=1)
    eigenaar: Text
    team: Id
    kanaal: ChannelShape
    woorden: tuple[Text, ...] = Field(min_length=4)
    aspecten: AspectsShape
    acties: tuple[LinkShape, ...] = ()
    afspraak: Id | None = None
    gerelateerd: tuple[Id, ...] = ()
    bronnen: tuple[SourceShape, ...] = Field(min_length=1)
    voorbeeldvragen: QuestionsShape


class AmountShape(Shape):
    """A national amount, maximum or term in one period."""

    id: Id
    naam: Text
    soort: Literal["bedrag", "maximum", "termijn"]
    bedrag: Euro | None = None
    eenheid: Text | None = None
    tekst: Text | None = None
    geldig_vanaf: date
    geldig_tot: date | None = None
    bron: SourceShape
    voorbeeld: bool = False

    @model_validator(mode="after")
    def _fits_kind(self) -> Self:
        if self.soort == "termijn" and self.tekst is None:
            raise ValueError("a termijn needs tekst: one sentence the bot can say")
        if self.soort != "termijn" and self.bedrag is None:
            raise ValueError(f"a {self.soort} needs bedrag, in euro")
        if self.soort != "termijn" and self.geldig_tot is None:
            raise ValueError("geldig_tot is missing; an amount ages, so say until when it holds")
        if self.geldig_tot is not None and self.geldig_tot < self.geldig_vanaf:
            raise ValueError("geldig_tot lies before geldig_vanaf")
        return self


class AmountsShape(Shape):
    """A file of national amounts."""

    bedragen: tuple[AmountShape, ...]


class OrganisationContactShape(Shape):
    """How to reach an organisation."""

    website: Url | None = None
    telefoon: Text | None = None


class OrganisationShape(Shape):
    """The file of an organisation."""

    id: Id
    naam: Text
    ook: tuple[Text, ...] = ()
    verwijzing: Text
    doet: Text
    woorden: tuple[Text, ...] = Field(min_length=1)
    contact: OrganisationContactShape
    bronnen: tuple[SourceShape, ...] = Field(min_length=1)
    voorbeeldvragen: tuple[Text, ...]


class ThemesShape(Shape):
    """The closed lists of themes and teams."""

    themas: dict[Id, Text]
    teams: dict[Id, Text]
