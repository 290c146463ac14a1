"""The shapes of a municipality's files: who it is, its counters, its prices, and how its products differ."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from bot.knowledge.schema import Euro, ExtraShape, FolderId, Id, LinkShape, LocalAspectsShape, Postcode, Shape, SourceShape, Text, Url

FullPostcode = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{3} [A-Z]{2}$")]
Cbs = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]


class ContactShape(Shape):
    """One way to reach the municipality: a number, an address (mail or post) or a url."""

    nummer: Text | None = None
    adres: Text | None = None
    url: Url | None = None
    toelichting: Text | None = None
    bronnen: tuple[SourceShape, ...] = ()
    voorbeeld: bool = False

    @model_validator(mode="after")
    def _one_value(self) -> Self:
        if sum(value is not None for value in (self.nummer, self.adres, self.url)) != 1:
            raise ValueError("give exactly one of nummer, adres and url")
        if not self.bronnen and not self.voorbeeld:
            raise ValueError("bronnen is missing; name the official page, or write voorbeeld: true")
        return self

    @property
    def value(self) -> str:
        """The number, address or url."""
        return self.nummer or self.adres or self.url or ""


class ContactsShape(Shape):
    """The ways to reach the municipality."""

    telefoon: ContactShape | None = None
    telefoon_buitenland: ContactShape | None = None
    whatsapp: ContactShape | None = None
    email: ContactShape | None = None
    contactformulier: ContactShape | None = None
    postadres: ContactShape | None = None
    facebook: ContactShape | None = None
    instagram: ContactShape | None = None
    linkedin: ContactShape | None = None
    x: ContactShape | None = None
    youtube: ContactShape | None = None


class PlaceShape(Shape):
    """A village or district; `niet` holds phrases in which the name means something else ("bergen op zoom")."""

    naam: Text
    ook: tuple[Text, ...] = ()
    postcodes: tuple[Postcode, ...] = ()
    niet: tuple[Text, ...] = ()


class AddressShape(Shape):
    """Where a counter is."""

    straat: Text | None = None
    postcode: FullPostcode | None = None
    plaats: Text


class HoursShape(Shape):
    """One stretch of a day."""

    van: time
    tot: time
    met_afspraak: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.tot <= self.van:
            raise ValueError("tot must be later than van")
        return self


class WeekShape(Shape):
    """The hours of a week; a day without a line is closed."""

    maandag: tuple[HoursShape, ...] = ()
    dinsdag: tuple[HoursShape, ...] = ()
    woensdag: tuple[HoursShape, ...] = ()
    donderdag: tuple[HoursShape, ...] = ()
    vrijdag: tuple[HoursShape, ...] = ()
    zaterdag: tuple[HoursShape, ...] = ()
    zondag: tuple[HoursShape, ...] = ()


class ExceptionShape(Shape):
    """A date with other hours; without `tijden` it is closed."""

    datum: date
    tijden: tuple[HoursShape, ...] = ()
    reden: Text | None = None


class CounterShape(Shape):
    """A place one can walk into; `tijden_voorbeeld` says that the address is true and the opening hours are made up."""

    id: Id
    naam: Text
    adres: AddressShape
    openingstijden: WeekShape = WeekShape()
    uitzonderingen: tuple[ExceptionShape, ...] = ()
    feestdagen_gesloten: bool = True
    toelichting: Text | None = None
    bronnen: tuple[SourceShape, ...] = ()
    tijden_voorbeeld: bool = False
    voorbeeld: bool = False

    @model_validator(mode="after")
    def _has_source(self) -> Self:
        if not self.bronnen and not self.voorbeeld:
            raise ValueError("bronnen is missing; name the official page, or write voorbeeld: true")
        return self


class MunicipalityShape(Shape):
    """municipality.yml; in a folder that starts with `_` only what is shared."""

    id: FolderId
    naam: Text | None = None
    in_een_zin: Text | None = None
    cbs_code: Cbs | None = None
    basis: FolderId | None = None
    website: Url | None = None
    contact: ContactsShape = ContactsShape()
    plaatsen: tuple[PlaceShape, ...] = ()
    loketten: tuple[CounterShape, ...] = ()
    instanties: dict[Id, Id] = Field(default_factory=dict)


class PriceShape(Shape):
    """A local price in one period."""

    product: Id
    omschrijving: Text
    bedrag: Euro
    eenheid: Text | None = None
    geldig_vanaf: date
    geldig_tot: date
    bron: SourceShape
    voorbeeld: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.geldig_tot < self.geldig_vanaf:
            raise ValueError("geldig_tot lies before geldig_vanaf")
        return self


class PricesShape(Shape):
    """prijzen.yml."""

    prijzen: tuple[PriceShape, ...] = ()


class LocalProductShape(Shape):
    """products/<id>.yml of a municipality: only what differs."""

    id: Id
    instantie: Id | None = None
    aspecten: LocalAspectsShape = LocalAspectsShape()
    extra: ExtraShape = ExtraShape()
    acties: tuple[LinkShape, ...] | None = None
    bronnen: tuple[SourceShape, ...] = ()
