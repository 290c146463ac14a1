"""Who is there to help now: agents at their desks, and citizens already waiting for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.handoff.waiting import forecast
from bot.model.channel import DESK_ELSEWHERE
from bot.store import agents


@dataclass(frozen=True)
class Crew:
    """Who is there for a team: agents at their desks, citizens already waiting, minutes for the next one (None: not known)."""

    team: str
    agents: int
    waiting: int
    expected_wait: int | None


async def crew_for(connection: AsyncConnection, team: str, now: datetime, channel: str = "web") -> Crew:
    """Who is there for `team` now; on a channel whose people sit elsewhere nobody can count them, and somebody is taken to be there."""
    if channel in DESK_ELSEWHERE:
        return Crew(team, 1, 0, None)
    present, waiting = await agents.busyness(connection, team)
    return Crew(team, present, waiting, await forecast(connection, team, waiting, now) if present else None)
