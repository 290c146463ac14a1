"""Reads what Dutch people say about days and times when they plan a visit, and what to offer them; this is its only door."""

from bot.text.dates.model import DateRange, Option, Reading, TimeRange, Vacations
from bot.text.dates.offer import Offer, offer, settled
from bot.text.dates.reader import read

__all__ = ["DateRange", "Offer", "Option", "Reading", "TimeRange", "Vacations", "offer", "read", "settled"]
