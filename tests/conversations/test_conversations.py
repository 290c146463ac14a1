"""Plays every conversation of this folder through the running house."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.house.running import Citizen, RunningHouse

FOLDER = Path(__file__).resolve().parent
META = ("product", "aspect", "route", "organisation", "reason")

pytestmark = pytest.mark.model


def conversations() -> Iterator[Any]:
    for path in sorted(FOLDER.rglob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8")):
            known = path.is_relative_to(FOLDER / "known")
            marks = [pytest.mark.xfail(strict=False, reason=item["wrong"])] if known else []
            yield pytest.param(item, id=f"{path.relative_to(FOLDER).with_suffix('')}: {item['conversation']}", marks=marks)


@pytest.mark.parametrize("script", list(conversations()))
def test_the_conversation_goes_as_written(house: RunningHouse, script: dict[str, Any]) -> None:
    municipality = script.get("municipality", "castricum")
    citizen = Citizen(house.url, municipality)
    citizen.answers()
    kept: dict[str, str] = {}
    for number, turn in enumerate(script["turns"], 1):
        if turn.get("anew"):
            citizen = Citizen(house.url, municipality)
            citizen.answers()
        said = citizen.ask(filled(turn["citizen"], kept))
        problems = list(differences(said, filled(turn.get("bot") or {}, kept)))
        kept |= remembered(said, turn.get("keep") or {})
        shown = "\n".join(
            f"  {message['text']}  {message['meta']} {[choice['title'] for choice in message['choices']]}" for message in said
        )
        assert problems == [], f"turn {number}: {turn['citizen']}\n{shown}"


def remembered(said: list[dict[str, Any]], wanted: dict[str, str]) -> dict[str, str]:
    """What the patterns of `keep` find in what was said, by the name a later line uses in braces."""
    text = "\n".join(message["text"] for message in said)
    found = {name: re.search(pattern, text) for name, pattern in wanted.items()}
    assert all(found.values()), f"nothing to keep for {[name for name, match in found.items() if not match]} in:\n{text}"
    return {name: match[1 if match.re.groups else 0] for name, match in found.items() if match}


def filled(value: Any, kept: dict[str, str]) -> Any:
    """`value` with what was kept in the place of its name in braces."""
    if isinstance(value, str):
        return re.sub(r"\{(\w+)\}", lambda name: kept.get(name[1], name[0]), value)
    if isinstance(value, dict):
        return {key: filled(item, kept) for key, item in value.items()}
    return [filled(item, kept) for item in value] if isinstance(value, list) else value


def differences(said: list[dict[str, Any]], expected: dict[str, Any]) -> Iterator[str]:
    """What is not as the script wants it, in words."""
    text = "\n".join(message["text"] for message in said).lower()
    meta: dict[str, Any] = {}
    for message in said:
        meta.update(message["meta"])
    for key in META:
        if key in expected:
            wanted = expected[key] if isinstance(expected[key], list) else [expected[key]]
            if meta.get(key) not in wanted:
                yield f"{key} is {meta.get(key)}, not {expected[key]}"
    told = [[message["meta"].get("product"), message["meta"].get("aspect")] for message in said if message["meta"].get("product")]
    if expected.get("answers", told) != told:
        yield f"answers {told}, not {expected['answers']}"
    yield from (f'does not say "{part}"' for part in _list(expected.get("says")) if part.lower() not in text)
    yield from (f'says "{part}"' for part in _list(expected.get("never")) if part.lower() in text)
    patterns = _list(expected.get("matches"))
    yield from (f'has nothing like "{pattern}"' for pattern in patterns if not re.search(pattern, text, re.IGNORECASE))
    titles = {choice["title"] for message in said for choice in message["choices"]}
    yield from (f'offers no "{title}"' for title in _list(expected.get("choices")) if title not in titles)
    unknown = set(expected) - {*META, "says", "never", "matches", "choices", "answers"}
    yield from (f'"{key}" is nothing that a script can expect' for key in unknown)


def _list(value: Any) -> list[str]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def test_every_conversation_has_a_name_of_its_own() -> None:
    names = [item.id for item in conversations()]
    assert len(names) == len(set(names))
    assert sum(len(item.values[0]["turns"]) for item in conversations()) >= 120
