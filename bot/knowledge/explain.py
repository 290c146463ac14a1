"""Says what is wrong with the shape of a file in words that help an editor: what, where, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from bot.knowledge.document import Document
from bot.knowledge.errors import Problem
from bot.model.knowledge import ASPECTS

_MEANT = {
    "prijs": "kosten",
    "prijzen": "kosten",
    "tarief": "kosten",
    "hoe": "aanvragen",
    "regelen": "aanvragen",
    "nodig": "meenemen",
    "documenten": "meenemen",
    "regels": "voorwaarden",
    "termijn": "duur",
    "tijd": "wanneer",
    "datum": "wanneer",
    "openingstijden": "wanneer",
    "locatie": "waar",
    "adres": "waar",
    "voortgang": "status",
    "title": "titel",
    "link": "url",
    "vragen": "voorbeeldvragen",
    "synoniemen": "woorden",
    "geldig_vanaf_datum": "geldig_vanaf",
}
"""Words that editors write where the format has another one."""

_KINDS = {
    "int_parsing": "this should be a whole number",
    "decimal_parsing": "this should be an amount such as 12.50 (a point, no euro sign)",
    "decimal_max_places": "an amount has at most two decimals",
    "greater_than_equal": "an amount cannot be less than zero",
    "bool_parsing": "this should be true or false",
    "string_type": "this is empty or not a text; put quotes around a text with a colon or braces",
    "string_too_short": "this is empty",
    "tuple_type": "this should be a list: write each item behind a dash",
    "dict_type": "this should be a list of keys with values",
    "model_type": "this should be a list of keys with values",
    "model_attributes_type": "this should be a list of keys with values",
}

_PATTERNS = {
    "url": "this should be a full address that begins with https://",
    "uri": "this should be a full address that begins with http:// or https://",
    "website": "this should be a full address that begins with https://",
    "postcode": "this should be a postcode such as 1901 AA",
    "postcodes": 'this should be four digits, such as "1906"',
    "cbs_code": 'this should be four digits between quotes, such as "0383"',
}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The tail of a message: `; did you mean "kosten"?`, or nothing when no known word is near."""
    names = list(known)
    meant = _MEANT.get(word.lower())
    near = [meant] if meant in names else get_close_matches(word.lower(), names, n=1, cutoff=0.75)
    return f'; did you mean "{near[0]}"?' if near else ""


def explain(document: Document, error: ValidationError, shape: type[BaseModel]) -> list[Problem]:
    """Every mistake that pydantic found in `document`, each at its line."""
    return [_problem(document, details, shape) for details in error.errors(include_url=False)]


def _problem(document: Document, details: Mapping[str, Any], shape: type[BaseModel]) -> Problem:
    where = tuple(step for step in details["loc"] if step != "[key]")
    last = where[-1] if where else ""
    kind = details["type"]
    if kind == "extra_forbidden":
        known = list(_shape_at(shape, where[:-1]).model_fields)
        return document.error(f'{_noun(where)} "{last}" is unknown{did_you_mean(str(last), known)}', *where)
    if kind == "missing":
        return document.error(f'{_noun(where)} "{last}" is missing', *where)
    if kind == "literal_error":
        expected = str(details["ctx"]["expected"]).replace("'", '"')
        names = [name.strip('"') for name in expected.replace(" or ", ", ").split(", ")]
        return document.error(f'"{details["input"]}" is not one of {expected}{did_you_mean(str(details["input"]), names)}', *where)
    return document.error(f"{_path(where)}{_sentence(kind, last, where, details)}", *where)


def _sentence(kind: str, last: object, where: tuple[Any, ...], details: Mapping[str, Any]) -> str:
    if kind == "value_error":
        return str(details["ctx"]["error"])
    if kind == "too_short":
        return f"at least {details['ctx']['min_length']} are needed, there are {details['ctx']['actual_length']}"
    if kind == "string_pattern_mismatch":
        name = last if isinstance(last, str) else (where[-2] if len(where) > 1 else "")
        return f'"{details["input"]}": {_PATTERNS.get(str(name), "this should be an id: lower case letters, digits and dashes")}'
    if kind.startswith("date"):
        return f'"{details["input"]}" is not a date such as 2026-11-22'
    if kind.startswith("time"):
        return f'"{details["input"]}" is not a time such as "09:00"'
    return _KINDS.get(kind, str(details["msg"]))


def _noun(where: tuple[Any, ...]) -> str:
    inside = where[-2] if len(where) > 1 else ""
    if inside in ("aspecten", "extra"):
        return "aspect"
    return "question group" if inside == "voorbeeldvragen" else "key"


def _path(where: tuple[Any, ...]) -> str:
    names = [str(step) for step in where if isinstance(step, str)]
    shown = names[-2:] if len(names) > 1 and (names[-2] in ASPECTS or names[-2] in ("aspecten", "bron", "bronnen")) else names[-1:]
    return f"{'.'.join(shown)}: " if shown else ""


def _shape_at(shape: type[BaseModel], where: tuple[Any, ...]) -> type[BaseModel]:
    for step in where:
        if isinstance(step, str) and step in shape.model_fields:
            inner = _model_in(shape.model_fields[step].annotation)
            shape = inner or shape
    return shape


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _model_in(part)
        if found is not None:
            return found
    return None
