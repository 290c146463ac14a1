"""Say what dates and times each line of standard input says: one JSON object a line."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.clock import AMSTERDAM, local, utc_now
from bot.settings import load_settings
from bot.text.dates import Reading, read
from bot.text.dates.vacations import vacations_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The moment that everything is read against."""
    parser.add_argument("--now", type=_moment, default=None, help="when it is said, in the Netherlands: 2026-11-22T10:00")


def run(arguments: argparse.Namespace) -> int:
    """One line in, one line out, in order."""
    now = arguments.now or local(utc_now())
    vacations = vacations_of(load_settings().knowledge_dir)
    for line in sys.stdin:
        text = line.rstrip("\r\n")
        print(json.dumps({"text": text, **told(read(text, now, vacations=vacations))}, ensure_ascii=False))
    return 0


def told(reading: Reading) -> dict[str, Any]:
    """A reading as JSON: days as 2026-11-24, times as 14:30, nothing that was not said."""
    return {name: value for name, value in _plain(asdict(reading)).items() if value not in (None, [], False)}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, timedelta):
        return int(value.total_seconds() // 60)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, date) else value


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)
