"""One message while an appointment is made: what it needs, in one value that every step gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.appointment_draft import Draft, draft_of
from actions.appointment_times import reading_of
from actions.names import place_of
from actions.reading import Reading, read
from actions.saying import Choice, payload, say, say_response
from bot.appointments.errors import AppointmentRefused, BookingUnknown
from bot.appointments.service import Appointments
from bot.clock import local
from bot.knowledge.library import Library
from bot.model.appointment import Booking, Wish
from bot.text.dates import Reading as When
from bot.text.dates import read as read_when
from bot.wiring import Services

Heard = tuple[Draft, When | None] | None
"""What a message did: the draft after it, and what it wants of the time if it says so; None when it was not understood."""

ANSWER = "choose_appointment"
"""Intent of every button of the appointment form; its entity `answer` says which."""


def answer(value: str) -> str:
    """The payload of a button that answers the open question."""
    return payload(ANSWER, answer=value)


@dataclass(frozen=True)
class Moment:
    """A message, the services, and where to speak."""

    given: Services
    dispatcher: CollectingDispatcher
    tracker: Tracker

    @cached_property
    def reading(self) -> Reading:
        """What was understood."""
        return read(self.tracker)

    @cached_property
    def understanding(self) -> Mapping[str, Any]:
        """What the engine made of the words themselves, whatever the form waits for."""
        return self.tracker.latest_message.get("understanding") or {}

    @cached_property
    def answer(self) -> str:
        """What a pressed button stands for; empty when none was pressed."""
        entities = self.tracker.latest_message.get("entities") or []
        return next((str(item["value"]) for item in entities if item.get("entity") == "answer"), "") if self.reading.chosen else ""

    @property
    def text(self) -> str:
        """The citizen's words; empty when a button was pressed."""
        return "" if self.reading.chosen else self.reading.text

    @cached_property
    def now(self) -> datetime:
        """The present, on a clock in the Netherlands."""
        return local(self.given.clock())

    @property
    def today(self) -> date:
        """The day in the Netherlands."""
        return self.now.date()

    @cached_property
    def library(self) -> Library:
        """The knowledge base."""
        return self.given.library()

    @property
    def appointments(self) -> Appointments:
        """The door to the calendars."""
        return self.given.appointments

    @property
    def conversation(self) -> UUID:
        """Whose slot is held."""
        return UUID(self.reading.conversation_id)

    @cached_property
    def here(self) -> str | None:
        """The municipality that the citizen's words point at."""
        return place_of(self.library, self.reading) if self.text else None

    @cached_property
    def when(self) -> When:
        """What these words say about days and times."""
        return read_when(self.text, self.now, vacations=self.given.vacations) if self.text else When()

    def said_before(self, draft: Draft) -> When:
        """What the citizen said about when so far."""
        return reading_of(draft, self.given.vacations)

    def say(self, response: str, choices: list[Choice] | None = None, **values: Any) -> None:
        """Say a response of data/responses."""
        say_response(self.dispatcher, response, choices, **values)

    def tell(self, text: str) -> None:
        """Say a text of the knowledge base, before the question that follows."""
        say(self.dispatcher, text, route="appointment")

    @property
    def open_step(self) -> str | None:
        """The question that was open when this message came."""
        return draft_of(self.tracker).step

    def button(self, key: str, value: str) -> Choice:
        """A button with a text of berichten.yml that answers the open question."""
        return self.library.message(key), answer(value)

    async def wish(self, draft: Draft) -> Wish:
        """What the appointment is for; raises AppointmentRefused when that is no one appointment here."""
        if draft.reference:
            return (await self.booking(draft)).wish
        if draft.municipality is None or draft.kind is None:
            raise AppointmentRefused("no municipality or kind")
        return self.appointments.plan(draft.municipality, draft.products, draft.kind, draft.option, draft.notified_on)

    async def booking(self, draft: Draft) -> Booking:
        """The appointment that is looked at, moved or cancelled; raises BookingUnknown when it is gone."""
        found = await self.appointments.by_reference(draft.reference) if draft.reference and draft.verified else None
        if found is None:
            raise BookingUnknown(draft.reference or "")
        return found
