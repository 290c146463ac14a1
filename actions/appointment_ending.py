"""Tells how it ended: booked, moved, cancelled, shown, or why not; never without a way on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from actions.appointment_asking import things
from actions.appointment_draft import Draft
from actions.appointment_moment import Moment
from actions.people import say_person
from actions.saying import Choice, payload
from bot.appointments.errors import BackendUnavailable, BookingUnknown

Tell = Callable[[Moment, Draft], Awaitable[None]]

CALLBACK_FORM = "callback_form"

FOLLOWING = {
    "callback": CALLBACK_FORM,
    "answer": "action_answer",
    "clarify": "action_clarify",
    "callback_status": "action_callback_status",
}
"""What goes on after an outcome that says nothing itself."""

HEARD_AS = {"action_answer": "", "action_clarify": "nlu_fallback", "action_callback_status": "callback_status"}
"""The intent that a message is heard as again, for what follows outside the form; empty for the one of its aspect."""

_RELEASES = frozenset({"stopped", "person", "callback", "kept"})
"""Outcomes after which nobody waits for the slot that was held."""


async def tell(moment: Moment, draft: Draft) -> str | None:
    """Say the outcome; gives the form or the action that must follow, if any."""
    if draft.outcome in _RELEASES and draft.hold:
        await _release(moment)
    if draft.outcome in FOLLOWING:
        return FOLLOWING[draft.outcome]
    await _TELLS.get(draft.outcome, _plain)(moment, draft)
    return None


async def _release(moment: Moment) -> None:
    try:
        await moment.appointments.release(moment.conversation)
    except BackendUnavailable:
        return  # it frees itself within ten minutes


def _to_person(moment: Moment) -> list[Choice]:
    return [(moment.library.message("knop_terugbellen"), payload("request_callback"))]


async def _plain(moment: Moment, draft: Draft) -> None:
    moment.say(f"utter_appointment_{draft.outcome}", _to_person(moment), meta={"route": "appointment"})


async def _stopped(moment: Moment, draft: Draft) -> None:
    moment.say("utter_appointment_kept" if draft.task == "cancel" else "utter_appointment_stopped")


async def _person(moment: Moment, draft: Draft) -> None:
    # In a form the words are an answer; here they are what they say: who asks for a person gets one at once if there is one.
    await say_person(moment.dispatcher, moment.given, replace(moment.reading, intent="ask_person"), reason="asked")


async def _refused(moment: Moment, draft: Draft) -> None:
    moment.say("utter_appointment_refused", _to_person(moment), things=things(moment, draft), meta={"route": "person", "reason": "refused"})


async def _only_call(moment: Moment, draft: Draft) -> None:
    call = payload("book_appointment", answer="kind:terugbellen", product=draft.main_product or "")
    moment.say("utter_appointment_only_call", [(moment.library.message("afspraak_terugbellen"), call)], things=things(moment, draft))


async def _arranged(moment: Moment, draft: Draft) -> None:
    booking = await moment.booking(draft)
    notices = moment.given.notices
    details = await notices.details(booking, draft.products)
    mailed = booking.customer.email if notices.sends_mail else ""
    moment.say(
        f"utter_appointment_{draft.outcome}",
        when=details.when,
        where=details.where,
        reference=booking.reference,
        link=notices.link(booking),
        meta={"route": "appointment", "reference": booking.reference},
    )
    if details.bring:
        moment.say("utter_appointment_bring", bring=details.bring)
    if mailed:
        moment.say("utter_appointment_mailed", email=mailed)


async def _shown(moment: Moment, draft: Draft) -> None:
    booking = await moment.booking(draft)
    details = await moment.given.notices.details(booking)
    choices = [
        (moment.library.message("knop_verzetten"), payload("move_appointment", answer=f"code:{booking.reference}")),
        (moment.library.message("knop_afzeggen"), payload("cancel_appointment", answer=f"code:{booking.reference}")),
    ]
    meta = {"route": "appointment", "reference": booking.reference}
    moment.say("utter_appointment_shown", choices, when=details.when, where=details.where, things=details.title, meta=meta)


async def _cancelled(moment: Moment, draft: Draft) -> None:
    try:
        details = await moment.given.notices.details(await moment.booking(draft))
    except BookingUnknown:
        moment.say("utter_appointment_was_cancelled", _to_person(moment))
        return
    again = [(moment.library.message("knop_nieuwe_afspraak"), payload("book_appointment"))]
    moment.say("utter_appointment_cancelled", again, when=details.when, meta={"route": "appointment"})


async def _was_cancelled(moment: Moment, draft: Draft) -> None:
    again = [(moment.library.message("knop_nieuwe_afspraak"), payload("book_appointment"))] if draft.task == "view" else []
    moment.say("utter_appointment_was_cancelled", [*again, *_to_person(moment)], meta={"route": "appointment"})


_TELLS: Mapping[str, Tell] = {
    "stopped": _stopped,
    "kept": _stopped,
    "person": _person,
    "refused": _refused,
    "only_call": _only_call,
    "booked": _arranged,
    "moved": _arranged,
    "shown": _shown,
    "cancelled": _cancelled,
    "was_cancelled": _was_cancelled,
}
