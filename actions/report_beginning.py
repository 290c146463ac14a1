"""Begins a report with everything that was said and sent already, in this message or just before."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from actions.appointment_moment import Moment
from actions.report_draft import REPORT_PRODUCT, Draft
from actions.report_products import OFFERED, TAKEN, takes
from actions.report_steps import progress, village_of
from actions.said_before import last_message
from bot.model.knowledge import HOW
from bot.text.outdoors import is_hazard, report_words, stays_anonymous, wants_to_report
from bot.text.particulars import read_email
from bot.text.phones import read_phone
from bot.text.questions import asks_to_know, is_question
from bot.text.streets import only_where, read_street

_IN = re.compile(r"\b(?:in|te|,)\s+([^\W\d_]{3,}(?:\s+aan\s+(?:den?\s+)?[^\W\d_]+)?)", re.IGNORECASE)
"""Where a village may stand in a sentence."""

_ASKS_HOW = (HOW, "waar")

_OFFERS = re.compile(r'/report_problem(?:\{"product": "([\w-]+)"\})?$')

_BESIDE_PLACE = 24
"""Signs beside a street that may say the village, or that something is there ("is glad op de lagendijk")."""

SHARES = ("share_picture", "share_place")
"""Intents of what a channel brings that is no text: a picture or a place that is kept for a report."""


def subject(moment: Moment) -> str:
    """What is reported: the product that the message names, or that was spoken of when it can be reported, or the general one."""
    named = _named(moment)
    told = _told_before(moment)
    if told and (only_where(moment.text) or places_report(moment)):
        return told[1]
    if named in (None, REPORT_PRODUCT) and not report_words(moment.text):
        slot = moment.tracker.get_slot("product")
        return told[1] if told else slot if slot in TAKEN | OFFERED and named is None else REPORT_PRODUCT
    return named if named and moment.library.product(named) else REPORT_PRODUCT


def begins(moment: Moment, product: str) -> bool:
    """Whether the questions begin now; else the answer about the product goes first."""
    if not takes(moment, product, _municipality(moment, moment.text)):
        return False
    told = product in TAKEN and not asks_to_know(moment.text)
    return told or moment.reading.chosen or wants_to_report(moment.text) or places_report(moment)


def plans_a_report(moment: Moment, product: str | None) -> bool:
    """Whether a question about how to report is the wish to do so ("er ligt een tegel los, waar kan ik dat melden?")."""
    return product is not None and wants_to_report(moment.text) and takes(moment, product, _municipality(moment, moment.text))


async def begin(moment: Moment, product: str) -> Draft:
    """The draft with its first question, after a word of thanks or a warning; or with an outcome when nothing is taken here."""
    told = _told_before(moment)
    where = only_where(moment.text) or (moment.text.strip(" .,!") if places_report(moment) else "") if told else ""
    said = told[0] if told and told[1] == product and (where or not report_words(moment.text)) else moment.text
    draft = Draft(
        heard=moment.reading.message_id,
        product=product,
        municipality=_municipality(moment, said),
        text=report_words(said) or "",
        words=place_words(moment, moment.text) or where or place_words(moment, said),
        email=read_email(said) or "",
        phone=read_phone(said) or "",
        anonymous=stays_anonymous(said),
    )
    draft = draft.with_sent(await moment.given.reports.gathered(moment.conversation))
    found = progress(moment, warned(moment, draft, draft.text))
    if not found.outcome:
        _greet(moment, found)
    return found


def warned(moment: Moment, draft: Draft, said: str) -> Draft:
    """The draft after the number to call, which is told once, where words point at danger on the street."""
    if draft.warned or not is_hazard(said):
        return draft
    phone = moment.library.phone(draft.municipality) or moment.library.message("telefoon_onbekend")
    moment.say("utter_report_hazard", phone=phone, meta={"route": "report", "product": draft.product})
    return replace(draft, warned=True)


def place_words(moment: Moment, said: str) -> str:
    """The street in a message with its village, when that is said as well; empty when no street is named."""
    street = read_street(said)
    if street is None:
        return ""
    village = next((name for name in (match[1] for match in _IN.finditer(said)) if moment.library.municipality_of(name)), "")
    return f"{street}, {village.title()}" if village and village.lower() not in street.lower() else street


def _greet(moment: Moment, draft: Draft) -> None:
    meta = {"route": "report", "product": draft.product}
    village = village_of(moment, draft)
    if moment.reading.intent == "share_place" and village:
        moment.say("utter_report_place_added", place=village, meta=meta)
    elif draft.pictures:
        moment.say("utter_report_picture_goes_along", meta=meta)
    elif draft.text and not draft.warned:
        moment.say("utter_report_begun", meta=meta)


def _named(moment: Moment) -> str | None:
    if not moment.reading.chosen:
        named: str | None = moment.understanding.get("product")
        return named
    entities = moment.tracker.latest_message.get("entities") or []
    return next((str(item["value"]) for item in entities if item.get("entity") == "product"), None)


def _municipality(moment: Moment, said: str) -> str | None:
    """Where it is, which may be elsewhere than where the citizen lives."""
    here = moment.here if moment.text else moment.library.municipality_of(said) if said else None
    return here or moment.reading.municipality


def offered_report(moment: Moment) -> str | None:
    """The product of the report that the bot's last message offered to make; None when it offered none."""
    buttons = (last_message(moment.tracker).get("data") or {}).get("buttons") or []
    return next((found[1] for button in buttons if (found := _OFFERS.match(str(button.get("payload"))))), None)


def places_report(moment: Moment) -> bool:
    """Whether a message names the place of what was just told, under an answer that offered to report it ("Populierenlaan 5")."""
    if moment.reading.chosen or offered_report(moment) is None or is_question(moment.text):
        return False
    place = read_street(moment.text)
    short = place is not None and len(moment.text) - len(place) <= _BESIDE_PLACE
    return (short or bool(only_where(moment.text))) and _told_before(moment) is not None


def _told_before(moment: Moment) -> tuple[str, str] | None:
    """What was typed just before this message, with its product, when it is about something to report and no report was made of it."""
    users = 0
    for event in reversed(moment.tracker.events):
        if event.get("event") == "active_loop":
            return None
        if event.get("event") != "user":
            continue
        users += 1
        text, heard = str(event.get("text") or ""), event.get("parse_data") or {}
        if users == 1 or text.startswith("/") or (heard.get("intent") or {}).get("name") == "affirm":
            continue  # this message itself, a button, or the yes that pressed one
        return _told(moment, text, heard.get("understanding") or {})
    return None


def _told(moment: Moment, text: str, understood: dict[str, Any]) -> tuple[str, str] | None:
    offered = offered_report(moment)
    product = understood.get("product") or offered
    tells = understood.get("act") == "report" or understood.get("aspect") in _ASKS_HOW or (product and product == offered)
    return (text, str(product)) if tells and product in TAKEN | OFFERED and report_words(text) else None
