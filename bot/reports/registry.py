"""Which systems reports can be passed on to, and how each is built; a new one is one line here and one module in backends/."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.knowledge.library import Library
from bot.model.report import ReportSystem
from bot.reports.backends.locatieserver import Locator
from bot.reports.backends.signalen import Signalen
from bot.reports.protocol import Backend
from bot.settings import Settings

Build = Callable[[Settings, Callable[[], Library]], Backend | None]
"""Gives None when the settings say nothing of this system."""


def _signalen(settings: Settings, library: Callable[[], Library]) -> Backend | None:
    if not settings.signalen_url:
        return None
    locator = Locator(settings.locatieserver_url, settings.report_timeout)
    return Signalen(settings.signalen_url, settings.report_timeout, settings.signalen_source, library, locator)


BACKENDS: Mapping[ReportSystem, Build] = {"signalen": _signalen}
"""Our own list in the desk (`own`) and a website (`link`) need no passing on."""


def build_backends(settings: Settings, library: Callable[[], Library]) -> dict[str, Backend]:
    """Those that are set up, by name; connects to nothing yet."""
    built = {name: build(settings, library) for name, build in BACKENDS.items()}
    return {name: backend for name, backend in built.items() if backend is not None}
