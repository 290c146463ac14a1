"""Takes a call-back request or a note, and tells how it stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions.appointment_moment import Moment
from actions.base import CitizenAction
from actions.callback_hearing import NOTE, corrected, instead_of_subject, is_note, is_only_time, subject_said
from actions.names import answered_name
from actions.reading import Reading, read
from actions.report_status import found_report, say_status
from actions.saying import hand_off, payload, say_response
from bot.clock import local
from bot.handoff.errors import CallbackRefused
from bot.handoff.service import read_email
from bot.model.conversation import CallbackRequest
from bot.model.people import GENERAL_TEAM
from bot.text.dutch import day_in_words, moment_in_words
from bot.text.particulars import names_itself, read_yes_no
from bot.text.phones import read_phone, show_phone

FORM_SLOTS = ("callback_name", "callback_phone", "callback_subject", "callback_confirmed", "callback_kind")


class ActionBeginNote(CitizenAction):
    """The form that follows is for a note that is answered in writing or by phone."""

    def name(self) -> str:
        return "action_begin_note"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        return [SlotSet("callback_kind", NOTE)]


class ActionAskCallbackSubject(CitizenAction):
    """Asks what the call is about, or takes what is known already."""

    def name(self) -> str:
        return "action_ask_callback_subject"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        say_response(dispatcher, "utter_ask_note" if is_note(tracker) else "utter_ask_callback_subject")
        return []


class ActionAskCallbackPhone(CitizenAction):
    """Asks where the citizen can be reached: a number to call, or for a note an address too."""

    def name(self) -> str:
        return "action_ask_callback_phone"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        say_response(dispatcher, "utter_ask_note_address" if is_note(tracker) else "utter_ask_callback_number")
        return []


class ActionAskCallbackConfirmed(CitizenAction):
    """Reads everything back before it is stored."""

    def name(self) -> str:
        return "action_ask_callback_confirmed"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        library = self._services.library()
        choices = [(library.message("knop_klopt"), payload("affirm")), (library.message("knop_klopt_niet"), payload("deny"))]
        reached = str(tracker.get_slot("callback_phone") or "")
        say_response(
            dispatcher,
            "utter_note_check" if is_note(tracker) else "utter_callback_check",
            choices,
            name=tracker.get_slot("callback_name"),
            phone=reached if "@" in reached else show_phone(reached),
            subject=tracker.get_slot("callback_subject"),
        )
        return []


class ValidateCallbackForm(FormValidationAction):
    """Takes the answers to the form's questions, one at a time."""

    def name(self) -> str:
        return "validate_callback_form"

    async def extract_callback_subject(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        reading = read(tracker)
        if tracker.get_slot("requested_slot") == "callback_confirmed" and not is_note(tracker):
            other = subject_said(reading) or corrected(reading)
            return {"callback_subject": other} if other else {}
        said = subject_said(reading) if tracker.get_slot("requested_slot") in ("callback_name", "callback_phone") else None
        return {"callback_subject": said} if said else _given(tracker, "callback_subject")

    async def extract_callback_name(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        return _given(tracker, "callback_name")

    async def extract_callback_phone(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        return _given(tracker, "callback_phone")

    async def extract_callback_confirmed(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        reading = read(tracker)
        open_now = tracker.get_slot("requested_slot") == "callback_confirmed" and not subject_said(reading)
        if open_now and reading.intent in ("affirm", "deny"):
            return {"callback_confirmed": reading.intent == "affirm"}
        return {}

    async def validate_callback_subject(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        subject = " ".join(str(value).split())
        asked = tracker.get_slot("requested_slot") == "callback_subject" and not is_note(tracker)
        other = instead_of_subject(read(tracker)) if asked else {}
        if other:
            return other
        if len(subject) < 3 or is_only_time(subject):
            say_response(dispatcher, "utter_callback_subject_wrong")
            return {"callback_subject": None}
        return {"callback_subject": subject}

    async def validate_callback_name(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        own = answered_name(read(tracker)) if names_itself(str(value)) else None
        name = " ".join(own or str(value).split()).strip()
        if read_yes_no(name) or is_only_time(name):
            name = ""
        if not 2 <= len(name) <= 80 or not any(sign.isalpha() for sign in name) or sum(sign.isdigit() for sign in name) > 3:
            say_response(dispatcher, "utter_callback_name_wrong")
            return {"callback_name": None}
        return {"callback_name": name}

    async def validate_callback_phone(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        number = read_phone(str(value)) or (read_email(str(value)) if is_note(tracker) else None)
        if number is None:
            say_response(dispatcher, "utter_note_address_wrong" if is_note(tracker) else "utter_callback_phone_wrong")
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
    if slot == "callback_name" and subject_said(reading):
        return {}
    if tracker.get_slot("requested_slot") == slot and reading.intent == "give_details" and not reading.chosen:
        return {slot: reading.text}
    return {}


class ActionSubmitCallback(CitizenAction):
    """Stores the request or the note, and gives its reference."""

    def name(self) -> str:
        return "action_submit_callback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        reading = read(tracker)
        # The form is read again here: Rasa may speak the end of a form whose slots are empty.
        try:
            made = await self._store(tracker, reading)
        except CallbackRefused:
            say_response(dispatcher, "utter_callback_failed")
            return _emptied()
        route = "note" if made.kind == "note" else "callback"
        say_response(
            dispatcher,
            f"utter_{route}_made",
            reference=made.reference,
            promised_on=day_in_words(made.promised_on),
            meta={"route": route, "reference": made.reference},
        )
        hand_off(dispatcher, route=route, reference=made.reference, product=reading.product)
        return _emptied()

    async def _store(self, tracker: Tracker, reading: Reading) -> CallbackRequest:
        name, reached, subject = (str(tracker.get_slot(f"callback_{slot}") or "") for slot in ("name", "phone", "subject"))
        product = self._services.library().product(reading.product) if reading.product else None
        common: dict[str, Any] = {
            "idempotency_key": reading.message_id,
            "conversation_id": UUID(reading.conversation_id),
            "municipality": reading.municipality,
            "name": name,
            "team": product.team if product else GENERAL_TEAM,
        }
        if is_note(tracker):
            return await self._services.callbacks.leave_note(**common, answer_to=reached, note=subject)
        return await self._services.callbacks.request(**common, phone=reached, subject=subject)


class ActionStopCallback(CitizenAction):
    """The citizen does not want a call after all."""

    def name(self) -> str:
        return "action_stop_callback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        say_response(dispatcher, "utter_note_stopped" if is_note(tracker) else "utter_callback_stopped")
        return _emptied()


class ActionCallbackStatus(CitizenAction):
    """Tells how a call-back request stands, by its reference or by this conversation."""

    def name(self) -> str:
        return "action_callback_status"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        reading = read(tracker)
        door = self._services.callbacks
        found = await door.find(reading.text) or await door.newest_of(UUID(reading.conversation_id))
        moment = Moment(self._services, dispatcher, tracker)
        if found is None and await found_report(moment) is not None:
            await say_status(moment)
            return [SlotSet("misses", 0)]
        if found is None:
            say_response(
                dispatcher, "utter_callback_unknown", [(self._services.library().message("knop_terugbellen"), payload("request_callback"))]
            )
            return []
        kind = "note" if found.kind == "note" else "callback"
        state = "done" if found.status == "verwerkt" else "overdue" if door.is_overdue(found) else "waiting"
        state = "planned" if state == "waiting" and found.wanted_at else state
        promised = moment_in_words(local(found.wanted_at)) if found.wanted_at else day_in_words(found.promised_on)
        say_response(dispatcher, f"utter_{kind}_{state}", reference=found.reference, promised_on=promised, meta={"route": "status"})
        return [SlotSet("misses", 0)]


def _emptied() -> list[dict[str, Any]]:
    """All slots of the form empty again, so that the next request starts from nothing."""
    return [SlotSet(slot, None) for slot in FORM_SLOTS]
