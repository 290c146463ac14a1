"""Hears a yes: it presses the choice that was offered, where the bot offered one thing; else it is no more than a kind word."""

from __future__ import annotations

import json
import re
from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions.appointment_moment import Moment
from actions.base import CitizenAction
from actions.rehearing import heard
from actions.report_questions import begins_report
from actions.said_before import last_message
from actions.saying import say_response

_ACTS = ("report_problem", "book_appointment", "request_callback", "leave_note", "ask_person")
"""What a choice does beside telling more, in the order in which it is meant."""

_OFFERED_FIRST = ("ask_person", "request_callback")
"""Of the ways to a person the one that the words above them speak of: to chat, else to be called."""

_AGREES = re.compile(r"\b(?:ja+|jawel|jaz?eker|jep|yes|graag|doe|doen|regel|regelen|maak|maken|start|bel)\b", re.IGNORECASE)
"""A yes to an offer; "ok" and "prima" may only mean that it was read."""

_URGES = re.compile(r"\b(?:graag|doe|doen|regel|regelen|maak|maken|start|bel)\b", re.IGNORECASE)
"""A yes that asks to do something: after a plain answer nothing less presses anything."""

_INTENT = re.compile(r"^/(\w+)")
_ANSWERS = ("answer", "answer_incomplete", "refer")


def agreed(text: str, said: dict[str, Any]) -> str | None:
    """The payload of the choice that a yes to the bot's last message presses; None when nothing single was offered."""
    data = said.get("data") or {}
    route = ((data.get("custom") or {}).get("meta") or {}).get("route")
    choices = [str(button.get("payload")) for button in data.get("buttons") or []]
    open_ones = [one for one in choices if intent_of(one) != "something_else"]
    if not _AGREES.search(text) or "?" in text:
        return None
    if route == "person":
        return next((one for intent in _OFFERED_FIRST for one in open_ones if intent_of(one) == intent), None)
    if route in _ANSWERS:
        return _meant(open_ones) if _URGES.search(text) else None
    return open_ones[0] if len(open_ones) == 1 else None


def _meant(choices: list[str]) -> str | None:
    """The one choice under an answer that does something; a person only where nothing else does."""
    acts = [one for one in choices if intent_of(one) in _ACTS]
    others = [one for one in acts if intent_of(one) != "ask_person"] or acts
    return others[0] if len(others) == 1 else None


def intent_of(payload: str) -> str:
    """The intent of a choice."""
    found = _INTENT.match(payload)
    return found[1] if found else ""


def pressed(payload: str, tracker: Tracker) -> list[dict[str, Any]]:
    """The events of this choice being pressed in place of the message: the rules go on with it as with any choice."""
    entities = json.loads(payload[payload.index("{") :]) if "{" in payload else {}
    named = [{"entity": name, "value": value} for name, value in entities.items()]
    return heard(tracker, payload, intent_of(payload), named)


class ActionAgree(CitizenAction):
    """The citizen says yes."""

    def name(self) -> str:
        return "action_agree"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        report = begins_report(Moment(self._services, dispatcher, tracker))
        if report:
            return report  # "molenweg ja"
        offered = agreed(str(tracker.latest_message.get("text") or ""), last_message(tracker))
        if offered:
            return pressed(offered, tracker)
        say_response(dispatcher, "utter_affirm")
        return []
