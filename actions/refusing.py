"""Hears a no: a bare one ends the matter, and what more is said with it counts."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions.base import CitizenAction
from actions.rehearing import heard_as
from actions.saying import payload, say_response

_ONLY_NO = re.compile(
    r"^\W*(?:(?:"
    r"nee|neen|nope|nah|nein|no|niet|niks|niets|geen|hoor|dank|dankje|dankjewel|dankuwel|bedankt|thanks|u|je|wel|is|"
    r"hoeft|hoef|liever|nu|dat|dit|het|laat|maar|vraag|vragen|meer|goed|zo|verder|even|later|nodig|toch|ik|wil|heb|"
    r"ok|oke|oké|prima|was|alles|sorry|nog|doe|doen|klopt|er|mij|me|te|van|echt|helaas|over|zitten|ga|kan|een|andere|"
    r"anders|interesse|zelf|straks|misschien|momenteel|op|de|in"
    r")\b\W*)+$",
    re.IGNORECASE,
)
"""Words that say nothing but no."""

_NO_CALL = re.compile(
    r"\b(?:niet|geen|zonder|nooit)\b[^.?!,]{0,20}\b(?:ge)?(?:bel(?:len|d)?|opbellen|telefo\w*|telefoontje)\b"
    r"|\b(?:ge)?(?:bel(?:len|d)|opbellen|telefo\w*)\b[^.?!,]{0,15}\b(?:niet|liever niet|durf)\b",
    re.IGNORECASE,
)


def is_bare(text: str) -> bool:
    """Whether a refusal says nothing more than no ("nee dank u, dat hoeft niet")."""
    return _ONLY_NO.match(text) is not None


def refuses_call(text: str) -> bool:
    """Whether somebody does not want to telephone ("nee liever niet bellen")."""
    return _NO_CALL.search(text) is not None


class ActionRefuse(CitizenAction):
    """The citizen says no."""

    def name(self) -> str:
        return "action_refuse"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        text = str(tracker.latest_message.get("text") or "")
        if refuses_call(text):
            message = self._services.library().message
            choices = [(message("knop_bericht"), payload("leave_note")), (message("knop_afspraak"), payload("book_appointment"))]
            say_response(dispatcher, "utter_without_call", choices, meta={"route": "ask"})
            return []
        if not is_bare(text):
            return heard_as(tracker, "nlu_fallback")
        say_response(dispatcher, "utter_deny")
        return []
