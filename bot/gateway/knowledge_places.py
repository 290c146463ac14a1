"""Shows municipalities, their counters and opening hours, and other organisations as the public API gives them."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.clock import local
from bot.gateway import knowledge_place_shapes as shapes
from bot.gateway.errors import NotInKnowledge
from bot.gateway.knowledge_shapes import BodyOut, Named
from bot.gateway.knowledge_view import body_out, links_out, shown_source, sources_out
from bot.knowledge.library import Library
from bot.knowledge.sentences import key_of
from bot.model.hours import OpeningHours
from bot.model.municipality import WEEKDAYS, Contact, Counter, DayHours, Municipality, Opening

_DAYS_AHEAD = 7


def municipalities(library: Library) -> shapes.MunicipalityList:
    """All municipalities, by id."""
    return shapes.MunicipalityList(
        municipalities=tuple(
            shapes.MunicipalitySummary(id=item.id, name=item.name, cbs_code=item.cbs_code, website=item.website)
            for item in library.municipalities()
        )
    )


def municipality(here: Municipality, examples: bool) -> shapes.MunicipalityOut:
    """One municipality; what is only an example is left out unless `examples`, and marked then."""
    return shapes.MunicipalityOut(
        id=here.id,
        name=here.name,
        cbs_code=here.cbs_code,
        website=here.website,
        places=tuple(shapes.PlaceOut(name=item.name, aliases=item.aliases, postcodes=item.postcodes) for item in here.places),
        counters=tuple(_counter(item, examples) for item in here.counters if examples or not item.example),
        contacts=tuple(_contact(item) for item in here.contacts.values() if examples or not item.example),
        bodies=dict(here.bodies),
    )


def opening_hours(library: Library, here: Municipality, now: datetime) -> shapes.OpeningHoursOut:
    """What is open at `now`, what opens next, and the coming week; a closed town hall and an unknown one are told apart."""
    at = local(now).replace(second=0, microsecond=0)
    days = [item for distance in range(_DAYS_AHEAD) for item in library.opening_hours(here.id, at.date() + timedelta(days=distance))]
    coming = library.next_opening(here.id, at)
    return shapes.OpeningHoursOut(
        municipality=here.id,
        at=at,
        known=bool(days),
        open=tuple(_opening(item) for item in library.open_now(here.id, at)),
        next=_opening(coming) if coming else None,
        days=tuple(_day(item) for item in days),
    )


def organisations(library: Library, query: str) -> shapes.OrganisationList:
    """Organisations whose name or words hold every word of the query."""
    wanted = key_of(query).split()
    found = [
        item
        for item in sorted(library.organisations(), key=lambda item: item.name.casefold())
        if all(word in key_of(" ".join((item.id, item.name, *item.aliases, *item.words))) for word in wanted)
    ]
    return shapes.OrganisationList(total=len(found), organisations=tuple(body_out(item) for item in found))


def organisation(library: Library, key: str, here: Municipality | None) -> shapes.OrganisationOut:
    """One organisation with what a citizen is told about it; raises NotInKnowledge."""
    found = library.organisation(key)
    if found is None:
        raise NotInKnowledge(f"organisation {key}")
    told = library.referral(key, here.id if here else None)
    short: BodyOut = body_out(found)
    return shapes.OrganisationOut(
        **short.model_dump(),
        municipality=here.id if here else None,
        aliases=found.aliases,
        words=found.words,
        text=told.text,
        links=links_out(told.links),
        source=shown_source(told),
    )


def _counter(counter: Counter, examples: bool) -> shapes.CounterOut:
    with_hours = examples or not counter.example_hours
    week = {day: _hours(hours) for day, hours in zip(WEEKDAYS, counter.week, strict=True)}
    exceptions = tuple(shapes.ExceptionOut(date=item.day, hours=_hours(item.hours), reason=item.reason) for item in counter.exceptions)
    return shapes.CounterOut(
        id=counter.id,
        name=counter.name,
        street=counter.street,
        postcode=counter.postcode,
        town=counter.town,
        note=counter.note,
        week=week if with_hours else None,
        exceptions=exceptions if with_hours else (),
        closed_on_holidays=counter.closed_on_holidays,
        sources=sources_out(counter.sources),
        example=counter.example,
        example_hours=counter.example or counter.example_hours,
    )


def _contact(contact: Contact) -> shapes.ContactOut:
    return shapes.ContactOut(
        kind=contact.kind, value=contact.value, note=contact.note, sources=sources_out(contact.sources), example=contact.example
    )


def _hours(hours: tuple[OpeningHours, ...]) -> tuple[shapes.HoursOut, ...]:
    return tuple(shapes.HoursOut(start=item.start, end=item.end, by_appointment=item.by_appointment) for item in hours)


def _opening(opening: Opening) -> shapes.OpeningOut:
    return shapes.OpeningOut(
        counter=_named(opening.counter), starts=opening.starts, ends=opening.ends, by_appointment=opening.by_appointment
    )


def _day(day: DayHours) -> shapes.DayOut:
    return shapes.DayOut(counter=_named(day.counter), date=day.day, hours=_hours(day.hours), reason=day.reason)


def _named(counter: Counter) -> Named:
    return Named(id=counter.id, name=counter.name)
