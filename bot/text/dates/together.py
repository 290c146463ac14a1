"""Lets days that belong together narrow each other: "volgende week, dinsdag of donderdag", "in januari op een maandag".

A bare weekday beside a stretch of days is the weekday within that stretch; the stretch itself then says no more, unless the weekday is
only liked best ("volgende week, liefst dinsdag").
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.text.dates.calendar import DAY, WEEK, monday
from bot.text.dates.model import Context, DateRange, Find

_LIST = re.compile(r"^\s*(?:,|of|en|/|en/of)?\s*(?:of|en)?\s*(?:op\s+)?$")
_OPEN = re.compile(r"\b(?:niet|geen|behalve|liefst|liever|voorkeur|bij voorkeur|uitgezonderd|kan\w*|als het kan|als dat kan)\b")


def together(finds: list[Find], text: str, whole: str, context: Context) -> list[Find]:
    """The finds, each bare weekday put in the week or stretch it belongs to."""
    placed = _same_week(finds, text, whole)
    inner = [find for find in placed if _narrows(find)]
    stretches = [find for find in placed if _is_stretch(find, context) and find not in inner]
    if not inner or not stretches:
        return placed
    stretch = min(stretches, key=lambda find: abs(find.start - inner[0].start))
    narrowed = {id(find): _within(find, stretch.days[0]) for find in inner}
    if not any(narrowed.values()):
        return placed
    keeps = any(_OPEN.search(text[max(0, find.start - 30) : find.start] + text[find.end : find.end + 30]) for find in inner)
    answer = [narrowed.get(id(find)) or find for find in placed]
    return answer if keeps else [find for find in answer if find is not stretch]


def _is_stretch(find: Find, context: Context) -> bool:
    if len(find.days) == 1 and find.days[0].last is not None and find.days[0].last < context.today:
        return False  # "vorige week gebeld" says nothing about the day that is asked for
    return len(find.days) == 1 and not find.days[0].weekdays and (find.days[0].last is None or find.days[0].last > find.days[0].first)


def _narrows(find: Find) -> bool:
    return find.weekly is not None or (len(find.days) == 1 and bool(find.days[0].weekdays))


def _within(find: Find, stretch: DateRange) -> Find | None:
    weekdays = (find.weekly,) if find.weekly is not None else find.days[0].weekdays
    length = 99 if stretch.last is None else (stretch.last - stretch.first).days + 1
    inside = [stretch.first + ahead * DAY for ahead in range(min(length, 7)) if (stretch.first + ahead * DAY).weekday() in weekdays]
    if not inside:
        return None
    if length <= 7 and len(inside) == 1:
        return replace(find, days=(DateRange(inside[0], inside[0]),), option=None)
    return replace(find, days=(DateRange(stretch.first, stretch.last, weekdays),), option=None)


def _same_week(finds: list[Find], text: str, whole: str) -> list[Find]:
    """Read "volgende week dinsdag of donderdag": the Thursday of that same week."""
    placed: list[Find] = []
    for find in finds:
        before = placed[-1] if placed else None
        if before and find.weekly is not None and _named_week(before, whole) and _LIST.match(text[before.end : find.start]):
            there = monday(before.days[0].first) + find.weekly * DAY
            there += WEEK if there < before.days[0].first and "over" in whole[before.start : before.end] else 0 * DAY
            placed.append(replace(find, days=(DateRange(there, there),), option=None, weekly=None, start=find.start))
        else:
            placed.append(find)
    return placed


def _named_week(find: Find, whole: str) -> bool:
    one_day = len(find.days) == 1 and find.days[0].last == find.days[0].first and not find.days[0].past
    return one_day and find.weekly is None and re.search(r"\bwe(?:ek|ken)\b", whole[find.start : find.end]) is not None
