"""What the bot does when it is not sure: ask once with choices, then a person; and what is none of its business."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions.answers import FOLLOW_UPS, MAX_CHOICES, say_answer
from actions.appointment_moment import Moment
from actions.base import CitizenAction
from actions.people import say_person
from actions.reading import Reading, read
from actions.report_questions import begins_report
from actions.routes import consider
from actions.said_before import last_message
from actions.saying import Choice, hand_off, payload, say_response
from bot.knowledge.library import Library
from bot.knowledge.sentences import words_of
from bot.model.knowledge import HOW, INTENTS, WHAT

WORTH_ASKING = 0.05
"""A product less likely than this is no choice worth showing."""

NAMES_ONE = 0.3
"""A message that points at a product this clearly is no question about the choices before it."""

_PRODUCT = re.compile(r'/ask_\w+\{"product": "([\w-]+)"\}$')

_ONE_AND_A_WAY_OUT = 2

MAX_SHARING = 5
SHORTEST_SHARED = 5
"""One word that several products share gives this many choices, when it has at least so many letters."""


def likely_choices(library: Library, reading: Reading) -> list[Choice]:
    """The likeliest two or three products as choices, and a way out."""
    intent = INTENTS.get(reading.aspect or "", "ask_what")
    known = [name for name, share in reading.products if share >= WORTH_ASKING and library.product(name) is not None]
    shared = sharing(library, reading.text, known)
    names = list(dict.fromkeys([*known[:MAX_CHOICES], *shared]))[: MAX_SHARING if shared else MAX_CHOICES]
    choices = [(library.title_of(name), payload(intent, product=name)) for name in names]
    if choices:
        choices.append((library.message("knop_iets_anders"), payload("something_else")))
    return choices


def sharing(library: Library, text: str, likely: list[str]) -> list[str]:
    """The products that have a word of `text` in common: its only word, or the one that the likeliest are called by ("rijbewijs")."""
    words = words_of(text)
    families = {name.split("-", maxsplit=1)[0] for name in likely[:2]}
    found = words if len(words) == 1 else [word for word in words if families == {word}]
    return [product.id for product in library.products() if any(len(word) >= SHORTEST_SHARED and word in product.id for word in found)]


def asks_about_them(reading: Reading) -> bool:
    """Whether a message right after a choice of subjects asks a part of one without naming any."""
    named = max((share for _, share in reading.products), default=0.0) >= NAMES_ONE
    return reading.misses == 1 and reading.asked not in (None, WHAT, HOW) and not named


def offered(tracker: Tracker) -> list[str]:
    """The products among the choices of the bot's last message."""
    payloads = (str(button.get("payload")) for button in (last_message(tracker).get("data") or {}).get("buttons") or [])
    return [found[1] for payload_ in payloads if (found := _PRODUCT.match(payload_))]


def points_elsewhere(reading: Reading, subject: str) -> bool:
    """Whether a message that was not understood clearly enough points at something else than what was spoken of."""
    return max((share for name, share in reading.products if name != subject), default=0.0) >= NAMES_ONE


def say_about_what(dispatcher: CollectingDispatcher, library: Library, subject: str) -> None:
    """Ask what somebody wants to know of what was spoken of."""
    applying = library.aspects_of(subject)
    choices = [(library.aspect_title(name), payload(INTENTS[name], product=subject)) for name in FOLLOW_UPS if name in applying]
    person = (library.message("knop_persoon"), payload("ask_person"))
    meta = {"route": "ask", "product": subject}
    say_response(dispatcher, "utter_about_what", [*choices[: MAX_CHOICES - 1], person], meta=meta, subject=library.title_of(subject))


def say_which_of_these(dispatcher: CollectingDispatcher, library: Library, reading: Reading, products: list[str]) -> None:
    """Ask once more which of these subjects is meant."""
    intent = INTENTS.get(reading.asked or "", "ask_what")
    choices = [(library.title_of(name), payload(intent, product=name)) for name in products if library.product(name) is not None]
    choices.append((library.message("knop_iets_anders"), payload("something_else")))
    say_response(dispatcher, "utter_which_subject", choices, meta={"route": "ask"})


