"""Builds the calendar of a municipality that works with Open Forms."""

from __future__ import annotations

from bot.appointments.backends.open_forms.calendar import OpenFormsCalendar
from bot.appointments.backends.open_forms.session import Address
from bot.appointments.needs import Needs
from bot.appointments.once import Once


def build_open_forms(needs: Needs) -> OpenFormsCalendar:
    """The calendar; connects to nothing yet. Raises ConfigurationError when a setting is missing."""
    needs.check("open_forms_url", "open_forms_form", "open_forms_page")
    settings = needs.settings
    address = Address(settings.open_forms_url, settings.open_forms_form, settings.open_forms_page, settings.appointment_timeout)
    return OpenFormsCalendar(address, needs.rules, Once("open_forms", needs.database, needs.clock), needs.clock)
