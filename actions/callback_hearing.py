"""Hears in an answer to a call-back what it is: a subject, a name, a number, or a time that is none of them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from rasa_sdk.interfaces import Tracker

from actions.names import answered_name
from actions.reading import Reading
from bot.text.dates import read as read_when
from bot.text.particulars import read_yes_no
from bot.text.phones import read_phone
from bot.text.questions import is_question

NOTE = "note"
"""What `callback_kind` is while the citizen leaves a note; empty for a call."""

_ABOUT = re.compile(
    r"\b(?:het |dit |dat |mijn vraag )?(?:gaat|ging) (?:nl |namelijk )?(?:over|om)\s+(?P<what>\S.{2,})$", re.IGNORECASE | re.DOTALL
)
_AT_A_TIME = re.compile(
    r"\b(?:op )?(?:een |het )?(?:vast|vaste|bepaald|bepaalde|afgesproken|gepland|geplande|ander|eigen)\s+(?:moment|tijd|tijdstip|uur)\b"
    r"|\bop (?:een )?(?:moment|tijd|tijdstip) (?:die|dat|dat ik)\b|\bbelafspraak\b",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"[^\W\d_]{3,}")
_OF_TIME = re.compile(
    r"\b(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag\w*|(?:over)?morgen|vandaag|vanmiddag|vanavond|ochtend|middag|avond|uur|volgende|komende"
    r"|week|maand|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|half|kwart|over|voor|graag|liefst"
    r"|rond|tussen|tegen|vanaf|het|dan|kan|om|als|later|eerder|vroeg|deze|die|die dag|nog|even|is|goed|prima|een|twee|drie|vier|vijf|zes"
    r"|zeven|acht|negen|tien|elf|twaalf)\b",
    re.IGNORECASE,
)
_LONGEST_CORRECTION = 8
_ANY_DAY = datetime(2026, 1, 5, 12, tzinfo=UTC)
"""Whether words name a day does not depend on the day on which they are said."""


def is_note(tracker: Tracker) -> bool:
    """Whether the form is for a note that is answered in writing or by phone."""
    return bool(tracker.get_slot("callback_kind") == NOTE)


def wants_a_time(text: str) -> bool:
    """Whether somebody wants to be called at a time of their own without saying yet which ("bel mij op een vast moment")."""
    return _AT_A_TIME.search(text) is not None


def is_only_time(text: str) -> bool:
    """Whether an answer is a day or a time and nothing more: no subject of a talk, and no name."""
    return not read_when(text, _ANY_DAY).empty and not _CONTENT.search(_OF_TIME.sub(" ", text))


def subject_said(reading: Reading) -> str | None:
    """What a talk is about, where that is said in so many words whatever was asked."""
    found = None if reading.chosen else _ABOUT.search(reading.text)
    return " ".join(found["what"].split()) if found else None


def corrected(reading: Reading) -> str | None:
    """The subject in place of the one that was read back; None for a question, a number, a yes or a no."""
    text = " ".join(reading.text.split())
    plain = not (reading.chosen or is_question(text) or read_phone(text) or read_yes_no(text) or is_only_time(text))
    small = reading.zone == "smalltalk" or reading.intent in ("thank", "stop", "ask_person", "affirm", "deny")
    return text if plain and not small and len(text.split()) <= _LONGEST_CORRECTION and _CONTENT.search(text) else None


def instead_of_subject(reading: Reading) -> dict[str, Any]:
    """What was said where the subject was asked: a number to call or a name, and nothing else; empty when it may be a subject."""
    number = read_phone(reading.text)
    if number and not _CONTENT.search(reading.text):
        return {"callback_subject": None, "callback_phone": number}
    name = answered_name(reading)
    alone = name and any(person.name.strip().lower() == reading.text.strip(" .,!").lower() for person in reading.people)
    return {"callback_subject": None, "callback_name": " ".join(part for part in name if part)} if name and alone and name[0] else {}
