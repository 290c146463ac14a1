"""Tells beforehand what an appointment cannot be: in a village without a counter, or with the mayor or an alderman."""

from __future__ import annotations

import re

from actions.appointment_moment import Moment
from bot.model.municipality import Counter
from bot.text.wording import in_sentence

_BOARD = re.compile(
    r"\b(?:met|bij)\s+(?:(?:de|een|onze|uw|jullie)\s+)?(?:heer|mevrouw\s+)?(?:wethouder|burgemeester|raadslid|gemeenteraad|gemeentesecretaris"
    r"|college)\w*",
    re.IGNORECASE,
)


def wants_board(text: str) -> bool:
    """Whether an appointment is wanted with who governs the municipality: no counter makes those."""
    return _BOARD.search(text) is not None


def say_no_counter_there(moment: Moment, municipality: str | None) -> None:
    """Say where the counters are, when the message names a village of this municipality that has none."""
    here = moment.library.municipality(municipality or "")
    if here is None or not here.counters:
        return
    towns = {counter.town.lower() for counter in here.counters if counter.town} | {here.name.lower()}
    named = (place.name for place in here.places if re.search(rf"\bin {re.escape(place.name)}\b", moment.text, re.IGNORECASE))
    village = next((name for name in named if name.lower() not in towns and not _in_a_name(name, here.counters)), None)
    if village:
        places = ", ".join(in_sentence(counter.name) for counter in here.counters)
        moment.say("utter_appointment_no_counter_there", village=village, places=places)


def _in_a_name(village: str, counters: tuple[Counter, ...]) -> bool:
    return any(village.lower() in counter.name.lower() for counter in counters)
