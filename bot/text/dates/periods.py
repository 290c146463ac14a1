"""Reads longer periods and days beside a holiday: seasons, years, the second week of January, the Monday after Easter.

Rules, with their reasons:
- Seasons are whole months (March to May is spring), as the weather service counts them; nobody plans a visit by the equinox.
- "begin volgend jaar" is January, "halverwege" June and July, "eind" December: nobody means an exact day.
- A week belongs to the month its Thursday is in, as weeks belong to years, and only its days in that month count.
- "de week na kerst" is the seven days after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.text.dates.calendar import DAY, NAMED, WEEK, coming, monday, month, named_day
from bot.text.dates.days import DAY_NAME, found
from bot.text.dates.model import Context, DateRange, Find
from bot.text.dates.page import Page
from bot.text.dutch import DAYS, MONTHS

_MONTHS = "|".join(MONTHS)
_SEASONS = {"voorjaar": 3, "zomer": 6, "herfst": 9, "winter": 12}
_YEAR_PARTS = {"begin": (1, 1), "half": (6, 7), "midden": (6, 7), "eind": (12, 12)}
_NTH = {"eerste": 0, "1e": 0, "tweede": 1, "2e": 1, "derde": 2, "3e": 2, "vierde": 3, "4e": 3, "laatste": -1}
_WHICH_NTH = f"(?P<nth>{'|'.join(_NTH)})"
_IN_MONTH = rf"(?:(?:van|in|de|het|deze|dit) )*(?P<month>volgende maand|maand|nieuwe jaar|volgende jaar|jaar|{_MONTHS})"

_MONTH_NEXT_YEAR = re.compile(rf"\b({_MONTHS})(?: van)? (?:(volgende|komende)|dit) jaar\b")
_NO_NAME = "".join(rf"(?<!\b{title} de )" for title in ("mevrouw", "meneer", "heer", "familie", "mevr", "dhr"))
_LEADS = "|".join(rf"(?<=\b{word} )" for word in ("de", "het", "deze", "dit", "in", "na", "voor"))
_SEASON = re.compile(rf"(?:\b(?P<which>volgende |komende )|{_LEADS}|^){_NO_NAME}(?P<season>{'|'.join(_SEASONS)})\b")
_BEFORE_YEAR_ENDS = re.compile(r"\b(?:voor|nog voor|uiterlijk) (?:het )?(?:eind (?:van )?)?(?:het|dit) jaar(?: om is| voorbij is)?\b")
_YEAR_PART = re.compile(
    r"\b(?P<part>begin|half|midden|eind) (?:(?:van|in) )?(?:het )?(?P<year>(?:dit|volgende|komende|nieuwe) jaar|jaar|20\d\d)\b"
)
_YEAR = re.compile(
    r"\b(?P<year>nieuwe jaar)\b|(?:(?<=\bin )|(?<=\bpas in )|(?<=\bvanaf )|(?<=\bna )|(?<=\bvoor ))(?P<number>20\d\d)\b(?!\s*uur)"
)
_WEEK_OF = re.compile(rf"\b{_WHICH_NTH} (?:volle |hele )?week {_IN_MONTH}\b")
_HALF_OF = re.compile(rf"\b(?P<nth>eerste|1e|tweede|2e) helft {_IN_MONTH}\b")
_HALF_WEEK = re.compile(r"\b(?P<nth>eerste|1e|tweede|2e) helft (?:van )?(?:de )?(?P<which>volgende |komende |deze )?week\b")


def dated(text: str, context: Context) -> str:
    """The text with "maart volgend jaar" as "maart 2027", so that every rule for dates can read it."""
    return _MONTH_NEXT_YEAR.sub(lambda match: f"{match[1]} {context.today.year + bool(match[2])}", text)


def read_periods(page: Page, context: Context) -> None:
    """Take every season, year, part of a year, week of a month, and day beside a holiday, before other rules see the words in them."""
    beside = re.compile(
        rf"\b(?P<what>dag|week|weekend|{DAY_NAME}) (?P<side>na|voor) (?:de |het )?(?P<name>{'|'.join((*context.vacations, *NAMED))})\b"
    )
    rules: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Context], Find | None]], ...] = (
        (beside, _beside),
        (_WEEK_OF, _week_of),
        (_HALF_OF, _half_of),
        (_HALF_WEEK, _half_week),
        (_BEFORE_YEAR_ENDS, _before_year_ends),
        (_YEAR_PART, _year_part),
        (_YEAR, _year),
        (_SEASON, _season),
    )
    for pattern, build in rules:
        page.read(pattern, build, context)


def _ahead(whole: DateRange, context: Context) -> DateRange:
    """The part that is still ahead."""
    return replace(whole, first=max(whole.first, context.today))


def _season(match: re.Match[str], context: Context) -> Find | None:
    number = _SEASONS[match["season"]]
    for year in range(context.today.year - 1, context.today.year + 3):
        whole = DateRange(month(year, number).first, month(year, number + 2).last, about=True)
        later = match["which"] == "volgende " and whole.first <= context.today
        if whole.last and whole.last >= context.today and not later:
            return found(match, _ahead(whole, context))
    return None


def _before_year_ends(match: re.Match[str], context: Context) -> Find | None:
    return found(match, DateRange(context.today, date(context.today.year, 12, 31)), fixed=True)


def _year_of(word: str, context: Context) -> int:
    if word.isdigit():
        return int(word)
    return context.today.year + (word.split(" ", maxsplit=1)[0] in ("volgende", "komende", "nieuwe"))


def _year_part(match: re.Match[str], context: Context) -> Find | None:
    year = _year_of(match["year"], context)
    first, last = _YEAR_PARTS[match["part"]]
    whole = DateRange(month(year, first).first, month(year, last).last, about=True)
    if whole.last and whole.last < context.today:
        return None
    return found(match, _ahead(whole, context))


def _year(match: re.Match[str], context: Context) -> Find | None:
    year = _year_of(match["year"] or match["number"], context)
    if not context.today.year <= year <= context.today.year + 5:
        return None
    return found(match, _ahead(DateRange(date(year, 1, 1), date(year, 12, 31)), context))


def _months(name: str, last: bool, context: Context) -> list[DateRange]:
    """The months that a name may mean, the first one ahead first."""
    today = context.today
    if name == "jaar":
        return [month(today.year, 12 if last else 1), month(today.year + 1, 12 if last else 1)]
    if name.endswith("jaar"):
        return [month(today.year + 1, 12 if last else 1)]
    if name.endswith("maand"):
        here = today.month + (name == "volgende maand")
        return [month(today.year, here), month(today.year, here + 1)]
    number = MONTHS.index(name) + 1
    return [month(today.year, number), month(today.year + 1, number)]


def _week_of(match: re.Match[str], context: Context) -> Find | None:
    nth = _NTH[match["nth"]]
    for whole in _months(match["month"], nth < 0, context):
        last = whole.last or whole.first
        mondays = [monday(whole.first) + week * WEEK for week in range(6)]
        weeks = [first for first in mondays if whole.first <= first + 3 * DAY <= last]
        first = weeks[nth] if nth < len(weeks) else weeks[-1]
        there = DateRange(max(first, whole.first), min(first + 6 * DAY, last), about=True)
        if there.last and there.last >= context.today:
            return found(match, _ahead(there, context))
    return None


def _half_of(match: re.Match[str], context: Context) -> Find | None:
    if match["month"].endswith("jaar"):
        return None
    for whole in _months(match["month"], False, context):
        if match["nth"] in ("eerste", "1e"):
            half = DateRange(whole.first, whole.first.replace(day=15))
        else:
            half = DateRange(whole.first.replace(day=16), whole.last)
        if half.last and half.last >= context.today:
            return found(match, _ahead(half, context))
    return None


def _half_week(match: re.Match[str], context: Context) -> Find | None:
    first = monday(context.today) + (0 if match["which"] in (None, "deze ") else 1) * WEEK
    half = DateRange(first, first + 2 * DAY, about=True)
    if match["nth"] not in ("eerste", "1e"):
        half = DateRange(first + 2 * DAY, first + 6 * DAY, about=True)
    if half.last and half.last < context.today:
        return None
    return found(match, _ahead(half, context))


def _beside(match: re.Match[str], context: Context) -> Find | None:
    named = _named(match["name"], context)
    if named is None or named.last is None:
        return None
    there = _before(named.first, match["what"]) if match["side"] == "voor" else _after(named.last, match["what"])
    if there.last is None or there.last < context.today:
        return None
    return found(match, _ahead(there, context), fixed=True)


def _named(name: str, context: Context) -> DateRange | None:
    if name not in context.vacations:
        return named_day(name, context.today)
    ahead = [DateRange(*both) for both in sorted(context.vacations[name]) if both[1] >= context.today]
    return ahead[0] if ahead else None


def _after(last: date, what: str) -> DateRange:
    if what == "week":
        return DateRange(last + DAY, last + WEEK, about=True)
    first = coming(last, 5 if what == "weekend" else DAYS.index(what)) if what != "dag" else last + DAY
    return DateRange(first, first + DAY if what == "weekend" else first)


def _before(first: date, what: str) -> DateRange:
    if what == "week":
        return DateRange(first - WEEK, first - DAY, about=True)
    weekday = 5 if what == "weekend" else DAYS.index(what) if what != "dag" else (first - DAY).weekday()
    there = coming(first - 8 * DAY, weekday)
    return DateRange(there, there + DAY if what == "weekend" else there)
