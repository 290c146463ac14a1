"""Which counter lies nearest to a village, in whichever municipality."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.knowledge.distance import Position, kilometres
from bot.model.municipality import Counter, Municipality


@dataclass(frozen=True)
class _Known:
    """A counter of which the planning of appointments tells the position."""

    municipality: Municipality
    counter: Counter
    position: Position


def nearest_counter(municipalities: Iterable[Municipality], home: Municipality, text: str) -> tuple[Municipality, Counter] | None:
    """The nearest counter with its municipality; where the village's position is unknown the first of `home`, None when it has none."""
    village = _position(home, text)
    found = min(_known(municipalities), key=lambda one: kilometres(one.position, village), default=None) if village else None
    if found is not None:
        return found.municipality, found.counter
    return (home, home.counters[0]) if home.counters else None


def _position(home: Municipality, text: str) -> Position | None:
    villages = home.appointments.positions if home.appointments else {}
    named = [name for name in villages if name.casefold() in text.casefold()]
    return villages[max(named, key=len)] if named else None


def _known(municipalities: Iterable[Municipality]) -> Iterable[_Known]:
    for municipality in municipalities:
        places = municipality.appointments.places if municipality.appointments else {}
        for counter in municipality.counters:
            rule = places.get(counter.id)
            if rule is not None and rule.position is not None:
                yield _Known(municipality, counter, rule.position)
