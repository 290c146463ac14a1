"""Reads the words of danger (gevaar.yml) and listens for them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import ConfigurationError
from bot.text.danger import Danger, DangerKind, hear_danger


class KindShape(BaseModel):
    """One kind of danger as the file gives it."""

    model_config = ConfigDict(extra="forbid")
    antwoord: str = Field(min_length=1)
    patronen: list[str] = Field(min_length=1)
    behalve: list[str] = []


class DangerShape(BaseModel):
    """The whole file: kinds in the order in which they are heard."""

    model_config = ConfigDict(extra="forbid")
    soorten: dict[str, KindShape]


def load_danger(folder: Path) -> tuple[DangerKind, ...]:
    """The kinds of danger of a knowledge folder. Raises ConfigurationError: without them nothing may run."""
    path = folder / "gevaar.yml"
    try:
        shape = DangerShape.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        return tuple(_kind(name, kind) for name, kind in shape.soorten.items())
    except (OSError, yaml.YAMLError, ValidationError, re.error) as error:
        raise ConfigurationError(f"{path} cannot be used: {error}") from error


def watch_of(folder: Path) -> Callable[[str], Danger | None]:
    """A function that hears danger with the words of this folder, as they are now."""
    kinds = load_danger(folder)
    return lambda text: hear_danger(text, kinds)


def _kind(name: str, shape: KindShape) -> DangerKind:
    return DangerKind(
        name=name,
        answer=shape.antwoord.strip(),
        patterns=tuple(re.compile(rf"\b(?:{pattern})\b") for pattern in shape.patronen),
        harmless=tuple(re.compile(rf"\b(?:{pattern})\b") for pattern in shape.behalve),
    )
