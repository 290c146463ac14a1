"""The conversation about a report: begin it with all that was said, take each message in, ask on, hand it in, and tell how it stands."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions.answers import say_answer, say_answers
from actions.appointment_moment import Moment
from actions.base import CitizenAction
from actions.reading import in_form
from actions.report_asking import ask
from actions.report_beginning import begin, begins, subject
from actions.report_draft import FORM, REPORT_PRODUCT, SLOT, Draft, draft_of
from actions.report_ending import tell
from actions.report_hearing import hear
from actions.report_products import report_choice, takes
from actions.report_status import say_status
from actions.rest import other_answers, wished
from bot.model.knowledge import HOW


class ActionReport(CitizenAction):
    """Takes a report of what the citizen saw; or tells how to report it, where the municipality takes reports elsewhere."""

    def name(self) -> str:
        return "action_report"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        moment = Moment(self._services, dispatcher, tracker)
        product = subject(moment)
        if in_form(tracker) or wished(moment.library, moment.reading) or not begins(moment, product):
            return self._answered(moment, product)
        for answer in other_answers(moment.library, moment.reading):
            if answer.product != product:
                say_answer(dispatcher, moment.library, answer, busy=True)
        draft = await begin(moment, product)
        if draft.outcome:
            return self._answered(moment, product)
        return [*_kept(moment, draft), SlotSet("misses", 0), FollowupAction(FORM)]

    def _answered(self, moment: Moment, product: str) -> list[dict[str, Any]]:
        library, reading = moment.library, moment.reading
        busy = in_form(moment.tracker)
        offered = takes(moment, product, reading.municipality) and not busy
        choices = [report_choice(moment.library, product)] if offered else []
        say_answers(moment.dispatcher, library, [library.answer(product, HOW, reading.municipality)], reading, busy, choices)
        return [SlotSet("product", product), SlotSet("aspect", HOW), SlotSet("misses", 0)]


class ValidateReportForm(CitizenAction):
    """Takes one message in. It is no form validation of rasa_sdk: which question comes next depends on more than empty slots."""

    def name(self) -> str:
        return "validate_report_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        moment = Moment(self._services, dispatcher, tracker)
        draft = draft_of(tracker)
        if draft.heard != moment.reading.message_id:
            draft = await hear(moment, draft)
        # An empty requested_slot ends the form; Rasa speaks of nothing else when a form is done.
        return [*_kept(moment, draft), *([SlotSet("requested_slot", None)] if draft.outcome else [])]


class ActionAskReportDone(CitizenAction):
    """Asks the open question."""

    def name(self) -> str:
        return "action_ask_report_done"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        ask(Moment(self._services, dispatcher, tracker), draft_of(tracker))
        return []


class ActionEndReport(CitizenAction):
    """Hands the report in when it is complete, and tells how it ended."""

    def name(self) -> str:
        return "action_end_report"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        following = await tell(Moment(self._services, dispatcher, tracker), draft_of(tracker))
        return [SlotSet(SLOT, None), SlotSet("misses", 0), *([FollowupAction(following)] if following else [])]


class ActionLateReportChoice(CitizenAction):
    """A button of a report is pressed when no question about one is open any more."""

    def name(self) -> str:
        return "action_late_report_choice"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        moment = Moment(self._services, dispatcher, tracker)
        moment.say("utter_report_late_choice", [report_choice(moment.library, REPORT_PRODUCT)])
        return []


class ActionReportStatus(CitizenAction):
    """Tells how a report stands."""

    def name(self) -> str:
        return "action_report_status"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        await say_status(Moment(self._services, dispatcher, tracker))
        return [SlotSet("misses", 0)]


def _kept(moment: Moment, draft: Draft) -> list[dict[str, Any]]:
    events = [SlotSet(SLOT, draft.kept()), SlotSet("product", draft.aside or draft.product)]
    if not draft.aside:
        events.append(SlotSet("aspect", HOW))
    if draft.municipality and moment.tracker.get_slot("municipality") is None:
        events.append(SlotSet("municipality", draft.municipality))
    return events