class ActionClarify(CitizenAction):
    """Asks once what was meant; the second miss in a row is a person."""

    def name(self) -> str:
        return "action_clarify"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        report = begins_report(Moment(self._services, dispatcher, tracker))
        if report:
            return report
        reading = read(tracker)
        library = self._services.library()
        open_ones = offered(tracker) if asks_about_them(reading) else []
        if open_ones:
            # "wanneer moet dat?" under a choice of subjects: the same choice, for that part of them.
            say_which_of_these(dispatcher, library, reading, open_ones)
            return [SlotSet("aspect", reading.asked), SlotSet("misses", reading.misses + 1)]
        considered = await consider(self._services, reading, zone="ask", can_ask=True)
        if considered.decision.route != "ask":
            reason = "second_miss" if reading.misses else considered.decision.rule
            await say_person(dispatcher, self._services, reading, reason, considered)
            return [SlotSet("misses", 0)]
        subject = tracker.get_slot("product")
        if subject and library.product(subject) is not None and not points_elsewhere(reading, subject):
            particular = library.particular(subject, reading.text, reading.municipality)
            if particular is None:
                say_about_what(dispatcher, library, subject)
                return [SlotSet("misses", reading.misses + 1)]
            say_answer(dispatcher, library, particular)
            return [SlotSet("aspect", particular.aspect), SlotSet("misses", 0)]
        choices = likely_choices(library, reading)
        asked_clearly = reading.zone == "ask" and reading.asked not in (None, WHAT)
        if len(choices) == _ONE_AND_A_WAY_OUT:
            say_response(dispatcher, "utter_is_it_about", choices, meta={"route": "ask"}, subject=choices[0][0])
        else:
            response = "utter_did_you_mean" if choices else "utter_which_subject" if asked_clearly else "utter_not_understood"
            say_response(dispatcher, response, choices, meta={"route": "ask"})
        # What comes next may tell only what it is about: then what was asked stays.
        return [SlotSet("aspect", reading.asked), SlotSet("misses", reading.misses + 1)]


class ActionSomethingElse(CitizenAction):
    """None of the choices was right: the citizen may say it again, or speak to a person."""

    def name(self) -> str:
        return "action_something_else"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        choices = [(self._services.library().message("knop_persoon"), payload("ask_person"))]
        say_response(dispatcher, "utter_ask_again", choices, meta={"route": "ask"})
        return [SlotSet("misses", 1)]


class ActionNotHelped(CitizenAction):
    """The answer was of no use."""

    def name(self) -> str:
        return "action_not_helped"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        reading = read(tracker)
        if reading.misses:
            await say_person(dispatcher, self._services, reading, reason="not_helped")
            return [SlotSet("misses", 0)]
        choices = [(self._services.library().message("knop_persoon"), payload("ask_person"))]
        say_response(dispatcher, "utter_not_helped", choices, meta={"route": "ask"})
        return [SlotSet("misses", 1)]


class ActionOutOfScope(CitizenAction):
    """No business of a municipality: says so once, and offers a person the second time."""

    def name(self) -> str:
        return "action_out_of_scope"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        reading = read(tracker)
        if reading.misses:
            await say_person(dispatcher, self._services, reading, reason="out_of_scope_again")
            return [SlotSet("misses", 0)]
        say_response(dispatcher, "utter_out_of_scope", meta={"route": "refuse"})
        return [SlotSet("misses", 1)]


class ActionDigress(CitizenAction):
    """Something else is asked while a form waits: answer it when it is clear, and let the form go on."""

    def name(self) -> str:
        return "action_digress"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        reading = read(tracker)
        library = self._services.library()
        if reading.product is None or reading.aspect is None or library.product(reading.product) is None:
            say_response(dispatcher, "utter_not_understood", meta={"route": "ask"})
            return []
        say_answer(dispatcher, library, library.answer(reading.product, reading.aspect, reading.municipality), busy=True)
        return []


class ActionStop(CitizenAction):
    """Lets the matter rest."""

    def name(self) -> str:
        return "action_stop"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        say_response(dispatcher, "utter_stop")
        hand_off(dispatcher, route="leave_queue")  # who waits for a person does so no longer
        return [SlotSet("product", None), SlotSet("aspect", None), SlotSet("misses", 0)]
