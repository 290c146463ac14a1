"""Reads which of the moments on the table a citizen means: "de tweede", "die van dinsdag", "10 uur", "liever later".

Rules, with their reasons:
- What is shown decides what is meant: "dinsdag" is the Tuesday that is shown, "half 9" the half past eight that is shown.
- A number may be a place in the list or an hour ("3" where three o'clock is shown); where both can be, it is asked.
- "maakt niet uit" takes the first: it is confirmed before it is booked, so nothing is decided behind anyone's back.
- A place that the list does not have ("optie 7") is asked again.
- A refusal takes nothing: "dinsdag niet" leaves the others to be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Union

from bot.clock import local
from bot.text.choosing_words import Words, listen
from bot.text.dates import DateRange, Option, Reading, TimeRange, read
from bot.text.dutch import DAYS

_WEEKDAY = re.compile(rf"(?:op )?({'|'.join(DAYS)})")
_ORDINAL = re.compile(r"(?:op )?(?:de )?(\d{1,2})e")
_WHOLE_HOUR = re.compile(r"(?:(?:om|rond|tegen|@|ongeveer) )*\d{1,2}(?: ?(?:uur|u|h))?(?: precies)?")


@dataclass(frozen=True)
class Shown:
    """A moment on the table (aware), and the place it is at where that differs."""

    moment: datetime
    place: str = ""


@dataclass(frozen=True)
class Chosen:
    """One moment was meant: its place in what was shown, from 0."""

    at: int


@dataclass(frozen=True)
class Several:
    """More than one may be meant, or only what is not: ask between these."""

    at: tuple[int, ...]


@dataclass(frozen=True)
class Wish:
    """Something else than what is shown. `reading` goes to `bot.text.dates.offer` with `shown`; `place` is where, if that was said.

    `others` says that only other moments were asked for, without a word on when: "geen van deze", "nee".
    """

    reading: Reading
    place: str = ""
    others: bool = False


Picked = Union[Chosen, Several, Wish, None]  # noqa: UP007 - evaluated at run time in Python 3.10 too


def pick(text: str, shown: Sequence[Shown], now: datetime, *, places: Sequence[str] = ()) -> Picked:
    """What `text`, said at `now` (aware), means while `shown` is on the table; None where it says nothing about choosing.

    `places` are the names of the other places there are, so that "liever in Heiloo" is heard.
    """
    words = listen(text, [*places, *(one.place for one in shown)])
    if words.question:
        return None
    here = [replace(one, moment=local(one.moment)) for one in shown]
    reading = read(words.rest, now)
    inside = [at for at, one in enumerate(here) if words.place in ("", one.place)]
    if words.place and not inside:
        return Wish(_without_shown(reading, words, here), words.place)
    if reading.direction or words.others:
        return _other(reading, words, here)
    return _among(inside, here, reading, words, now)


def _other(reading: Reading, words: Words, shown: Sequence[Shown]) -> Wish:
    asked = _without_shown(reading, words, shown)
    return Wish(asked, words.place, others=reading.empty and words.others not in ("day", "week"))


def _without_shown(reading: Reading, words: Words, shown: Sequence[Shown]) -> Reading:
    """The reading, with the days shown refused where another day or week was asked for."""
    days = sorted({one.moment.date() for one in shown})
    if words.others == "time" and len(days) == 1 and not reading.dates:
        return replace(reading, dates=(DateRange(days[0], days[0]),))
    if words.others == "week":
        mondays = sorted({day - timedelta(days=day.weekday()) for day in days})
        return replace(reading, excluded_dates=tuple(DateRange(first, first + timedelta(days=6)) for first in mondays))
    if words.others == "day" and not reading.dates:
        return replace(reading, excluded_dates=tuple(DateRange(day, day) for day in days))
    return reading


def _among(inside: list[int], shown: Sequence[Shown], reading: Reading, words: Words, now: datetime) -> Picked:
    if words.number is not None and inside:
        return _result(_numbered(words.number, inside, shown))
    matching = _matching(inside, shown, reading, now)
    if not matching:
        return None if reading.empty else Wish(reading, words.place)
    if words.positions or words.refused:
        return _positioned(matching, shown, words) or Several(tuple(inside))
    if reading.empty:
        return _result(inside) if words.yes or words.place else None
    return _meant(matching, len(matching) < len(inside), shown, reading) or Wish(reading, words.place)


def _meant(matching: list[int], fewer: bool, shown: Sequence[Shown], reading: Reading) -> Picked:
    if reading.anything or reading.asap:
        return Chosen(min(matching, key=lambda at: shown[at].moment) if reading.asap else matching[0])
    if reading.dates or reading.times or reading.ambiguous:
        return _result(matching)
    return Several(tuple(matching)) if fewer else None  # only refusals were said


def _result(matching: Iterable[int]) -> Picked:
    found = tuple(sorted(set(matching)))
    return (Chosen(found[0]) if len(found) == 1 else Several(found)) if found else None


def _positioned(matching: list[int], shown: Sequence[Shown], words: Words) -> Picked:
    """Read "de laatste op dinsdag" as the last of the Tuesdays that are shown."""
    by_moment = sorted(matching, key=lambda at: shown[at].moment)
    refused = {at for position in words.refused for at in _at(position, matching, by_moment, shown)}
    wanted = {at for position in words.positions for at in _at(position, matching, by_moment, shown)} - refused
    if wanted or words.positions:
        return _result(wanted)
    left = tuple(at for at in matching if at not in refused)
    return Several(left) if left else None


def _at(position: int | str, matching: list[int], by_moment: list[int], shown: Sequence[Shown]) -> list[int]:
    if position == "middle":
        return _middle(matching)
    if position in ("earliest", "latest"):
        return [by_moment[0 if position == "earliest" else -1]]
    number = int(position.rstrip("e")) if isinstance(position, str) else position
    listed = [matching[number - (number > 0)]] if 0 < abs(number) <= len(matching) else []
    days = [at for at in matching if shown[at].moment.day == number]
    return listed + days if isinstance(position, str) or not listed else listed


def _middle(matching: list[int]) -> list[int]:
    return [matching[len(matching) // 2]] if len(matching) % 2 else matching[len(matching) // 2 - 1 : len(matching) // 2 + 1]


def _numbered(number: int, inside: list[int], shown: Sequence[Shown]) -> list[int]:
    """Everything a bare number may stand for: a place in the list, an hour, or a day past the end of the list."""
    hours = [at for at in inside if shown[at].moment.hour in (number, number + 12)]
    on_the_hour = [at for at in hours if shown[at].moment.minute == 0]
    if 0 < number <= len(inside):
        return [inside[number - 1], *(on_the_hour or hours)]
    return (on_the_hour or hours) + [at for at in inside if shown[at].moment.day == number]


def _matching(inside: list[int], shown: Sequence[Shown], reading: Reading, now: datetime) -> list[int]:
    """Places in `shown` that fit what was said, looked at as what was shown and not as what is first ahead."""
    today = local(now).date()
    allowed = [at for at in inside if not _refused(reading, shown[at].moment)]
    if reading.pairs:
        return [at for at in allowed if reading.fits(shown[at].moment)]
    on_days = [at for at in allowed if _on(reading, shown[at].moment.date(), today)]
    exact = [at for at in on_days if _times(reading, shown[at].moment, whole_hours=False)]
    return exact or [at for at in on_days if _times(reading, shown[at].moment, whole_hours=True)]


def _refused(reading: Reading, moment: datetime) -> bool:
    return any(day.holds(moment.date()) for day in reading.excluded_dates) or any(
        clock.holds(moment.time()) for clock in reading.excluded_times
    )


def _on(reading: Reading, day: date, today: date) -> bool:
    asked = [option for option in reading.ambiguous if any(isinstance(choice, DateRange) for choice in option.choices)]
    wanted = [day_said for day_said in reading.dates if not day_said.past]
    return not (wanted or asked) or any(_names(said, day, today) for said in wanted) or any(_may_name(option, day) for option in asked)


def _names(days: DateRange, day: date, today: date) -> bool:
    weekday, ordinal = _WEEKDAY.fullmatch(days.said), _ORDINAL.fullmatch(days.said)
    if weekday and (days.first - today).days <= 7:
        return DAYS[day.weekday()] == weekday[1]
    return day.day == int(ordinal[1]) if ordinal else days.holds(day)


def _may_name(option: Option, day: date) -> bool:
    weekday = _WEEKDAY.fullmatch(option.said)
    if weekday and DAYS[day.weekday()] == weekday[1]:
        return True
    return any(choice.holds(day) for choice in option.choices if isinstance(choice, DateRange))


def _times(reading: Reading, moment: datetime, *, whole_hours: bool) -> bool:
    asked = [choice for option in reading.ambiguous for choice in option.choices if isinstance(choice, TimeRange)]
    said = {option.said for option in reading.ambiguous}
    if not (reading.times or asked):
        return True
    if any(clock.holds(moment.time()) for clock in (*reading.times, *asked)):
        return True
    points = [clock for clock in reading.times if _WHOLE_HOUR.fullmatch(clock.said)]
    points += [clock for clock in asked if any(_WHOLE_HOUR.fullmatch(one) for one in said)]
    return whole_hours and any(clock.start is not None and clock.start == clock.end and clock.start.hour == moment.hour for clock in points)
