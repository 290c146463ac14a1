"""What a question costs: `python -m bench.question_house [--keep]`; prints processor time per message, by who does the work.

Citizens ask through the running house (gateway, worker, engine with the newest model, actions, PostgreSQL), over the live connection of the
widget. Processor time hardly depends on what else the machine does; to compare two versions, run both in turn. `--keep` writes the result.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import websockets

from bench.appointment_house import TOWNS, costs, processor
from bench.people_house import ONE_MACHINE
from bot.settings import ROOT
from tests.house.running import RunningHouse

RESULTS = ROOT / "bench" / "results" / "question_house.md"
ASKED = (
    "wat kost een paspoort",
    "hoe lang duurt dat",
    "wat moet ik meenemen",
    "ik ga verhuizen, hoe geef ik dat door",
    "waar is het gemeentehuis",
    "bedankt",
)
IDLE_SECONDS = 5.0


async def ask(socket: Any, text: str) -> None:
    """Send one message and read until it is answered."""
    identifier, seq, said = uuid4().hex, None, []
    await socket.send(json.dumps({"type": "message", "id": identifier, "text": text}))
    while True:
        frame = json.loads(await socket.recv())
        if frame["type"] == "error":
            raise AssertionError(frame)
        if frame["type"] == "ack" and frame["id"] == identifier:
            seq = frame["seq"]
        if frame["type"] == "state":
            said += [message["seq"] for message in frame["messages"] if message["author"] != "citizen"]
            if seq is not None and not frame["typing"] and any(number > seq for number in said):
                return


async def citizen(house: RunningHouse, http: httpx.AsyncClient, number: int, every: float) -> list[float]:
    """Ask everything, each question `every` seconds after the last or when that is answered; how long each answer took (seconds)."""
    started = (await http.post("/api/v1/conversations", json={"municipality": TOWNS[number % len(TOWNS)]})).raise_for_status().json()
    took = []
    async with websockets.connect(f"{house.url.replace('http', 'ws')}/api/v1/conversations/{started['id']}/live") as socket:
        await socket.send(json.dumps({"type": "hello", "token": started["token"], "after": 0}))
        for text in ASKED:
            begun = time.perf_counter()
            await ask(socket, text)
            took.append(time.perf_counter() - begun)
            await asyncio.sleep(max(0.0, every - took[-1]))
    return took


async def crowd(house: RunningHouse, citizens: int, every: float) -> list[float]:
    """Many citizens, out of step; how long each answer took (seconds), the shortest first."""
    async with httpx.AsyncClient(base_url=house.url, timeout=60) as http:

        async def later(number: int) -> list[float]:
            await asyncio.sleep(every * number / citizens)
            return await citizen(house, http, number, every)

        return sorted(took for times in await asyncio.gather(*(later(number) for number in range(citizens))) for took in times)


def measure(house: RunningHouse, citizens: int, every: float) -> str:
    """The measurements in Markdown."""
    asyncio.run(crowd(house, 8, 0.4))  # warms up
    before = processor(house)
    time.sleep(IDLE_SECONDS)
    idle = {name: (used - before[name]) / IDLE_SECONDS for name, used in processor(house).items()}
    begun, before = time.perf_counter(), processor(house)
    took = asyncio.run(crowd(house, citizens, every))
    rate, after = len(took) / (time.perf_counter() - begun), processor(house)
    cost = {name: 1000 * (used - before[name]) / len(took) for name, used in after.items()}
    waits = (
        f"Answered at {rate:.0f} a second; half within {1000 * took[len(took) // 2]:.0f} ms, 95 in 100 within {1000 * _late(took):.0f} ms."
    )
    rest = ", ".join(f"{name} {1000 * spent:.0f}" for name, spent in idle.items())
    title = "# A question, and what it costs\n\n`python -m bench.question_house`: whole conversations over the live connection.\n"
    return f"{title}{waits}\n{costs(cost)}\nWhen nobody asks anything, milliseconds a second: {rest}.\n"


def _late(took: list[float]) -> float:
    return took[int(0.95 * len(took))]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--citizens", type=int, default=16)
    parser.add_argument("--every", type=float, default=1.6)
    parser.add_argument("--keep", action="store_true")
    wanted = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="wegwijs-question-house-"))
    folder.chmod(0o755)
    running = RunningHouse(folder, ONE_MACHINE)
    running.start()
    try:
        found = measure(running, wanted.citizens, wanted.every)
    finally:
        running.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print(found)
    if wanted.keep:
        RESULTS.write_text(found, encoding="utf-8")
