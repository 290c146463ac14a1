"""List the call-back requests, overdue ones first, or mark one as dealt with."""

from __future__ import annotations

import argparse
import asyncio
import sys

from bot.clock import local, utc_now
from bot.store import callbacks
from bot.store.database import Database
from bot.text.dutch import day_in_words
from bot.text.phones import show_phone
from bot.tools._machine import machine_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which one is done, if any."""
    parser.add_argument("--done", metavar="REFERENCE", help="this request is dealt with")


def run(arguments: argparse.Namespace) -> int:
    """Print or change; works beside a running house and without one."""
    with machine_settings() as settings:
        return asyncio.run(_work(Database(settings.database_url.reveal()), arguments.done))


async def _work(database: Database, done: str | None) -> int:
    try:
        async with database.transaction() as connection:
            if done is not None:
                changed = await callbacks.finish(connection, done)
                print(f"{done} is dealt with." if changed else f"{done} is not open: is the reference right?", file=sys.stderr)
                return 0 if changed else 1
            today = local(utc_now()).date()
            for request in await callbacks.open_requests(connection):
                late = "LATE " if request.promised_on < today else "     "
                who = f"{request.name}, {show_phone(request.phone)}"
                print(f"{late}{request.reference}  {day_in_words(request.promised_on)}  {who}: {request.subject}")
    finally:
        await database.close()
    return 0
