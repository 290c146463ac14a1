"""The JSON of municipalities, opening hours and organisations in the public knowledge API; names of fields are stable."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from bot.gateway.knowledge_shapes import BodyOut, KnowledgeShape, LinkOut, Named, SourceOut


class MunicipalitySummary(Named):
    """One municipality in a list."""

    cbs_code: str
    website: str


class MunicipalityList(KnowledgeShape):
    """All municipalities, by id."""

    municipalities: tuple[MunicipalitySummary, ...]


class PlaceOut(KnowledgeShape):
    """A village or district, with other spellings and four-digit postcodes."""

    name: str
    aliases: tuple[str, ...]
    postcodes: tuple[str, ...]


class HoursOut(KnowledgeShape):
    """One stretch of a day, on the clock in the Netherlands."""

    start: dt.time
    end: dt.time
    by_appointment: bool


class ExceptionOut(KnowledgeShape):
    """A date with other hours; no hours means closed."""

    date: dt.date
    hours: tuple[HoursOut, ...]
    reason: str | None


class CounterOut(KnowledgeShape):
    """A place one can walk into. `week` is null when its hours are not known for a fact."""

    id: str
    name: str
    street: str | None
    postcode: str | None
    town: str | None
    note: str | None
    week: dict[str, tuple[HoursOut, ...]] | None = Field(description="hours by weekday, maandag first; an empty list means closed")
    exceptions: tuple[ExceptionOut, ...]
    closed_on_holidays: bool
    sources: tuple[SourceOut, ...]
    example: bool = Field(description="the counter was made up and must not be shown as a fact")
    example_hours: bool = Field(description="its hours were made up and must not be shown as a fact")


class ContactOut(KnowledgeShape):
    """A way to reach the municipality: telefoon, whatsapp, email, contactformulier, postadres or a social medium."""

    kind: str
    value: str
    note: str | None
    sources: tuple[SourceOut, ...]
    example: bool = Field(description="made up; must not be shown as a fact")


class MunicipalityOut(MunicipalitySummary):
    """One municipality with its places, counters and ways of contact."""

    places: tuple[PlaceOut, ...]
    counters: tuple[CounterOut, ...]
    contacts: tuple[ContactOut, ...]
    bodies: dict[str, str] = Field(description="theme or product id to the id of the organisation that does it here")


class OpeningOut(KnowledgeShape):
    """One stretch in which a counter is open."""

    counter: Named
    starts: dt.datetime
    ends: dt.datetime
    by_appointment: bool


class DayOut(KnowledgeShape):
    """One counter on one day; `reason` says why the day differs from the week."""

    counter: Named
    date: dt.date
    hours: tuple[HoursOut, ...]
    reason: str | None


class OpeningHoursOut(KnowledgeShape):
    """Which counters are open now, what opens next, and the coming seven days; only hours that are facts count."""

    municipality: str
    at: dt.datetime = Field(description="the minute for which `open` and `next` hold")
    known: bool = Field(description="false when no counter has hours that are facts; then nobody can say what is open")
    open: tuple[OpeningOut, ...]
    next: OpeningOut | None
    days: tuple[DayOut, ...]


class OrganisationList(KnowledgeShape):
    """Organisations that do what the municipality does not do."""

    total: int
    organisations: tuple[BodyOut, ...]


class OrganisationOut(BodyOut):
    """One organisation, and what a citizen is told about it."""

    municipality: str | None
    aliases: tuple[str, ...]
    words: tuple[str, ...]
    text: str
    links: tuple[LinkOut, ...]
    source: SourceOut | None
