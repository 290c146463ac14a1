"""Whether a team answers live at this moment."""

from __future__ import annotations

from datetime import datetime

import holidays

from bot.model.people import GENERAL_TEAM
from bot.model.triage import Policy


def is_open(policy: Policy, team: str, moment: datetime) -> bool:
    """Whether `team` answers at `moment`, which carries a clock in the Netherlands; without hours of its own the general ones count."""
    hours = policy.hours.get(team) or policy.hours.get(GENERAL_TEAM)
    if hours is None:
        return False
    if hours.closed_on_holidays and moment.date() in holidays.country_holidays("NL", years=moment.year):
        return False
    time = moment.time()
    return any(start <= time < end for start, end in hours.week[moment.weekday()])
