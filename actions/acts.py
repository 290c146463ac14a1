"""What a citizen wants done rather than known: a report about the street, an appointment."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions.answers import say_answer, say_answers
from actions.base import CitizenAction
from actions.reading import in_form, read
from bot.model.knowledge import HOW

REPORT_PRODUCT = "melding-openbare-ruimte"
APPOINTMENT_PRODUCT = "afspraak"


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


class ActionAppointment(CitizenAction):
    """Tells how to make, move or cancel an appointment."""

    def name(self) -> str:
        return "action_appointment"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        reading = read(tracker)
        library = self._services.library()
        product = library.product(reading.product) if reading.product else None
        subject = (
            product.id if product is not None and product.appointment and reading.intent == "book_appointment" else APPOINTMENT_PRODUCT
        )
        say_answer(dispatcher, library, library.answer(subject, HOW, reading.municipality), in_form(tracker))
        return [SlotSet("product", subject), SlotSet("aspect", HOW), SlotSet("misses", 0)]
