"""What the worker does about reports, beside the conversations: passing them on, and forgetting."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from bot.clock import Clock
from bot.knowledge.library import Library
from bot.reports.passing import Passing
from bot.reports.registry import build_backends
from bot.reports.upkeep import Upkeep
from bot.settings import Settings
from bot.store.database import Database

Work = Callable[[], Coroutine[Any, Any, None]]


def report_work(library: Callable[[], Library], settings: Settings, clock: Clock, database: Database) -> tuple[Mapping[str, Work], Work]:
    """What runs for as long as the worker does, by name, and what closes its connections."""
    backends = build_backends(settings, library)
    passing = Passing(database, backends, library, clock, settings.signalen_per_hour)
    upkeep = Upkeep(database, clock, settings.report_keep_days)

    async def close() -> None:
        for backend in backends.values():
            await backend.close()

    return {"reports": passing.run, "reports upkeep": upkeep.run}, close
