"""Takes a message into the report: the answer to the open question, a correction of another part, or something else altogether."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.appointment_moment import Moment
from actions.aside import say_about, say_referral, say_small_talk
from actions.people import say_person
from actions.report_answers import added, answered, change, corrected
from actions.report_asking import speak
from actions.report_beginning import SHARES, warned
from actions.report_draft import Draft, Outcome
from actions.report_status import say_status
from actions.report_steps import progress, village_of
from bot.model.knowledge import ASPECT_OF_INTENT
from bot.reports.service import read_reference
from bot.text.outdoors import declines
from bot.text.particulars import read_email
from bot.text.phones import read_phone
from bot.text.questions import asks_to_know, is_question
from bot.text.whereabouts import is_indoors

_STOPS = re.compile(
    r"^\W*(?:nee,? )?(?:stop|stoppen|ik stop|afbreken|hou maar op|toch maar niet|toch niet|vergeet (?:het|maar)(?: maar)?|doe maar niet"
    r"|(?:ik wil )?(?:toch )?geen melding(?: meer)?(?: doen| maken)?|annuleren|annuleer(?: mijn melding)?|trek (?:de|mijn) melding in)\W*$",
    re.IGNORECASE,
)
_LETS_GO = re.compile(r"^\W*(?:nee,? )?(?:laat maar(?: zitten)?|hoeft niet(?: meer)?)\W*$", re.IGNORECASE)
"""Ends a report, except where a question can be passed over."""

_SKIPPABLE = ("picture", "contact")
_FREE = ("what", "where")
"""Questions whose answer may be any words: only what is clearly a question is none."""

_OUTCOMES: dict[str, Outcome] = {
    "ask_person": "person",
    "request_callback": "callback",
    "book_appointment": "appointment",
    "stop": "stopped",
}
"""Buttons of other messages that end the questions."""


async def hear(moment: Moment, draft: Draft) -> Draft:
    """The draft after this message, with its next question or its outcome."""
    sent = await moment.given.reports.gathered(moment.conversation)
    before, draft = draft, replace(draft, heard=moment.reading.message_id).with_sent(sent)
    if moment.reading.chosen:
        return await _pressed(moment, before, draft)
    outcome = _ends(moment, draft)
    if outcome:
        return replace(draft, outcome=outcome)
    if read_reference(moment.text):
        await say_status(moment)
        return draft
    draft = warned(moment, draft, moment.text)
    if _asks_something(moment, draft):
        return await _aside(moment, draft)
    heard = _heard(moment, draft)
    if heard is None and draft.pictures != before.pictures:
        # A picture came along, with words that say no more than that ("zie foto").
        speak(moment, draft, "utter_report_picture_added")
        heard = draft
    return await _after(moment, draft, heard)


def _heard(moment: Moment, draft: Draft) -> Draft | None:
    found = answered(moment, draft)
    if found is None and draft.step not in _FREE:
        found = corrected(moment, draft) or (added(moment, draft) if draft.step in ("picture", "confirm") else None)
    return found


async def _after(moment: Moment, draft: Draft, heard: Draft | None) -> Draft:
    if heard is None:
        return await _aside(moment, draft)
    return progress(moment, replace(heard, misses=0, aside=""))


async def _pressed(moment: Moment, before: Draft, draft: Draft) -> Draft:
    if moment.reading.intent in SHARES:
        return progress(moment, _received(moment, before, draft))
    outcome = _OUTCOMES.get(moment.reading.intent)
    if outcome:
        return replace(draft, outcome=outcome)
    verb, _, value = moment.answer.partition(":")
    if verb == "stop":
        return replace(draft, outcome="stopped")
    if verb in ("change", "no"):
        return progress(moment, change(draft, value or None))
    pressed = {
        "yes": replace(draft, outcome="handed_in"),
        "no_picture": replace(draft, picture_skipped=True),
        "anonymous": replace(draft, email="", phone="", anonymous=True),
        "municipality": replace(draft, municipality=value),
    }
    return await _after(moment, draft, pressed.get(verb))


def _received(moment: Moment, before: Draft, draft: Draft) -> Draft:
    """Say what was received; a shared place takes the place of one in words."""
    village = village_of(moment, draft)
    if moment.reading.intent == "share_place" and village:
        speak(moment, draft, "utter_report_place_added", place=village)
        here = moment.library.municipality_of(village)
        # Who shares a place after naming one means the place that is shared, unless it is but the point of that street.
        words = draft.words if before.place.position is None and here == draft.municipality else ""
        return replace(draft, words=words, municipality=here or draft.municipality, ask=None)
    if draft.pictures != before.pictures:
        speak(moment, draft, "utter_report_picture_added")
    return draft


def _ends(moment: Moment, draft: Draft) -> Outcome:
    """The outcome of a message that wants no report but an end, or a person; empty for any other."""
    skips = draft.step in _SKIPPABLE and declines(moment.text)
    if _STOPS.match(moment.text) or (not skips and (_LETS_GO.match(moment.text) or moment.reading.intent == "stop")):
        return "stopped"
    if draft.step == "where" and is_indoors(moment.text):
        return "person"  # "de website bedoel ik": that is no report of something outdoors
    if moment.understanding.get("act") != "person" or read_email(moment.text) or read_phone(moment.text):
        return ""
    return "" if draft.step in _FREE and moment.understanding.get("zone") != "person" else "person"


def _asks_something(moment: Moment, draft: Draft) -> bool:
    told = moment.understanding
    if told.get("act") not in ("ask", "more") or not _sounds_asked(moment, draft):
        return False
    if draft.step in _FREE:
        return told.get("zone") == "answer" or ("?" in moment.text and told.get("zone") in ("ask", "refer"))
    return told.get("zone") in ("answer", "ask", "refer")


def _sounds_asked(moment: Moment, draft: Draft) -> bool:
    """Whether the words ask something; what is wrong may be told as a wish ("kunnen jullie dat maken")."""
    return asks_to_know(moment.text) if draft.step == "what" else is_question(moment.text)


async def _aside(moment: Moment, draft: Draft) -> Draft:
    """Answer what was said as far as it is clear; the second message in a row that is not brings in a person."""
    place, product = draft.municipality, _product_asked(moment, draft)
    if say_small_talk(moment, "utter_report_greet") or say_referral(moment, place) or say_about(moment, product, _aspect(moment), place):
        return replace(draft, misses=0, aside=product or "")
    if draft.misses:
        await say_person(moment.dispatcher, moment.given, moment.reading, reason="second_miss")
        return replace(draft, misses=0)
    speak(moment, draft, f"utter_report_{draft.step}_wrong")
    return replace(draft, misses=1)


def _aspect(moment: Moment) -> str | None:
    reading = moment.reading
    return ASPECT_OF_INTENT.get(reading.intent) if reading.chosen else moment.understanding.get("aspect")


def _product_asked(moment: Moment, draft: Draft) -> str | None:
    """The product that a question in between is about; None when the message is no question."""
    reading, told = moment.reading, moment.understanding
    asks = told.get("act") in ("ask", "more") and ("?" in moment.text or _sounds_asked(moment, draft))
    if not (reading.chosen or asks):
        return None
    return reading.product if reading.chosen or (told.get("product") and told.get("zone") == "answer") else draft.product
