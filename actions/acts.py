"""What a citizen wants done rather than known: a report about the street."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions.answers import say_answers
from actions.base import CitizenAction
from actions.reading import in_form, read
from bot.model.knowledge import HOW

REPORT_PRODUCT = "melding-openbare-ruimte"


class ActionReport(CitizenAction):
    """Tells how to report what the citizen saw."""

    def name(self) -> str:
        return "action_report"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        reading = read(tracker)
        library = self._services.library()
        product = reading.product if reading.product and library.product(reading.product) else REPORT_PRODUCT
        say_answers(dispatcher, library, [library.answer(product, HOW, reading.municipality)], reading, in_form(tracker))
        return [SlotSet("product", product), SlotSet("aspect", HOW), SlotSet("misses", 0)]
