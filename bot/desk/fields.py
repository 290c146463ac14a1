"""Reads the fields of a JSON body, each with the error that says what it should be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from bot.gateway.errors import BadRequest

Word = TypeVar("Word", bound=str)


def text(body: dict[str, Any], name: str, most: int = 4_000) -> str:
    """A string that must be there and not be blank. Raises BadRequest."""
    value = body.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > most:
        raise BadRequest(f"{name}: a text of at most {most} characters")
    return value


def optional(body: dict[str, Any], name: str, most: int = 4_000) -> str | None:
    """A string, or nothing. Raises BadRequest."""
    return text(body, name, most) if body.get(name) not in (None, "") else None


def one_of(body: dict[str, Any], name: str, allowed: Sequence[Word]) -> Word:
    """One of the words allowed. Raises BadRequest."""
    value = body.get(name)
    for word in allowed:
        if value == word:
            return word
    raise BadRequest(f"{name}: one of {', '.join(allowed)}")


def number(body: dict[str, Any], name: str, least: int, most: int) -> int:
    """A whole number within bounds. Raises BadRequest."""
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise BadRequest(f"{name}: a number from {least} to {most}")
    return value


def words(body: dict[str, Any], name: str) -> frozenset[str]:
    """A list of strings. Raises BadRequest."""
    value = body.get(name)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadRequest(f"{name}: a list of words")
    return frozenset(value)
