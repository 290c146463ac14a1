"""What else a message holds beside its first question: other questions, wishes, the place it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.names import place_of
from actions.reading import Reading
from actions.saying import Choice, payload, say
from bot.knowledge.library import Library
from bot.model.knowledge import WHAT, Answer

MOST_ANSWERS = 2
"""Answers to one message: more at once is not read."""

_WISHES = {
    "book_appointment": "knop_afspraak",
    "move_appointment": "knop_afspraak_verzetten",
    "cancel_appointment": "knop_afspraak_afzeggen",
    "report_problem": "knop_melden",
    "ask_person": "knop_persoon",
    "request_callback": "knop_terugbellen",
}
"""Acts that are offered as a button when they come beside a question."""


def placed(library: Library, reading: Reading) -> tuple[Reading, list[dict[str, Any]]]:
    """The reading with the municipality that the message names, when none was known yet; and the slot that keeps it."""
    place = None if reading.municipality or reading.chosen else place_of(library, reading)
    return (replace(reading, municipality=place), [SlotSet("municipality", place)]) if place else (reading, [])


def other_answers(library: Library, reading: Reading) -> list[Answer]:
    """Answers to the other questions of the message, as many as are read."""
    asked = [other for other in reading.also if other.intent not in _WISHES and other.product and library.product(other.product)]
    return [library.answer(str(other.product), other.aspect or WHAT, reading.municipality) for other in asked[: MOST_ANSWERS - 1]]


def wished(library: Library, reading: Reading) -> list[Choice]:
    """The wishes of the message as choices; an appointment is one for what the message is about."""
    found: list[Choice] = []
    for other in reading.also:
        if other.intent in _WISHES:
            product = other.product or (reading.product if other.intent == "book_appointment" else None)
            found.append((library.message(_WISHES[other.intent]), payload(other.intent, **({"product": product} if product else {}))))
    return found


def say_referrals(dispatcher: CollectingDispatcher, library: Library, reading: Reading) -> None:
    """Say who does what the message asks as well and the municipality does not do."""
    for other in reading.also:
        if other.organisation and library.organisation(other.organisation) is not None:
            referral = library.referral(other.organisation, reading.municipality)
            say(dispatcher, referral.text, [], organisation=other.organisation)
