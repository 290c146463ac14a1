"""Starts a draft with everything the citizen said already, in this message or before."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.appointment_answers import with_code
from actions.appointment_draft import Draft, Task, draft_of
from actions.appointment_moment import Moment
from actions.appointment_products import ABOUT_APPOINTMENTS, documents_in, product_before, products_in
from actions.appointment_steps import progress
from actions.appointment_where import say_no_counter_there, wants_board
from actions.names import own_name, without_people
from bot.appointments.errors import BackendUnavailable
from bot.appointments.service import read_reference
from bot.model.appointment import KINDS, AppointmentKind
from bot.model.knowledge import HOW
from bot.text.particulars import read_amount, read_email
from bot.text.phones import read_phone
from bot.text.references import looks_like_reference
from bot.text.wishes import read_kind, read_option

_WANTS = re.compile(
    r"\b(?:ik|wij|we) (?:wil|willen|zou|zouden|kom|komen|moet|moeten)\b|\b(?:kan|kunnen|mag) (?:ik|wij|we)\b|\bgraag\b"
    r"|\b(?:ik|wij|we)\b[^.?!]*\ben (?:wil|willen|zou|zouden|kom|komen|moet|moeten)\b",  # "ik ben Jan en wil dinsdag ..."
    re.IGNORECASE,
)

_COMES = re.compile(r"\b(?:kan|kunnen|mag|mogen) (?:ik|wij|we)\b[^.?!]*\b(?:komen|langskomen|terecht|langs)\b", re.IGNORECASE)

_BOOKS = re.compile(
    r"\b(?:ik|wij|we) (?:wil|willen|zou|zouden)\b[^.?!]{0,30}\bafspraak\b(?! (?:verzetten|verplaatsen|afzeggen|annuleren|wijzigen))"
    r"|\b(?:(?:trouw)?(?:datum|dag)|tijd(?:stip)?|moment) (?:willen |graag )?(?:vastleggen|vastzetten|prikken|reserveren|boeken)\b",
    re.IGNORECASE,
)
"""A wish for an appointment in so many words, whatever else the sentence is taken for."""

_AWAY = re.compile(r"\b(?:ik|wij|we) (?:vlieg|vertrek|reis|verhuis|vliegen|vertrekken|reizen|verhuizen|ga|gaan)\b", re.IGNORECASE)
"""Who travels or moves on the day that is named does not come to the counter then ("ik vlieg morgen")."""

_TASKS: dict[Task, re.Pattern[str]] = {
    "cancel": re.compile(r"\bmijn afspraak\b.*\b(?:af ?zeg\w*|annul\w*|cancel\w*|schrap\w*)|\bzeg mijn afspraak\b", re.IGNORECASE),
    "move": re.compile(r"\bmijn afspraak\b.*\b(?:verzet\w*|verplaats\w*|verschui\w*|omzet\w*)|\bverzet mijn afspraak\b", re.IGNORECASE),
}

TASK_OF_INTENT: dict[str, Task] = {
    "book_appointment": "book",
    "move_appointment": "move",
    "cancel_appointment": "cancel",
    "view_appointment": "view",
}


_ABOUT_ONE = re.compile(
    r"\b(?:afspra\w*|afzeg\w*|af ?te ?zeggen|zeg\b.*\baf|annul\w*|cancel\w*|verzet\w*|verplaats\w*|verschui\w*|omzet\w*|code"
    r"|reserver\w*|gereserveerd|boek\w*|geboekt|af-\w+|tijd\w*|gepland|kom\w*|moment|ziek|verhinderd|balie|gemeentehuis)\b",
    re.IGNORECASE,
)
"""A word that points at an appointment; without one, and about something else, no code is asked for."""

_HAS_ONE = re.compile(
    r"\b(?:ik|wij|we)\b (?:heb|hebben|had|hadden)\b[^.?!,]{0,40}\b(?:een|mijn|onze) afspraak\b(?! (?:nodig|maken|plannen))"
    r"|\b(?:een|mijn|onze) afspraak (?:heb|hebben|had) (?:staan|gemaakt|geboekt)\b",
    re.IGNORECASE,
)
"""Somebody has an appointment and wants no other one."""

_ABOUT = re.compile(r"\b(?:over|gaat om)\s+(?P<what>(?:mijn|m'n|een|de|het|onze|ons)\s+[^.?!,]{3,})", re.IGNORECASE)
"""What a talk is about, where the wish for it says so."""

_LONGEST_NOTE = 200
SURE = 0.6
"""Who is this clearly about an appointment is so without a word for it ("haal mij van de lijst")."""

_LIKELY = 0.2
"""How likely a product must be for a message to be about that."""


def is_misread(moment: Moment) -> bool:
    """Whether a message taken for one about an appointment that is there names none, and sounds like a product ("mijn paspoort dus")."""
    reading = moment.reading
    if reading.chosen or TASK_OF_INTENT.get(reading.intent) in (None, "book") or _ABOUT_ONE.search(moment.text) or not moment.when.empty:
        return False
    unsure = reading.confidence < SURE and not draft_of(moment.tracker).verified
    return unsure and any(share >= _LIKELY and name not in ABOUT_APPOINTMENTS for name, share in reading.products)


def names_a_time(moment: Moment) -> bool:
    """Whether a day or a clock time is said, so that a call can be planned; "zo snel mogelijk" names none."""
    return bool(moment.when.dates or moment.when.times or moment.when.ambiguous)


def task_said(text: str) -> Task | None:
    """What is to happen to an appointment that is there, where it is said in so many words."""
    return next((task for task, pattern in _TASKS.items() if pattern.search(text)), None)


def plans_a_visit(moment: Moment) -> bool:
    """Whether a visit is wanted beside, or in place of, what was understood.

    "Ik wil volgende week dinsdag een paspoort aanvragen": who names the day wants to come, not to know how. "Kan ik zondag komen
    voor een paspoort, en wat kost het": the same, whatever else is asked.
    """
    if task_said(moment.text):
        return True
    wanted = map(moment.library.product, products_in(moment.library, moment.reading))
    if moment.when.past or not any(product and product.appointment for product in wanted):
        return False
    if moment.reading.aspect == HOW and _BOOKS.search(moment.text):
        return True
    wants = _WANTS if moment.reading.aspect == HOW else _COMES
    return names_a_time(moment) and not _AWAY.search(moment.text) and wants.search(moment.text) is not None


async def begin(moment: Moment, task: Task | None = None, kind: AppointmentKind | None = None) -> Draft:
    """The draft with its first question, or with an outcome when there is nothing to ask; `kind` when it is certain already."""
    task = task or TASK_OF_INTENT.get(moment.reading.intent) or task_said(moment.text) or "book"
    if task == "book" and kind is None and _HAS_ONE.search(moment.text) and not moment.reading.chosen:
        task = "view"
    if task == "book" and not moment.reading.chosen:
        if wants_board(moment.text):
            return Draft(outcome="with_board")
        say_no_counter_there(moment, moment.here)
    try:
        draft = _wanted(moment, kind) if task == "book" else await _existing(moment, task)
        return await progress(moment, replace(draft, heard=moment.reading.message_id))
    except BackendUnavailable:
        return Draft(task=task, outcome="away")


def _wanted(moment: Moment, known: AppointmentKind | None = None) -> Draft:
    text, library = moment.text, moment.library
    verb, _, value = moment.answer.partition(":")
    kind = known or next((one for one in KINDS if verb == "kind" and one == value), None) or read_kind(text)
    products = products_in(library, moment.reading) if known or _says_for_what(moment) else _as_before(moment, kind)
    amount = read_amount(text)
    if amount and len(products) == 1:
        products = dict.fromkeys(products, amount)
    if "huwelijk" in products:
        kind = "huwelijk"
    draft = Draft(
        municipality=moment.reading.municipality or moment.here,
        products=products,
        kind=kind,
        option=read_option(text),
        near=without_people(moment.reading) if moment.here else "",
        when=((text, moment.now),) if not moment.when.empty else (),
    )
    about = _ABOUT.search(text) if kind == "terugbellen" else None
    if about:
        draft = draft.with_facts(note=" ".join(about["what"].split())[:_LONGEST_NOTE])
    first, last = own_name(moment.reading) or ("", "")
    return draft.with_facts(first_name=first, last_name=last, email=read_email(text) or "", phone=read_phone(text) or "")


def _says_for_what(moment: Moment) -> bool:
    """Whether the message itself names a subject, and not only an appointment."""
    if moment.reading.chosen or documents_in(moment.text):
        return True
    return (moment.understanding.get("product") or "afspraak") not in ABOUT_APPOINTMENTS


def _as_before(moment: Moment, kind: AppointmentKind | None) -> dict[str, int]:
    product = None if kind else product_before(moment.library, moment.tracker.get_slot("product"))
    if product is None:
        return {}
    moment.say("utter_appointment_as_before", product=product.name)
    return {product.id: 1}


async def _is_cancelled(moment: Moment, draft: Draft) -> bool:
    """Whether the appointment that was just shown is cancelled: who cancels one means another."""
    booking = await moment.appointments.by_reference(draft.reference or "")
    return booking is not None and booking.status == "cancelled"


async def _existing(moment: Moment, task: Task) -> Draft:
    draft = Draft(task=task, municipality=moment.reading.municipality)
    before = draft_of(moment.tracker)
    reference = moment.answer.removeprefix("code:") if moment.answer else read_reference(moment.text)
    if reference is None and looks_like_reference("AF", moment.text):
        moment.say("utter_appointment_code_unknown")
    if before.verified and reference in (None, before.reference) and not (task == "cancel" and await _is_cancelled(moment, before)):
        draft = replace(draft, reference=before.reference, verified=True)  # it was just shown to who proved to be its owner
    elif reference:
        draft = await with_code(moment, replace(draft, reference=reference))
    else:
        own = await moment.appointments.of_conversation(moment.conversation)
        if len(own) == 1:
            draft = replace(draft, reference=own[0].reference, verified=True)
    if task == "move" and not moment.when.empty:
        draft = replace(draft, when=((moment.text, moment.now),))
    return draft
