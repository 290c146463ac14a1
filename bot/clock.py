"""The only place that asks what time it is, so that tests can say so themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

Clock = Callable[[], datetime]
"""Gives the present moment, aware and in UTC."""


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(timezone.utc)


def local(moment: datetime) -> datetime:
    """The same moment on a clock in the Netherlands; for whatever people read."""
    return moment.astimezone(AMSTERDAM)
