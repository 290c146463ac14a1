"""Which appointment systems there are, and how each is built; a new one is one line here and one module in backends/."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.appointments.protocol import Backend
from bot.clock import Clock
from bot.model.appointment_rules import AppointmentRules, AppointmentSystem
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


Build = Callable[[Needs], Backend]

BACKENDS: Mapping[AppointmentSystem, Build] = {}
"""How to build each system; building connects to nothing."""
