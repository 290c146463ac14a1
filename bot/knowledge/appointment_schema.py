"""The shape of a municipality's afspraken.yml: what can be booked, where, when, and in which system."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from bot.knowledge.municipality_schema import AddressShape, ExceptionShape, WeekShape
from bot.knowledge.schema import Id, Shape, SourceShape, Text
from bot.model.appointment import AppointmentKind
from bot.model.appointment_rules import AppointmentSystem

Minutes = Annotated[int, Field(ge=5, le=480)]
Position = tuple[Annotated[float, Field(ge=50.7, le=53.6)], Annotated[float, Field(ge=3.3, le=7.3)]]
"""Latitude and longitude, within the Netherlands; two decimals are enough to tell which place is nearer."""

Question = Literal["voornaam", "email", "telefoon", "adres", "onderwerp", "geboortedatum"]
"""What can be asked besides the surname, which always is."""


class KindShape(Shape):
    """One way to meet: what must be asked, and what may be; `aan: false` switches it off where a shared file has it."""

    aan: bool = True
    moet: tuple[Question, ...] = ()
    mag: tuple[Question, ...] = ()


class KindsShape(Shape):
    """The ways to meet; one that is not here cannot be booked."""

    balie: KindShape | None = None
    terugbellen: KindShape | None = None
    huisbezoek: KindShape | None = None
    video: KindShape | None = None
    huwelijk: KindShape | None = None


class ActivityShape(Shape):
    """One thing to book; the key `afspraak` of a product names its id, `algemeen` serves the products that name none."""

    id: Id
    naam: Text
    soorten: tuple[AppointmentKind, ...] = Field(min_length=1)
    minuten: Minutes
    minuten_erbij: Annotated[int, Field(ge=0, le=240)] = 0
    hoogstens: Annotated[int, Field(ge=1, le=20)] = 1
    vooraf_uren: Annotated[int, Field(ge=0, le=2000)] = 1
    vooruit_dagen: Annotated[int, Field(ge=1, le=730)] = 60
    opties: tuple[Id, ...] = ()
    optie_verplicht: bool = False
    plekken: tuple[Id, ...] | None = None
    code: Text | None = None
    algemeen: bool = False


class BreakShape(Shape):
    """A pause on every day, of all counters or of the numbers in `balies`."""

    van: time
    tot: time
    balies: tuple[Annotated[int, Field(ge=1)], ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.tot <= self.van:
            raise ValueError("tot must be later than van")
        return self


class PlaceShape(Shape):
    """A place of appointments with our planning there; name and address of a counter stand in municipality.yml under the same id."""

    id: Id
    soort: AppointmentKind
    naam: Text | None = None
    adres: AddressShape | None = None
    ligging: Position | None = None
    ruimte: Id | None = None
    tegelijk: Annotated[int, Field(ge=1, le=50)] = 1
    tijden: WeekShape = WeekShape()
    uitzonderingen: tuple[ExceptionShape, ...] = ()
    feestdagen_gesloten: bool = True
    pauzes: tuple[BreakShape, ...] = ()
    rooster_minuten: Minutes | None = None
    minuten: Minutes | None = None
    reistijd_minuten: Annotated[int, Field(ge=0, le=240)] = 0
    opties: tuple[Id, ...] = ()
    dorpen: tuple[Text, ...] = ()
    code: Text | None = None


class VillageShape(Shape):
    """Where a village lies, so that the nearest place can be offered first."""

    naam: Text
    ligging: Position


class WeddingShape(Shape):
    """The terms of the law: days from the notice to the first possible day, and how long the notice is valid."""

    dagen_na_melding: Annotated[int, Field(ge=14)]
    dagen_geldig: Annotated[int, Field(ge=15, le=366)]
    bronnen: tuple[SourceShape, ...] = Field(min_length=1)


class AppointmentsShape(Shape):
    """afspraken.yml; what a municipality leaves out comes from the shared folder that is its `basis`."""

    systeem: AppointmentSystem | None = None
    rooster_minuten: Minutes | None = None
    soorten: KindsShape = KindsShape()
    activiteiten: tuple[ActivityShape, ...] = ()
    plekken: tuple[PlaceShape, ...] = ()
    dorpen: tuple[VillageShape, ...] = ()
    huwelijk: WeddingShape | None = None
    bronnen: tuple[SourceShape, ...] = ()
    voorbeeld: bool = False

    @model_validator(mode="after")
    def _has_source(self) -> Self:
        if not self.bronnen and not self.voorbeeld:
            raise ValueError("bronnen is missing; say where the planning comes from, or write voorbeeld: true")
        return self
