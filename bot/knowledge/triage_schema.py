"""The shape of triage.yml: the table that decides between click, call and face."""

from __future__ import annotations

from datetime import time
from typing import Literal, Self

from pydantic import Field, model_validator

from bot.knowledge.schema import Id, Shape, Text

RouteName = Literal[
    "antwoord", "doorvragen", "verwijzen", "chat", "terugbellen", "terugbellen_op_tijd", "balie", "huisbezoek", "bericht", "noodhulp"
]
SignName = Literal["vraagt_mens", "kan_niet_online", "kan_niet_lezen", "boos", "dringend", "gevaar"]
ZoneName = Literal["answer", "ask", "person", "refer", "danger", "smalltalk", "refuse"]


class ConditionShape(Shape):
    """When a rule holds: all keys that are given must fit, of a list one value is enough."""

    signalen: tuple[SignName, ...] = ()
    thema: tuple[Id, ...] = ()
    product: tuple[Id, ...] = ()
    voorkeur: tuple[Literal["click", "call", "face"], ...] = ()
    zone: tuple[ZoneName, ...] = ()
    intentie: tuple[Text, ...] = ()
    kanaal: tuple[Text, ...] = ()
    misverstanden_vanaf: int = Field(default=0, ge=0, le=10)
    zekerheid_onder: float | None = Field(default=None, gt=0, le=1)
    wachttijd_vanaf: int | None = Field(default=None, ge=0)
    team_open: bool | None = None


class RuleShape(Shape):
    """One line of the table; `reden` is what the agent reads."""

    naam: Id
    als: ConditionShape = ConditionShape()
    dan: tuple[RouteName, ...] = Field(min_length=1)
    reden: Text

    @model_validator(mode="after")
    def _once(self) -> Self:
        if len(set(self.dan)) != len(self.dan):
            raise ValueError("a route stands twice in dan")
        return self


class ChatStretchShape(Shape):
    """One stretch of a day in which a team answers."""

    van: time
    tot: time

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.tot <= self.van:
            raise ValueError("tot must be later than van")
        return self


class ChatHoursShape(Shape):
    """When a team answers live; a day without a line is closed."""

    maandag: tuple[ChatStretchShape, ...] = ()
    dinsdag: tuple[ChatStretchShape, ...] = ()
    woensdag: tuple[ChatStretchShape, ...] = ()
    donderdag: tuple[ChatStretchShape, ...] = ()
    vrijdag: tuple[ChatStretchShape, ...] = ()
    zaterdag: tuple[ChatStretchShape, ...] = ()
    zondag: tuple[ChatStretchShape, ...] = ()
    feestdagen_gesloten: bool = True
    voorbeeld: bool = False


class TriageLimitsShape(Shape):
    """Numbers: people in the queue, minutes."""

    wachtrij_hoogstens: int | None = Field(default=None, ge=1)
    wachttijd_hoogstens: int | None = Field(default=None, ge=1)
    wachttijd_lang: int | None = Field(default=None, ge=1)


class TriageShape(Shape):
    """triage.yml; in a municipality's folder the rules come before the general ones, and the rest replaces what it names."""

    grenzen: TriageLimitsShape = TriageLimitsShape()
    chat_open: dict[Id, ChatHoursShape] = Field(default_factory=dict)
    regels: tuple[RuleShape, ...] = ()
    woorden: dict[SignName, tuple[Text, ...]] = Field(default_factory=dict)
