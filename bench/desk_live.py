"""How quick the desk is while 300 citizens wait: `python -m bench.desk_live`; writes bench/results/desk_live.md.

Every agent has six conversations at once, in all of which the citizen and the agent write; meanwhile people come into the queue
and leave it. All through real sockets against a real gateway. Measured: from a citizen's message to the agent's page, from the
agent's to the citizen's page, and from a change of the queue to every desk.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import time
from dataclasses import dataclass, field

import httpx

from bench.live_pages import AgentPage, CitizenPage
from bench.people_house import ONE_MACHINE, PeopleHouse, quiet
from bot.settings import ROOT

RESULTS = ROOT / "bench" / "results" / "desk_live.md"
TARGET = 300
"""Milliseconds that 95 of 100 updates may take."""


@dataclass(frozen=True)
class Plan:
    """How busy it is."""

    agents: int = 10
    conversations: int = 6
    waiting: int = 300
    pause: float = 6.0
    changes: float = 1.0
    seconds: float = 60.0


@dataclass
class Measured:
    """Milliseconds by what was measured."""

    to_agent: list[float] = field(default_factory=list)
    to_citizen: list[float] = field(default_factory=list)
    queue: list[float] = field(default_factory=list)
    kilobytes: float = 0.0
    memory: int = 0


@dataclass
class Morning:
    """One run."""

    house: PeopleHouse
    plan: Plan
    measured: Measured = field(default_factory=Measured)
    agents: list[AgentPage] = field(default_factory=list)
    citizens: dict[str, CitizenPage] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    asked: dict[str, float] = field(default_factory=dict)
    sent: dict[str, float] = field(default_factory=dict)
    pages: list[asyncio.Task[None]] = field(default_factory=list)

    async def run(self) -> Measured:
        """Fill the town hall, let everybody talk, and compare moments."""
        async with httpx.AsyncClient(base_url=self.house.url, timeout=20) as http:
            await self._begin(http)
            await asyncio.sleep(5)
            before = sum(page.bytes for page in self.agents)
            end = time.perf_counter() + self.plan.seconds
            await asyncio.gather(self._churn(http, end), *(self._talk(page, key, end) for page in self.agents for key in page.messages))
            await asyncio.sleep(2)
        self.measured.kilobytes = (sum(page.bytes for page in self.agents) - before) / len(self.agents) / self.plan.seconds / 1024
        self.measured.memory = self.house.megabytes("gateway")
        for page in (*self.agents, *self.citizens.values()):
            page.stop()
        for task in self.pages:
            task.cancel()
        await asyncio.gather(*self.pages, return_exceptions=True)
        self._compare()
        return self.measured

    async def _begin(self, http: httpx.AsyncClient) -> None:
        for number in range(self.plan.agents):
            _, desk = await self.house.agent(f"agent{number}", self.plan.conversations)
            theirs = []
            for _ in range(self.plan.conversations):
                conversation, token = await self.house.citizen(http)
                self.citizens[conversation] = CitizenPage(self.house.url, conversation, token)
                await self.house.waits(conversation)
                (await desk.post(f"/desk/api/conversations/{conversation}/claim")).raise_for_status()
                theirs.append(conversation)
            page = AgentPage(desk, theirs)
            self.agents.append(page)
            self.pages += [asyncio.create_task(page.run()), asyncio.create_task(page.alive())]
        self.pages += [asyncio.create_task(citizen.run()) for citizen in self.citizens.values()]
        for _ in range(self.plan.waiting):
            await self._arrive(http)

    async def _arrive(self, http: httpx.AsyncClient) -> None:
        conversation, _ = await self.house.citizen(http)
        await self.house.waits(conversation)
        self.asked[conversation] = time.perf_counter()
        self.waiting.append(conversation)

    async def _churn(self, http: httpx.AsyncClient, end: float) -> None:
        self.asked.clear()  # those who wait already are no news
        while time.perf_counter() < end:
            await asyncio.sleep(random.uniform(0, 2 * self.plan.changes))
            await self._arrive(http)
            await self.house.leaves(self.waiting.pop(0))

    async def _talk(self, page: AgentPage, conversation: str, end: float) -> None:
        citizen, number = self.citizens[conversation], 0
        while True:
            await asyncio.sleep(random.uniform(0.5, 1.5) * self.plan.pause / 2)
            if time.perf_counter() > end:
                return
            number += 1
            text = f"{conversation} {number}"
            self.sent[f"c {text}"] = time.perf_counter()
            await citizen.post(type="typing")
            await citizen.say(f"c {text}")
            await asyncio.sleep(random.uniform(0.5, 1.5) * self.plan.pause / 2)
            await page.post(type="typing", id=conversation)
            self.sent[f"a {text}"] = time.perf_counter()
            await page.say(conversation, f"a {text}")

    def _compare(self) -> None:
        for page in self.agents:
            for messages in page.messages.values():
                self.measured.to_agent += [1000 * (at - self.sent[text]) for text, at in messages.at.items() if text.startswith("c ")]
            self.measured.queue += [1000 * (page.queue[key] - at) for key, at in self.asked.items() if key in page.queue]
        for citizen in self.citizens.values():
            self.measured.to_citizen += [1000 * (at - self.sent[text]) for text, at in citizen.messages.at.items() if text.startswith("a ")]


def report(plan: Plan, measured: Measured) -> str:
    """The run in Markdown."""
    lines = [
        "# The desk while 300 wait",
        "",
        f"{plan.agents} agents with {plan.conversations} conversations each, in which somebody writes every {plan.pause / 2:.0f} s; "
        f"{plan.waiting} citizens wait, and one comes and one leaves every {plan.changes:.0f} s; {plan.seconds:.0f} s; "
        "`python -m bench.desk_live`. Everything, also the simulated people, on one machine with two cores.",
        "",
        "| update (milliseconds) | measured | median | 95 in 100 | longest |",
        "|---|---|---|---|---|",
        _line("citizen's message to the agent's page", measured.to_agent),
        _line("agent's message to the citizen's page", measured.to_citizen),
        _line("change of the queue to a desk", measured.queue),
        "",
        f"The target is {TARGET} ms for 95 in 100.",
        f"Each desk got {measured.kilobytes:.1f} kB a second; the gateway had {measured.memory} MB.",
        "",
    ]
    return "\n".join(lines)


def _line(name: str, times: list[float]) -> str:
    ordered = sorted(times)
    late = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return f"| {name} | {len(ordered)} | {statistics.median(ordered):.0f} | {late:.0f} | {ordered[-1]:.0f} |"


async def play(plan: Plan) -> Measured:
    """One run in a house of its own."""
    house = PeopleHouse(ONE_MACHINE)
    await house.open()
    try:
        return await Morning(house, plan).run()
    finally:
        await house.close()


def main() -> None:
    """Run and write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agents", type=int, default=Plan.agents)
    plan = Plan(agents=parser.parse_args().agents)
    quiet()
    text = report(plan, asyncio.run(play(plan)))
    if plan == Plan():
        RESULTS.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
