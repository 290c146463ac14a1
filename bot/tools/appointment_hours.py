"""Copy the opening hours of counters into the planning of appointments; without --write only show what would change."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bot.knowledge.exchange.change import Change
from bot.knowledge.exchange.yaml_edit import rewrite
from bot.knowledge.folder import Folder, MunicipalityFolder, read_folder
from bot.knowledge.municipality_schema import CounterShape, HoursShape
from bot.model.municipality import WEEKDAYS
from bot.settings import load_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which folder, and whether to write."""
    parser.add_argument("--folder", type=Path, help="the knowledge folder (default: KNOWLEDGE_DIR)")
    parser.add_argument("--write", action="store_true", help="change the files; read the difference with git afterwards")


def run(arguments: argparse.Namespace) -> int:
    """Compare every place of an afspraken.yml with the counter of the same id."""
    root = arguments.folder or load_settings().knowledge_dir
    folder = read_folder(root)
    counters = {counter.id: counter for place in folder.municipalities if place.main for counter in place.main.shape.loketten}
    changed = 0
    for place in folder.municipalities:
        changes = list(_changes(place, counters))
        changed += len(changes)
        for change in changes:
            print(f"{change.file}: {change.product}: {change.field}")
        if changes and arguments.write:
            file = root / changes[0].file
            file.write_text(rewrite(file.read_text("utf-8"), changes), "utf-8")
    print(_told(folder, changed, written=arguments.write))
    return 0


def _changes(place: MunicipalityFolder, counters: dict[str, CounterShape]) -> list[Change]:
    """What differs in one file; hours without an appointment count too, because the doors are open then."""
    found: list[Change] = []
    for index, planned in enumerate(place.appointments.shape.plekken if place.appointments else ()):
        counter = counters.get(planned.id)
        if counter is None:
            continue
        week = {day: _hours(getattr(counter.openingstijden, day)) for day in WEEKDAYS if getattr(counter.openingstijden, day)}
        days = [_day(item.datum, item.tijden, item.reden) for item in counter.uitzonderingen]
        pairs = (
            ("tijden", {day: _hours(getattr(planned.tijden, day)) for day in WEEKDAYS if getattr(planned.tijden, day)}, week),
            ("uitzonderingen", [_day(item.datum, item.tijden, item.reden) for item in planned.uitzonderingen], days),
            ("feestdagen_gesloten", planned.feestdagen_gesloten, counter.feestdagen_gesloten),
        )
        file = f"municipalities/{place.name}/afspraken.yml"
        found += [
            Change(file, planned.id, field, ("plekken", index, field), before, after) for field, before, after in pairs if before != after
        ]
    return found


def _hours(shapes: tuple[HoursShape, ...]) -> list[dict[str, str]]:
    return [{"van": f"{shape.van:%H:%M}", "tot": f"{shape.tot:%H:%M}"} for shape in shapes]


def _day(day: object, hours: tuple[HoursShape, ...], reason: str | None) -> dict[str, Any]:
    return {"datum": str(day), **({"tijden": _hours(hours)} if hours else {}), **({"reden": reason} if reason else {})}


def _told(folder: Folder, changed: int, *, written: bool) -> str:
    files = sum(place.appointments is not None for place in folder.municipalities)
    return f"{files} files, {changed} differences{', written' if written and changed else ''}"
