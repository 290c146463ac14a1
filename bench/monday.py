"""One day at the desk as a game: citizens come, wait and give up, agents work in shifts; only the clock is made up."""

from __future__ import annotations

import heapq
import itertools
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from bot.handoff.errors import DeskRefused
from bot.handoff.office import Office, open_office
from bot.handoff.queueing import Queue
from bot.handoff.watch import Patience
from bot.knowledge.library import Library
from bot.model.conversation import Inbound
from bot.model.people import HandoffRequest
from bot.store import conversations, messages, ownership
from bot.store.database import Database

OPENS = datetime(2026, 11, 23, 8, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
CLOSES = OPENS.replace(hour=17, minute=0)
AN_HOUR = (30, 60, 75, 65, 40, 45, 50, 40, 20)
"""Citizens who ask for a person in each hour from half past eight."""

AGENTS = 4
AT_ONCE = 2
TALK_MEDIAN, TALK_SPREAD = 6.0, 0.6
"""Minutes of a conversation: half take less than six, one in twenty more than sixteen."""

PATIENCE = 20.0
"""Minutes after which half of the citizens stop waiting."""


@dataclass
class Visit:
    """One citizen who asked for a person."""

    asked: datetime
    told: int | None
    taken: datetime | None = None
    left: datetime | None = None

    @property
    def waited(self) -> float:
        """Minutes until an agent came, or until the citizen left."""
        end = self.taken or self.left or CLOSES
        return (end - self.asked).total_seconds() / 60


Happening = Callable[[], Awaitable[None]]


@dataclass
class Monday:
    """The day as a heap of things that happen."""

    database: Database
    library: Library
    chance: random.Random
    now: datetime = OPENS
    visits: dict[UUID, Visit] = field(default_factory=dict)
    longest_queue: int = 0
    board_seconds: list[float] = field(default_factory=list)
    _heap: list[tuple[datetime, int, Happening]] = field(default_factory=list)
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    def clock(self) -> datetime:
        """The moment in the game."""
        return self.now

    @property
    def office(self) -> Office:
        """The real services."""
        return open_office(self.database, lambda: self.library, self.clock, 2, Patience())

    def at(self, moment: datetime, happening: Happening) -> None:
        """Have something happen at a moment."""
        heapq.heappush(self._heap, (moment, next(self._numbers), happening))

    def after(self, minutes: float, happening: Happening) -> None:
        """Have something happen in so many minutes."""
        self.at(self.now + timedelta(minutes=minutes), happening)

    async def play(self) -> None:
        """Play the day to its end."""
        for hour, count in enumerate(AN_HOUR):
            for _ in range(count):
                minutes = hour * 60 + self.chance.uniform(0, 60)
                if OPENS + timedelta(minutes=minutes) < CLOSES:
                    self.at(OPENS + timedelta(minutes=minutes), self._arrive)
        for number in range(AGENTS):
            await self._employ(number)
        self.at(OPENS, self._minute)
        while self._heap:
            self.now, _, happening = heapq.heappop(self._heap)
            await happening()

    async def _employ(self, number: int) -> None:
        agent = await self.office.agents.add(f"Agent {number + 1}", most=AT_ONCE)
        lunch = OPENS.replace(hour=12, minute=0) + timedelta(minutes=30 * number)

        async def come() -> None:
            await self.office.agents.presence(agent, "available")
            await self._look(agent)

        async def eat() -> None:
            await self.office.agents.presence(agent, "away", "lunch")

        self.at(OPENS, come)
        self.at(lunch, eat)
        self.at(lunch + timedelta(minutes=30), come)
        self.at(CLOSES, lambda: self.office.agents.presence(agent, "busy"))
        self.at(CLOSES + timedelta(minutes=30), lambda: self.office.agents.sign_off(agent))

    async def _minute(self) -> None:
        """What goes on by itself: signs of life, the rounds of a gateway, desks that look at the queue."""
        for colleague in await self.office.board.colleagues():
            if colleague.agent.presence != "offline":
                await self.office.agents.heartbeat(colleague.agent.id, active=True)
        await self.office.watch.round()
        started = time.perf_counter()
        queue = await self.office.board.queue()
        self.board_seconds.append(time.perf_counter() - started)
        self.longest_queue = max(self.longest_queue, len(queue))
        if self.now < CLOSES + timedelta(minutes=40):
            self.after(0.5, self._minute)

    async def _arrive(self) -> None:
        key = uuid4()
        async with self.database.transaction() as connection:
            await conversations.create(connection, key, "web", "castricum", None)
            await messages.add_inbound(connection, key, Inbound(key.hex, "c", text="medewerker"), "medewerker")
            await Queue(lambda: self.library, self.clock).ask(connection, key, HandoffRequest())
            said = await messages.latest(connection, key, "system", 1)
        self.visits[key] = Visit(self.now, said[-1].meta["waiting"]["minutes"])
        self.after(self.chance.expovariate(0.693 / PATIENCE), lambda: self._give_up(key))
        for colleague in await self.office.board.colleagues():
            await self._look(colleague.agent.id)

    async def _give_up(self, key: UUID) -> None:
        async with self.database.transaction() as connection:
            if await Queue(lambda: self.library, self.clock).leave(connection, key):
                self.visits[key].left = self.now

    async def _look(self, agent: UUID) -> None:
        """An agent who is available and has room takes the first, a little later."""
        found = await self.office.agents.find(agent)
        async with self.database.transaction() as connection:
            held = await ownership.count_held(connection, agent)
        if found is not None and found.presence == "available" and held < found.most:
            self.after(self.chance.uniform(0.1, 0.6), lambda: self._take(agent))

    async def _take(self, agent: UUID) -> None:
        queue = await self.office.board.queue()
        if not queue:
            return
        key = queue[0].conversation_id
        try:
            await self.office.desk.claim(agent, key)
        except DeskRefused:
            return
        self.visits[key].taken = self.now
        self.after(self.chance.lognormvariate(0, TALK_SPREAD) * TALK_MEDIAN, lambda: self._finish(agent, key))
        await self._look(agent)

    async def _finish(self, agent: UUID, key: UUID) -> None:
        try:
            await self.office.desk.close(agent, key, "answered")
        except DeskRefused:
            return
        await self._look(agent)
