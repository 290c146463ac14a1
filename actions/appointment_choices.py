"""What the buttons under the questions of an appointment do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime

from actions.appointment_answers import with_code
from actions.appointment_booking import confirm_it
from actions.appointment_draft import Draft
from actions.appointment_moment import Heard, Moment
from actions.appointment_steps import ELSEWHERE
from bot.model.appointment import KINDS
from bot.text.dates import DateRange, Reading

Press = Callable[[Moment, Draft, str], Awaitable[Heard]]


async def choose(moment: Moment, draft: Draft) -> Heard:
    """The draft after a button; None for one that does something else, which is then answered as a question in the middle."""
    reading = moment.reading
    if reading.intent == "choose_municipality" and reading.municipality:
        return replace(draft, municipality=reading.municipality), None
    if reading.intent in ("request_callback", "ask_person"):
        return replace(draft, outcome="callback" if reading.intent == "request_callback" else "person"), None
    if reading.intent == "affirm" and draft.step == "confirm":
        return await confirm_it(moment, draft), None
    verb, _, value = moment.answer.partition(":")
    press = _PRESSES.get(verb)
    return await press(moment, draft, value) if press else None


async def _municipality(moment: Moment, draft: Draft, value: str) -> Heard:
    return (replace(draft, municipality=value), None) if moment.library.municipality(value) else None


async def _slot(moment: Moment, draft: Draft, value: str) -> Heard:
    location, _, start = value.partition("|")
    starts = datetime.fromisoformat(start)
    found = next((slot for slot in draft.shown if slot.location == location and slot.starts == starts), None)
    if found is None:
        # A button of an older offer: look whether that time is still free.
        day = starts.astimezone(moment.now.tzinfo).date()
        free = await moment.appointments.offers(await moment.wish(draft), location, day, day)
        found = next((slot for slot in free if slot.starts == starts), None)
    if found is None:
        moment.say("utter_appointment_taken")
        return draft.without_slot(), None
    return replace(draft, slot=found, hold=None, hold_until=None, place=location), None


async def _earlier(moment: Moment, draft: Draft, value: str) -> Heard:
    return _open_again(draft), Reading(direction="earlier")


async def _later(moment: Moment, draft: Draft, value: str) -> Heard:
    return _open_again(draft), Reading(direction="later")


def _open_again(draft: Draft) -> Draft:
    """The draft before a time was chosen, seen from that time: who asks for an earlier one has not chosen for good."""
    return replace(draft, slot=None, hold=None, hold_until=None, shown=(draft.slot,) if draft.slot else draft.shown)


async def _other_day(moment: Moment, draft: Draft, value: str) -> Heard:
    days = sorted({slot.starts.astimezone(moment.now.tzinfo).date() for slot in draft.shown})
    return _open_again(draft), Reading(excluded_dates=tuple(DateRange(day, day) for day in days))


async def _place(moment: Moment, draft: Draft, value: str) -> Heard:
    return replace(draft.without_slot(), place=value, near=""), None


async def _elsewhere(moment: Moment, draft: Draft, value: str) -> Heard:
    return replace(draft.without_slot(), place=None, near=ELSEWHERE), None


async def _kind(moment: Moment, draft: Draft, value: str) -> Heard:
    kind = next((one for one in KINDS if one == value), None)
    return (replace(draft.without_slot(), kind=kind, place=None), None) if kind else None


async def _product(moment: Moment, draft: Draft, value: str) -> Heard:
    return replace(draft, products={value: 1}, hold=None, hold_until=None), None


async def _option(moment: Moment, draft: Draft, value: str) -> Heard:
    return replace(draft, option=value or None, hold=None, hold_until=None), None


async def _no_notice(moment: Moment, draft: Draft, value: str) -> Heard:
    return replace(draft, notice_known=True), None


async def _skip(moment: Moment, draft: Draft, value: str) -> Heard:
    return draft.with_facts(skipped=f"{draft.fact('skipped')} {value}".strip()), None


async def _yes(moment: Moment, draft: Draft, value: str) -> Heard:
    return await confirm_it(moment, draft), None


async def _no(moment: Moment, draft: Draft, value: str) -> Heard:
    return (replace(draft, outcome="kept") if draft.task == "cancel" else replace(draft, ask="change")), None


async def _change(moment: Moment, draft: Draft, value: str) -> Heard:
    if value == "time":
        return replace(draft.without_slot(), when=(), shown=(draft.slot,) if draft.slot else ()), None
    if value == "place":
        return await _elsewhere(moment, draft, value)
    if value == "product":
        return replace(draft, ask="product"), None
    return draft.with_facts(first_name="", last_name="", email="", phone="", address="", skipped=""), None


async def _reference(moment: Moment, draft: Draft, value: str) -> Heard:
    return await with_code(moment, replace(draft, reference=value)), None


async def _stop(moment: Moment, draft: Draft, value: str) -> Heard:
    return replace(draft, outcome="stopped"), None


async def _go_on(moment: Moment, draft: Draft, value: str) -> Heard:
    return draft, None


_PRESSES: Mapping[str, Press] = {
    "municipality": _municipality,
    "slot": _slot,
    "earlier": _earlier,
    "later": _later,
    "other_day": _other_day,
    "place": _place,
    "elsewhere": _elsewhere,
    "kind": _kind,
    "product": _product,
    "option": _option,
    "no_notice": _no_notice,
    "skip": _skip,
    "yes": _yes,
    "no": _no,
    "change": _change,
    "code": _reference,
    "stop": _stop,
    "go_on": _go_on,
}
