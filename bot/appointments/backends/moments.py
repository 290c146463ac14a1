"""Clock times of a place, as appointment systems write them, and moments in UTC."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

from bot.appointments.errors import SlotTaken
from bot.appointments.protocol import Backend
from bot.clock import AMSTERDAM, local
from bot.model.appointment import Hold, Slot


def instant(written: datetime, zone: ZoneInfo = AMSTERDAM) -> datetime | None:
    """The moment in UTC; a time without an offset is on the clocks of `zone`. None for a time that those clocks skip in March."""
    if written.tzinfo is not None:
        return written.astimezone(timezone.utc)
    moment = written.replace(tzinfo=zone).astimezone(timezone.utc)
    return moment if moment.astimezone(zone).replace(tzinfo=None) == written else None


def offered(slots: Iterable[Slot], first: date, last: date, now: datetime) -> tuple[Slot, ...]:
    """The slots on the days asked for that have not begun, each once, ascending."""
    fitting = {slot for slot in slots if first <= local(slot.starts).date() <= last and slot.starts > now}
    return tuple(sorted(fitting, key=lambda slot: slot.starts))


async def check_free(backend: Backend, hold: Hold) -> None:
    """Raise SlotTaken when the slot is not offered any more; the hold of a system that has none."""
    day = local(hold.slot.starts).date()
    slots = await backend.slots(hold.wish, hold.slot.location, day, day)
    if all(slot.starts != hold.slot.starts for slot in slots):
        raise SlotTaken(hold.slot.starts.isoformat())
