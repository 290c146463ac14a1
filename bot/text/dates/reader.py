"""Puts what was found in a text together: what is wanted, what is excluded, and what has to be asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TypeVar

from bot.clock import local
from bot.text.dates.days import read_days
from bot.text.dates.model import Context, DateRange, Direction, Find, Reading, TimeRange, Vacations
from bot.text.dates.page import Page
from bot.text.dates.sides import sided
from bot.text.dates.times import read_times
from bot.text.dates.together import together
from bot.text.dates.weeks import read_nth, read_weeks
from bot.text.dates.words import BLANK, plain

_Value = TypeVar("_Value")

_ASAP = re.compile(
    r"\bzo (?:snel|spoedig|gauw|vlug|vroeg) (?:als )?mogelijk|\bzsm\b|\bz\.s\.m|\basap\b|\bsnelst mogelijke|\bspoed\b|\bzo snel als\b"
    r"|\b(?:eerste|komende|1e|eerst) (?:de beste|mogelijk\w*|gelegenheid|vrije\w*|beschikbare|moment|plek)\b|\b(?:nu )?meteen\b"
)
_ANYTHING = re.compile(
    r"\bmaakt (?:me |mij |ons )?(?:echt |allemaal |helemaal |verder )?ni(?:ets?|ks)(?: veel| zoveel)? uit|\balles is goed|\bwanneer dan ook"
    r"|\bom het even|\bgeen voorkeur|\belk (?:moment|tijdstip)|\b(?:kan|ben|is) altijd|\baltijd goed|\b(?:elke|iedere) (?:dag|tijd)\b"
    r"|\balle dagen|\bkiest? (?:u )?maar|\bzegt? u (?:het )?maar|\bwat u (?:het beste )?uitkomt|\balles kan\b"
    r"|\b(?:allebei|alle \w+|allemaal)(?: \w+)? (?:is |zijn |vind ik )?(?:goed|prima)\b|\bwanneer u wilt"
)
_STEP = re.compile(
    r"\b(?:(?P<count>een|\d{1,2})\s+)?(?P<unit>uur|uurtje|dag|dagje|dagen|week|weekje|weken)\s+"
    r"(?P<way>later|eerder|vroeger|erna|daarna|daarop|ervoor|daarvoor)\b(?! dan)"
)
_EARLIER = re.compile(r"\b(?:eerder|vroeger|ervoor|naar voren)\b(?! dan)")
_LATER = re.compile(r"\b(?:later|naar achteren)\b(?! dan)")
_OF_DAY = re.compile(r"\b(?:eerder|vroeger|later) (?:op de|die|diezelfde|dezelfde|in de) (?:dag|ochtend|middag|avond)\b")
_UNITS = {"uur": timedelta(hours=1), "dag": timedelta(days=1), "week": timedelta(days=7), "weke": timedelta(days=7)}

_NO = r"\b(?:niet|geen|behalve|uitgezonderd|nooit|zonder|andere? dag(?:en)? dan|anders dan)\b"
_BETWEEN_NO = r"(?:[\s~,]|\b(?:op|in|om|de|het|een|en|of|liever|liefst|die|met|tijdens|rond|direct|graag|per se|ook|ook niet|s)\b)*$"
_BEFORE_NO = re.compile(_NO + _BETWEEN_NO)
_AFTER_NO = re.compile(
    r"^(?:[\s~]|\b(?:en|of|kan|kunnen|lukt|past|gaat|komt|ik|me|mij|het|dat|wij|we|helaas|ben|zit|al|echt|dan|uit|is|sowieso|werk|ook|wil)\b)*"
    r"(?:\b(?:niet|nooit|verhinderd|bezet|onmogelijk)\b)(?! (?:alleen|eerder|later|voor|na|op|in|te|om|uit\b))"
)
_MOVES = re.compile(r"\b(?:verzet\w*|verplaats\w*|verschui\w*|verschoven|wijzig\w*|omzetten|omruilen|veranderen)\b")
_TO = re.compile(r"\bnaar\s+(?:de\s+|op\s+)?(?=~)")
_FROM = re.compile(r"\bafspraak\s+(?:van|op)\s+(?:de\s+)?$")
_LIKED = re.compile(
    r"\b(?:liefst|liever|voorkeur|als het kan|als dat kan|indien mogelijk|zo mogelijk|eventueel|als het lukt|als het even kan|het beste)\b"
)
_LIKED_AFTER = re.compile(
    r"\b(?:als het kan|als dat kan|indien mogelijk|zo mogelijk|als het lukt|als het even kan|(?:heeft|bij) (?:de )?voorkeur)\b"
)
_CLAUSE = re.compile(r"[.;!?]|,(?! ?(?:~|en\b|of\b))|\bmaar\b|\bwel\b|\banders\b")


@dataclass(frozen=True)
class _Judged:
    find: Find
    wanted: bool


def read(text: str, now: datetime, *, opens: time = time(7), closes: time = time(21), vacations: Vacations | None = None) -> Reading:
    """What `text` says about when, said at `now` (aware).

    `opens` and `closes` are the hours a visit can be at, which settle "5 uur"; `vacations` are the school holidays that are known.
    """
    context = Context(local(now), opens, closes, vacations or {})
    page = Page(plain(text))
    whole = page.text
    direction, step = _shift(page)
    read_nth(page, context)
    read_days(page, context)
    read_weeks(page, context)
    read_times(page, context)
    if direction is None:
        direction = _direction(page.text)
    finds = sorted(page.finds, key=lambda find: find.start)
    finds = together(sided(finds, page.text, whole, context), page.text, whole, context)
    finds = _moved(finds, page.text)
    judged = [_judge(find, page.text, whole, context) for find in finds]
    reading = _compose(judged, context)
    anything = bool(_ANYTHING.search(whole))
    of_day = direction is not None and bool(_OF_DAY.search(whole))
    return replace(reading, direction=direction, step=step, of_day=of_day, asap=bool(_ASAP.search(whole)), anything=anything)


def _shift(page: Page) -> tuple[Direction | None, timedelta | None]:
    match = _STEP.search(page.text)
    if match is None:
        return None, None
    page.blank(match.start(), match.end())
    count = match["count"]
    step = _UNITS[match["unit"][:4] if match["unit"][:4] in _UNITS else match["unit"][:3]]
    way: Direction = "later" if match["way"] in ("later", "erna", "daarna", "daarop") else "earlier"
    return way, step * (int(count) if count and count.isdigit() else 1)


def _direction(text: str) -> Direction | None:
    if _EARLIER.search(text):
        return "earlier"
    return "later" if _LATER.search(text) else None


def _moved(finds: list[Find], text: str) -> list[Find]:
    """Leave out the day that an appointment is moved from: "van dinsdag verzetten naar donderdag" asks for Thursday."""
    if not _MOVES.search(text):
        return finds
    to = max((match.end() for match in _TO.finditer(text)), default=0)
    return [find for find in finds if find.start >= to and not _FROM.search(text[: find.start])]


def _judge(find: Find, text: str, whole: str, context: Context) -> _Judged:
    before, after = _clause(text, find)
    wanted = not (_refused(before, find) or _AFTER_NO.search(after))
    liked = wanted and bool(_LIKED.search(before) or _LIKED_AFTER.search(after))
    said = whole[find.start : find.end].strip()
    dates = tuple(_finish(day, said, liked, context) for day in find.days)
    times = tuple(replace(at, said=said, preferred=liked) for at in find.times)
    return _Judged(replace(find, days=dates, times=times), wanted)


def _refused(before: str, find: Find) -> bool:
    """Whether a "niet" before it is about this find: "behalve vrijdag na 3 uur" refuses Friday and wants the time."""
    match = _BEFORE_NO.search(before)
    if match is None or find.days or find.option or BLANK not in match[0]:
        return match is not None
    return re.search(r"(?:\ben|\bof|,)\s*(?:\w+\s+)?$", match[0]) is not None


def _finish(day: DateRange, said: str, liked: bool, context: Context) -> DateRange:
    return replace(day, said=said, preferred=liked, past=day.last is not None and day.last < context.today)


def _clause(text: str, find: Find) -> tuple[str, str]:
    before, after = text[: find.start], text[find.end :]
    begins = [match.end() for match in _CLAUSE.finditer(before)]
    ends = _CLAUSE.search(after)
    return before[begins[-1] :] if begins else before, after[: ends.start()] if ends else after


def _compose(judged: list[_Judged], context: Context) -> Reading:
    wanted = [one.find for one in judged if one.wanted]
    no_days = [_never(one.find, context) for one in judged if not one.wanted]
    return Reading(
        dates=_liked_once([day for find in wanted for day in find.days]),
        times=_liked_once([at for find in wanted for at in find.times]),
        excluded_dates=_unique(day for some in no_days for day in some),
        excluded_times=_unique(at for one in judged if not one.wanted and not one.find.days for at in one.find.times),
        ambiguous=_unique(find.option for find in wanted if find.option),
        pairs=_pairs(wanted),
    )


def _never(find: Find, context: Context) -> tuple[DateRange, ...]:
    """Tell what "niet op maandag" shuts out: every Monday; whoever means one Monday names its date."""
    if find.weekly is not None:
        return (DateRange(context.today, None, (find.weekly,)),)
    if find.option and find.option.kind == "day":
        return tuple(choice for choice in find.option.choices if isinstance(choice, DateRange))
    return find.days


def _pairs(wanted: list[Find]) -> tuple[tuple[DateRange, TimeRange], ...]:
    """Each time goes with the day before it; only where more than one day has times of its own does that say anything."""
    if sum(bool(find.days) for find in wanted) < 2 or any(find.option for find in wanted):
        return ()
    groups: list[tuple[Find, list[TimeRange]]] = []
    for find in wanted:
        if find.days:
            groups.append((find, list(find.times)))
        elif not groups:
            return ()
        else:
            groups[-1][1].extend(find.times)
    if sum(bool(times) for _, times in groups) < 2:
        return ()
    for (_, times), (_, following) in zip(groups[-2::-1], groups[:0:-1]):  # noqa: B905 - "maandag of dinsdag om tien" shares the time
        times.extend([] if times else following)
    return tuple((day, at) for find, times in groups for day in find.days for at in times)


_Likeable = TypeVar("_Likeable", DateRange, TimeRange)


def _liked_once(values: list[_Likeable]) -> tuple[_Likeable, ...]:
    """Each value once; "dinsdag of woensdag, liefst dinsdag" names Tuesday twice and likes it best."""
    return _unique(value for value in values if value.preferred or replace(value, preferred=True) not in values)


def _unique(values: Iterable[_Value]) -> tuple[_Value, ...]:
    return tuple(dict.fromkeys(values))
