"""Reads parts of the day: "in de middag", "voor schooltijd", and which half of the day a clock time beside one is in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time

from bot.text.dates.model import Find, TimeRange
from bot.text.dates.page import Page, after, before
from bot.text.dates.words import BLANK

_HALVES = {"ochtend": 0, "middag": 12, "avond": 12, "nacht": 0}
_HALF = "(?:" + "|".join(_HALVES) + ")"
_HALF_AFTER = re.compile(rf"^\s*(?:uur\s*)?(?:in de\s+|s\s+)?({_HALF})\b")
_HALF_BEFORE = re.compile(rf"\b({_HALF})\s+(?:(?:om|rond|tegen|na|voor|vanaf|tot|zo|ongeveer|omstreeks|een)\s+)*$")

_PARTS: dict[str, tuple[str, time | None, time | None]] = {
    "midnight": (r"(?:om )?middernacht", time(0), time(0)),
    "early morning": (r"(?:begin van de|vroege?(?: in de)?)\s*ochtend|ochtend vroeg|heel vroeg op de dag", time(6), time(10)),
    "late morning": (r"(?:eind van de|late|laat(?: in de)?)\s*ochtend", time(10), time(12)),
    "early": (
        r"(?:heel|lekker|wat|zo|erg|best|(?<=niet )te) vroeg(?! (?:als )?mogelijk|(?: mogelijk)?(?= of))|vroeg (?:mogelijk )?op de dag"
        r"|^vroeg$|(?:zo )?vroeg mogelijk op de dag|(?<=liefst )vroeg|(?<=liever )vroeg|vroeg(?= graag)|begin van de (?:werk)?dag",
        time(6),
        time(10),
    ),
    "late": (
        r"(?:heel|wat|zo|best|erg|(?<=niet )te) laat(?: op de dag| mogelijk)?|laat op de dag|^laat$|(?<=liefst )laat|laat(?= graag)",
        time(16),
        None,
    ),
    "end of day": (r"eind van de (?:werk)?dag", time(16), time(18)),
    "before school": (r"voor (?:de )?school(?:tijd)?", None, time(8, 30)),
    "during school": (r"(?:onder|tijdens|in) (?:de )?school(?:tijd|uren)", time(8, 30), time(15)),
    "after dinner": (r"na het (?:avond)?eten", time(18), None),
    "before dinner": (r"voor (?:het |de )?(?:avond|middag)?(?:eten|maaltijd)|voor etenstijd", None, time(18)),
    "dinner": (r"(?:onder|tijdens|rond|met|in) (?:het )?(?:etenstijd|avondeten)", time(17), time(19)),
    "noon": (
        r"lunchpauze|(?:tijdens|in|onder) (?:de|mijn|m'n) pauze"
        r"|(?:(?:rond|om) )?(?:het )?middaguur|(?:tijdens|onder) de lunch|rond (?:de )?lunch(?:tijd)?",
        time(12),
        time(14),
    ),
    "early afternoon": (r"(?:begin van de|vroege?(?: in de)?)\s*middag", time(12), time(14)),
    "late afternoon": (r"(?:eind(?: van de)?|late|laat(?: in de)?)\s*middag", time(16), time(18)),
    "evening falls": (r"tegen de avond|begin van de avond|vooravond|vroege avond", time(17), time(19)),
    "after lunch": (r"na de (?:lunch|middag)", time(13), None),
    "before lunch": (r"voor de (?:lunch|middag)", None, time(12)),
    "after work": (r"na (?:het |mijn |m'n )?(?:werk(?:tijd)?|kantoortijd)", time(17), None),
    "before work": (r"voor (?:het |mijn |m'n )?werk", None, time(9)),
    "after school": (r"na (?:school|schooltijd)", time(15), None),
    "daytime": (r"overdag|(?:(?:onder|tijdens|in) )?(?:de )?(?:kantoor|werk)tijd", time(9), time(17)),
    "morning": (r"(?:de\s+)?ochtend(?:en|uren)?", time(6), time(12)),
    "afternoon": (r"(?:de\s+)?middag(?:en|uren)?", time(12), time(18)),
    "evening": (r"(?:de\s+)?(?:koop)?avond(?:en|uren)?", time(18), None),
    "night": (r"(?:de\s+)?nacht", None, time(6)),
}
"""What people call the parts of a day, with the hours Dutch offices mean by them; None is an open side."""


def read_parts(page: Page) -> None:
    """Take every part of the day from the page, after the clock times."""
    clocks = [find for find in page.finds if find.times or (find.option and find.option.kind == "time")]
    for pattern, first, last in _PARTS.values():
        page.take(re.compile(rf"\b(?:{pattern})(?!\w)"), _rule((TimeRange(first, last),), clocks, page))


def half_of(text: str) -> int | None:
    """0 where the text says it is about a morning, 12 for an afternoon or evening, None where it says neither or both."""
    morning, later = "ochtend" in text, re.search(r"\b(?:middag|avond)", text) is not None
    return None if morning == later else (0 if morning else 12)


def half_beside(text: str, start: int, end: int) -> str | None:
    """The part of the day that is named right beside a stretch of text: "half vijf 's ochtends"."""
    match = _HALF_AFTER.search(after(text, end)) or _HALF_BEFORE.search(before(text, start))
    return match[1] if match else None


def hour_in(part: str, total: int) -> int:
    """Minutes since midnight of `total` minutes on a clock of twelve hours, in that part of the day."""
    spoken = total % 720
    if part == "nacht":
        return spoken if spoken < 6 * 60 else spoken + 720
    return spoken + _HALVES[part] * 60


def _rule(found: tuple[TimeRange, ...], clocks: list[Find], page: Page) -> Callable[[re.Match[str]], Find | None]:
    return lambda match: _part(match, found, clocks, page.text)


def _part(match: re.Match[str], found: tuple[TimeRange, ...], clocks: list[Find], text: str) -> Find:
    """A part of the day; beside a clock time it only says which half of the day that is, and adds nothing."""
    said_beside = any(_beside(text[min(match.end(), clock.end) : max(match.start(), clock.start)]) for clock in clocks)
    return Find(match.start(), match.end(), times=() if said_beside and len(match[0].split()) == 1 else found)


def _beside(between: str) -> bool:
    return len(between) <= 15 and BLANK not in between and not re.search(r"\b(?:of|en|niet|behalve)\b", between)
