"""Webhooks under load: `python -m bench.webhooks`; writes bench/results/webhooks.md.

Real gateway and worker processes on a real PostgreSQL, webhooks of WhatsApp signed as Meta signs them, a stand-in for Meta's API that keeps
to its limits, and a stand-in for the engine that repeats what was said, so that the path of the messages is measured and not the model.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.webhook_house import opened
from bench.webhook_load import Count, Webhook, counted, deliver, percentile, settled, written
from bot.gateway.channels.whatsapp.signature import sign
from bot.settings import ROOT
from tests.gateway.channels.whatsapp import fake_graph as graph

RESULTS = ROOT / "bench" / "results" / "webhooks.md"
CITIZENS = 200
EACH = 35
"""Messages of one citizen: 7,000 in all, and 3,000 of them come twice."""

A_SECOND, SECONDS = 50, 60
JITTER = 0.25
"""Seconds that a webhook of the live run is late at most: less than the time that the reception waits."""


@dataclass(frozen=True)
class Run:
    """One run of the first part."""

    name: str
    webhooks: int
    deliver_seconds: float
    drain_seconds: float
    p95: float
    count: Count
    citizens: int


async def shuffled(citizens: int, each: int, *, name: str, worker: bool, spacing: float, ago: int, seed: int = 1) -> Run:
    """Deliver shuffled and repeated webhooks, begun `ago` seconds ago; `worker`: it reads along, else it starts when all are there."""
    async with opened(engine=True) as house:
        house.start("gateway")
        if worker:
            house.start("worker")
        await house.ready()
        # Written now: while the house starts, messages of a live run would grow old.
        webhooks = written(citizens, each, random.Random(seed), spacing, JITTER if spacing else 0.0, int(time.time()) - ago)
        began_at = time.perf_counter()
        seconds = await deliver(house, webhooks, 20)
        delivered = time.perf_counter() - began_at
        if not worker:
            house.start("worker")
        drained = await settled(house, citizens * each)
        return Run(name, len(webhooks), delivered, drained, percentile(seconds, 0.95), counted(house, citizens, each), citizens)


@dataclass(frozen=True)
class Steady:
    """The second part: acknowledgements at an even pace while the engine is stopped."""

    messages: int
    p50: float
    p95: float
    p99: float
    slowest: float
    stored: int
    a_second: int


async def steady(a_second: int, seconds: int) -> Steady:
    """So many messages a second, each of another citizen than the one before, with gateway and worker running and no engine."""
    total = a_second * seconds
    webhooks = []
    for number in range(total):
        value = graph.incoming(
            f"wamid.{number}", "text", {"body": "bericht 0"}, at=int(time.time()), user=f"NL.{number % 500}", phone=f"316{number % 500:08}"
        )
        body = json.dumps(graph.webhook(value)).encode()
        webhooks.append(Webhook(body, sign(graph.APP_SECRET, body), 1 + number / a_second))
    async with opened(engine=False) as house:
        house.start("gateway")
        house.start("worker")
        await house.ready()
        took = await deliver(house, webhooks, 100)
        stored = house.ask("select count(*) from arrival")[0][0]
        return Steady(total, percentile(took, 0.5), percentile(took, 0.95), percentile(took, 0.99), max(took) * 1000, int(stored), a_second)


_COLUMNS = (
    *("webhooks", "a second", "acknowledged (p95)", "all answered after", "lost", "doubled", "unanswered", "answered twice"),
    *("citizens in order", "messages read late"),
)


def report(runs: Sequence[Run], calm: Steady, each: int) -> str:
    """Both parts in Markdown."""
    rows = "\n".join(
        f"| {run.name} | {run.webhooks:,} | {run.webhooks / run.deliver_seconds:.0f} | {run.p95:.0f} ms | {run.drain_seconds:.0f} s"
        f" | {run.count.lost} | {run.count.doubled} | {run.count.unanswered} | {run.count.answered_twice}"
        f" | {run.count.citizens_in_order} of {run.citizens} | {run.count.late} |"
        for run in runs
    )
    return f"""# Webhooks under load

Made by `python -m bench.webhooks`: one gateway and one worker process and PostgreSQL, on {os.cpu_count()} cores that everything shares,
also what sends the webhooks and the stand-ins for Meta and for the engine (which repeats what was said).
{runs[0].citizens} citizens send {each} messages each; three in seven of the webhooks come twice.

## Shuffled and repeated
| run | {" | ".join(_COLUMNS)} |
|---|{"---|" * len(_COLUMNS)}
{rows}

The order is that of WhatsApp's own clock, which counts whole seconds and numbers nothing: a message that is late by more than the time
that the reception waits cannot be told from one that does not exist. What is kept:
- What was sent in another second and comes at most 0.3 seconds late is read in order.
- What waits together is read in order, so also everything that came while the worker was away.
- A message that comes more than a minute late waits until nothing more came from that citizen for 3 seconds, and when there are many
  (Meta delivers again after an outage) for 6.
- A message that comes later than that is read when it comes. None is lost.

## At an even pace, with the engine stopped
{calm.a_second} messages a second: {calm.messages:,} acknowledged, {calm.stored:,} in the database.
Acknowledged in {calm.p50:.0f} ms (p50), **{calm.p95:.0f} ms (p95)**, {calm.p99:.0f} ms (p99), {calm.slowest:.0f} ms (slowest).
Target: p95 within 100 ms.
"""


async def measure(citizens: int, each: int, seconds: int, say: Callable[..., None] = print) -> str:
    """Everything; some ten minutes at full size."""
    runs = []
    for name, worker, spacing, ago in (
        (f"as it happens, late by up to {JITTER} s", True, 2.0, 0),
        ("all at once in any order, worker away, then back", False, 0.0, 7200),
        ("all at once in any order, after an outage", True, 0.0, 7200),
    ):
        runs.append(await shuffled(citizens, each, name=name, worker=worker, spacing=spacing, ago=ago))
        say(str(runs[-1]), flush=True)
    calm = await steady(A_SECOND, seconds)
    say(str(calm), flush=True)
    return report(runs, calm, each)


def main() -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--citizens", type=int, default=CITIZENS)
    parser.add_argument("--each", type=int, default=EACH)
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--print", action="store_true", help="print the report instead of writing it")
    given = parser.parse_args()
    text = asyncio.run(measure(given.citizens, given.each, given.seconds))
    if given.print:
        print(text)
    else:
        RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
