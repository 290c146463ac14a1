"""Which municipality the citizen asks about."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action

from actions.answers import say_answer, say_which_municipality
from actions.reading import read
from actions.saying import say_response
from bot.wiring import Services, services


class ActionChooseMunicipality(Action):
    """Takes the municipality, and gives the last answer again as it is there."""

    def __init__(self, given: Services | None = None) -> None:
        """Take the real services unless a test gives others."""
        self._services = given or services()

    def name(self) -> str:
        return "action_choose_municipality"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        reading = read(tracker)
        library = self._services.library()
        chosen = reading.municipality if reading.chosen else library.municipality_of(reading.text)
        municipality = library.municipality(chosen) if chosen else None
        if municipality is None:
            say_response(dispatcher, "utter_municipality_unknown")
            say_which_municipality(dispatcher, library)
            return []
        product, aspect = tracker.get_slot("product"), tracker.get_slot("aspect")
        if product and aspect and tracker.get_slot("asked_for_municipality"):
            say_answer(dispatcher, library, library.answer(product, aspect, municipality.id))
        else:
            say_response(dispatcher, "utter_municipality_chosen", municipality_name=municipality.name)
        return [SlotSet("municipality", municipality.id), SlotSet("asked_for_municipality", None), SlotSet("misses", 0)]
