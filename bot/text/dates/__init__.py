"""Reads what Dutch people say about days and times when they plan a visit; this is its only door."""

from bot.text.dates.model import DateRange, Option, Reading, TimeRange, Vacations
from bot.text.dates.reader import read

__all__ = ["DateRange", "Option", "Reading", "TimeRange", "Vacations", "read"]
