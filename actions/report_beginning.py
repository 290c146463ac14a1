"""Begins a report with everything that was said and sent already, in this message or just before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.appointment_moment import Moment
from actions.report_draft import REPORT_PRODUCT, Draft
from actions.report_products import OFFERED, TAKEN, takes
from actions.report_steps import progress, village_of
from bot.text.outdoors import is_hazard, report_words, stays_anonymous, wants_to_report
from bot.text.particulars import read_email
from bot.text.phones import read_phone
from bot.text.streets import read_street

SHARES = ("share_picture", "share_place")
"""Intents of what a channel brings that is no text: a picture or a place that is kept for a report."""


def subject(moment: Moment) -> str:
    """What is reported: the product that the message names, or that was spoken of when it can be reported, or the general one."""
    named = _named(moment)
    if named and moment.library.product(named):
        return named
    before = moment.tracker.get_slot("product")
    return before if before in TAKEN | OFFERED else REPORT_PRODUCT


def begins(moment: Moment, product: str) -> bool:
    """Whether the questions begin now; else the answer about the product goes first."""
    if not takes(moment, product, _municipality(moment, moment.text)):
        return False
    return product in TAKEN or moment.reading.chosen or wants_to_report(moment.text)


def plans_a_report(moment: Moment, product: str | None) -> bool:
    """Whether a question about how to report is the wish to do so ("er ligt een tegel los, waar kan ik dat melden?")."""
    return product is not None and wants_to_report(moment.text) and takes(moment, product, _municipality(moment, moment.text))


async def begin(moment: Moment, product: str) -> Draft:
    """The draft with its first question, after a word of thanks or a warning; or with an outcome when nothing is taken here."""
    said = moment.text or _said_before(moment, product)
    draft = Draft(
        heard=moment.reading.message_id,
        product=product,
        municipality=_municipality(moment, said),
        text=report_words(said) or "",
        words=place_words(moment, said),
        email=read_email(said) or "",
        phone=read_phone(said) or "",
        anonymous=stays_anonymous(said),
    )
    draft = draft.with_sent(await moment.given.reports.gathered(moment.conversation))
    found = progress(moment, draft)
    return found if found.outcome else _greeted(moment, found)


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
    village = next((place for place in moment.reading.places if moment.library.municipality_of(place)), None)
    return f"{street}, {village}" if village and village.lower() not in street.lower() else street


def _greeted(moment: Moment, draft: Draft) -> Draft:
    meta = {"route": "report", "product": draft.product}
    after = warned(moment, draft, draft.text)
    village = village_of(moment, draft)
    if moment.reading.intent == "share_place" and village:
        moment.say("utter_report_place_added", place=village, meta=meta)
    elif draft.pictures:
        moment.say("utter_report_picture_goes_along", meta=meta)
    elif draft.text and not after.warned:
        moment.say("utter_report_begun", meta=meta)
    return after


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


def _said_before(moment: Moment, product: str) -> str:
    """What was typed just before a button was pressed, when it was about this product; empty when it was not."""
    for event in reversed(moment.tracker.events):
        if event.get("event") != "user" or (event.get("text") or "").startswith("/"):
            continue
        understood: dict[str, Any] = (event.get("parse_data") or {}).get("understanding") or {}
        return str(event.get("text") or "") if understood.get("product") == product else ""
    return ""
