"""Reads what stands before a day: "voor", "na", "vanaf", "tot en met", "tussen ... en ...".

Rules, with their reasons:
- "na kerst" begins the day after; "vanaf" includes the day; "tot" leaves it out, "tot en met" and "uiterlijk" do not.
- "een afspraak voor dinsdag" is on Tuesday, "het moet voor dinsdag" is before it; a holiday is always a border.
- "maandag t/m woensdag" ends on the first Wednesday after that Monday.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.text.dates.calendar import DAY, NAMED, WEEK, coming, monday
from bot.text.dates.model import Context, DateRange, Find
from bot.text.dates.page import before
from bot.text.dates.words import NOT_BEFORE

_SIDE = re.compile(
    r"\b(?P<word>niet voor|niet eerder dan|niet na|niet later dan|niet vanaf|tot en met|t/m|uiterlijk|voor|na|vanaf|tot|rond|omstreeks"
    r"|tegen|later dan|eerder dan|tussen nu en|week van|week rond|ruim voor|ruim na)\s+(?:op\s+|de\s+|het\s+|mijn\s+|onze\s+)*$"
)
_KINDS = {"na": "after", "ruim na": "after", "later dan": "after", "vanaf": "from", NOT_BEFORE: "from", "niet eerder dan": "from"}
_KINDS |= {"voor": "before", "ruim voor": "before", "eerder dan": "before", "tot": "before", "niet vanaf": "before"}
_KINDS |= {
    "tot en met": "until",
    "t/m": "until",
    "uiterlijk": "until",
    "niet na": "until",
    "niet later dan": "until",
    "tussen nu en": "until",
}
_KINDS |= {"week van": "week", "week rond": "week", "rond": "about", "omstreeks": "about", "tegen": "about"}
_APPOINTMENT = re.compile(
    r"\b(?:afspra\w+|plek\w*|beurt|tijd\w*|reserv\w+|boek\w*|inplannen|plannen|terecht|langs|kies|kiezen|gekozen|ga|gaan)\b[^,.;!?]*$"
)
_JOINED = re.compile(r"^\s*(?:t/m|tot en met|tot|-|tot aan)\s*(?:de\s+|en met\s+)?$")
_AND = re.compile(r"^\s*en\s+(?:de\s+)?$")
_OPENED = re.compile(r"\btussen\s+(?:de\s+)?$")


def sided(finds: list[Find], text: str, whole: str, context: Context) -> list[Find]:
    """The finds, joined to stretches where two are the ends of one, and opened where a word before them says so."""
    joined: list[Find] = []
    for find in finds:
        if joined and _ends(joined[-1], find, text):
            joined[-1] = _join(joined[-1], find, whole)
        else:
            joined.append(find)
    return [_open(find, text, whole, context) for find in joined]


def _ends(one: Find, other: Find, text: str) -> bool:
    if not (_is_day(one) and _is_day(other)) or one.times or other.times or one.fixed:
        return False
    gap = text[one.end : other.start]
    return bool(_JOINED.match(gap) or (_AND.match(gap) and _OPENED.search(before(text, one.start))))


def _is_day(find: Find) -> bool:
    return bool(find.days) or find.weekly is not None


def _days(find: Find) -> DateRange:
    """The days of a find; a weekday that may be today or in a week counts from today as the end of a stretch."""
    if find.days:
        return find.days[0]
    choices = find.option.choices if find.option else ()
    return next(choice for choice in choices if isinstance(choice, DateRange))


def _join(one: Find, other: Find, whole: str) -> Find:
    first, last = _days(one).first, _days(other).last
    if _is_border(one, whole) and _is_border(other, whole):  # "tussen kerst en oud en nieuw": neither of the two
        first, last = (_days(one).last or first) + DAY, _days(other).first - DAY
    while last is not None and last < first:
        last += WEEK
    return Find(one.start, other.end, days=(DateRange(first, last),), fixed=True)


def _is_border(find: Find, whole: str) -> bool:
    """Whether it is a holiday or a season: nobody makes an appointment for one, only before or after it."""
    name = whole[find.start : find.end].strip()
    return name.startswith(NAMED) or name.endswith(("vakantie", "voorjaar", "zomer", "herfst", "winter", "jaar"))


def _open(find: Find, text: str, whole: str, context: Context) -> Find:
    match = _SIDE.search(before(text, find.start))
    if match is None or len(find.days) != 1 or find.times or find.fixed:
        return find
    start = find.start - (match.end() - match.start())
    day, kind = find.days[0], _KINDS[match["word"]]
    border = _is_border(find, whole)
    if match["word"] == "voor" and not border and (_APPOINTMENT.search(before(text, start)) or day.last == context.today):
        return find
    if day.weekdays == (5, 6):
        saturday = coming(context.today, 5, including_today=True)
        day = DateRange(saturday, saturday + DAY)
    opened = _opened(day, kind, context)
    return find if opened is None else replace(find, start=start, days=(opened,), weekly=None, fixed=True)


def _opened(day: DateRange, kind: str, context: Context) -> DateRange | None:
    last = day.last or day.first
    if kind == "after":
        return DateRange(last + DAY, None)
    if kind == "from":
        return DateRange(day.first, None)
    if kind == "week":
        return DateRange(max(monday(day.first), context.today), monday(day.first) + 6 * DAY)
    if kind == "about":
        return (
            DateRange(max(day.first - 3 * DAY, context.today), last + 3 * DAY, about=True)
            if day.first == last
            else replace(day, about=True)
        )
    last = last if kind == "until" else day.first - DAY
    return DateRange(context.today, last) if last >= context.today else None
