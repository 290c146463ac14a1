"""Reads what points at danger (gevaar.yml and the folder gevaar) and listens for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import ConfigurationError
from bot.knowledge.danger_lessons import Limits, read_weights
from bot.text.danger import Danger, DangerKind, DangerWords, Sign, hear_danger
from bot.text.danger_pattern import Pattern, PatternError, read_pattern, words_of
from bot.text.danger_words import Speller, fold


class GroupShape(BaseModel):
    """Patterns that have an answer of their own."""

    model_config = ConfigDict(extra="forbid")
    antwoord: str = Field(min_length=1)
    taal: str = "nl"
    patronen: list[str] = []
    twijfel: list[str] = []


class KindShape(BaseModel):
    """One kind of danger as its file gives it; special `gevallen` are heard before the rest."""

    model_config = ConfigDict(extra="forbid")
    antwoord: str = Field(min_length=1)
    patronen: list[str] = Field(min_length=1)
    twijfel: list[str] = []
    behalve: list[str] = []
    gewoon: list[str] = []
    gevallen: list[GroupShape] = []


class LearnedShape(BaseModel):
    """How danger is learned from sentences and what was learned is used; gevaar.yml tells what each field is for."""

    model_config = ConfigDict(extra="forbid")
    hoor: float
    zwijg: float
    soorten: list[str]
    over_gevaar: list[str]
    engels: str
    beleefd: str
    lijsten: list[str]


class DangerShape(BaseModel):
    """The head file: the kinds in the order in which they are heard, how their words are typed, and what is ordinary talk."""

    model_config = ConfigDict(extra="forbid")
    volgorde: list[str] = Field(min_length=1)
    schrijfwijzen: dict[str, str] = {}
    plakwoorden: str = ""
    behalve: list[str] = []
    gewoon: list[str] = []
    geleerd: LearnedShape


class ListsShape(BaseModel):
    """Lists of words: `groepen` by name, words worth finding behind a typing error, and words that are never one."""

    model_config = ConfigDict(extra="forbid")
    groepen: dict[str, str] = {}
    herstel: str = ""
    gewone_woorden: str = ""


Shape = TypeVar("Shape", bound=BaseModel)
Groups = Mapping[str, frozenset[str]]


def load_danger(folder: Path) -> DangerWords:
    """All that is listened for in a knowledge folder. Raises ConfigurationError: without it nothing may run."""
    ear, learned = load_ear(folder)
    kinds, limits = tuple(kind.name for kind in ear.kinds), Limits(learned.hoor, learned.zwijg)
    weights = read_weights(folder, kinds, limits, ear.sorts, frozenset(fold(learned.beleefd).split()))
    return replace(ear, weights=weights)


def load_ear(folder: Path) -> tuple[DangerWords, LearnedShape]:
    """The same without what was learned, and how to learn it and use it. Raises ConfigurationError."""
    head = _read(folder / "gevaar.yml", DangerShape)
    lists = _read(folder / "gevaar" / "woorden.yml", ListsShape)
    try:
        groups = _groups(lists.groepen)
        kinds = tuple(_kind(name, folder, head, groups) for name in head.volgorde)
    except PatternError as error:
        raise ConfigurationError(f"{folder / 'gevaar'} cannot be used: {error}") from error
    sorts = {word: f"@{name}" for name in reversed(head.geleerd.soorten) for word in groups[name]}
    english = frozenset(fold(head.geleerd.engels).split())
    return DangerWords(kinds, _speller(kinds, head, lists), sorts, english), head.geleerd


def watch_of(folder: Path) -> Callable[[str], Danger | None]:
    """A function that hears danger with the words of this folder, as they are now."""
    danger = load_danger(folder)
    return lambda text: hear_danger(text, danger)


def _read(path: Path, shape: type[Shape]) -> Shape:
    try:
        return shape(**yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError, TypeError) as error:
        raise ConfigurationError(f"{path} cannot be used: {error}") from error


def _groups(written: Mapping[str, str]) -> Groups:
    """The lists by name; a list may hold lists that stand above it as `<name>`."""
    groups: dict[str, frozenset[str]] = {}
    for name, text in written.items():
        words: set[str] = set()
        for word in fold(text).split():
            if word.startswith("<") and word[1:-1] not in groups:
                raise PatternError(f"{name}: there is no list {word} above it")
            words |= groups[word[1:-1]] if word.startswith("<") else {word}
        groups[name] = frozenset(words)
    return groups


def _kind(name: str, folder: Path, head: DangerShape, groups: Groups) -> DangerKind:
    shape = _read(folder / "gevaar" / f"{name}.yml", KindShape)

    def signs() -> Iterator[Sign]:
        for group in (*shape.gevallen, GroupShape(antwoord=shape.antwoord, patronen=shape.patronen, twijfel=shape.twijfel)):
            for patterns, in_doubt in ((group.patronen, False), (group.twijfel, True)):
                yield from (Sign(pattern, group.antwoord.strip(), in_doubt) for pattern in _patterns(patterns, groups))

    answers = {group.taal: group.antwoord.strip() for group in shape.gevallen} | {"nl": shape.antwoord.strip()}
    harmless = _patterns([*head.behalve, *shape.behalve], groups)
    return DangerKind(name, tuple(signs()), harmless, _patterns([*head.gewoon, *shape.gewoon], groups), answers)


def _patterns(written: list[str], groups: Groups) -> tuple[Pattern, ...]:
    return tuple(read_pattern(fold(source), groups) for source in written)


def _speller(kinds: tuple[DangerKind, ...], head: DangerShape, lists: ListsShape) -> Speller:
    patterns = [pattern for kind in kinds for pattern in (*(sign.pattern for sign in kind.signs), *kind.harmless, *kind.context)]
    glue, telling = frozenset(fold(head.plakwoorden).split()), frozenset(fold(lists.herstel).split())
    return Speller(
        vocabulary=frozenset(words_of(patterns)) | glue | telling,
        telling=telling,
        ordinary=frozenset(fold(lists.gewone_woorden).split()),
        spellings={fold(typed): tuple(fold(meant).split()) for typed, meant in head.schrijfwijzen.items()},
        glue=glue,
    )
