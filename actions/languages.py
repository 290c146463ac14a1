"""Answers who writes another language than Dutch: in that language, with the way to a person."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions.base import CitizenAction
from actions.reading import read
from actions.saying import payload, say
from bot.knowledge.library import Library
from bot.model.tongue import Tongue, TongueTopic

ENGLISH = "en"
"""Said where a language has no texts: most people read it."""


class ActionOtherLanguage(CitizenAction):
    """Says that the assistant works in Dutch, the key facts where it has them, and how to reach a person."""

    def name(self) -> str:
        return "action_other_language"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        reading, library = read(tracker), self._services.library()
        tongue = library.tongue(reading.language) or library.tongue(ENGLISH)
        if tongue is None:
            return []
        topic = tongue.topic_of(reading.text)
        if topic is not None:
            _say_topic(dispatcher, library, tongue, topic, reading.municipality)
        choices = [(title, payload(intent)) for intent, title in tongue.labels.items()]
        say(dispatcher, _way_to_a_person(library, tongue, reading.municipality), choices, language=tongue.code, route="other_language")
        return [SlotSet("misses", 0)]


def _say_topic(dispatcher: CollectingDispatcher, library: Library, tongue: Tongue, topic: TongueTopic, municipality: str | None) -> None:
    """The key facts, as long as the Dutch answer that they come from is valid."""
    answer = library.answer(topic.product, topic.aspect, municipality)
    if not answer.complete:
        return
    source = f"\n\n{tongue.source} [{answer.source_title}]({answer.source_url})" if answer.source_url else ""
    say(
        dispatcher,
        topic.text + source,
        language=tongue.code,
        product=topic.product,
        aspect=topic.aspect,
        route="answer",
        source=answer.source_url,
        checked_on=answer.checked_on.isoformat() if answer.checked_on else None,
    )


def _way_to_a_person(library: Library, tongue: Tongue, municipality: str | None) -> str:
    phone = library.phone(municipality)
    return f"{tongue.text} {tongue.phone.replace('{telefoon}', phone)}" if phone else tongue.text
