"""The moment itself: books, moves or cancels what was confirmed, and turns every way it can fail into a next step."""

from __future__ import annotations

from dataclasses import replace

from actions.appointment_draft import Draft, Step
from actions.appointment_moment import Moment
from bot.appointments.errors import (
    AppointmentRefused,
    BackendUnavailable,
    BookingUnknown,
    CancelElsewhere,
    CustomerRefused,
    HoldExpired,
    OutcomeUnknown,
    SlotTaken,
)
from bot.errors import BotError
from bot.model.appointment import Booking, Customer

_STEP_OF_FIELD: dict[str, Step] = {
    "last_name": "name",
    "first_name": "name",
    "email": "email",
    "phone": "phone",
    "address": "address",
    "note": "note",
    "birth_date": "birth_date",
}

_OUTCOMES: dict[type[BotError], str] = {
    CancelElsewhere: "cancel_elsewhere",
    BookingUnknown: "unknown",
    AppointmentRefused: "refused",
    OutcomeUnknown: "unsure",
    BackendUnavailable: "away",
}
_ENDINGS = tuple(_OUTCOMES)

_OWN_FIELDS = ("last_name", "first_name", "email", "phone")


def outcome_of(error: BotError) -> str:
    """How a draft ends when this went wrong."""
    return next(outcome for kind, outcome in _OUTCOMES.items() if isinstance(error, kind))


async def confirm_it(moment: Moment, draft: Draft) -> Draft:
    """Do what was read back and confirmed."""
    if draft.task == "cancel":
        return await cancel_it(moment, draft)
    try:
        booking = await _moved(moment, draft) if draft.task == "move" else await _booked(moment, draft)
    except (SlotTaken, HoldExpired):
        moment.say("utter_appointment_taken")
        return draft.without_slot()
    except CustomerRefused as refused:
        return _asked_again(moment, draft, refused.field)
    except _ENDINGS as ended:
        return replace(draft, outcome=outcome_of(ended))
    await moment.given.notices.arranged(booking, draft.products)
    return replace(draft, outcome="moved" if draft.task == "move" else "booked", reference=booking.reference, verified=True)


async def cancel_it(moment: Moment, draft: Draft) -> Draft:
    """Cancel the appointment that was found."""
    try:
        booking = await moment.appointments.cancel(await moment.booking(draft))
    except _ENDINGS as ended:
        return replace(draft, outcome=outcome_of(ended))
    await moment.given.notices.cancelled(booking)
    return replace(draft, outcome="cancelled")


async def _booked(moment: Moment, draft: Draft) -> Booking:
    if draft.hold is None:
        raise HoldExpired("nothing is held")
    return await moment.appointments.book(moment.reading.message_id, draft.hold, customer_of(draft))


async def _moved(moment: Moment, draft: Draft) -> Booking:
    if draft.hold is None:
        raise HoldExpired("nothing is held")
    return await moment.appointments.move(moment.reading.message_id, await moment.booking(draft), draft.hold)


def customer_of(draft: Draft) -> Customer:
    """Who comes, as far as it was asked."""
    extra = {name: value for name, value in draft.facts.items() if name not in (*_OWN_FIELDS, "skipped")}
    return Customer(draft.fact("last_name"), draft.fact("first_name"), draft.fact("email"), draft.fact("phone"), extra)


def _asked_again(moment: Moment, draft: Draft, field: str) -> Draft:
    step = _STEP_OF_FIELD.get(field)
    if step is None:
        return replace(draft, outcome="refused")
    moment.say("utter_appointment_fact_refused")
    return replace(draft.with_facts(**{field: ""}), ask=step)
