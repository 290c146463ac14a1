"""The conversation about an appointment: begin it with all that was said, take each message in, ask on, and tell how it ended."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions.appointment_asking import ask
from actions.appointment_beginning import begin, is_misread, names_a_time
from actions.appointment_draft import FORM, SLOT, Draft, draft_of
from actions.appointment_ending import CALLBACK_FORM, HEARD_AS, tell
from actions.appointment_hearing import hear
from actions.appointment_moment import Moment
from actions.base import CitizenAction
from actions.callback_hearing import wants_a_time
from actions.names import own_name
from actions.rehearing import heard_as
from bot.appointments.errors import BackendUnavailable
from bot.model.knowledge import HOW, INTENTS, WHAT


class ActionBeginAppointment(CitizenAction):
    """Somebody wants to make, see, move or cancel an appointment: takes in what is known and starts the questions."""

    def name(self) -> str:
        return "action_begin_appointment"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        moment = Moment(self._services, dispatcher, tracker)
        if is_misread(moment):
            return heard_as(tracker, "nlu_fallback")
        draft = await begin(moment)
        if draft.outcome:
            return await _ended(moment, draft)
        return [*_kept(moment, draft), FollowupAction(FORM)]


class ActionBeginCallback(CitizenAction):
    """Somebody wants to be called: at a time they say (an appointment by telephone), or as soon as we can (a call-back request)."""

    def name(self) -> str:
        return "action_begin_callback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        moment = Moment(self._services, dispatcher, tracker)
        draft = await begin(moment, kind="terugbellen") if names_a_time(moment) or wants_a_time(moment.text) else None
        if draft is None or draft.outcome:
            name = own_name(moment.reading)
            said = [SlotSet("callback_name", " ".join(name))] if name else []
            return [*said, FollowupAction(CALLBACK_FORM)]
        return [*_kept(moment, draft), FollowupAction(FORM)]


class ValidateAppointmentForm(CitizenAction):
    """Takes one message in. It is no form validation of rasa_sdk: which question comes next depends on more than empty slots."""

    def name(self) -> str:
        return "validate_appointment_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        moment = Moment(self._services, dispatcher, tracker)
        draft = draft_of(tracker)
        if draft.heard != moment.reading.message_id:
            try:
                draft = await hear(moment, draft)
            except BackendUnavailable:
                draft = replace(draft, outcome="away")
        # An empty requested_slot ends the form; Rasa speaks of nothing else when a form is done.
        return [*_kept(moment, draft), *([SlotSet("requested_slot", None)] if draft.outcome else [])]


class ActionAskAppointmentDone(CitizenAction):
    """Asks the open question."""

    def name(self) -> str:
        return "action_ask_appointment_done"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        await ask(Moment(self._services, dispatcher, tracker), draft_of(tracker))
        return []


class ActionEndAppointment(CitizenAction):
    """Tells how it ended."""

    def name(self) -> str:
        return "action_end_appointment"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        return await _ended(Moment(self._services, dispatcher, tracker), draft_of(tracker))


class ActionLateAppointmentChoice(CitizenAction):
    """A button of an appointment is pressed when no question about one is open any more."""

    def name(self) -> str:
        return "action_late_appointment_choice"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        Moment(self._services, dispatcher, tracker).say("utter_appointment_late_choice")
        return []


def _kept(moment: Moment, draft: Draft) -> list[dict[str, Any]]:
    events = [SlotSet(SLOT, draft.kept())]
    if draft.municipality and draft.municipality != moment.tracker.get_slot("municipality"):
        events.append(SlotSet("municipality", draft.municipality))
    subject = draft.aside or (draft.main_product if draft.task == "book" else None)
    if subject:
        events += [SlotSet("product", subject), SlotSet("aspect", HOW)]
    return events


async def _ended(moment: Moment, draft: Draft) -> list[dict[str, Any]]:
    following = await tell(moment, draft)
    shown = draft.outcome in ("shown", "cancelled", "was_cancelled") and draft.verified
    known = Draft(task="view", reference=draft.reference, verified=True).kept() if shown else None
    events = [SlotSet(SLOT, known), SlotSet("misses", 0)]
    if following in HEARD_AS:
        aspect = str(moment.understanding.get("aspect") or WHAT)
        return [*events, *heard_as(moment.tracker, HEARD_AS[following] or INTENTS[aspect])]
    return [*events, *([FollowupAction(following)] if following else [])]
