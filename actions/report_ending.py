"""Tells how a report ended: handed in, stopped, with a person, or on the municipality's own page; never without a way on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from actions.answers import say_answers
from actions.appointment_moment import Moment
from actions.people import say_person
from actions.report_asking import speak
from actions.report_draft import Draft
from actions.saying import Choice, payload
from bot.model.knowledge import HOW
from bot.model.report import ReportDraft
from bot.reports.errors import ReportRefused
from bot.text.dutch import day_in_words
from bot.text.phones import show_phone

Tell = Callable[[Moment, Draft], Awaitable[None]]

FOLLOWING = {"callback": "action_begin_callback", "appointment": "action_begin_appointment"}
"""The action that goes on after an outcome."""


async def tell(moment: Moment, draft: Draft) -> str | None:
    """Say the outcome; gives the action that must follow, if any."""
    if draft.outcome in FOLLOWING:
        return FOLLOWING[draft.outcome]
    await _TELLS[draft.outcome or "stopped"](moment, draft)
    return None


async def _handed_in(moment: Moment, draft: Draft) -> None:
    try:
        made = await moment.given.reports.hand_in(
            moment.reading.message_id,
            ReportDraft(
                conversation_id=moment.conversation,
                municipality=draft.municipality or "",
                product=draft.product,
                text=draft.text,
                place=draft.place,
                pictures=draft.picture_ids(),
                email=draft.email or None,
                phone=draft.phone or None,
            ),
        )
    except ReportRefused:
        speak(moment, draft, "utter_report_failed", _to_person(moment))
        return
    moment.say(
        "utter_report_made_reach" if draft.reach else "utter_report_made",
        reference=made.reference,
        promised_on=day_in_words(made.promised_on),
        reach=draft.email or (show_phone(draft.phone) if draft.phone else ""),
        meta={"route": "report", "product": draft.product, "reference": made.reference},
    )


def _to_person(moment: Moment) -> list[Choice]:
    return [(moment.library.message("knop_persoon"), payload("ask_person"))]


async def _link(moment: Moment, draft: Draft) -> None:
    speak(moment, draft, "utter_report_elsewhere")
    say_link(moment, draft.product, draft.municipality)


def say_link(moment: Moment, product: str, municipality: str | None) -> None:
    """Say where the municipality takes reports itself."""
    answer = moment.library.answer(product, HOW, municipality)
    say_answers(moment.dispatcher, moment.library, [answer], replace(moment.reading, also=()))


async def _stopped(moment: Moment, draft: Draft) -> None:
    moment.say("utter_report_stopped")


async def _person(moment: Moment, draft: Draft) -> None:
    # In a form the words are an answer; here they are what they say: who asks for a person gets one at once if there is one.
    await say_person(moment.dispatcher, moment.given, replace(moment.reading, intent="ask_person"), reason="asked")


_TELLS: Mapping[str, Tell] = {"handed_in": _handed_in, "link": _link, "stopped": _stopped, "person": _person}
