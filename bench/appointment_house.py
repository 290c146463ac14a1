"""How long a citizen waits in an appointment: `python -m bench.appointment_house`; writes bench/results/appointment_house.md.

Whole bookings through the running house (gateway, worker, engine with the newest model, actions, PostgreSQL), over the citizens' HTTP
interface. Measured from sending a message to having its answer; first one citizen at a time, then many who each write once in a while.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import statistics
import tempfile
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psutil

from bench.appointment_turns import TURNS
from bench.people_house import ONE_MACHINE
from bot.settings import ROOT
from tests.house.running import PROCESSES, RunningHouse

RESULTS = ROOT / "bench" / "results" / "appointment_house.md"
TARGET = 400
"""Milliseconds within which 95 of 100 answers come, at 20 messages a second."""

TOWNS = ("castricum", "heiloo", "bergen", "uitgeest")
CHOICES = ("de tweede", "de derde", "de eerste")

Times = dict[str, list[float]]


class Visitor:
    """One citizen who books, and how long each answer took (milliseconds)."""

    def __init__(self, http: httpx.AsyncClient, times: Times) -> None:
        """`times` is added to, by what is said."""
        self.http, self.times, self.seen = http, times, 0

    async def book(self, every: float, number: int = 0) -> bool:
        """Say everything, each sentence `every` seconds after the last or when that is answered; whether it was booked.

        By their `number` citizens go to another town hall and choose another time: a crowd for one slot is measured elsewhere.
        """
        wanted = {"municipality": TOWNS[number % len(TOWNS)]}
        started = (await self.http.post("/api/v1/conversations", json=wanted)).raise_for_status().json()
        self.path = f"/api/v1/conversations/{started['id']}/messages"
        self.headers = {"Authorization": f"Bearer {started['token']}"}
        answer: list[dict[str, Any]] = []
        for text, _ in TURNS:
            begun = time.perf_counter()
            answer = await self._ask(CHOICES[number // len(TOWNS) % len(CHOICES)] if text == CHOICES[0] else text)
            took = time.perf_counter() - begun
            self.times[text].append(1000 * took)
            await asyncio.sleep(max(0.0, every - took))
        return any("AF-" in message["text"] for message in answer)

    async def _ask(self, text: str) -> list[dict[str, Any]]:
        sent = await self.http.post(self.path, json={"id": uuid4().hex, "text": text}, headers=self.headers)
        seq, said = sent.raise_for_status().json()["seq"], []
        while True:
            query = {"after": self.seen, "wait": 20}
            state = (await self.http.get(self.path, params=query, headers=self.headers)).raise_for_status().json()
            said += [message for message in state["messages"] if message["seq"] > seq and message["author"] != "citizen"]
            self.seen = max([self.seen, *(message["seq"] for message in state["messages"])])
            if said and not state["typing"]:
                return said


def processor(house: RunningHouse) -> dict[str, float]:
    """Seconds of the processor that each part of the house has used so far."""
    pids = {name: house.pid_of(name) for name in PROCESSES} | {"database": house.postmaster()}
    return {name: sum(_used(process) for process in _family(pid)) for name, pid in pids.items() if pid is not None}


def _family(pid: int) -> list[psutil.Process]:
    return [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]


def _used(process: psutil.Process) -> float:
    with suppress(psutil.Error):
        times = process.cpu_times()
        return float(times.user + times.system)
    return 0.0


async def measure(house: RunningHouse, alone: int, together: int) -> str:
    """The measurements in Markdown."""
    limits = httpx.Limits(max_connections=200)
    async with httpx.AsyncClient(base_url=house.url, timeout=60, limits=limits) as http:
        await Visitor(http, defaultdict(list)).book(0)  # warms up
        one: Times = defaultdict(list)
        booked = sum([await Visitor(http, one).book(0) for _ in range(alone)])
        many: Times = defaultdict(list)

        async def later(number: int) -> bool:
            await asyncio.sleep(number / together)  # who begins at once stays in step
            return await Visitor(http, many).book(1.0, number)

        begun, before = time.perf_counter(), processor(house)
        booked += sum(await asyncio.gather(*(later(number) for number in range(together))))
        messages = len(TURNS) * together
        rate = messages / (time.perf_counter() - begun)
        cost = {name: 1000 * (used - before[name]) / messages for name, used in processor(house).items()}
    return report(one, many, rate, f"{booked} of {alone + together}") + costs(cost)


def report(one: Times, many: Times, rate: float, booked: str) -> str:
    """The measurements in Markdown."""
    everything = [took for times in many.values() for took in times]
    lines = [
        "# An appointment, as a citizen waits for it",
        "",
        f"`python -m bench.appointment_house`: whole bookings through the running house, {booked} booked.",
        f"Target: 95 of 100 answers within {TARGET} ms at 20 messages a second. Measured: {_late(everything):.0f} ms at {rate:.0f}.",
        "",
        "| the citizen says | alone: median (ms) | alone: 95 in 100 (ms) | many: median (ms) | many: 95 in 100 (ms) |",
        "|---|---|---|---|---|",
    ]
    for text, _ in TURNS:
        cells = (statistics.median(one[text]), _late(one[text]), statistics.median(many[text]), _late(many[text]))
        lines.append(f"| {text} | " + " | ".join(f"{cell:.0f}" for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def costs(cost: dict[str, float]) -> str:
    """What a message costs, by who does the work; unlike the times above this hardly depends on what else the machine does."""
    rows = "".join(f"| {name} | {spent:.0f} |\n" for name, spent in cost.items())
    return f"\n| per message | processor (ms) |\n|---|---|\n{rows}| all | {sum(cost.values()):.0f} |\n"


def _late(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alone", type=int, default=14)
    parser.add_argument("--together", type=int, default=20)
    wanted = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="wegwijs-appointment-house-"))
    folder.chmod(0o755)
    running = RunningHouse(folder, ONE_MACHINE)
    running.start()
    try:
        found = asyncio.run(measure(running, wanted.alone, wanted.together))
    finally:
        running.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print(found)
    RESULTS.write_text(found, encoding="utf-8")
