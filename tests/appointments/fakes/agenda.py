"""What every fake keeps: free times by place, each with room for so many, and who has taken them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass
class Taken:
    """One appointment; `start` is on the clocks of the place, without an offset."""

    id: str
    place: str
    start: datetime
    minutes: int
    details: dict[str, Any] = field(default_factory=dict)


class Agenda:
    """Times on a clock without an offset, as the systems themselves keep them."""

    def __init__(self) -> None:
        self.room: dict[tuple[str, datetime], int] = {}
        self.taken: dict[str, Taken] = {}
        self._numbers = itertools.count(1)

    def open(self, place: str, *starts: datetime, room: int = 1) -> None:
        for start in starts:
            self.room[place, start] = room

    def free(self, place: str) -> list[datetime]:
        return sorted(start for (where, start), room in self.room.items() if where == place and self._used(where, start) < room)

    def take(self, place: str, start: datetime, minutes: int, details: dict[str, Any] | None = None) -> Taken | None:
        """None when there is no room (any more)."""
        if start not in self.free(place):
            return None
        taken = Taken(str(UUID(int=next(self._numbers))), place, start, minutes, details or {})
        self.taken[taken.id] = taken
        return taken

    def _used(self, place: str, start: datetime) -> int:
        return sum(1 for item in self.taken.values() if item.place == place and item.start == start)
