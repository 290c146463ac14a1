"""Every language is recognised, and Dutch stays Dutch whatever foreign words are in it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

pytest.importorskip("lingua")

from bot.engine.nlu.language import DUTCH, LANGUAGES, language_of, make_detector

TESTS = Path(__file__).parents[2]
MESSAGES: dict[str, list[str]] = yaml.safe_load((TESTS / "languages" / "messages.yml").read_text("utf-8"))
DETECTOR = make_detector()
LEAST = {"en": 0.95, "de": 0.95, "uk": 1.0, "ar": 1.0, "fr": 0.9, "pl": 0.8, "tr": 0.75, "es": 0.75}
"""Share of messages that is recognised; the rest stays Dutch, and is asked once and then offered a person."""


def test_dutch_and_names_stay_dutch() -> None:
    assert [text for text in MESSAGES[DUTCH] if language_of(text, DETECTOR) != DUTCH] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_is_recognised(code: str) -> None:
    found = [language_of(text, DETECTOR) for text in MESSAGES[code]]
    assert found.count(code) >= LEAST[code] * len(found)
    assert all(other in (code, DUTCH) for other in found)


def test_held_out_questions_of_citizens_stay_dutch() -> None:
    asked = [
        item["text"]
        for path in (TESTS / "nlu").glob("*.yml")
        if path.stem != "out_of_scope"
        for item in yaml.safe_load(path.read_text("utf-8"))
        if "text" in item
    ]
    assert len(asked) > 2_500
    assert [text for text in asked if language_of(text, DETECTOR) != DUTCH] == []


@pytest.mark.parametrize("text", ["", "  ", "?!", "123", "😀😀", "\u0301", "a" * 5_000, "ا" * 5])
def test_what_is_no_sentence_is_dutch(text: str) -> None:
    assert language_of(text, DETECTOR) == DUTCH


def test_it_takes_less_than_two_milliseconds() -> None:
    texts = [text for listed in MESSAGES.values() for text in listed]
    started = time.process_time()
    for text in texts:
        language_of(text, DETECTOR)
    assert (time.process_time() - started) / len(texts) < 0.002
