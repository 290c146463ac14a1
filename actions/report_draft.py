"""What is known of the report that is being made; it travels in one slot of the conversation."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, Literal
from uuid import UUID

from rasa_sdk.interfaces import Tracker

from bot.model.report import Gathered, ReportPlace

SLOT = "report"
FORM = "report_form"

REPORT_PRODUCT = "melding-openbare-ruimte"
"""What a report is about when it is about nothing more precise."""

Step = Literal["what", "where", "municipality", "picture", "contact", "confirm", "change"]
"""The questions; one is open at a time."""

Outcome = Literal["", "handed_in", "link", "stopped", "person", "callback", "appointment"]


@dataclass(frozen=True)
class Draft:
    """A half-made report. `outcome` is empty until the form may end; then it names what must be said."""

    heard: str = ""
    """Id of the last message that was taken in: the form may be asked twice about one message."""
    step: Step | None = None
    ask: Step | None = None
    """A question to ask next whatever else is open, because the citizen wants that part to change."""
    product: str = REPORT_PRODUCT
    municipality: str | None = None
    text: str = ""
    words: str = ""
    """Where it is, in the citizen's own words."""
    latitude: float | None = None
    longitude: float | None = None
    dropped: tuple[float, ...] = ()
    """A shared position that the citizen corrected in words: it counts no more."""
    pictures: tuple[str, ...] = ()
    """Ids of pictures that were sent and are not in a report yet."""
    picture_skipped: bool = False
    picture_coming: bool = False
    """The citizen wants to send one: it is awaited, and not asked for again."""
    email: str = ""
    phone: str = ""
    anonymous: bool = False
    unplaced: bool = False
    """An answer to where it is showed no sign of a place: the next one is taken as it is."""
    warned: bool = False
    """Whether the number to call in danger was told."""
    misses: int = 0
    """Messages in a row that were not understood."""
    aside: str = ""
    """The product of the question that was just answered in between: what is asked next may well lean on it."""
    outcome: Outcome = ""

    @property
    def place(self) -> ReportPlace:
        """Where it is, as far as was said or shared."""
        return ReportPlace(self.words or None, self.latitude, self.longitude)

    @property
    def reach(self) -> str:
        """Where the citizen wants to hear back; empty when nowhere."""
        return self.email or self.phone

    def with_sent(self, sent: Gathered) -> Draft:
        """The draft with the pictures and the place that this citizen sent."""
        pictures = tuple(str(picture) for picture in sent.pictures)
        found = replace(self, pictures=pictures, picture_skipped=self.picture_skipped and pictures == self.pictures)
        if sent.place is None or sent.place.position in (None, self.dropped):
            return found
        return replace(found, latitude=sent.place.latitude, longitude=sent.place.longitude)

    def at(self, words: str) -> Draft:
        """The draft with a place in words, instead of one that was shared."""
        if self.latitude is None or self.longitude is None:
            return replace(self, words=words)
        return replace(self, words=words, latitude=None, longitude=None, dropped=(self.latitude, self.longitude))

    def picture_ids(self) -> tuple[UUID, ...]:
        """The pictures that go along; none when the citizen wants none."""
        return () if self.picture_skipped else tuple(UUID(picture) for picture in self.pictures)

    def kept(self) -> dict[str, Any]:
        """The draft as JSON, without what is empty."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items() if value or value == 0.0}


def draft_of(tracker: Tracker) -> Draft:
    """The draft in the conversation; an empty one when there is none or it is of another version."""
    value = tracker.get_slot(SLOT)
    if not isinstance(value, dict):
        return Draft()
    known = {item.name for item in fields(Draft)}
    read: dict[str, Any] = {name: tuple(item) if isinstance(item, list) else item for name, item in value.items() if name in known}
    return Draft(**read)
