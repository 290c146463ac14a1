"""The nouns of reports about public space: what a citizen saw outdoors, where, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

ReportSystem = Literal["own", "signalen", "link"]
"""Who deals with reports: our own list in the desk, Signalen, or a website of which the citizen only gets the link."""

ReportState = Literal["received", "passed_on", "handled"]

ReportTrouble = Literal["unsure", "refused", "late"]
"""Why a report that should have gone to another system needs a person: nobody knows whether it arrived, or it was refused,
or it could not be sent for hours (and is still tried)."""


@dataclass(frozen=True)
class ReportPolicy:
    """How one municipality takes reports.

    A citizen hears that somebody looks at it within `promised_working_days`; `pictures` is how many may come along.
    """

    municipality: str
    backend: ReportSystem
    promised_working_days: int
    pictures: int
    categories: tuple[tuple[str, str], ...] = ()
    """The category at the other system by product, as pairs; what is not there is filed under the system's general one."""
    centre: tuple[float, float] | None = None
    """Latitude and longitude that stand for a place that only words tell of, where the other system must have a point."""

    @property
    def taken(self) -> bool:
        """Whether reports are taken in the conversation; else the citizen gets the link."""
        return self.backend != "link"


@dataclass(frozen=True)
class ReportPlace:
    """Where it is: in the citizen's words, as a position in degrees (WGS 84), or both."""

    words: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    @property
    def known(self) -> bool:
        """Whether anybody could find it."""
        return bool(self.words and self.words.strip()) or self.position is not None

    @property
    def position(self) -> tuple[float, float] | None:
        """Latitude and longitude, when both are known."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


@dataclass(frozen=True)
class ReportDraft:
    """A report as the citizen confirmed it; without e-mail and phone it is anonymous."""

    conversation_id: UUID
    municipality: str
    product: str
    text: str
    place: ReportPlace
    pictures: tuple[UUID, ...] = ()
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class Report:
    """A report that was taken; `elsewhere` is its number at the system that it was passed on to."""

    id: UUID
    reference: str
    conversation_id: UUID | None
    municipality: str
    product: str
    text: str
    place: ReportPlace
    pictures: tuple[UUID, ...]
    email: str | None
    phone: str | None
    state: ReportState
    promised_on: date
    created_at: datetime
    elsewhere: str | None = None
    backend: ReportSystem = "own"
    trouble: ReportTrouble | None = None
    handled_at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """How the list of reports that wait for a person stands; `mark` is another one whenever anything in the list changed."""

    open: int
    overdue: int
    mark: str


@dataclass(frozen=True)
class Gathered:
    """What a citizen sent for a report that is not made yet."""

    pictures: tuple[UUID, ...] = ()
    place: ReportPlace | None = field(default=None)
