"""Reads the answer to each question of an appointment; a function gives None for what is no answer to its question."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from actions.appointment_booking import cancel_it, confirm_it
from actions.appointment_draft import Draft
from actions.appointment_moment import Heard, Moment
from actions.appointment_products import products_in
from actions.appointment_steps import kinds_here, options_here
from actions.appointment_times import refined
from actions.names import answered_name, without_people
from bot.appointments.errors import BookingUnknown, TooManyTries
from bot.appointments.service import read_reference
from bot.model.appointment import Location
from bot.text.choosing import Chosen, Several, Shown, Wish, pick
from bot.text.dates import Reading
from bot.text.particulars import names_itself, read_amount, read_email, read_name, read_postcode, read_yes_no
from bot.text.phones import read_phone
from bot.text.questions import is_question
from bot.text.references import looks_like_reference
from bot.text.wishes import read_kind, read_option

Answer = Callable[[Moment, Draft], Awaitable[Heard]]

MOST_TRIES = 3
"""Wrong codes or facts in one go before a person is offered."""

_POINTS = re.compile(
    r"\b(?:die|deze|eerste|tweede|derde|laatste|middelste|vroegste|doe|prima|goed|ok|oke|ja|akkoord|neem|kies|past|kan)\b", re.IGNORECASE
)
_WISH = re.compile(r"\b(?:ik|wij|we) (?:wil|willen|moet|moeten|kan|kunnen)\b|\b(?:verzet\w*|afzeg\w*|zeg hem)\b", re.IGNORECASE)
_WITH_WHOM = re.compile(r"\bmet (?:een|de|iemand|wie)\b(?: (?:ambtenaar|medewerker|consulent|deskundige|van))?", re.IGNORECASE)
_HASTE = re.compile(r"\b(?:spoed|haast)", re.IGNORECASE)
_LONGEST_NOTE = 200
_NOT_YET = re.compile(r"\b(?:nee|nog niet|niet|geen)\b", re.IGNORECASE)
_NONE = re.compile(r"^\W*(?:nee|niet nodig|geen|heb ik niet|hoeft niet|liever niet|overslaan|sla over|niks|niets|nvt)\b", re.IGNORECASE)


async def _municipality(moment: Moment, draft: Draft) -> Heard:
    if moment.here is None:
        return None
    return replace(draft, municipality=moment.here, near=draft.near or without_people(moment.reading)), None


async def _product(moment: Moment, draft: Draft) -> Heard:
    kind = read_kind(moment.text)
    products = products_in(moment.library, moment.reading)
    if not products and kind in ("huisbezoek", "terugbellen"):
        return replace(draft, kind=kind), None
    if not products or moment.understanding.get("zone") not in ("answer", "ask", "smalltalk"):
        return None
    amount = read_amount(moment.text)
    if amount and len(products) == 1:
        products = dict.fromkeys(products, amount)
    return replace(draft, products=products, kind=kind or draft.kind), _when(moment)


async def _kind(moment: Moment, draft: Draft) -> Heard:
    kind = read_kind(moment.text)
    found = next((one for one in kinds_here(moment, draft) if one == kind), None)
    if found is None and _WITH_WHOM.search(moment.text):
        moment.say("utter_appointment_with_official")  # how is still asked
        return draft, None
    return (replace(draft, kind=found), None) if found else None


async def _option(moment: Moment, draft: Draft) -> Heard:
    option = read_option(moment.text)
    return (replace(draft, option=option), None) if option in options_here(moment, draft) else None


async def _notice(moment: Moment, draft: Draft) -> Heard:
    days = [day for day in moment.when.dates if day.first == day.last and day.first <= moment.today]
    if days:
        return replace(draft, notified_on=days[0].first, notice_known=True), None
    if _NOT_YET.search(moment.text):
        return replace(draft, notice_known=True), None
    return None


async def _place(moment: Moment, draft: Draft) -> Heard:
    places = await moment.appointments.locations(await moment.wish(draft), moment.text)
    chosen = place_in(moment.text, places)
    if chosen is None and moment.here:
        chosen = places[0] if places else None
    return (replace(draft.without_slot(), place=chosen.id), None) if chosen else None


def place_in(text: str, places: tuple[Location, ...]) -> Location | None:
    """The place whose name, or the last word of it, stands in `text`; or its number in the list."""
    words = set(re.findall(r"\w+", text.lower()))
    number = next((int(word) for word in words if word.isdigit()), 0)
    if 0 < number <= len(places) and len(words) <= 2:
        return places[number - 1]
    named = [place for place in places if place.name.lower() in text.lower()]
    return named[0] if named else next((place for place in places if place.name.lower().split()[-1] in words), None)


async def _time(moment: Moment, draft: Draft) -> Heard:
    if moment.here:
        return None  # a place is named as well: taken in together with the time, as a correction
    if moment.when.past or moment.when.impossible:
        return with_wish(moment, draft, moment.when)  # "gisteren om tien uur" chooses none of the times shown
    picked = pick(moment.text, [Shown(slot.starts) for slot in draft.shown], moment.now)
    if isinstance(picked, Chosen):
        # "dinsdag" is a day: its times are shown, none is taken.
        taken = replace(draft, slot=draft.shown[picked.at], hold=None, hold_until=None)
        return with_wish(moment, draft, moment.when) if _names_no_time(moment, draft) else (taken, None)
    if isinstance(picked, Several) and len(picked.at) < len(draft.shown):
        return replace(draft, shown=tuple(draft.shown[at] for at in picked.at), ask="time"), None
    if isinstance(picked, Wish) and not picked.place:
        return with_wish(moment, draft, picked.reading if not picked.others else Reading(direction="later"))
    return None


def _names_no_time(moment: Moment, draft: Draft) -> bool:
    """Whether a message names a day, a part of it or haste, and points at none of the times shown ("die dinsdag is goed")."""
    when = moment.when
    hours = [at for at in when.times if at.start == at.end]
    named = when.dates or when.times or (when.asap and _HASTE.search(moment.text))
    return len(draft.shown) > 1 and bool(named) and not hours and not when.ambiguous and not _POINTS.search(moment.text)


def with_wish(moment: Moment, draft: Draft, wish: Reading) -> Heard:
    """The draft with the words kept, so that they hold for a longer appointment or another place too."""
    lasting = wish.direction is None and not wish.empty
    return replace(draft, when=(*draft.when, (moment.text, moment.now))[-4:] if lasting else draft.when), refined(
        moment.said_before(draft), wish
    )


def _when(moment: Moment) -> Reading | None:
    return None if moment.when.empty else moment.when


async def _name(moment: Moment, draft: Draft) -> Heard:
    seen = answered_name(moment.reading)
    said = read_name(moment.text) if read_amount(moment.text) is None else None
    name = seen if seen and (seen[0] or said is None) else said  # a first name alone may be half of what was said
    if name is None:
        return None
    told = {"first_name": name[0], "last_name": name[1]}
    return draft.with_facts(**told, email=read_email(moment.text) or draft.fact("email")), None


async def _contact(moment: Moment, draft: Draft) -> Heard:
    email, phone = read_email(moment.text), read_phone(moment.text)
    if email or phone:
        return draft.with_facts(email=email or draft.fact("email"), phone=phone or draft.fact("phone")), None
    return (_skipped(draft, "contact"), None) if draft.step == "contact" and _NONE.match(moment.text) else None


async def _address(moment: Moment, draft: Draft) -> Heard:
    text = " ".join(moment.text.split())
    has_number = any(sign.isdigit() for sign in text)
    return (draft.with_facts(address=text[:120]), None) if read_postcode(text) or (has_number and len(text) >= 6) else None


async def _note(moment: Moment, draft: Draft) -> Heard:
    text = " ".join(moment.text.split())
    if _NONE.match(text) and len(text) < 20:
        return _skipped(draft, "note"), None
    return (draft.with_facts(note=text[:_LONGEST_NOTE]), None) if len(text) >= 3 else None


async def _birth_date(moment: Moment, draft: Draft) -> Heard:
    match = re.search(r"\b(\d{1,2})[-/. ](\d{1,2})[-/. ]((?:19|20)\d{2})\b", moment.text)
    if match is None:
        return None
    return draft.with_facts(birth_date=f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}"), None


def _skipped(draft: Draft, question: str) -> Draft:
    return draft.with_facts(skipped=f"{draft.fact('skipped')} {question}".strip())


async def _confirm(moment: Moment, draft: Draft) -> Heard:
    said = read_yes_no(moment.text)
    if said == "yes":
        return await confirm_it(moment, draft), None
    return (await cancel_it(moment, draft), None) if draft.task == "cancel" and re.search("annule|afzeg", moment.text, re.I) else None


async def _code(moment: Moment, draft: Draft) -> Heard:
    reference = read_reference(moment.text)
    if reference is None and looks_like_reference("AF", moment.text):
        if draft.tries + 1 >= MOST_TRIES:
            return replace(draft, outcome="unknown"), None
        moment.say("utter_appointment_code_unknown")
        return replace(draft, tries=draft.tries + 1), None
    return (await with_code(moment, replace(draft, reference=reference)), None) if reference else None


async def with_code(moment: Moment, draft: Draft) -> Draft:
    """The draft with its code; who made the appointment in this conversation needs no second fact."""
    own = await moment.appointments.of_conversation(moment.conversation)
    return replace(draft, verified=any(booking.reference == draft.reference for booking in own))


async def _fact(moment: Moment, draft: Draft) -> Heard:
    if is_question(moment.text) or (_WISH.search(moment.text) and not names_itself(moment.text)):
        return None  # "ik wil hem verzetten naar vrijdag" is no surname
    name = read_name(moment.text)
    fact = read_email(moment.text) or (name[1] if name else moment.text)
    try:
        await moment.appointments.find(draft.reference or "", fact, moment.conversation)
    except BookingUnknown:
        if draft.tries + 1 >= MOST_TRIES:
            return replace(draft, outcome="unknown"), None
        moment.say("utter_appointment_no_match")
        return replace(draft, reference=None, tries=draft.tries + 1), None
    except TooManyTries:
        return replace(draft, outcome="too_many_tries"), None
    return replace(draft, verified=True), None


ANSWERS: Mapping[str, Answer] = {
    "municipality": _municipality,
    "product": _product,
    "kind": _kind,
    "option": _option,
    "notice": _notice,
    "place": _place,
    "time": _time,
    "name": _name,
    "contact": _contact,
    "email": _contact,
    "phone": _contact,
    "address": _address,
    "note": _note,
    "birth_date": _birth_date,
    "confirm": _confirm,
    "code": _code,
    "fact": _fact,
}
