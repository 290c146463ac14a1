"""Show what the triage table of now would have decided on the moments of the last days, beside what was decided then."""

from __future__ import annotations

import argparse
import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path

from bot.clock import utc_now
from bot.knowledge.loader import load_knowledge
from bot.model.triage import Decision, Facts, Policy
from bot.settings import load_settings
from bot.store import decisions
from bot.store.database import Database
from bot.store.decisions import KeptDecision
from bot.tools._machine import MachineDatabase, environment_of_machine
from bot.triage.deciding import decide

_SHOWN = 5
"""Moments shown of every change."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How far back, and which table."""
    parser.add_argument("--days", type=float, default=1.0, help="how many days back (default: 1)")
    parser.add_argument("--folder", type=Path, help="a knowledge folder with another triage.yml (default: KNOWLEDGE_DIR)")


def run(arguments: argparse.Namespace) -> int:
    """Print what changes; works beside a running house and without one."""
    environment = environment_of_machine()
    machine = MachineDatabase(environment)
    settings = load_settings(environment)
    was_running = (settings.data_dir / "postgres" / "postmaster.pid").exists()
    address = machine.start()
    try:
        kept = asyncio.run(_read(Database(address), arguments.days))
    finally:
        if not was_running:
            machine.stop()
    policies = load_knowledge(arguments.folder or settings.knowledge_dir).policies
    print("\n".join(report(kept, policies)))
    return 0


async def _read(database: Database, days: float) -> list[KeptDecision]:
    try:
        async with database.transaction() as connection:
            return await decisions.since(connection, utc_now() - timedelta(days=days))
    finally:
        await database.close()


def report(kept: Iterable[KeptDecision], policies: Mapping[str | None, Policy]) -> Iterator[str]:
    """The lines of the report: how many decisions change, from which route to which, and examples of each change."""
    total, changes = 0, Counter[tuple[str, str]]()
    examples: dict[tuple[str, str], list[str]] = {}
    for item in kept:
        total += 1
        decision = decide(item.facts, policies.get(item.facts.municipality) or policies[None])
        if decision.route == item.route:
            continue
        change = (item.route, decision.route)
        changes[change] += 1
        shown = examples.setdefault(change, [])
        if len(shown) < _SHOWN:
            shown.append(_line(item, decision))
    yield f"{total} decisions, {changes.total()} would differ"
    for (before, after), count in changes.most_common():
        yield f"{before} -> {after}: {count}"
        yield from examples[before, after]


def _line(item: KeptDecision, decision: Decision) -> str:
    return f"  {item.decided_at:%Y-%m-%d %H:%M}  {item.rule} -> {decision.rule}  {_facts(item.facts)}"


def _facts(facts: Facts) -> str:
    known = {"act": facts.act, "product": facts.product, "zone": facts.zone, "misses": facts.misses, "municipality": facts.municipality}
    signs = {"signs": "+".join(sorted(facts.signs))} if facts.signs else {}
    return " ".join(f"{name}={value}" for name, value in (known | signs).items() if value)
