"""Builds the calendar of a municipality that works with JCC-Afspraken."""

from __future__ import annotations

from bot.appointments.backends.jcc.calendar import JccCalendar
from bot.appointments.backends.jcc.connection import Connection
from bot.appointments.needs import Needs
from bot.appointments.once import Once


def build_jcc(needs: Needs) -> JccCalendar:
    """The calendar; connects to nothing yet. Raises ConfigurationError when a setting is missing."""
    needs.check("jcc_url", "jcc_client_id", "jcc_client_secret")
    settings = needs.settings
    connection = Connection(settings.jcc_url, settings.jcc_client_id, settings.jcc_client_secret, settings.appointment_timeout, needs.clock)
    return JccCalendar(connection, needs.rules, Once("jcc", needs.database, needs.clock), needs.clock)
