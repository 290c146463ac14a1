"""Webhooks as Meta sends them: written, delivered, and counted in the database afterwards."""

from __future__ import annotations

import asyncio
import json
import random
import re
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import httpx

from bench.webhook_house import House
from bot.gateway.channels.whatsapp.signature import sign
from tests.gateway.channels.whatsapp import fake_graph as graph

AGAIN = 3 / 7
DRAIN_SECONDS = 900.0
"""What is not answered by then counts as lost: so long a backlog takes on no machine that runs this."""


@dataclass(frozen=True)
class Webhook:
    """One webhook, signed; `due` is when it is delivered, in seconds from the start (0: as fast as it goes)."""

    body: bytes
    signature: str
    due: float = 0.0


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
