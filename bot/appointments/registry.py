"""Which appointment systems there are, and how each is built; a new one is one line here and one module in backends/."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.appointments.backends.jcc.build import build_jcc
from bot.appointments.backends.open_forms.build import build_open_forms
from bot.appointments.backends.own import build_own
from bot.appointments.backends.qmatic.build import build_qmatic
from bot.appointments.needs import Needs
from bot.appointments.protocol import Backend
from bot.model.appointment_rules import AppointmentSystem

__all__ = ["BACKENDS", "Build", "Needs"]

Build = Callable[[Needs], Backend]

BACKENDS: Mapping[AppointmentSystem, Build] = {
    "own": build_own,
    "jcc": build_jcc,
    "qmatic": build_qmatic,
    "open_forms": build_open_forms,
}
"""How to build each system; building connects to nothing."""
