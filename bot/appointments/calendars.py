"""Finds the planning and the calendar of a municipality, and keeps each calendar's client for the life of the process."""

from __future__ import annotations

from collections.abc import Callable

from bot.appointments.errors import AppointmentRefused, BackendUnavailable
from bot.appointments.needs import Needs
from bot.appointments.protocol import Backend
from bot.appointments.registry import BACKENDS
from bot.clock import Clock
from bot.errors import ConfigurationError
from bot.knowledge.library import Library
from bot.logs import logger
from bot.model.appointment_rules import AppointmentRules
from bot.settings import Settings
from bot.store.database import Database

log = logger()


class Calendars:
    """One backend for each municipality and system, made when it is first needed."""

    def __init__(self, library: Callable[[], Library], settings: Settings, clock: Clock, database: Database) -> None:
        """`library` gives the knowledge of the moment, so that a changed afspraken.yml is used at once."""
        self._library = library
        self._settings = settings
        self._clock = clock
        self._database = database
        self._made: dict[tuple[str, str], Backend] = {}

    def rules(self, municipality: str) -> AppointmentRules:
        """The planning of a municipality; raises AppointmentRefused when it has none."""
        here = self._library().municipality(municipality)
        if here is None or here.appointments is None:
            raise AppointmentRefused(f"nothing can be booked in {municipality}")
        return here.appointments

    def of(self, municipality: str, system: str | None = None) -> Backend:
        """The calendar of a municipality; `system` names the one in which something was booked before, when that was another.

        Raises BackendUnavailable when it is not set up.
        """
        name = system or self.rules(municipality).system
        made = self._made.get((municipality, name))
        if made is not None:
            return made
        build = next((build for known, build in BACKENDS.items() if known == name), None)
        if build is None:
            raise BackendUnavailable(f"there is no appointment system {name}")
        needs = Needs(municipality, lambda: self.rules(municipality), self._settings, self._clock, self._database)
        try:
            return self._made.setdefault((municipality, name), build(needs))
        except ConfigurationError as error:
            log.error("appointment_system_not_set_up", municipality=municipality, system=name, reason=str(error))
            raise BackendUnavailable(f"{name} is not set up") from error

    async def close(self) -> None:
        """Close every calendar's connections."""
        for backend in self._made.values():
            await backend.close()
