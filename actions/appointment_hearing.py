"""Takes a message into the draft: the answer to the open question, a correction of anything else, or something else altogether."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.appointment_answers import ANSWERS
from actions.appointment_beginning import SURE, TASK_OF_INTENT, begin
from actions.appointment_choices import choose
from actions.appointment_corrections import corrected
from actions.appointment_digressions import asks_something, digress
from actions.appointment_draft import Draft, Task
from actions.appointment_moment import Heard, Moment
from actions.appointment_products import ABOUT_APPOINTMENTS
from actions.appointment_steps import progress
from actions.names import own_name
from bot.appointments.service import read_reference
from bot.text.particulars import read_yes_no
from bot.text.questions import is_question
from bot.text.references import read_reference as call_reference

_STALE_SECONDS = 600
"""Times shown so long ago are looked up again: as long as a slot is held."""

_STOPS = re.compile(
    r"^\W*(?:nee,? )?(?:stop|stoppen|laat maar|laat maar zitten|afbreken|hou maar op|toch maar niet|toch niet|nee laat maar|"
    r"ik wil (?:toch )?geen afspraak(?: meer)?|geen afspraak(?: meer)?|hoeft niet(?: meer)?|annuleren|annuleer)\W*$",
    re.IGNORECASE,
)
_WITHOUT_CODE = re.compile(
    r"\b(?:heb|heeft|hebben|weet|ken|vind|kreeg|zie|is er|was er)\b(?:\s+\w+){0,3}\s+(?:geen|niet|nergens|nooit)\b"
    r"|\b(?:geen|zonder)\s+(?:\w+\s+)?(?:code|afspraak|bevestiging|mail)\b|\b(?:code|mail|bevestiging|brief|die|hem|ben)\b.*\b(?:kwijt|vergeten|weg|verwijderd|gewist)\W*$",
    re.IGNORECASE,
)
"""Whoever cannot name the code of an appointment, or has none, is not asked for it again."""
_CANCELS = re.compile(r"annule|afzeg", re.IGNORECASE)

_TASK_OF_ACT: dict[str, Task] = {"move": "move", "cancel": "cancel", "view": "view"}
_OWN = re.compile(r"\b(?:afspraak|AF-)", re.IGNORECASE)

FREE_TEXT = frozenset({"note", "address"})
"""Questions whose answer may hold anything: days, names and numbers in it correct nothing."""


async def hear(moment: Moment, draft: Draft) -> Draft:
    """The draft after this message, with its next question or its outcome."""
    draft = replace(draft, heard=moment.reading.message_id)
    if moment.reading.chosen:
        return await _pressed(moment, draft)
    draft = _introduced(moment, draft)
    outcome = _ends(moment, draft)
    if outcome:
        return replace(draft, outcome=outcome)
    other = await _another_task(moment, draft)
    if other is not None:
        return other
    if asks_something(moment, draft):
        return await _fresh(moment, await digress(moment, draft))
    return await _after(moment, draft, await _answered(moment, draft))


def _introduced(moment: Moment, draft: Draft) -> Draft:
    """The draft with the citizen's name where they say it unasked, beside the answer to another question."""
    if draft.task != "book" or draft.step in ("name", *FREE_TEXT) or draft.fact("last_name"):
        return draft
    name = own_name(moment.reading)
    return draft.with_facts(first_name=name[0], last_name=name[1]) if name else draft


async def _pressed(moment: Moment, draft: Draft) -> Draft:
    if moment.reading.intent in TASK_OF_INTENT:
        return await begin(moment)
    return await _after(moment, draft, await choose(moment, draft))


def _ends(moment: Moment, draft: Draft) -> str:
    """The outcome of a message that wants no appointment but an end, or a person; empty for any other."""
    if _stops(moment, draft):
        return "stopped"
    if draft.step in ("code", "fact"):
        other = "unknown" if _WITHOUT_CODE.search(moment.text) else _of_another_kind(moment, draft)
        if other:
            return other
    asks_person = moment.understanding.get("act") == "person" and not _is_answer_to_subject(moment, draft)
    return "person" if asks_person else ""


def _of_another_kind(moment: Moment, draft: Draft) -> str:
    """The outcome of a message that is no code but clearly about something else; a question is answered in between."""
    if call_reference("TB", moment.text):
        return "callback_status"
    told = moment.understanding
    product = told.get("product")
    stays = read_reference(moment.text) or is_question(moment.text) or _OWN.search(moment.text)
    if draft.step == "fact" or stays or product is None or product in ABOUT_APPOINTMENTS:
        return ""
    if told.get("act") in _TASK_OF_ACT and float(told.get("confidence") or 0.0) < SURE:
        return "answer"  # taken for one about the appointment for want of better ("mijn paspoort dus")
    if told.get("act") not in ("ask", "more"):
        return ""
    return {"answer": "answer", "ask": "clarify"}.get(str(told.get("zone")), "")


async def _answered(moment: Moment, draft: Draft) -> Heard:
    answer = ANSWERS.get(draft.step or "product")
    heard = await answer(moment, draft) if answer else None
    if heard is not None or draft.step in FREE_TEXT:
        return heard
    heard = await corrected(moment, draft)
    if heard is None and draft.step == "confirm" and read_yes_no(moment.text) in ("no", "change"):
        return (replace(draft, outcome="kept") if draft.task == "cancel" else replace(draft, ask="change")), None
    return heard


async def _after(moment: Moment, draft: Draft, heard: Heard) -> Draft:
    if heard is None:
        return await _fresh(moment, await digress(moment, draft))
    found, when = heard
    return await progress(moment, replace(found, misses=0, aside="", heard=draft.heard), when)


async def _fresh(moment: Moment, draft: Draft) -> Draft:
    """The same question again; times that were shown long ago, or are over, are looked up anew."""
    if draft.step != "time" or draft.outcome:
        return draft
    old = draft.shown_at is None or (moment.now - draft.shown_at).total_seconds() > _STALE_SECONDS
    if old or any(slot.starts <= moment.now for slot in draft.shown):
        return await progress(moment, replace(draft, shown=()))
    return draft


async def _another_task(moment: Moment, draft: Draft) -> Draft | None:
    """A new draft where the citizen wants to move, see or cancel an appointment instead; None where nothing of the kind is said."""
    act = str(moment.understanding.get("act"))
    task = _TASK_OF_ACT.get(act)
    if task in (None, draft.task) or draft.step in (*FREE_TEXT, "code", "fact") or not _OWN.search(moment.text):
        return None
    if draft.reference and draft.verified:
        return await progress(moment, Draft(task, draft.heard, municipality=draft.municipality, reference=draft.reference, verified=True))
    own = await moment.appointments.of_conversation(moment.conversation)
    return await begin(moment, task) if own or read_reference(moment.text) else None


def _stops(moment: Moment, draft: Draft) -> bool:
    if draft.task == "cancel" and _CANCELS.search(moment.text):
        return False
    return moment.reading.intent == "stop" or _STOPS.match(moment.text) is not None


def _is_answer_to_subject(moment: Moment, draft: Draft) -> bool:
    """Whether "graag gebeld worden" chooses a kind instead of asking for a person."""
    return draft.step in ("kind", *FREE_TEXT)
