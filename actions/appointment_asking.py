"""Puts the open question of an appointment to the citizen, with its choices."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from actions.appointment_draft import Draft
from actions.appointment_moment import Moment, answer
from actions.appointment_products import MOST_ASKED
from actions.appointment_steps import kinds_here, options_here
from actions.saying import Choice
from bot.appointments.errors import AppointmentRefused, BookingUnknown
from bot.clock import local
from bot.model.appointment import Slot
from bot.text.dutch import moment_in_words
from bot.text.phones import show_phone
from bot.text.wording import clock_time, in_sentence, sentence_start

Ask = Callable[[Moment, Draft], Awaitable[None]]

_MOST_PLACES = 8

_SHORT_DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_SHORT_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def slot_title(slot: Slot) -> str:
    """A time as it stands on a button: "di 3 mrt 14.30 uur"; WhatsApp takes 20 signs on a button and 24 in a list."""
    here = local(slot.starts)
    return f"{_SHORT_DAYS[here.weekday()]} {here.day} {_SHORT_MONTHS[here.month - 1]} {clock_time(here.time())} uur"


def things(moment: Moment, draft: Draft) -> str:
    """What the appointment is for, in words: "Paspoort, 2 keer ID-kaart"."""
    names = []
    for product, amount in draft.products.items():
        title = moment.library.title_of(product) if moment.library.product(product) else product
        names.append(title if amount == 1 else moment.library.message("afspraak_keer", aantal=str(amount), wat=title))
    return ", ".join(names)


async def ask(moment: Moment, draft: Draft) -> None:
    """Ask the question of `draft.step`."""
    question = _ASKS.get(draft.step or "")
    if question is not None:
        await question(moment, draft)
    else:
        moment.say(f"utter_ask_appointment_{draft.step}")


async def _municipality(moment: Moment, draft: Draft) -> None:
    choices = [(item.name, answer(f"municipality:{item.id}")) for item in moment.library.municipalities()]
    moment.say("utter_ask_appointment_municipality", choices)


async def _product(moment: Moment, draft: Draft) -> None:
    choices = [(moment.library.title_of(name), answer(f"product:{name}")) for name in MOST_ASKED]
    moment.say("utter_ask_appointment_product", choices)


async def _kind(moment: Moment, draft: Draft) -> None:
    choices = [moment.button(f"afspraak_{kind}", f"kind:{kind}") for kind in kinds_here(moment, draft)]
    moment.say("utter_ask_appointment_kind", choices)


async def _option(moment: Moment, draft: Draft) -> None:
    moment.say("utter_ask_appointment_option", [moment.button(f"afspraak_{one}", f"option:{one}") for one in options_here(moment, draft)])


async def _notice(moment: Moment, draft: Draft) -> None:
    moment.say("utter_ask_appointment_notice", [moment.button("knop_nog_niet", "no_notice")])


async def _place(moment: Moment, draft: Draft) -> None:
    places = await moment.appointments.locations(await moment.wish(draft), draft.near or None)
    moment.say("utter_ask_appointment_place", [(place.name[:40], answer(f"place:{place.id}")) for place in places[:_MOST_PLACES]])


async def _time(moment: Moment, draft: Draft) -> None:
    choices: list[Choice] = [(slot_title(slot), answer(f"slot:{slot.location}|{slot.starts.isoformat()}")) for slot in draft.shown]
    choices += [
        moment.button("knop_eerder", "earlier"),
        moment.button("knop_later", "later"),
        moment.button("knop_andere_dag", "other_day"),
    ]
    response = _TIMES.get(draft.obstacle or "", "utter_ask_appointment_time")
    times = "\n".join(f"- {moment_in_words(local(slot.starts))}" for slot in draft.shown)
    first, last = moment.appointments.days(await moment.wish(draft))
    meta = {"route": "appointment", "input": "date", "first_day": max(first, moment.today).isoformat(), "last_day": last.isoformat()}
    moment.say(response, choices, times=times, place=await place_words(moment, draft), meta=meta)


_TIMES = {
    "day": "utter_ask_appointment_time_no_day",
    "time": "utter_ask_appointment_time_no_time",
    "both": "utter_ask_appointment_time_no_moment",
    "earlier": "utter_ask_appointment_time_no_earlier",
    "later": "utter_ask_appointment_time_no_later",
}


async def place_words(moment: Moment, draft: Draft) -> str:
    """Where it is, as people read it: "gemeentehuis Castricum"."""
    place = draft.slot.location if draft.slot else draft.place
    try:
        found = await moment.appointments.location(await moment.wish(draft), place or "")
    except (AppointmentRefused, BookingUnknown):
        return place or ""
    return in_sentence(found.name)


async def _contact(moment: Moment, draft: Draft) -> None:
    moment.say("utter_ask_appointment_contact", [moment.button("knop_overslaan", "skip:contact")])


async def _note(moment: Moment, draft: Draft) -> None:
    moment.say("utter_ask_appointment_note")


async def _confirm(moment: Moment, draft: Draft) -> None:
    yes, no = moment.button("knop_klopt", "yes"), moment.button("knop_klopt_niet", "no")
    if draft.task == "cancel":
        details = await moment.given.notices.details(await moment.booking(draft))
        moment.say("utter_ask_appointment_cancel", [moment.button("knop_zeg_af", "yes"), moment.button("knop_niet_afzeggen", "no")],
                   when=details.when, where=details.where, things=details.title)  # fmt: skip
        return
    when = moment_in_words(local(draft.slot.starts)) if draft.slot else ""
    if draft.task == "move":
        old = await moment.given.notices.details(await moment.booking(draft))
        moment.say("utter_ask_appointment_move", [yes, no], old=old.when, when=when, place=await place_words(moment, draft))
        return
    lines = await summary(moment, draft)
    offered = [one for one in options_here(moment, draft) if draft.kind != "huwelijk" and one != draft.option]
    more = [moment.button(f"afspraak_{one}", f"option:{one}") for one in offered]
    response = "utter_ask_appointment_confirm_counter" if draft.kind == "balie" else "utter_ask_appointment_confirm"
    moment.say(response, [yes, no, *more], summary=lines, meta={"route": "appointment"})


async def summary(moment: Moment, draft: Draft) -> str:
    """Everything that will be booked, as a list to read back."""
    place = await place_words(moment, draft)
    when = moment_in_words(local(draft.slot.starts)) if draft.slot else ""
    name = " ".join(part for part in (draft.fact("first_name"), draft.fact("last_name")) if part)
    facts = {
        "afspraak_regel_wanneer": f"{when}, {place}",
        "afspraak_regel_wat": things(moment, draft),
        "afspraak_regel_optie": moment.library.message(f"afspraak_{draft.option}") if draft.option else "",
        "afspraak_regel_naam": name,
        "afspraak_regel_email": draft.fact("email"),
        "afspraak_regel_telefoon": shown_phone(draft.fact("phone")),
        "afspraak_regel_adres": draft.fact("address"),
        "afspraak_regel_onderwerp": draft.fact("note"),
    }
    return "\n".join(f"- {sentence_start(moment.library.message(key, waarde=value))}" for key, value in facts.items() if value)


def shown_phone(number: str) -> str:
    """A stored number as people write it; empty when there is none."""
    return show_phone(number) if number else ""


async def _change(moment: Moment, draft: Draft) -> None:
    if draft.task == "move":
        moment.say("utter_ask_appointment_change", [moment.button("knop_tijd", "change:time"), moment.button("knop_stop", "stop")])
        return
    keys = (("knop_tijd", "time"), ("knop_plaats", "place"), ("knop_gegevens", "details"), ("knop_waarvoor", "product"))
    parts = [moment.button(key, f"change:{part}") for key, part in keys if part != "place" or draft.kind in ("balie", "huwelijk")]
    moment.say("utter_ask_appointment_change", [*parts, moment.button("knop_stop", "stop")])


async def _code(moment: Moment, draft: Draft) -> None:
    own = [booking for booking in await moment.appointments.of_conversation(moment.conversation)]
    choices = [(slot_title(booking.slot), answer(f"code:{booking.reference}")) for booking in own[:_MOST_PLACES]]
    moment.say("utter_ask_appointment_which" if choices else "utter_ask_appointment_code", choices)


_ASKS: Mapping[str, Ask] = {
    "municipality": _municipality,
    "product": _product,
    "kind": _kind,
    "option": _option,
    "notice": _notice,
    "place": _place,
    "time": _time,
    "contact": _contact,
    "note": _note,
    "confirm": _confirm,
    "change": _change,
    "code": _code,
}
