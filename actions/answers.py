"""Answers about products: the first answer, the rest of it, and what to ask when the product is not clear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions.appointment_beginning import plans_a_visit
from actions.appointment_moment import Moment
from actions.base import CitizenAction
from actions.reading import Reading, in_form, read
from actions.report_questions import heard_as_report, report_choices
from actions.rest import other_answers, placed, say_referrals, wished
from actions.routes import consider, person_choices
from actions.said_before import said_last
from actions.saying import Choice, payload, say, say_response
from bot.knowledge.library import Library
from bot.model.knowledge import HOW, INTENTS, STATUS, WHAT, Answer
from bot.wiring import Services

MAX_CHOICES = 3
"""Buttons under an answer; WhatsApp takes no more."""

MAX_LINKS = 3

_OF_A_VISIT = (HOW, "wanneer")
"""Aspects that a planned visit answers by itself; any other is answered, and the visit offered."""

FOLLOW_UPS = ("kosten", "aanvragen", "meenemen", "duur", "waar", "wanneer", "voorwaarden")
"""Aspects offered after an answer, the most asked first."""


def answer_choices(library: Library, answer: Answer, busy: bool, people: Sequence[Choice] = ()) -> list[Choice]:
    """What one may do next, `people` first; nothing while a form waits, so that one question is open at a time."""
    if busy:
        return []
    choices = list(people[: MAX_CHOICES - 1])
    if answer.more:
        choices.append((library.message("knop_meer"), payload("tell_more", product=answer.product, aspect=answer.aspect)))
    if not answer.complete and not people:
        choices.append((library.message("knop_persoon"), payload("ask_person")))
    applying = library.aspects_of(answer.product)
    for aspect in FOLLOW_UPS:
        if len(choices) < MAX_CHOICES and aspect in applying and aspect != answer.aspect:
            choices.append((library.aspect_title(aspect), payload(INTENTS[aspect], product=answer.product)))
    return choices


def say_answer(
    dispatcher: CollectingDispatcher, library: Library, answer: Answer, busy: bool = False, people: Sequence[Choice] = ()
) -> None:
    """Say an answer of the library with its source and the next choices; `people` are the ways to a person that go before."""
    meta = {
        "product": answer.product,
        "aspect": answer.aspect,
        "vac": answer.vac,
        "route": "answer" if answer.complete else "answer_incomplete",
        "source": answer.source_url,
        "source_title": answer.source_title,
        "checked_on": answer.checked_on.isoformat() if answer.checked_on else None,
    }
    say(
        dispatcher,
        answer.text + links_below(library, answer),
        answer_choices(library, answer, busy, people),
        **{key: value for key, value in meta.items() if value},
    )


def say_answers(
    dispatcher: CollectingDispatcher,
    library: Library,
    answers: list[Answer],
    reading: Reading,
    busy: bool = False,
    people: Sequence[Choice] = (),
) -> None:
    """Say one answer after the other; only the last message has choices, so that one question is open at a time."""
    wishes = [] if busy else wished(library, reading)
    more = busy or bool(wishes)
    for answer in answers[:-1]:
        say_answer(dispatcher, library, answer, busy=True)
    person = (library.message("knop_persoon"), payload("ask_person"))
    if not people and not all(answer.complete for answer in answers):
        people = [person]
    say_answer(dispatcher, library, answers[-1], more, people)
    say_referrals(dispatcher, library, reading)
    if wishes:
        say_response(dispatcher, "utter_also_wished", list(dict.fromkeys([*wishes, *people])))


def links_below(library: Library, answer: Answer) -> str:
    """The next steps as Markdown links under an answer that says how to arrange something; empty for any other answer."""
    steps = [link for link in answer.links if link.url and f"]({link.url})" not in answer.text]
    if answer.aspect != HOW or not steps:
        return ""
    lines = (library.message("link_digid" if link.digid else "link", titel=link.title, url=link.url or "") for link in steps[:MAX_LINKS])
    return "\n\n" + "\n".join(f"- {line}" for line in lines)


def say_which_product(dispatcher: CollectingDispatcher, library: Library, reading: Reading) -> None:
    """Ask what the question is about, with the likeliest products as choices."""
    intent = INTENTS.get(reading.aspect or WHAT, "ask_what")
    choices = [
        (library.title_of(name), payload(intent, product=name))
        for name, _ in reading.products[:MAX_CHOICES]
        if library.product(name) is not None
    ]
    say_response(dispatcher, "utter_which_subject", choices)


class ActionAnswer(CitizenAction):
    """Answers one aspect of one product."""

    def name(self) -> str:
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        library = self._services.library()
        reading, events = placed(library, read(tracker))
        visits = not reading.chosen and not in_form(tracker) and plans_a_visit(Moment(self._services, dispatcher, tracker))
        if visits and reading.aspect in _OF_A_VISIT and not other_answers(library, reading):
            return [*events, FollowupAction("action_begin_appointment")]
        if reading.product is None or library.product(reading.product) is None:
            say_which_product(dispatcher, library, reading)
            return [*events, SlotSet("aspect", reading.aspect)]
        busy = in_form(tracker)
        moment = Moment(self._services, dispatcher, tracker)
        followed = None if busy else await heard_as_report(moment, reading.product, reading.aspect)
        if followed is not None:
            return [*events, *followed]
        before = None if busy or reading.also else said_last(tracker, reading)
        if before is not None:
            return [*events, *say_more_or_none(dispatcher, library, reading, before)]
        aspect = reading.aspect or WHAT
        typed = "" if reading.chosen else reading.text
        answers = [library.reply(reading.product, aspect, typed, reading.municipality), *other_answers(library, reading)]
        people = [] if busy else [*report_choices(moment, reading.product), *await ways_to_a_person(self._services, reading)]
        if visits:
            # Who wants to come and to know something first gets the answers; the visit is one press away.
            people = [(library.message("knop_afspraak"), payload("book_appointment", product=reading.product)), *people]
        say_answers(dispatcher, library, answers, reading, busy, people)
        events += [SlotSet("product", answers[-1].product), SlotSet("aspect", answers[-1].aspect), SlotSet("misses", 0)]
        local = any(answer.local for answer in answers)
        if reading.municipality is None and local and not tracker.get_slot("asked_for_municipality"):
            say_which_municipality(dispatcher, library)
            events.append(SlotSet("asked_for_municipality", True))
        return events


async def ways_to_a_person(given: Services, reading: Reading) -> list[Choice]:
    """The ways to a person that belong beside the first facts, where triage says that a talk helps more than a text."""
    considered = await consider(given, reading, zone="answer", can_answer=True)
    decision = considered.decision
    routes = decision.others if decision.route == "answer" else (decision.route, *decision.others)
    return person_choices(given.library(), considered, *routes)


def say_which_municipality(dispatcher: CollectingDispatcher, library: Library) -> None:
    """Ask where the citizen lives."""
    choices = [(item.name, payload("choose_municipality", municipality=item.id)) for item in library.municipalities()]
    say_response(dispatcher, "utter_which_municipality", choices)


def say_more_or_none(dispatcher: CollectingDispatcher, library: Library, reading: Reading, before: str) -> list[dict[str, Any]]:
    """What is left to say on what was just answered, or that this is all: then it counts as a miss."""
    product, aspect = str(reading.product), reading.aspect or WHAT
    particular = library.particular(product, reading.text, reading.municipality)
    if particular is not None and particular.text not in before:
        say_answer(dispatcher, library, particular)
        return [SlotSet("product", product), SlotSet("aspect", particular.aspect), SlotSet("misses", 0)]
    person = [(library.message("knop_persoon"), payload("ask_person"))]
    more = library.more(product, aspect, reading.municipality)
    answer = library.answer(product, aspect, reading.municipality)
    if more is not None and before.startswith(answer.text):
        say_answer(dispatcher, library, more, people=person)
        return [SlotSet("product", product), SlotSet("aspect", aspect), SlotSet("misses", 0)]
    choices = answer_choices(library, answer, False, person)
    meta = {"route": "ask", "product": product, "aspect": aspect}
    say_response(dispatcher, "utter_said_before", [choice for choice in choices if "/tell_more" not in choice[1]], meta=meta)
    return [SlotSet("product", product), SlotSet("aspect", aspect), SlotSet("misses", 1)]


class ActionTellMore(CitizenAction):
    """Gives the rest of the last answer."""

    def name(self) -> str:
        return "action_tell_more"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        reading = read(tracker)
        library = self._services.library()
        if reading.product is None or library.product(reading.product) is None:
            say_which_product(dispatcher, library, reading)
            return []
        more = library.more(reading.product, reading.aspect or WHAT, reading.municipality)
        if more is not None:
            say_answer(dispatcher, library, more, in_form(tracker))
        elif reading.aspect in (None, WHAT, STATUS):
            say_answer(dispatcher, library, library.answer(reading.product, HOW, reading.municipality), in_form(tracker))
            return [SlotSet("product", reading.product), SlotSet("aspect", HOW)]
        else:
            say_response(dispatcher, "utter_no_more", [(library.message("knop_persoon"), payload("ask_person"))])
        return [SlotSet("product", reading.product)]


class ActionRefer(CitizenAction):
    """Refers to the organisation that does what was asked."""

    def name(self) -> str:
        return "action_refer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        reading = read(tracker)
        library = self._services.library()
        if reading.organisation is None or library.organisation(reading.organisation) is None:
            say_which_product(dispatcher, library, reading)
            return []
        referral = library.referral(reading.organisation, reading.municipality)
        say(dispatcher, referral.text, [], route="refer", organisation=reading.organisation)
        answers = other_answers(library, reading)
        if not answers:
            return [SlotSet("misses", 0)]
        say_answers(dispatcher, library, answers, replace(reading, also=()))
        return [SlotSet("product", answers[-1].product), SlotSet("aspect", answers[-1].aspect), SlotSet("misses", 0)]
