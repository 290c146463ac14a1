"""Hears what a citizen wants otherwise, whatever question is open: another day, place, number, name, kind or product."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

from actions.appointment_answers import place_in, with_wish
from actions.appointment_draft import Draft, Step
from actions.appointment_moment import Heard, Moment
from actions.appointment_products import documents_in, products_in
from actions.appointment_steps import ELSEWHERE, kinds_here, options_here
from actions.names import own_name
from bot.text.particulars import names_itself, read_amount, read_email, read_name
from bot.text.phones import read_phone
from bot.text.wishes import read_kind, read_option, read_wrong, refuses_option, wants_other_place

Correction = Callable[[Moment, Draft], Awaitable[Heard]]

_OTHERWISE = re.compile(
    r"\b(?:nee|toch|liever|bedoel\w*|eigenlijk|niet .* maar|in plaats van|sorry|ook (?:nog )?(?:een)?)\b", re.IGNORECASE
)
_WORDS_OF_A_PLACE = 3
"""As many as the longest name of a village has."""

_ALSO = re.compile(r"\b(?:ook|erbij|extra|daarnaast|plus)\b", re.IGNORECASE)

_STEP_OF: dict[str, Step] = {
    "name": "name",
    "email": "email",
    "phone": "phone",
    "address": "address",
    "note": "note",
    "place": "place",
    "product": "product",
}


async def corrected(moment: Moment, draft: Draft) -> Heard:
    """The draft as the citizen wants it now; None when the message corrects nothing."""
    for correction in _BOOKING if draft.task == "book" else _MOVING if draft.task == "move" else ():
        heard = await correction(moment, draft)
        if heard is not None:
            return heard
    return None


async def _reach(moment: Moment, draft: Draft) -> Heard:
    email, phone = read_email(moment.text), read_phone(moment.text)
    if not (email or phone):
        return None
    return draft.with_facts(email=email or draft.fact("email"), phone=phone or draft.fact("phone")), None


async def _name(moment: Moment, draft: Draft) -> Heard:
    name = own_name(moment.reading) or read_name(moment.text) if names_itself(moment.text) else None
    if name is None or name == (draft.fact("first_name"), draft.fact("last_name")):
        return None
    return draft.with_facts(first_name=name[0], last_name=name[1]), None


async def _introduced(moment: Moment, draft: Draft) -> Heard:
    """A name that was taken already, and nothing else: the open question comes again."""
    return (draft, None) if own_name(moment.reading) else None


async def _amount(moment: Moment, draft: Draft) -> Heard:
    amount = read_amount(moment.text, bare=False)
    product = draft.main_product
    if not amount or product is None or draft.kind not in (None, "balie") or len(documents_in(moment.text)) > 1:
        return None
    return _with_products(draft, {**draft.products, product: amount}), None


async def _product(moment: Moment, draft: Draft) -> Heard:
    wants = _OTHERWISE.search(moment.text) or _ALSO.search(moment.text) or moment.understanding.get("act") == "book"
    if not (wants or draft.step == "change"):
        return None
    named = documents_in(moment.text) or products_in(moment.library, moment.reading)
    if not named or named == draft.products or set(named) == {draft.main_product}:
        return None
    products = {**draft.products, **named} if _ALSO.search(moment.text) else named
    changed = replace(_with_products(draft, products), kind=None if draft.kind != "balie" else draft.kind)
    return changed, None if moment.when.empty else moment.when


def _with_products(draft: Draft, products: dict[str, int]) -> Draft:
    """Other products need another length: the same time is tried again, with what is held given up."""
    return replace(draft, products=products, hold=None, hold_until=None)


async def _option(moment: Moment, draft: Draft) -> Heard:
    options = options_here(moment, draft)
    if refuses_option(moment.text) and draft.option and draft.kind != "huwelijk":
        return replace(draft, option=None, hold=None, hold_until=None), None
    option = read_option(moment.text)
    return (replace(draft, option=option, hold=None, hold_until=None), None) if option in options and option != draft.option else None


async def _kind(moment: Moment, draft: Draft) -> Heard:
    wanted = read_kind(moment.text)
    kind = next((one for one in kinds_here(moment, draft) if one == wanted), None)
    if kind is None or kind == draft.kind or wants_other_place(moment.text):
        return None
    changed = replace(draft.without_slot(), kind=kind, place=None, option=None)
    return changed, None if moment.when.empty else moment.when


async def _place(moment: Moment, draft: Draft) -> Heard:
    if draft.kind not in ("balie", "huwelijk") and draft.task == "book":
        return None
    if wants_other_place(moment.text):
        return replace(draft.without_slot(), place=None, near=ELSEWHERE), None
    if not moment.here:
        return None
    places = await moment.appointments.locations(await moment.wish(draft), moment.text)
    found = place_in(moment.text, places) or (places[0] if places else None)
    if found is None or (found.id == draft.place and moment.when.empty):
        return None
    moved = replace(draft.without_slot() if found.id != draft.place else draft, place=found.id)
    return (moved, None) if moment.when.empty else with_wish(moment, moved.without_slot(), moment.when)


async def _time(moment: Moment, draft: Draft) -> Heard:
    if moment.when.empty:
        return None
    open_draft = replace(draft, slot=None, hold=None, hold_until=None)
    if moment.when.direction and draft.slot:
        open_draft = replace(open_draft, shown=(draft.slot,))
    return with_wish(moment, open_draft, moment.when)


async def _wrong(moment: Moment, draft: Draft) -> Heard:
    part = read_wrong(moment.text)
    if part == "time":
        return replace(draft.without_slot(), when=(), shown=(draft.slot,) if draft.slot else draft.shown), None
    if part == "amount":
        return replace(draft, ask="product"), None
    if part == "details":
        return draft.with_facts(first_name="", last_name="", email="", phone="", address="", skipped=""), None
    step = _STEP_OF.get(part or "")
    if step == "place":
        return replace(draft.without_slot(), place=None, near=ELSEWHERE), None
    return (replace(draft, ask=step), None) if step else None


async def _only_a_place(moment: Moment, draft: Draft) -> Heard:
    """A village alone that changes nothing, as a shared location is: kept until it is known what for, else the times there are shown."""
    if len(moment.text.split()) > _WORDS_OF_A_PLACE or not moment.library.municipality_of(moment.text):
        return None
    if draft.step in (None, "product"):
        return replace(draft, near=moment.text), None
    return (draft, None) if draft.step == "time" else None


_BOOKING: tuple[Correction, ...] = (_reach, _name, _option, _product, _amount, _place, _kind, _time, _wrong, _introduced, _only_a_place)
_MOVING: tuple[Correction, ...] = (_place, _time, _wrong, _only_a_place)
