"""The comparison with other models: the same sentences for all, and numbers that mean what they say."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from bench.compare import SETS, answerable, held_out, table, training
from bench.plots import main as draw
from bot.knowledge.sentences import key_of

ROW = {
    "name": "Wegwijs (calibrated linear SVM)",
    "ours": True,
    "first": 0.8,
    "interval": [0.78, 0.82],
    "three": 0.9,
    "calibration_error": 0.03,
    "answerable": 0.5,
    "training_seconds": 20.0,
    "training_cpu_seconds": 18.0,
    "parse_ms": 2.5,
    "parse_p95_ms": 4.0,
    "peak_mib": 400,
}
FOUND = {
    "seed": 1,
    "tested_on": 10,
    "machine": "2 cores",
    "sets": [{"name": "subset", "sentences": 3200, "models": [ROW, {**ROW, "name": "other", "ours": False, "first": 0.6}]}],
}


def test_the_subset_has_as_many_sentences_of_every_product_and_is_the_same_every_time() -> None:
    texts, labels = training(SETS["subset"])
    assert set(Counter(labels).values()) == {SETS["subset"]}
    assert training(SETS["subset"]) == (texts, labels)
    assert set(texts) <= set(training(None)[0])


def test_no_held_out_question_is_trained_on() -> None:
    asked = {key_of(text) for text, _ in held_out()}
    assert len(asked) > 1_000
    assert not asked & {key_of(text) for text in training(None)[0]}


@pytest.mark.parametrize(
    ("right", "share"),
    [([True] * 20, 1.0), ([True] * 19 + [False], 1.0), ([False, *([True] * 9)], 0.0), ([True] * 10 + [False] * 10, 0.5)],
)
def test_answerable_is_how_far_one_can_go_with_one_in_twenty_wrong(right: list[bool], share: float) -> None:
    sure = [1 - place / 100 for place in range(len(right))]
    assert answerable(sure, right) == share


def test_the_table_says_which_model_was_given_up() -> None:
    part = {"name": "few", "sentences": 800, "models": [ROW], "given_up": ["Rasa stock pipeline"]}
    assert "Not ready after 90 minutes, on a machine with other work: Rasa stock pipeline." in table({**FOUND, "sets": [part]})


def test_the_table_names_every_model_with_its_numbers() -> None:
    assert "| Wegwijs (calibrated linear SVM) | 80.0 % (78-82) | 90.0 % | 0.030 | 50 % | 18 s | 2.5 ms (4.0) | 400 MiB |" in table(FOUND)


def test_the_comparison_is_drawn(tmp_path: Path) -> None:
    (tmp_path / "comparison.json").write_text(json.dumps(FOUND))
    assert draw(tmp_path) == 0
    assert (tmp_path / "comparison.png").read_bytes().startswith(b"\x89PNG")
