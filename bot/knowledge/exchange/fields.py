"""The fields of a JSON standard as data, and what is wrong with an object that should have them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_URI = re.compile(r"^[a-z][a-z0-9+.-]*:[^\s]+$")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_MOMENT = re.compile(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?$")
_UUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")

_KINDS: Mapping[str, tuple[type, re.Pattern[str] | None]] = {
    "text": (str, None),
    "uri": (str, _URI),
    "date": (str, _DATE),
    "moment": (str, _MOMENT),
    "uuid": (str, _UUID),
    "flag": (bool, None),
    "number": (int, None),
    "object": (dict, None),
    "list": (list, None),
}


@dataclass(frozen=True)
class Field:
    """One field: `kind` is a key of the table above, `fields` are those of the object or of every object in the list."""

    name: str
    kind: str = "text"
    required: bool = False
    nullable: bool = False
    longest: int | None = None
    choices: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()


def faults_in(value: Any, fields: tuple[Field, ...], where: str) -> Iterator[str]:
    """Every rule of `fields` that the object `value` breaks; a field that the standard does not know is one too."""
    if not isinstance(value, dict):
        yield f"{where}: this should be an object"
        return
    known = {field.name: field for field in fields}
    yield from (f"{where}.{name}: the standard has no such field" for name in value if name not in known)
    for name, field in known.items():
        if name in value:
            yield from _faults_of(value[name], field, f"{where}.{name}")
        elif field.required:
            yield f"{where}.{name}: this field is missing"


def _faults_of(value: Any, field: Field, where: str) -> Iterator[str]:
    if value is None:
        if not field.nullable:
            yield f"{where}: null is not allowed"
        return
    kind, pattern = _KINDS[field.kind]
    if not isinstance(value, kind):
        yield f"{where}: this should be a {field.kind}"
        return
    if pattern is not None and not pattern.match(str(value)):
        yield f"{where}: {value!r} is no {field.kind}"
    yield from _limits(value, field, where)
    if field.fields:
        for index, item in enumerate(value if isinstance(value, list) else [value]):
            yield from faults_in(item, field.fields, f"{where}[{index}]" if isinstance(value, list) else where)


def _limits(value: Any, field: Field, where: str) -> Iterator[str]:
    if field.longest is not None and len(value) > field.longest:
        yield f"{where}: {len(value)} characters, at most {field.longest} are allowed"
    if field.choices and value not in field.choices:
        yield f"{where}: {value!r} is not one of {', '.join(field.choices)}"
