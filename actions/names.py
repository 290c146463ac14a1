"""Uses the names of people and places that the engine found in a message: what somebody is called, and where they mean."""

from __future__ import annotations

from actions.reading import Reading
from bot.knowledge.library import Library
from bot.text.particulars import NAME_PREFIXES, read_name


def own_name(reading: Reading) -> tuple[str, str] | None:
    """First and last name by which the citizen introduces themselves; None when they do not, or give but one of them."""
    name = next((read_name(person.name) for person in reading.people if person.own), None)
    return name if name and name[0] else None


def answered_name(reading: Reading) -> tuple[str, str] | None:
    """First and last name in the answer to "wat is uw naam": one is enough, also when it stands in a sentence about something else."""
    own = [person.name for person in reading.people if person.own] or [person.name for person in reading.people]
    return read_name(own[0]) if len(own) == 1 else None


def without_people(reading: Reading) -> str:
    """The message without names in which a place may stand: the citizen's own, and any with a prefix ("van Bergen")."""
    text = reading.text
    for person in reading.people:
        if person.own or not NAME_PREFIXES.isdisjoint(person.name.lower().split()):
            text = text.replace(person.name, " ")
    return text


def place_of(library: Library, reading: Reading) -> str | None:
    """The id of the municipality that the message points at; "Kees van Bergen" points at none.

    Where two places are named and the engine takes one of them alone for a place, it is that one.
    """
    found = library.municipality_of(without_people(reading))
    if found is None:
        seen = {library.municipality_of(place) for place in reading.places} - {None}
        found = seen.pop() if len(seen) == 1 else None
    return found
