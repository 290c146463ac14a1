"""What a system that reports are passed on to must be able to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.model.report import Report, ReportPolicy


@dataclass(frozen=True)
class Receipt:
    """How the other system knows a report: the number that people see, and the id that programs use."""

    number: str
    id: str


class Backend(Protocol):
    """One such system; every call ends within its own time-out."""

    async def pass_on(self, report: Report, policy: ReportPolicy) -> Receipt:
        """Make the report there, once. Raises ElsewhereUnavailable, ElsewhereUnsure, ElsewhereRefuses."""
        ...

    async def add_picture(self, id_: str, picture: bytes, name: str) -> None:
        """Add a JPEG to a report that was made there, under a name. Raises ElsewhereUnavailable, ElsewhereUnsure, ElsewhereRefuses."""
        ...

    async def mark(self, id_: str) -> str:
        """How the report stands there: another text once anything was added; empty where nobody tells. Raises ElsewhereUnavailable."""
        ...

    async def is_closed(self, id_: str) -> bool:
        """Whether it was dealt with there. Raises ElsewhereUnavailable."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...
