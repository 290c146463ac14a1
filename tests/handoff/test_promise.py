"""Working days skip weekends and Dutch public holidays."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from bot.handoff.promise import promised_day


@pytest.mark.parametrize(
    ("now", "days", "promised"),
    [
        ("2026-11-23T10:00", 2, "2026-11-25"),
        ("2026-11-20T10:00", 1, "2026-11-23"),
        ("2026-11-21T10:00", 1, "2026-11-23"),
        ("2026-12-24T10:00", 1, "2026-12-28"),
        ("2026-12-31T10:00", 1, "2027-01-04"),
        ("2027-04-26T10:00", 1, "2027-04-28"),
        ("2026-11-22T23:30", 1, "2026-11-24"),  # already Monday in the Netherlands
    ],
)
def test_the_promised_day(now: str, days: int, promised: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=timezone.utc)
    assert promised_day(moment, days).isoformat() == promised
