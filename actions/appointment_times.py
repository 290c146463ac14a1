"""Finds the times to offer for a draft, and keeps the one that was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from actions.appointment_draft import Draft
from bot.appointments.errors import SlotTaken
from bot.appointments.service import Appointments
from bot.clock import local
from bot.model.appointment import Slot, Wish
from bot.text.dates import Reading, Vacations, offer, read, settled

SHOWN = 3
"""Times offered at once; WhatsApp shows no more than ten rows, and three more of them are "eerder", "later" and "andere dag"."""

_SPANS = (timedelta(days=6), timedelta(days=21))
"""Days looked at when the citizen named none, few first: mostly they hold enough, and every day costs."""

_AROUND = timedelta(days=4)


def reading_of(draft: Draft, vacations: Vacations) -> Reading:
    """Everything the citizen said about when, each as it was meant at that moment; what was said last counts most."""
    reading = Reading()
    for text, at in draft.when:
        reading = refined(reading, read(text, at, vacations=vacations))
    return reading


def refined(before: Reading, now: Reading) -> Reading:
    """Both readings together: what the later one names replaces that of the earlier one, which is liked where it still can be."""
    if before.empty or now.empty or now.anything or now.asap or now.direction or now.pairs:
        return before if now.empty else now
    dates = now.dates or before.dates
    times = now.times or tuple(replace(at, preferred=True) for at in before.times)
    return replace(
        now,
        dates=dates,
        times=times,
        excluded_dates=(*before.excluded_dates, *now.excluded_dates),
        excluded_times=(*before.excluded_times, *now.excluded_times),
        ambiguous=now.ambiguous if now.dates or now.times else (*before.ambiguous, *now.ambiguous),
    )


def is_exact(reading: Reading) -> bool:
    """Whether one day and one clock time were said: who says so need not choose."""
    day = reading.dates[0] if len(reading.dates) == 1 else None
    at = reading.times[0] if len(reading.times) == 1 else None
    return bool(day and at and not day.past and day.first == day.last and at.start == at.end and not (day.about or at.about))


async def find_times(appointments: Appointments, draft: Draft, wish: Wish, reading: Reading, today: date) -> Draft:
    """The draft with the times to show for this reading; `obstacle` says why they are not what was asked, `full` that there are none."""
    first, last = appointments.days(wish)
    first = max(first, today)
    for start, end in _windows(reading, draft, first, last):
        slots = await appointments.offers(wish, draft.place, start, end)
        found = _fitting(settled(reading, [slot.starts for slot in slots]), slots, draft.shown or _old(draft))
        # On a day that was named one time is an answer; without a day a few more days may give the three that are shown.
        if len(found.shown) >= (1 if reading.dates else SHOWN) and found.obstacle is None:
            break
    return replace(draft, shown=found.shown, obstacle=found.obstacle, slot=None, hold=None, hold_until=None)


def _old(draft: Draft) -> tuple[Slot, ...]:
    return (draft.slot,) if draft.slot else ()


def _windows(reading: Reading, draft: Draft, first: date, last: date) -> list[tuple[date, date]]:
    """The days to look at, narrow first: a calendar elsewhere pays for every day asked."""
    named = [day for day in reading.dates if not day.past]
    if named:
        start = max(first, min(day.first for day in named) - _AROUND)
        ends = [day.last for day in named]
        latest = max((one for one in ends if one), default=None) if None not in ends else None
        until = [latest + _AROUND] if latest else [start + _AROUND + span for span in _SPANS]
    else:
        start = local(draft.shown[-1].starts).date() if reading.direction == "later" and draft.shown else first
        until = [start + span for span in _SPANS]
    narrow = dict.fromkeys((max(first, start), min(last, end)) for end in until)
    return [*(days for days in narrow if days[0] <= days[1] and days != (first, last)), (first, last)]


def _fitting(reading: Reading, slots: Sequence[Slot], shown: Sequence[Slot]) -> Draft:
    by_start: dict[datetime, Slot] = {}
    for slot in slots:
        by_start.setdefault(slot.starts, slot)
    result = offer(reading, sorted(by_start), shown=[slot.starts for slot in shown], count=SHOWN)
    chosen = (result.slots or result.near)[:SHOWN]
    by_moment = {local(start): slot for start, slot in by_start.items()}
    return Draft(shown=tuple(by_moment[moment] for moment in chosen if moment in by_moment), obstacle=result.obstacle)


async def keep(appointments: Appointments, conversation: UUID, draft: Draft, wish: Wish, slot: Slot) -> Draft | None:
    """The draft with `slot` held for ten minutes; None when somebody else was quicker."""
    try:
        return draft.held_as(await appointments.hold(conversation, wish, slot))
    except SlotTaken:
        return None


async def same_time(appointments: Appointments, draft: Draft, wish: Wish, starts: datetime) -> Slot | None:
    """The free slot that begins at `starts` at the draft's place, for a wish that may have become longer."""
    day = local(starts).date()
    slots = await appointments.offers(wish, draft.place, day, day)
    return next((slot for slot in slots if slot.starts == starts), None)
