"""Plays every conversation of this folder through the running house."""

from __future__ import annotations

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
    citizen = Citizen(house.url, script.get("municipality", "castricum"))
    citizen.answers()
    for number, turn in enumerate(script["turns"], 1):
        said = citizen.ask(turn["citizen"])
        problems = list(differences(said, turn.get("bot") or {}))
        shown = "\n".join(
            f"  {message['text']}  {message['meta']} {[choice['title'] for choice in message['choices']]}" for message in said
        )
        assert problems == [], f"turn {number}: {turn['citizen']}\n{shown}"


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
    titles = {choice["title"] for message in said for choice in message["choices"]}
    yield from (f'offers no "{title}"' for title in _list(expected.get("choices")) if title not in titles)
    unknown = set(expected) - {*META, "says", "never", "choices", "answers"}
    yield from (f'"{key}" is nothing that a script can expect' for key in unknown)


def _list(value: Any) -> list[str]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def test_every_conversation_has_a_name_of_its_own() -> None:
    names = [item.id for item in conversations()]
    assert len(names) == len(set(names))
    assert sum(len(item.values[0]["turns"]) for item in conversations()) >= 120
