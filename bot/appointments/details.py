"""An appointment as people read it: what letters, the calendar file and the chat all say in the same words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.clock import local
from bot.model.appointment import AppointmentKind
from bot.text.dutch import moment_in_words
from bot.text.wording import DAYS, clock_time, day_and_year, sentence_start


@dataclass(frozen=True)
class Details:
    """One appointment in words; `starts` and `ends` are aware, `sequence` counts its changes from 0."""

    reference: str
    kind: AppointmentKind
    title: str
    """What it is for: "Paspoort (2 keer), Rijbewijs"."""
    starts: datetime
    ends: datetime
    place: str
    """Where people meet: the counter's name, or that somebody calls or comes by."""
    address: str
    """Street and town; empty where there is none (a call, a visit at home)."""
    municipality: str
    """The municipality in a sentence: "gemeente Castricum"."""
    bring: str = ""
    """What to bring, in Markdown of the knowledge base; empty when there is nothing to say."""
    sequence: int = 0
    cancelled: bool = False

    @property
    def when(self) -> str:
        """The moment as "dinsdag 3 maart om 14.30 uur"."""
        return moment_in_words(local(self.starts))

    @property
    def when_in_full(self) -> str:
        """The moment with its year, for what people keep: a wedding may be a year ahead."""
        here = local(self.starts)
        return f"{DAYS[here.weekday()]} {day_and_year(here.date())} om {clock_time(here.time())} uur"

    @property
    def sender(self) -> str:
        """The municipality as it signs: "Gemeente Castricum"."""
        return sentence_start(self.municipality.removeprefix("de "))

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return round((self.ends - self.starts).total_seconds() / 60)

    @property
    def where(self) -> str:
        """Place and address on one line."""
        return ", ".join(part for part in (self.place, self.address) if part)
