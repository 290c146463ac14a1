"""Reads the table of school holidays, for whoever hands it to the reader; the reader itself opens no file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml

from bot.text.dates.model import Vacations


def vacations_of(knowledge: Path) -> Vacations:
    """The school holidays in `vakanties.yml`; none where that file is not there."""
    file = knowledge / "vakanties.yml"
    if not file.exists():
        return {}
    found: dict[str, list[tuple[date, date]]] = {}
    for row in yaml.safe_load(file.read_text("utf-8"))["vakanties"]:
        found.setdefault(row["naam"], []).append((row["eerste_dag"], row["laatste_dag"]))
    return {name: tuple(years) for name, years in found.items()}
