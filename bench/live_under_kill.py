"""Kills the gateway, the worker and agents' connections during live conversations: `python -m bench.live_under_kill`.

Citizens (half on the WebSocket, half on HTTP) and agents (on the desk's WebSocket) all write at once. Afterwards the database and
every page are compared with what was said: nothing may be lost, doubled or out of order. Writes bench/results/live_under_kill.md.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import httpx

from bench.live_pages import AgentPage, CitizenPage, Messages, PollingCitizen, insist
from bench.people_house import ONE_MACHINE, PeopleHouse, quiet
from bot.settings import ROOT
from bot.store import messages as store

RESULTS = ROOT / "bench" / "results" / "live_under_kill.md"


@dataclass(frozen=True)
class Plan:
    """How much, and how often something is killed."""

    conversations: int = 200
    each: int = 5
    at_once: int = 10
    pause: float = 20.0
    kills: int = 8
    every: float = 12.0


@dataclass
class Outcome:
    """What was found, by who looked: the database, the citizens' pages, the agents' pages."""

    said: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    doubled: Counter[str] = field(default_factory=Counter)
    misordered: Counter[str] = field(default_factory=Counter)
    killed: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def wrong(self) -> int:
        """Everything that should not be."""
        return sum(sum(count.values()) for count in (self.lost, self.doubled, self.misordered))

    def check(self, who: str, got: Sequence[tuple[int, str, str]], each: int) -> None:
        """Compare what one side has with what both authors said."""
        numbers = [number for number, _, _ in got]
        self.doubled[who] += len(numbers) - len(set(numbers))
        self.misordered[who] += numbers != sorted(numbers)
        self.lost[who] += len(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
        for author in ("citizen", "agent"):
            texts = [text for _, by, text in got if by == author]
            wanted = [f"{author} {number}" for number in range(each)]
            self.lost[who] += len(set(wanted) - set(texts))
            self.doubled[who] += len(texts) - len(set(texts))
            self.misordered[who] += [text for text in texts if text in wanted] != [text for text in wanted if text in texts]


@dataclass
class Trial:
    """One run."""

    house: PeopleHouse
    plan: Plan
    outcome: Outcome = field(default_factory=Outcome)
    citizens: list[CitizenPage] = field(default_factory=list)
    agents: list[AgentPage] = field(default_factory=list)
    pages: list[asyncio.Task[None]] = field(default_factory=list)

    async def run(self) -> Outcome:
        """Begin, talk while things die, and look what arrived."""
        await self._begin()
        started = time.monotonic()
        trouble = asyncio.create_task(self._trouble())
        await asyncio.gather(*self._talks())
        await trouble
        await self.house.until_up(180)
        await self._settle()
        self.outcome.seconds = time.monotonic() - started
        for page in (*self.citizens, *self.agents):
            page.stop()
        for task in self.pages:
            task.cancel()
        await asyncio.gather(*self.pages, return_exceptions=True)
        await self._compare()
        return self.outcome

    async def _begin(self) -> None:
        async with httpx.AsyncClient(base_url=self.house.url, timeout=60) as http:
            for number in range(self.plan.conversations):
                kind = PollingCitizen if number % 2 else CitizenPage
                self.citizens.append(kind(self.house.url, *await self.house.citizen(http)))
        for first in range(0, self.plan.conversations, self.plan.at_once):
            theirs = [citizen.conversation for citizen in self.citizens[first : first + self.plan.at_once]]
            _, desk = await self.house.agent(f"agent{first}", len(theirs))
            page = AgentPage(desk, theirs)
            self.agents.append(page)
            # At once: the desk of an agent who is not heard of is given up after some seconds.
            self.pages += [asyncio.create_task(page.run()), asyncio.create_task(page.alive())]
            for conversation in theirs:
                await self.house.waits(conversation)
                await self._take(desk, conversation)
        self.pages += [asyncio.create_task(citizen.run()) for citizen in self.citizens]

    async def _take(self, desk: httpx.AsyncClient, conversation: str) -> None:
        """Taking over is safe to send twice, unlike a claim, and the machine may be slow."""
        await insist(lambda: desk.post(f"/desk/api/conversations/{conversation}/take-over"))

    def _talks(self) -> list[asyncio.Task[None]]:
        async def citizen(page: CitizenPage) -> None:
            for number in range(self.plan.each):
                await asyncio.sleep(random.uniform(0, 2 * self.plan.pause))
                await page.say(f"citizen {number}")

        async def agent(page: AgentPage, conversation: str) -> None:
            for number in range(self.plan.each):
                await asyncio.sleep(random.uniform(0, 2 * self.plan.pause))
                await page.say(conversation, f"agent {number}")

        self.outcome.said = 2 * self.plan.each * self.plan.conversations
        own = [asyncio.create_task(citizen(page)) for page in self.citizens]
        return own + [asyncio.create_task(agent(page, key)) for page in self.agents for key in page.messages]

    async def _trouble(self) -> None:
        for turn in range(self.plan.kills):
            await asyncio.sleep(self.plan.every / 2)
            for page in random.sample(self.agents, max(1, len(self.agents) // 3)):
                page.cut()
                self.outcome.killed["desk connection"] += 1
            await asyncio.sleep(self.plan.every / 2)
            victim = ("gateway", "worker")[turn % 2]
            self.outcome.killed[victim] += self.house.kill(victim)

    async def _settle(self) -> None:
        """Wait until every page has the last message, or for half a minute."""
        limit = time.monotonic() + 30
        while time.monotonic() < limit:
            ends = [page.messages.after for page in self.citizens]
            theirs = [page.messages[citizen.conversation].after for page, citizen in self._pairs()]
            stored = await asyncio.gather(*(self._stored(page.conversation) for page in self.citizens))
            if ends == theirs == [len(messages) for messages in stored]:
                return
            await asyncio.sleep(1)

    def _pairs(self) -> list[tuple[AgentPage, CitizenPage]]:
        return [(self.agents[number // self.plan.at_once], citizen) for number, citizen in enumerate(self.citizens)]

    async def _stored(self, conversation: str) -> list[tuple[int, str, str]]:
        async with self.house.database.transaction() as connection:
            found = await store.after(connection, UUID(conversation), 0)
        return [(message.seq, message.author, message.text) for message in found]

    async def _compare(self) -> None:
        for desk, citizen in self._pairs():
            self.outcome.check("database", await self._stored(citizen.conversation), self.plan.each)
            seen: tuple[tuple[str, Messages], ...] = (
                ("citizens' pages", citizen.messages),
                ("agents' pages", desk.messages[citizen.conversation]),
            )
            for who, messages in seen:
                self.outcome.check(who, messages.got, self.plan.each)


def report(plan: Plan, outcome: Outcome) -> str:
    """The run in Markdown."""
    killed = ", ".join(f"{name} {count}" for name, count in sorted(outcome.killed.items()))
    lines = [
        "# Live conversations while things are killed",
        "",
        f"{plan.conversations} conversations between a citizen and an agent at once, {outcome.said} messages from both sides in "
        f"{outcome.seconds:.0f} s; `python -m bench.live_under_kill`.",
        "",
        f"kill -9, or cut off without a word: {killed}.",
        "",
        "| as seen by | lost | doubled | out of order |",
        "|---|---|---|---|",
    ]
    for who in ("database", "citizens' pages", "agents' pages"):
        lines.append(f"| {who} | {outcome.lost[who]} | {outcome.doubled[who]} | {outcome.misordered[who]} |")
    return "\n".join([*lines, ""])


async def play(plan: Plan) -> Outcome:
    """One run in a house of its own."""
    house = PeopleHouse(ONE_MACHINE)
    await house.open()
    try:
        return await Trial(house, plan).run()
    finally:
        await house.close()


def main() -> int:
    """Run, write the result, and fail when anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=200)
    plan = Plan(conversations=parser.parse_args().conversations)
    quiet()
    outcome = asyncio.run(play(plan))
    text = report(plan, outcome)
    if plan == Plan():
        RESULTS.write_text(text, "utf-8")
    print(text)
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
