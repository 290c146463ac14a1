"""What is known of the appointment that is being made, moved or cancelled; it travels in one slot of the conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from rasa_sdk.interfaces import Tracker

from bot.model.appointment import AppointmentKind, Hold, Slot

SLOT = "appointment"
FORM = "appointment_form"

Task = Literal["book", "move", "cancel", "view"]

Step = Literal[
    "municipality", "product", "kind", "option", "notice", "place", "time", "name", "contact", "email", "phone", "address", "note",
    "birth_date", "confirm", "change", "code", "fact", "which",
]  # fmt: skip
"""The questions; one is open at a time."""


@dataclass(frozen=True)
class Draft:
    """A half-made appointment. `outcome` is empty until the form may end; then it names what must be said."""

    task: Task = "book"
    heard: str = ""
    """Id of the last message that was taken in: the form may be asked twice about one message."""
    step: Step | None = None
    ask: Step | None = None
    """A question to ask next whatever else is open, because the citizen wants that part to change."""
    municipality: str | None = None
    products: Mapping[str, int] = field(default_factory=dict)
    kind: AppointmentKind | None = None
    option: str | None = None
    notified_on: date | None = None
    notice_known: bool = False
    place: str | None = None
    near: str = ""
    """The citizen's own words about where."""
    when: tuple[tuple[str, datetime], ...] = ()
    """The citizen's own words about when, each with the moment they were said; later ones refine or replace earlier ones."""
    shown: tuple[Slot, ...] = ()
    shown_at: datetime | None = None
    obstacle: str | None = None
    slot: Slot | None = None
    hold: UUID | None = None
    hold_until: datetime | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    """By the name of CustomerField, and `skipped` for questions that need no answer."""
    misses: int = 0
    """Messages in a row that were not understood."""
    aside: str = ""
    """The product of the question that was just answered in between: what is asked next may well lean on it."""
    tries: int = 0
    """Codes or names that did not fit."""
    reference: str | None = None
    verified: bool = False
    outcome: str = ""

    @property
    def main_product(self) -> str | None:
        """The first product, which digressions are about."""
        return next(iter(self.products), None)

    def fact(self, name: str) -> str:
        """What the citizen told; empty when nothing."""
        return self.facts.get(name, "")

    def with_facts(self, **told: str) -> Draft:
        """The draft with these facts; an empty one is forgotten."""
        kept = {name: value for name, value in {**self.facts, **told}.items() if value}
        return replace(self, facts=kept)

    def without_slot(self) -> Draft:
        """The draft before a time was chosen; what was held is given back when another slot is held, or runs out."""
        return replace(self, slot=None, hold=None, hold_until=None, shown=(), obstacle=None)

    def held_as(self, hold: Hold) -> Draft:
        """The draft with a slot that is kept for it."""
        return replace(self, slot=hold.slot, hold=hold.id, hold_until=hold.expires, obstacle=None)

    def kept(self) -> dict[str, Any]:
        """The draft as JSON, without what is empty."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        return {name: _as_json(value) for name, value in values.items() if value not in (None, "", (), {}, False, 0)}


def draft_of(tracker: Tracker) -> Draft:
    """The draft in the conversation; an empty one when there is none or it is of another version."""
    value = tracker.get_slot(SLOT)
    if not isinstance(value, dict):
        return Draft()
    known = {item.name for item in fields(Draft)}
    try:
        return Draft(**{name: _read(name, item) for name, item in value.items() if name in known})
    except (KeyError, TypeError, ValueError):
        return Draft()


def _as_json(value: Any) -> Any:
    if isinstance(value, Slot):
        return [value.location, value.starts.isoformat(), value.ends.isoformat()]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, tuple):
        return [_as_json(item) for item in value]
    return dict(value) if isinstance(value, Mapping) else value


def _read(name: str, value: Any) -> Any:
    reader = _READERS.get(name)
    return reader(value) if reader else value


def slot_from(value: list[str]) -> Slot:
    """A slot out of JSON."""
    return Slot(value[0], datetime.fromisoformat(value[1]), datetime.fromisoformat(value[2]))


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "notified_on": date.fromisoformat,
    "when": lambda items: tuple((text, datetime.fromisoformat(at)) for text, at in items),
    "shown": lambda items: tuple(slot_from(item) for item in items),
    "slot": slot_from,
    "hold": UUID,
    "hold_until": datetime.fromisoformat,
    "shown_at": datetime.fromisoformat,
}
