"""Reads clock times and parts of the day.

Rules, with their reasons:
- A spoken hour ("half acht", "5 uur") is one of two moments. Whichever alone falls within the hours a visit can be at is meant: no
  counter opens at five in the morning. Where both do, it is asked.
- A time written with minutes or a zero in front ("8:30", "08.30") is what a 24-hour clock shows, unless no counter is open so early.
- A part of the day in the same message decides ("'s avonds om half 8").
- "24 uur" is a duration or midnight, never an appointment.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time

from bot.text.dates.model import Context, Find, Option, TimeRange
from bot.text.dates.page import Page
from bot.text.dates.parts import half_beside, half_of, hour_in, read_parts
from bot.text.dates.words import NOT_BEFORE

_END = (
    r"(?=\s*(?:$|[,.;!?)~]|(?:en|of|tot|uur|u|op|in|kan|is|als|maar|ofzo|past|graag|liefst|het|de|dan|ik|lukt|a|aub|svp|want|vandaag|morgen"
    r"|dus|ongeveer|daarna|anders|geloof|mag|zou|wel|niet|gaat|komt|kom|ben|heb|zo|lijkt|voor|na|beter|prima|goed|overmorgen|ochtend|middag|avond|nacht|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|komende|volgende|bij|langs|komen)\b))"
)
_CLOCK = (
    r"(?:(?P<digital{n}>(?<![\d.,:])(?:[01]?\d|2[0-3])(?:[:.]|u|h)[0-5]\d(?![\d.,:]?\d))(?:\s*(?:uur|u|h)\b)?"
    r"|(?P<packed{n}>(?<![\d.,])(?:[01]\d|2[0-3])[0-5]\d)\s*(?:uur|u)\b"
    r"|(?:(?P<minutes{n}>\d{{1,2}}|kwart)\s*(?:minuten\s*)?(?P<side{n}>voor|over)\s+)?(?P<half{n}>half\s+)?"
    r"(?P<hour{n}>(?<![\d.,:/{lead}])(?:1\d|2[0-3]|\d))(?![\d.,:/{trail}]?\d){bare})"
)
_STATED = r"(?:\s*(?:uur|uurtje|u|h)\b(?:\s*precies)?)"
_ONE = _CLOCK.format(n="", lead="-", trail="-", bare=rf"(?:{_STATED}|{_END})")
_TWO = (
    _CLOCK.format(n="1", lead="-", trail="", bare=f"{_STATED}?")
    + r"(?:\s+(?P<part>ochtend|middag|avond))?\s*(?:en|tot(?: en met)?|t/m|-|a)\s*(?:rond )?"
    + _CLOCK.format(n="2", lead="", trail="-", bare=rf"(?:{_STATED}|{_END})")
)

_BETWEEN = re.compile(rf"\b(?:tussen|van|vanaf)\s+{_TWO}")
_SPAN = re.compile(
    _CLOCK.format(n="1", lead="-", trail="", bare=f"{_STATED}?")
    + r"(?:\s+(?P<part>ochtend|middag|avond))?\s*(?:tot|t/m|-)\s*"
    + _CLOCK.format(n="2", lead="", trail="-", bare=rf"{_STATED}"),
)
_ALONE = re.compile(rf"^\W*{_TWO}\W*$")
_SIDES = {
    "vanaf": "from",
    "na": "from",
    "later dan": "from",
    "niet eerder dan": "from",
    NOT_BEFORE: "from",
    "tot": "until",
    "niet na": "until",
}
_SIDES |= {"voor": "until", "eerder dan": "until", "niet later dan": "until", "uiterlijk": "until", "tot en met": "until"}
_SIDES |= {"rond": "about", "omstreeks": "about", "tegen": "about", "ongeveer": "about", "zo rond": "about", "om en nabij": "about"}
_SIDED = re.compile(
    rf"(?<!\d )(?<!kwart )(?<!minuten )\b(?P<word>{'|'.join(sorted(_SIDES, key=len, reverse=True))})(?:\s+(?:om|ongeveer))?\s+{_ONE}"
)
_AT = re.compile(rf"\b(?:om|ongeveer om|@)\s+(?P<about>ongeveer\s+|rond\s+)?{_ONE}")
_LOOSE = re.compile(
    rf"(?<![\w-])(?=\d{{1,2}}(?:[:.]|u|h)\d|\d{{3,4}}\s*u|half\s+\d|(?:\d{{1,2}}|kwart)\s*(?:minuten\s*)?(?:voor|over)\s|\d{{1,2}}\s*(?:uur|u|h)\b){_ONE}"
)


_GONE = re.compile(r"\s*(?:al |weer )*(?:weg|vertrekken)\b")
"""Who must leave at a time has to come before it."""

_FREE_FROM = re.compile(r"\s*(?:klaar|vrij)\b")
"""Who is "om 4 uur vrij" can come from then on."""


def read_times(page: Page, context: Context) -> None:
    """Take every time from the page."""
    half_day = half_of(page.text)
    for pattern, build in (
        (_BETWEEN, _stretch),
        (_SPAN, _stretch),
        (_ALONE, _stretch),
        (_SIDED, _sided),
        (_AT, _exact),
        (_LOOSE, _exact),
    ):
        page.take(pattern, _with(build, context, half_day))
    read_parts(page)


Builder = Callable[["re.Match[str]", Context, "int | None"], "Find | None"]


def _with(build: Builder, context: Context, half_day: int | None) -> Callable[[re.Match[str]], Find | None]:
    return lambda match: build(match, context, half_day)


def _candidates(match: re.Match[str], n: str, half_day: int | None, context: Context) -> tuple[time, ...]:
    digits = match[f"digital{n}"] or match[f"packed{n}"]
    if digits:
        hour, minute = _written(digits)
        early = hour < 7 and hour != 0 and digits[0] != "0" and not context.opens <= time(hour, minute)
        return (time(hour + 12 if early or (half_day == 12 and 0 < hour < 12 and digits[0] != "0") else hour, minute),)
    total = _spoken(match, n)
    if total is None:
        return ()
    part = _part_beside(match, n)
    if total < 13 * 60 and part:
        total = hour_in(part, total)
        return (time(total // 60 % 24, total % 60),)
    if total >= 13 * 60:
        return (time(total // 60 % 24, total % 60),)
    if half_day is not None:
        said = total % 720 + half_day * 60
        if context.opens <= time(said // 60, said % 60) < context.closes:
            return (time(said // 60, said % 60),)
    return _possible(total, context)


def _part_beside(match: re.Match[str], n: str) -> str | None:
    """The part of the day said with this clock time; the first of two has it before or between them, the second after."""
    if n == "1":
        return match["part"] or half_beside(match.string, match.start(), len(match.string))
    return half_beside(match.string, 0 if n else match.start(), match.end())


def _written(digits: str) -> tuple[int, int]:
    parts = re.split(r"[:.uh]", digits)
    return (int(parts[0]), int(parts[1])) if len(parts) > 1 else (int(digits[:2]), int(digits[2:]))


def _spoken(match: re.Match[str], n: str) -> int | None:
    total = int(match[f"hour{n}"]) * 60
    if match[f"half{n}"]:
        if not 60 <= total <= 720:
            return None
        total -= 30
    if match[f"side{n}"]:
        shift = 15 if match[f"minutes{n}"] == "kwart" else int(match[f"minutes{n}"])
        if shift > 29:
            return None
        total += -shift if match[f"side{n}"] == "voor" else shift
    return total if total > 0 else None


def _possible(total: int, context: Context) -> tuple[time, ...]:
    both = [(total % 720) // 60 * 60 + total % 60 + half for half in (0, 720)]
    clocks = [time(each // 60, each % 60) for each in both]
    within = tuple(clock for clock in clocks if context.opens <= clock < context.closes)
    if within:
        return within
    return (clocks[1],) if clocks[0] < context.opens or clocks[0].hour == 0 else (clocks[0],)


def _exact(match: re.Match[str], context: Context, half_day: int | None) -> Find | None:
    about = bool(match["about"]) if "about" in match.re.groupindex else False
    clocks = _candidates(match, "", half_day, context)
    if _FREE_FROM.match(match.string, match.end()):
        return _answer(match, [TimeRange(clock, None) for clock in clocks])
    if _GONE.match(match.string, match.end()):
        return _answer(match, [TimeRange(None, clock) for clock in clocks])
    return _answer(match, [TimeRange(clock, clock, about, said=match[0]) for clock in clocks])


def _sided(match: re.Match[str], context: Context, half_day: int | None) -> Find | None:
    side = _SIDES[match["word"]]
    clocks = _candidates(match, "", half_day, context)
    if side == "about":
        return _answer(match, [TimeRange(clock, clock, about=True) for clock in clocks], fixed=True)
    return _answer(match, [TimeRange(clock, None) if side == "from" else TimeRange(None, clock) for clock in clocks], fixed=True)


def _stretch(match: re.Match[str], context: Context, half_day: int | None) -> Find | None:
    starts, ends = _candidates(match, "1", half_day, context), _candidates(match, "2", None, context)
    if half_day == 12:
        ends = _candidates(match, "2", 12, context)
    pairs = [(start, end) for start in starts for end in ends if start < end]
    if not pairs and half_day == 0:
        pairs = [(start, end) for start in starts for end in _later(ends) if start < end]
    shortest = min((_length(pair) for pair in pairs), default=0)
    return _answer(match, [TimeRange(*pair) for pair in pairs if _length(pair) == shortest], fixed=True)


def _later(clocks: tuple[time, ...]) -> list[time]:
    return [clock.replace(hour=clock.hour + 12) for clock in clocks if clock.hour < 12]


def _length(pair: tuple[time, time]) -> int:
    return (pair[1].hour - pair[0].hour) * 60 + pair[1].minute - pair[0].minute


def _answer(match: re.Match[str], found: list[TimeRange], fixed: bool = False) -> Find | None:
    if not found:
        return None
    if len(found) > 1:
        return Find(match.start(), match.end(), option=Option("time", tuple(found), match[0].strip()), fixed=fixed)
    return Find(match.start(), match.end(), times=tuple(found), fixed=fixed)
