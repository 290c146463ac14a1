"""Builds the calendar of a municipality that works with Qmatic Orchestra."""

from __future__ import annotations

from bot.appointments.backends.qmatic.calendar import QmaticCalendar
from bot.appointments.backends.qmatic.connection import Connection
from bot.appointments.needs import Needs
from bot.appointments.once import Once


def build_qmatic(needs: Needs) -> QmaticCalendar:
    """The calendar; connects to nothing yet. Raises ConfigurationError when a setting is missing."""
    needs.check("qmatic_url", "qmatic_api_key")
    settings = needs.settings
    connection = Connection(settings.qmatic_url, settings.qmatic_api_key, settings.appointment_timeout)
    return QmaticCalendar(connection, needs.rules, Once("qmatic", needs.database, needs.clock), needs.clock)
