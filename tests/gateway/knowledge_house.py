"""The gateway's real app over the real knowledge folder; what needs a database or an engine is not there.

Run as `python -m tests.gateway.knowledge_house PORT`, it serves the built pages too.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime, timezone
from types import SimpleNamespace
from typing import Any

from sanic import Sanic
from sqlalchemy.exc import SQLAlchemyError

from bot.gateway.app import make_app
from bot.knowledge.library import Library
from bot.knowledge.loader import read_knowledge
from bot.settings import load_settings

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
"""Ten in the morning in the Netherlands."""


async def _nothing() -> None:
    """Nothing to open, close, refresh or watch."""


async def _wait() -> None:
    await asyncio.Event().wait()


def _away() -> None:
    """There is no database here; whoever asks for it goes on without."""
    raise SQLAlchemyError


def real_library() -> Library:
    """The library on the knowledge folder as it is, also while somebody is writing in it."""
    return Library(read_knowledge(load_settings({}).knowledge_dir).base, lambda: MONDAY)


def knowledge_app(library: Any, name: str) -> Sanic[Any, Any]:
    """The app around `library`, a function that gives the one of the moment."""
    idle = SimpleNamespace(run=_wait)
    house = SimpleNamespace(
        settings=load_settings({}),
        clock=lambda: MONDAY,
        library=library,
        refresh_library=_nothing,
        live=idle,
        watch=idle,
        office=SimpleNamespace(watch=idle, agents=None, board=SimpleNamespace(numbers=_wait)),
        database=SimpleNamespace(transaction=_away),
        appointments=None,
        open=_nothing,
        close=_nothing,
    )
    return make_app(house, name)  # type: ignore[arg-type]


if __name__ == "__main__":
    shelf = real_library()
    knowledge_app(lambda: shelf, "knowledge-house").run(
        host="127.0.0.1", port=int(sys.argv[1]), single_process=True, access_log=False, motd=False
    )
