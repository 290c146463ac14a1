"""Brings in a person: at once when somebody is there, else as a choice of what is possible now."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions.base import CitizenAction
from actions.reading import Reading, read
from actions.routes import consider, person_choices
from actions.saying import hand_off, payload, say_response
from bot.triage.service import Considered
from bot.wiring import Services

CALL_BACK = payload("request_callback")


async def say_person(
    dispatcher: CollectingDispatcher, given: Services, reading: Reading, reason: str, considered: Considered | None = None
) -> None:
    """Bring in a person: at once when the citizen asks and somebody is there, else as a choice of what is possible now."""
    considered = considered or await consider(given, reading, zone="person")
    decision, facts, library = considered.decision, considered.facts, given.library()
    if decision.route == "live_chat" and reading.intent == "ask_person":
        hand_off(dispatcher, route="live_chat", team=facts.team, product=facts.product, rule=decision.rule, reason=decision.reason)
        return
    choices = person_choices(library, considered, decision.route, *decision.others)
    if not any(does == CALL_BACK for _, does in choices):
        choices.append((library.message("knop_terugbellen"), CALL_BACK))
    choices.append((library.message("knop_iets_anders"), payload("something_else")))
    meta = {"route": "person", "reason": reason}
    phone = library.phone(reading.municipality) if reading.municipality else None
    if "live_chat" in (decision.route, *decision.others):
        say_response(dispatcher, "utter_offer_person_chat", choices, meta=meta)
    elif reading.municipality is None or phone is None:
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
        await say_person(dispatcher, self._services, read(tracker), reason="asked")
        return [SlotSet("misses", 0)]
