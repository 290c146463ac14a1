"""What an appointment system may be built from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.clock import Clock
from bot.errors import ConfigurationError
from bot.model.appointment_rules import AppointmentRules
from bot.settings import Settings
from bot.store.database import Database


@dataclass(frozen=True)
class Needs:
    """What a backend may be built from; `rules` gives the planning of the moment, because editors change it while we run."""

    municipality: str
    rules: Callable[[], AppointmentRules]
    settings: Settings
    clock: Clock
    database: Database

    def check(self, *names: str) -> None:
        """Raise ConfigurationError when one of these settings is empty."""
        for name in names:
            if not getattr(self.settings, name):
                raise ConfigurationError(f"{name.upper()} must be set: the appointments of {self.municipality} need it")
