"""How long a citizen waits in an appointment: `python -m bench.appointment_house`; writes bench/results/appointment_house.md.

Whole bookings through the running house (gateway, worker, engine with the newest model, actions, PostgreSQL), over the citizens' HTTP
interface. Measured from sending a message to having its answer; first one citizen at a time, then many who each write once in a while.
Two of them may want the same time, which only one can have: the other hears so and chooses again, and how many did is told. Who does not
get an appointment at all is printed with everything that was said, and the run ends with an error.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psutil
import yaml

from bench.appointment_turns import TURNS
from bench.people_house import ONE_MACHINE
from bot.settings import ROOT
from tests.house.running import PROCESSES, RunningHouse

RESULTS = ROOT / "bench" / "results" / "appointment_house.md"
TARGET = 400
"""Milliseconds within which 95 of 100 answers come, at 20 messages a second."""

TOWNS = ("castricum", "heiloo", "bergen", "uitgeest")
CHOICES = ("de tweede", "de derde", "de eerste")
MOST_CHOICES = 5
"""So often a citizen chooses a time before it counts as lost."""

Times = dict[str, list[float]]


class Visitor:
    """One citizen who books, and how long each answer took (milliseconds)."""

    def __init__(self, http: httpx.AsyncClient, times: Times) -> None:
        """`times` is added to, by what is said."""
        self.http, self.times, self.seen = http, times, 0
        self.booked, self.too_late, self.talk = False, 0, [""]
        self._taken = response("utter_appointment_taken")

    async def book(self, every: float, number: int = 0) -> None:
        """Say everything, each sentence `every` seconds after the last or when that is answered; then `booked` tells how it ended.

        By their `number` citizens go to another town hall and choose another time: a crowd for one slot is measured elsewhere. Who is
        too late for a time (counted in `too_late`) chooses another.
        """
        wanted = {"municipality": TOWNS[number % len(TOWNS)]}
        started = (await self.http.post("/api/v1/conversations", json=wanted)).raise_for_status().json()
        self.path = f"/api/v1/conversations/{started['id']}/messages"
        self.headers = {"Authorization": f"Bearer {started['token']}"}
        self.talk = [f"{started['id']} in {wanted['municipality']}"]
        said = ""
        for text, _ in TURNS:
            said = await (self._choose(text, every, number // len(TOWNS)) if text == CHOICES[0] else self._turn(text, text, every))
        self.booked = "AF-" in said

    async def _choose(self, turn: str, every: float, first: int) -> str:
        said = ""
        for number in range(first, first + MOST_CHOICES):
            said = await self._turn(turn, CHOICES[number % len(CHOICES)], every)
            if self._taken not in said:
                break
            self.too_late += 1
        return said

    async def _turn(self, turn: str, text: str, every: float) -> str:
        """Everything that is answered to `text`, which counts as `turn`."""
        begun = time.perf_counter()
        answer = "\n".join(message["text"] for message in await self._ask(text))
        took = time.perf_counter() - begun
        self.times[turn].append(1000 * took)
        self.talk += [f"> {text} ({1000 * took:.0f} ms)", answer]
        await asyncio.sleep(max(0.0, every - took))
        return answer

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


def response(name: str) -> str:
    """What the bot says in an appointment under this name."""
    return str(yaml.safe_load((ROOT / "data" / "responses" / "appointments.yml").read_text())["responses"][name][0]["text"])


async def measure(house: RunningHouse, alone: int, together: int) -> tuple[str, list[Visitor]]:
    """The measurements in Markdown, and everybody who wanted an appointment."""
    limits = httpx.Limits(max_connections=200)
    async with httpx.AsyncClient(base_url=house.url, timeout=60, limits=limits) as http:
        await Visitor(http, defaultdict(list)).book(0)  # warms up
        one: Times = defaultdict(list)
        singles = [Visitor(http, one) for _ in range(alone)]
        for visitor in singles:
            await visitor.book(0)
        many: Times = defaultdict(list)
        crowd = [Visitor(http, many) for _ in range(together)]

        async def later(number: int) -> None:
            await asyncio.sleep(number / together)  # who begins at once stays in step
            await crowd[number].book(1.0, number)

        begun, before = time.perf_counter(), processor(house)
        await asyncio.gather(*(later(number) for number in range(together)))
        messages = sum(len(times) for times in many.values())
        rate = messages / (time.perf_counter() - begun)
        cost = {name: 1000 * (used - before[name]) / messages for name, used in processor(house).items()}
    everybody = [*singles, *crowd]
    return report(one, many, rate, outcome(everybody)) + costs(cost), everybody


def outcome(everybody: list[Visitor]) -> str:
    """How many booked, and how many of them had to choose again."""
    again = sum(visitor.too_late > 0 for visitor in everybody)
    booked = f"{sum(visitor.booked for visitor in everybody)} of {len(everybody)} booked"
    return booked + (f", {again} of them another time than they chose first, for which somebody else was quicker" if again else "")


def report(one: Times, many: Times, rate: float, booked: str) -> str:
    """The measurements in Markdown."""
    everything = [took for times in many.values() for took in times]
    lines = [
        "# An appointment, as a citizen waits for it",
        "",
        f"`python -m bench.appointment_house`: whole bookings through the running house, {booked}.",
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
        found, visitors = asyncio.run(measure(running, wanted.alone, wanted.together))
    finally:
        running.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print(found)
    RESULTS.write_text(found, encoding="utf-8")
    if lost := [visitor for visitor in visitors if not visitor.booked]:
        sys.exit("\n\nThese have no appointment:\n\n" + "\n\n".join("\n".join(visitor.talk) for visitor in lost))
