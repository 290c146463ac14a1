"""Brings in a person: offers what is possible now, takes a call-back request, and tells how it stands."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions.base import CitizenAction
from actions.reading import Reading, read
from actions.saying import hand_off, payload, say_response
from bot.handoff.errors import CallbackRefused
from bot.text.dutch import day_in_words
from bot.text.phones import read_phone, show_phone
from bot.wiring import Services

FORM_SLOTS = ("callback_name", "callback_phone", "callback_subject", "callback_confirmed")


def say_person(dispatcher: CollectingDispatcher, given: Services, reading: Reading, reason: str) -> None:
    """Offer a person: the telephone when somebody is there now, and a call-back always."""
    library = given.library()
    choices = [
        (library.message("knop_terugbellen"), payload("request_callback")),
        (library.message("knop_iets_anders"), payload("something_else")),
    ]
    meta = {"route": "person", "reason": reason}
    phone = library.phone(reading.municipality) if reading.municipality else None
    if reading.municipality is None or phone is None:
        say_response(dispatcher, "utter_offer_person", choices, meta=meta)
    elif library.open_now(reading.municipality, given.clock()):
        say_response(dispatcher, "utter_offer_person_open", choices, meta=meta, phone=phone)
    else:
        say_response(dispatcher, "utter_offer_person_closed", choices, meta=meta)


class ActionOfferPerson(CitizenAction):
    """The citizen asks for a person, or the bot is at its end."""

    def name(self) -> str:
        return "action_offer_person"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        say_person(dispatcher, self._services, read(tracker), reason="asked")
        return [SlotSet("misses", 0)]


class ActionAskCallbackSubject(CitizenAction):
    """Asks what the call is about, or takes what is known already."""

    def name(self) -> str:
        return "action_ask_callback_subject"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        say_response(dispatcher, "utter_ask_callback_subject")
        return []


class ActionAskCallbackConfirmed(CitizenAction):
    """Reads everything back before it is stored."""

    def name(self) -> str:
        return "action_ask_callback_confirmed"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        library = self._services.library()
        choices = [(library.message("knop_klopt"), payload("affirm")), (library.message("knop_klopt_niet"), payload("deny"))]
        say_response(
            dispatcher,
            "utter_callback_check",
            choices,
            name=tracker.get_slot("callback_name"),
            phone=show_phone(str(tracker.get_slot("callback_phone"))),
            subject=tracker.get_slot("callback_subject"),
        )
        return []


class ValidateCallbackForm(FormValidationAction):
    """Takes the answers to the form's questions, one at a time."""

    def name(self) -> str:
        return "validate_callback_form"

    async def extract_callback_subject(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        return _given(tracker, "callback_subject")

    async def extract_callback_name(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        return _given(tracker, "callback_name")

    async def extract_callback_phone(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        return _given(tracker, "callback_phone")

    async def extract_callback_confirmed(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        reading = read(tracker)
        if tracker.get_slot("requested_slot") == "callback_confirmed" and reading.intent in ("affirm", "deny"):
            return {"callback_confirmed": reading.intent == "affirm"}
        return {}

    async def validate_callback_subject(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        subject = " ".join(str(value).split())
        if len(subject) < 3:
            say_response(dispatcher, "utter_callback_subject_wrong")
            return {"callback_subject": None}
        return {"callback_subject": subject}

    async def validate_callback_name(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        name = " ".join(str(value).split())
        if not 2 <= len(name) <= 80 or not any(sign.isalpha() for sign in name) or sum(sign.isdigit() for sign in name) > 3:
            say_response(dispatcher, "utter_callback_name_wrong")
            return {"callback_name": None}
        return {"callback_name": name}

    async def validate_callback_phone(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        number = read_phone(str(value))
        if number is None:
            say_response(dispatcher, "utter_callback_phone_wrong")
        return {"callback_phone": number}

    async def validate_callback_confirmed(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        if value is False:
            # Not right: everything but the subject is asked again.
            return {"callback_confirmed": None, "callback_name": None, "callback_phone": None}
        return {"callback_confirmed": True}


def _given(tracker: Tracker, slot: str) -> dict[str, Any]:
    """The citizen's answer to the question for `slot`; nothing when it was asked something else or said something else."""
    reading = read(tracker)
    if tracker.get_slot("requested_slot") == slot and reading.intent == "give_details" and not reading.chosen:
        return {slot: reading.text}
    return {}


class ActionSubmitCallback(CitizenAction):
    """Stores the request and gives its reference."""

    def name(self) -> str:
        return "action_submit_callback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        reading = read(tracker)
        # The form is read again here: Rasa may speak the end of a form whose slots are empty.
        try:
            made = await self._services.callbacks.request(
                idempotency_key=reading.message_id,
                conversation_id=UUID(reading.conversation_id),
                municipality=reading.municipality,
                name=str(tracker.get_slot("callback_name") or ""),
                phone=str(tracker.get_slot("callback_phone") or ""),
                subject=str(tracker.get_slot("callback_subject") or ""),
            )
        except CallbackRefused:
            say_response(dispatcher, "utter_callback_failed")
            return _emptied()
        say_response(
            dispatcher,
            "utter_callback_made",
            reference=made.reference,
            promised_on=day_in_words(made.promised_on),
            meta={"route": "callback", "reference": made.reference},
        )
        hand_off(dispatcher, route="callback", reference=made.reference, product=reading.product)
        return _emptied()


class ActionStopCallback(CitizenAction):
    """The citizen does not want a call after all."""

    def name(self) -> str:
        return "action_stop_callback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        say_response(dispatcher, "utter_callback_stopped")
        return _emptied()


class ActionCallbackStatus(CitizenAction):
    """Tells how a call-back request stands, by its reference or by this conversation."""

    def name(self) -> str:
        return "action_callback_status"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        reading = read(tracker)
        door = self._services.callbacks
        found = await door.find(reading.text) or await door.newest_of(UUID(reading.conversation_id))
        if found is None:
            say_response(
                dispatcher, "utter_callback_unknown", [(self._services.library().message("knop_terugbellen"), payload("request_callback"))]
            )
            return []
        response = "utter_callback_done" if found.status == "verwerkt" else "utter_callback_waiting"
        if door.is_overdue(found):
            response = "utter_callback_overdue"
        promised: date = found.promised_on
        say_response(dispatcher, response, reference=found.reference, promised_on=day_in_words(promised), meta={"route": "status"})
        return [SlotSet("misses", 0)]


def _emptied() -> list[dict[str, Any]]:
    """All slots of the form empty again, so that the next request starts from nothing."""
    return [SlotSet(slot, None) for slot in FORM_SLOTS]
