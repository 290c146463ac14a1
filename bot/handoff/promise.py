"""When the municipality calls back: a number of working days ahead."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import holidays

from bot.clock import local


def promised_day(now: datetime, working_days: int) -> date:
    """The day that lies `working_days` working days after `now`; weekends and Dutch public holidays are no working days."""
    day = local(now).date()
    closed = holidays.country_holidays("NL", years=range(day.year, day.year + 2))
    left = working_days
    while left:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in closed:
            left -= 1
    return day
