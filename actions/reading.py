"""What an action needs to know of this moment: what was understood, and what the conversation is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rasa_sdk.interfaces import Tracker

from bot.model.knowledge import ASPECT_OF_INTENT


@dataclass(frozen=True)
class Also:
    """Another question or wish of the same message."""

    intent: str
    product: str | None
    aspect: str | None
    organisation: str | None


@dataclass(frozen=True)
class Person:
    """A person named in the message; `own` when it is how the citizen introduces themselves."""

    name: str
    own: bool


@dataclass(frozen=True)
class Reading:
    """One moment: `product` and `aspect` of this message or, when it names none, of the conversation so far.

    `asked` is the aspect of this message alone.
    """

    intent: str
    text: str
    product: str | None
    aspect: str | None
    products: tuple[tuple[str, float], ...]
    organisation: str | None
    municipality: str | None
    misses: int
    confidence: float
    message_id: str
    conversation_id: str
    request_id: str
    chosen: bool
    zone: str = ""
    asked: str | None = None
    also: tuple[Also, ...] = ()
    language: str = "nl"
    channel: str = "web"
    people: tuple[Person, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def conversation(self) -> UUID:
        """The conversation's id as the services take it."""
        return UUID(self.conversation_id)


def read(tracker: Tracker) -> Reading:
    """Read the tracker; entities of a choice go before what was understood, and that before the slots."""
    latest = tracker.latest_message
    understanding = latest.get("understanding") or {}
    entities = {item["entity"]: item["value"] for item in latest.get("entities") or [] if isinstance(item.get("value"), str)}
    intent = (latest.get("intent") or {}).get("name") or ""
    chosen = (latest.get("text") or "").startswith("/")
    if chosen:
        understanding = {}
    metadata = latest.get("metadata") or {}
    return Reading(
        intent=intent,
        text=latest.get("text") or "",
        product=entities.get("product") or understanding.get("product") or tracker.get_slot("product"),
        aspect=entities.get("aspect") or ASPECT_OF_INTENT.get(intent) or understanding.get("aspect") or tracker.get_slot("aspect"),
        products=tuple((str(name), float(share)) for name, share in understanding.get("products") or []),
        organisation=entities.get("organisation") or understanding.get("organisation"),
        municipality=entities.get("municipality") or tracker.get_slot("municipality"),
        misses=int(tracker.get_slot("misses") or 0),
        confidence=float(understanding.get("confidence") or 0.0),
        message_id=str(metadata.get("message_id") or ""),
        conversation_id=tracker.sender_id,
        request_id=str(metadata.get("request_id") or ""),
        chosen=chosen,
        zone=str(understanding.get("zone") or ""),
        asked=understanding.get("aspect"),
        channel=str(tracker.get_slot("channel") or "web"),
        language=str(understanding.get("language") or "nl"),
        people=() if chosen else tuple(Person(str(item["value"]), item.get("role") == "own") for item in _named(latest, "person")),
        places=() if chosen else tuple(str(item["value"]) for item in _named(latest, "place")),
        also=tuple(
            Also(str(other["intent"]), other.get("product"), other.get("aspect"), other.get("organisation"))
            for other in understanding.get("also") or []
        ),
    )


def _named(latest: dict[str, Any], entity: str) -> list[dict[str, Any]]:
    return [item for item in latest.get("entities") or [] if item["entity"] == entity]


def in_form(tracker: Tracker) -> bool:
    """Whether a form waits for an answer."""
    loop: dict[str, Any] = tracker.active_loop or {}
    return bool(loop.get("name"))
