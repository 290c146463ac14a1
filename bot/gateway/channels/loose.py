"""Reads what another party's JSON may or may not hold: a wrong shape reads as empty, never as an error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def part(value: Any, name: str) -> Mapping[str, Any]:
    """The object under `name`."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def items(value: Any, name: str) -> list[Any]:
    """The list under `name`."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def text(value: Any, name: str) -> str:
    """The string under `name`."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""
