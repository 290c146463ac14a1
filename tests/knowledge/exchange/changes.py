"""Compares knowledge folders value by value, and changes everything in one that a standard could put right again."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.document import read_document
from bot.model.knowledge import ASPECTS
from tests.knowledge.builders import KnowledgeFolder
from tests.knowledge.exchange.samples import HERE

HELD = {
    "sc": {"naam", "doelgroep", "wat", "acties", "gerelateerd"},
    "sdg": {"naam", "doelgroep", *ASPECTS, "meer", "acties", "gerelateerd"},
    "vac": {"doelgroep", "team", *ASPECTS, "meer", "woorden", "voorbeeldvragen"},
}
"""What each standard that Wegwijs writes can hold."""


def contents(root: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {str(file.relative_to(root)): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}


def leaves(root: Path) -> dict[tuple[Any, ...], Any]:
    """Every single value of a folder, by file and path."""
    return {
        (str(file.relative_to(root)), *steps): value
        for file in sorted(root.rglob("*.yml"))
        for steps, value in _leaves(read_document(file, root)[0].content, ())
    }


def _leaves(value: Any, steps: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*steps, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, (*steps, index))
    else:
        yield steps, value


def spoil(folder: KnowledgeFolder, held: set[str]) -> None:
    """Change everything in `folder` that a standard holds, in the shared files and in those of the municipality."""
    for file in sorted((folder.root / "products").glob("*.yml")):
        content = yaml.safe_load(file.read_text("utf-8"))
        if "upl" in content or "woorden" in held:
            folder.write(f"products/{file.name}", _spoilt(content, held))
    for file in sorted((folder.root / "municipalities" / HERE / "products").glob("*.yml")):
        content = yaml.safe_load(file.read_text("utf-8"))
        _spoil_texts(content, held)
        _spoil_links(content, held)
        folder.write(f"municipalities/{HERE}/products/{file.name}", content)


def _spoilt(content: dict[str, Any], held: set[str]) -> dict[str, Any]:
    made = copy.deepcopy(content)
    _spoil_texts(made, held)
    _spoil_links(made, held)
    if "naam" in held:
        made["naam"] += " (oud)"
    if "doelgroep" in held:
        made["doelgroep"] = ["ondernemer"] if made["doelgroep"] == ["inwoner"] else ["inwoner"]
    if "team" in held:
        made["team"] = "balie"
    if "gerelateerd" in held:
        made.pop("gerelateerd", None)
    if "woorden" in held:
        made["woorden"] = made["woorden"][:-1]
    if "voorbeeldvragen" in held:
        made["voorbeeldvragen"]["kosten"] = made["voorbeeldvragen"]["kosten"][:-1]
    return made


def _spoil_texts(content: dict[str, Any], held: set[str]) -> None:
    for aspect, text in content.get("aspecten", {}).items():
        if aspect not in held:
            continue
        key = "nvt" if "nvt" in text else "tekst"
        text[key] = f"Verouderde tekst over {aspect}."
        if "meer" in held:
            text["meer"] = "Verouderd, nog meer."


def _spoil_links(content: dict[str, Any], held: set[str]) -> None:
    if "acties" not in held:
        return
    for number, link in enumerate(content.get("acties", [])):
        if "url" in link and link["soort"] == "online":
            link["titel"], link["url"] = f"Oude titel {number}", f"https://oud.nl/{number}"
            link["digid"] = not link.get("digid", False)
        elif "url" in link:
            link["url"] = f"https://www.{HERE}.nl/oud/{number}"
