"""How long a citizen waits for a person: a place in the queue, and an honest guess from real handling times."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from statistics import mean

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.people import GENERAL_TEAM, Holding, Place
from bot.store import agents, handoffs, ownership

FEWEST = 5
"""With fewer handled conversations than this nobody can say how long one takes."""

LOOK_BACK = timedelta(days=14)

_STEPS = (1, 2, 3, 4, 5, 7, 10, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120)
"""Minutes as people say them; a guess is rounded up."""


def expected_minutes(ahead: int, slots: int, free: int, handling: list[float]) -> int | None:
    """Minutes until it is the turn of who has `ahead` people in front; None when nobody can know.

    `slots` conversations can be held at once by all who are there, `free` of them now; `handling` are seconds of past ones.
    With every place taken, one comes free each (mean handling time / slots).
    """
    if slots <= 0:
        return None
    if ahead < free:
        return _STEPS[0]
    if len(handling) < FEWEST:
        return None
    minutes = (ahead - free + 1) * mean(handling) / slots / 60
    return next((step for step in _STEPS if minutes <= step), math.ceil(minutes / 30) * 30)


async def forecast(connection: AsyncConnection, team: str, ahead: int, now: datetime) -> int | None:
    """Minutes of waiting for `team` with so many in front."""
    present = await agents.present_for(connection, team)
    slots = sum(agent.most for agent, _ in present)
    free = sum(max(0, agent.most - held) for agent, held in present if agent.presence == "available")
    return expected_minutes(ahead, slots, free, await handoffs.handling_times(connection, team, now - LOOK_BACK))


async def place_of(connection: AsyncConnection, holding: Holding, now: datetime) -> Place:
    """Where a waiting citizen stands."""
    team = holding.team or GENERAL_TEAM
    ahead = await ownership.ahead_of(connection, team, holding.waiting_since or now)
    return Place(ahead + 1, await forecast(connection, team, ahead, now), team)
