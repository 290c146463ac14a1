"""Which municipality the citizen asks about."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions.answers import say_answer, say_which_municipality
from actions.appointment_moment import Moment
from actions.base import CitizenAction
from actions.names import place_of
from actions.reading import read
from actions.report_questions import begins_report
from actions.saying import payload, say, say_response
from bot.knowledge.library import Library

_LIVES = re.compile(r"\bwoon\w*(?: (?:ik|wij|we|zelf|nu|nog))* in (?P<place>[^,.?!]{3,30})", re.IGNORECASE)


class ActionChooseMunicipality(CitizenAction):
    """Takes the municipality, and gives the last answer again as it is there."""

    def name(self) -> str:
        return "action_choose_municipality"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        report = begins_report(Moment(self._services, dispatcher, tracker))
        if report:
            return report
        reading = read(tracker)
        library = self._services.library()
        chosen = reading.municipality if reading.chosen else place_of(library, reading) or _home(library, reading.text)
        municipality = library.municipality(chosen) if chosen else None
        if municipality is None:
            say_response(dispatcher, "utter_municipality_unknown")
            say_which_municipality(dispatcher, library)
            return []
        product, aspect = tracker.get_slot("product"), tracker.get_slot("aspect")
        answer = library.answer(product, aspect, municipality.id) if product and aspect and library.product(product) else None
        again = answer if answer is not None and (answer.local or tracker.get_slot("asked_for_municipality")) else None
        if again is not None:
            say_answer(dispatcher, library, again)
        if not reading.chosen and _asks_where(product, aspect):
            _say_counter(dispatcher, library, reading.text)
        if again is None:
            say_response(dispatcher, "utter_municipality_chosen", municipality_name=municipality.name)
        return [SlotSet("municipality", municipality.id), SlotSet("asked_for_municipality", None), SlotSet("misses", 0)]


def _home(library: Library, text: str) -> str | None:
    """Where somebody lives who names another place beside it ("kan het in Castricum, ik woon in Heiloo")."""
    found = _LIVES.search(text)
    return library.municipality_of(found["place"]) if found else None


def _asks_where(product: str | None, aspect: str | None) -> bool:
    """Whether the place that a citizen named may be where they want to go from: nothing else is spoken of."""
    return product in (None, "openingstijden") or aspect == "waar"


def _say_counter(dispatcher: CollectingDispatcher, library: Library, place: str) -> None:
    """Name the counter nearest to a village; its address only where that is a fact."""
    found = library.counter_near(place)
    if found is None:
        return
    municipality, counter = found
    choices = [(library.message("knop_afspraak"), payload("book_appointment"))]
    if counter.example or not (counter.street and counter.town):
        text = library.message("loket_dichtbij", municipality.id, loket=counter.name)
    else:
        text = library.message("loket_dichtbij_adres", municipality.id, loket=counter.name, straat=counter.street, plaats=counter.town)
    say(dispatcher, text, choices, route="answer")
