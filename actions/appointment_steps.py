"""Decides which question comes next: what is known already is not asked, and a time is held as soon as it is chosen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace

from actions.appointment_booking import outcome_of
from actions.appointment_draft import Draft, Step
from actions.appointment_moment import Moment
from actions.appointment_times import find_times, is_exact, keep, same_time
from bot.appointments.errors import AppointmentRefused, BackendUnavailable, BookingUnknown
from bot.clock import local
from bot.model.appointment import AppointmentKind, Booking, CustomerField, Slot, Wish
from bot.text.dates import DateRange, Reading
from bot.text.wording import sentence_start

ELSEWHERE = "?"
"""In `near`: another place is wanted, but not said which."""

DEFAULT_PRODUCT: dict[AppointmentKind, str] = {"huisbezoek": "wmo", "huwelijk": "huwelijk", "terugbellen": "contact"}
"""What an appointment of this kind is for when nothing else was said; its note tells the rest."""

WITH_NOTE: tuple[AppointmentKind, ...] = ("huisbezoek", "terugbellen", "video")
"""Who calls or comes by wants to know in a line what it is about."""

Rule = Callable[[Moment, Draft, Reading], Awaitable[Draft]]


async def progress(moment: Moment, draft: Draft, when: Reading | None = None) -> Draft:
    """The draft with its next question in `step`, or with an `outcome`; `when` is what this message wants of the time."""
    if draft.outcome:
        return draft
    if draft.ask:
        return replace(draft, step=draft.ask, ask=None)
    open_draft = replace(draft, step=None)
    try:
        for rule in _RULES[draft.task]:
            open_draft = await rule(moment, open_draft, moment.said_before(open_draft) if when is None else when)
            if open_draft.step or open_draft.outcome:
                return open_draft
    except (AppointmentRefused, BookingUnknown, BackendUnavailable) as ended:
        return replace(open_draft, outcome=outcome_of(ended))
    return replace(open_draft, step="confirm")


async def _municipality(moment: Moment, draft: Draft, when: Reading) -> Draft:
    return draft if draft.municipality else replace(draft, step="municipality")


async def _product(moment: Moment, draft: Draft, when: Reading) -> Draft:
    if draft.products:
        return draft
    if draft.kind in DEFAULT_PRODUCT:
        return replace(draft, products={DEFAULT_PRODUCT[draft.kind]: 1})
    return replace(draft, step="product")


async def _kind(moment: Moment, draft: Draft, when: Reading) -> Draft:
    kinds = kinds_here(moment, draft)
    if not kinds:
        return replace(draft, outcome="refused")
    if draft.kind in kinds:
        return draft
    if draft.kind is None and kinds == ("terugbellen",):
        return replace(draft, outcome="only_call")
    meeting: list[AppointmentKind] = [kind for kind in kinds if kind != "terugbellen"] or list(kinds)
    return replace(draft, kind=meeting[0]) if len(meeting) == 1 else replace(draft, kind=None, step="kind")


def kinds_here(moment: Moment, draft: Draft) -> tuple[AppointmentKind, ...]:
    """How people can meet about everything that is wanted."""
    here = draft.municipality or ""
    each = [moment.appointments.kinds_of(product, here) for product in draft.products]
    return tuple(kind for kind in each[0] if all(kind in kinds for kinds in each)) if each else ()


def options_here(moment: Moment, draft: Draft) -> tuple[str, ...]:
    """The variants among which a citizen chooses, or which they may take."""
    if draft.main_product is None or draft.kind is None or draft.municipality is None:
        return ()
    return moment.appointments.options_of(draft.main_product, draft.municipality, draft.kind)


async def _option(moment: Moment, draft: Draft, when: Reading) -> Draft:
    options = options_here(moment, draft)
    if draft.option and draft.option not in options:
        draft = replace(draft, option=None)
    return replace(draft, step="option") if draft.kind == "huwelijk" and options and not draft.option else draft


async def _notice(moment: Moment, draft: Draft, when: Reading) -> Draft:
    return replace(draft, step="notice") if draft.kind == "huwelijk" and not draft.notice_known else draft


async def _place(moment: Moment, draft: Draft, when: Reading) -> Draft:
    if draft.place:
        return draft
    if draft.near == ELSEWHERE:
        return replace(draft, near="", step="place")
    places = await moment.appointments.locations(await moment.wish(draft), draft.near or None)
    if not places:
        return replace(draft, outcome="refused")
    if draft.kind == "huwelijk" and len(places) > 1 and not draft.near:
        return replace(draft, step="place")
    return replace(draft, place=places[0].id)


async def _time(moment: Moment, draft: Draft, when: Reading) -> Draft:
    return await timed(moment, draft, await moment.wish(draft), when)


async def timed(moment: Moment, draft: Draft, wish: Wish, when: Reading) -> Draft:
    """The draft with a slot that is held, or with times to choose from."""
    if draft.slot and draft.hold and draft.hold_until and draft.hold_until > moment.now:
        return draft
    if draft.slot and draft.slot in draft.shown:
        # Chosen from what was just shown: held as it is, without asking the calendar what it offers.
        held = await _hold(moment, draft, wish, draft.slot)
        if held:
            return held
    if draft.slot:
        # What this conversation holds itself is not on offer: given back first, it can be held again, perhaps for longer.
        await moment.appointments.release(moment.conversation)
        held = await _hold(moment, draft, wish, await same_time(moment.appointments, draft, wish, draft.slot.starts))
        if held:
            return held
        moment.say("utter_appointment_taken")
        when = _from_then_on(when, draft.slot)
    return await _offered(moment, draft.without_slot() if draft.slot else draft, wish, when)


def _from_then_on(when: Reading, taken: Slot) -> Reading:
    """Who named no day and chose a time that is gone looks on from its day, and not from the very first again."""
    if when.dates or when.pairs:
        return when
    return replace(when, dates=(DateRange(local(taken.starts).date(), None),), direction=None, step=None, asap=False, anything=False)


def _say_what_is_no_day(moment: Moment) -> None:
    """Say of a day in this message why it cannot be: no calendar has it, or it is over; the times follow."""
    said = moment.when
    if said.impossible:
        day = said.impossible[0]
        moment.tell(moment.library.message("afspraak_dag_bestaat_niet", dag=sentence_start(day)))
    elif said.past and moment.open_step != "notice":
        moment.tell(moment.library.message("afspraak_dag_voorbij"))


async def _offered(moment: Moment, draft: Draft, wish: Wish, when: Reading) -> Draft:
    _say_what_is_no_day(moment)
    found = await find_times(moment.appointments, draft, wish, when, moment.today)
    if not found.shown:
        return replace(found, outcome="full")
    exact = found.shown[0] if not found.obstacle and is_exact(when) else None
    held = await _hold(moment, found, wish, exact)
    return held or replace(found, step="time", shown_at=moment.now)


async def _hold(moment: Moment, draft: Draft, wish: Wish, slot: Slot | None) -> Draft | None:
    return await keep(moment.appointments, moment.conversation, draft, wish, slot) if slot else None


async def _customer(moment: Moment, draft: Draft, when: Reading) -> Draft:
    step = missing(await moment.appointments.required_fields(await moment.wish(draft)), draft)
    return replace(draft, step=step) if step else draft


def missing(fields: Iterable[CustomerField], draft: Draft) -> Step | None:
    """The next thing to ask of the citizen; e-mail or phone is enough when neither must be there."""
    required = {item.name: item.required for item in fields}
    skipped = draft.fact("skipped").split()
    if "last_name" in required and not draft.fact("last_name"):
        return "name"
    reach = [name for name in ("email", "phone") if name in required]
    must = [name for name in reach if required[name]]
    for name in must:
        if not draft.fact(name):
            return "email" if name == "email" else "phone"
    if reach and not must and "contact" not in skipped and not (draft.fact("email") or draft.fact("phone")):
        return "contact"
    if "address" in required and not draft.fact("address") and (required["address"] or draft.kind == "huisbezoek"):
        return "address"
    if "note" in required and not draft.fact("note") and "note" not in skipped and (required["note"] or draft.kind in WITH_NOTE):
        return "note"
    return "birth_date" if required.get("birth_date") and not draft.fact("birth_date") else None


async def _known_booking(moment: Moment, draft: Draft, when: Reading) -> Draft:
    if not draft.reference:
        return replace(draft, step="code")
    if not draft.verified:
        return replace(draft, step="fact")
    booking = await moment.booking(draft)
    if booking.status == "unsure":
        return replace(draft, outcome="unsure")
    if booking.status == "cancelled":
        return await _anew(moment, draft, booking) if draft.task == "move" else replace(draft, outcome="was_cancelled")
    if booking.slot.starts <= moment.now:
        return replace(draft, outcome="over")
    return replace(draft, place=draft.place or booking.slot.location)


async def _anew(moment: Moment, draft: Draft, booking: Booking) -> Draft:
    """A new appointment in place of a cancelled one, which cannot be moved; the day that was named holds for it."""
    moment.say("utter_appointment_was_cancelled")
    return await progress(moment, Draft("book", draft.heard, municipality=booking.wish.municipality, when=draft.when))


async def _shown(moment: Moment, draft: Draft, when: Reading) -> Draft:
    return replace(draft, outcome="shown")


async def _new_time(moment: Moment, draft: Draft, when: Reading) -> Draft:
    booking = await moment.booking(draft)
    if not draft.shown and not draft.slot:
        draft = replace(draft, shown=(booking.slot,))
    return await timed(moment, draft, booking.wish, when)


_RULES: dict[str, tuple[Rule, ...]] = {
    "book": (_municipality, _product, _kind, _option, _notice, _place, _time, _customer),
    "move": (_known_booking, _new_time),
    "cancel": (_known_booking,),
    "view": (_known_booking, _shown),
}
