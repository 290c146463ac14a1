"""Changes single values in the text of a YAML file and leaves every other line as its editor wrote it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString, LiteralScalarString

from bot.knowledge.document import Step
from bot.knowledge.exchange.change import Change

_ORDER = (
    "id naam upl thema doelgroep eigenaar team kanaal woorden instantie aspecten extra acties gerelateerd bronnen voorbeeldvragen "
    "wat aanvragen kosten meenemen voorwaarden duur wanneer waar status afspraak melden tekst nvt meer lokaal "
    "soort titel url digid product omschrijving bedrag eenheid geldig_vanaf geldig_tot bron gecontroleerd_op voorbeeld"
)
"""The order of the keys in the format; a new key is put in front of the first one that comes later."""

_RANK = {key: rank for rank, key in enumerate(_ORDER.split())}

_NO_TEXT = frozenset({"", "~", "null", "Null", "NULL"})
_SHORT = 60
_SENTENCE_END = re.compile(r"(?<=[.!?]) (?=\S)")


class _TextResolver(VersionedResolver):
    """Takes every scalar for text, as the reader of the knowledge files does, so that `83.80` stays what was typed."""

    @property
    def versioned_resolver(self) -> Any:
        return {}


Style = Callable[[Any], Any]
"""Turns a plain value into what is put in."""


def edit(data: Any, changes: Iterable[Change], style: Style = lambda value: value) -> Any:
    """`data` (plain dicts and lists, or those of ruamel.yaml with their own `style`) with `changes` made in it, in place."""
    for change in changes:
        value = _written(change.after)
        if change.adds:
            items = _make(data, (*change.steps, 0), style)
            items.append(style(value))
        elif value is None:
            _remove(data, change.steps)
        else:
            _put(_make(data, change.steps, style), change.steps[-1], style(value))
    return data


def rewrite(text: str, changes: Iterable[Change]) -> str:
    """The text of a YAML file with `changes` made in it; comments, order and quotes of everything else stay."""
    yaml = YAML(typ="rt")
    yaml.Resolver = _TextResolver
    yaml.preserve_quotes = True
    yaml.width = 1 << 20
    yaml.indent(mapping=2, sequence=4, offset=2)
    data = yaml.load(text) if text.strip() else CommentedMap()
    edit(data, changes, _styled)
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def _written(value: Any) -> Any:
    """A value as the files hold it: everything is text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return {key: _written(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_written(item) for item in value]
    return None if value is None else str(value)


def _make(data: Any, steps: tuple[Step, ...], style: Style) -> Any:
    """The map or list that holds the last of `steps`; what is not there yet is made on the way."""
    node = data
    for step, following in pairwise(steps):
        if isinstance(node, dict) and node.get(step) is None:
            _put(node, step, style([] if isinstance(following, int) else {}))
        node = node[step]
    return node


def _put(node: Any, step: Step, value: Any) -> None:
    if not isinstance(node, CommentedMap) or step in node:
        node[step] = value
        return
    rank = _RANK.get(str(step), len(_RANK))
    later = (place for place, key in enumerate(node) if _RANK.get(str(key), -1) > rank)
    node.insert(next(later, len(node)), step, value)


def _remove(data: Any, steps: tuple[Step, ...]) -> None:
    node = data
    for step in steps[:-1]:
        node = node[step]
    del node[steps[-1]]


def _styled(value: Any) -> Any:
    """A new value in the style of the files: maps and lists in blocks, a long text folded with one sentence a line."""
    if isinstance(value, dict):
        return CommentedMap((key, _styled(item)) for key, item in value.items())
    if isinstance(value, list):
        return CommentedSeq(_styled(item) for item in value)
    if value in _NO_TEXT:
        return DoubleQuotedScalarString(value)
    if "\n" in value:
        return LiteralScalarString(value)
    if len(value) > _SHORT and " " in value and not value.startswith(("http://", "https://")):
        folded = FoldedScalarString(value)
        folded.fold_pos = [match.start() for match in _SENTENCE_END.finditer(value)]
        return folded
    return value
