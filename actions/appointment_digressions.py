"""Something else is said while an appointment is made: it is answered, and the open question stays open."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.appointment_draft import Draft
from actions.appointment_moment import Moment
from actions.appointment_products import ABOUT_APPOINTMENTS
from actions.aside import say_about, say_referral, say_small_talk
from actions.people import say_person
from bot.model.knowledge import ASPECT_OF_INTENT
from bot.text.questions import asks_to_know

_ABOUT_TIMES = re.compile(r"\b(?:plek|vrij|vrije|tijden|mogelijkheid|mogelijkheden|terecht|beschikbaar|langskomen)\b", re.IGNORECASE)


def asks_something(moment: Moment, draft: Draft) -> bool:
    """Whether the message asks to know something, and is no wish for a time put as a question ("kan het ook donderdag?")."""
    told = moment.understanding
    if told.get("act") not in ("ask", "more") or not asks_to_know(moment.text):
        return False
    if draft.step == "time" and (not moment.when.empty or _ABOUT_TIMES.search(moment.text)):
        return False
    return told.get("zone") in ("answer", "ask", "refer") and draft.step not in ("code", "fact")


async def digress(moment: Moment, draft: Draft) -> Draft:
    """Answer what was said as far as it is clear; the second message in a row that is not brings in a person."""
    product = _product_asked(moment, draft)
    if _answered(moment, draft, product):
        return replace(draft, misses=0, aside=product or "")
    if draft.misses and draft.step in ("code", "fact"):
        return replace(draft, outcome="unknown")  # asking for the code a third time leads nowhere
    if draft.misses:
        await say_person(moment.dispatcher, moment.given, moment.reading, reason="second_miss")
        return replace(draft, misses=0)
    moment.say("utter_appointment_not_understood", meta={"route": "ask"})
    return replace(draft, misses=1)


def _answered(moment: Moment, draft: Draft, product: str | None) -> bool:
    place = draft.municipality
    if say_small_talk(moment, "utter_appointment_greet") or say_referral(moment, place):
        return True
    return say_about(moment, product, _aspect_asked(moment), place)


def _aspect_asked(moment: Moment) -> str | None:
    reading, told = moment.reading, moment.understanding
    return ASPECT_OF_INTENT.get(reading.intent) if reading.chosen else told.get("aspect")


def _product_asked(moment: Moment, draft: Draft) -> str | None:
    """The product that a question in between is about; None when the message is no question that can be answered."""
    reading, told, aspect = moment.reading, moment.understanding, _aspect_asked(moment)
    if not aspect or not (reading.chosen or told.get("zone") == "answer" or asks_to_know(moment.text)):
        return None
    named = reading.product if reading.chosen or (told.get("product") and told.get("zone") == "answer") else draft.main_product
    return draft.main_product if named in ABOUT_APPOINTMENTS and draft.main_product and aspect != "waar" else named
