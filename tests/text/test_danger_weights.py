"""A message is weighed as a whole, whatever its length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.danger_pattern import Words
from bot.text.danger_weights import Weights, features

LABELS = ("onschuldig", "brand", "medisch")
WEIGHTS = Weights(LABELS, (1.0, 0.0, 0.0), {"w vuur": (0.0, 5.0, 0.0), "s @mens valt": (0.0, 0.0, 9.0)}, 0.0, -3.0, {"oma": "@mens"})


def judged(text: str) -> tuple[float, str]:
    return WEIGHTS.judge(Words(tuple(text.split()), frozenset()))


def test_a_word_that_speaks_for_a_kind_raises_its_score() -> None:
    assert judged("vuur")[1] == "brand"
    assert judged("vuur")[0] > judged("paspoort")[0]


def test_a_sort_of_words_counts_as_its_words_do() -> None:
    assert judged("oma valt") == (pytest.approx(judged("oma valt")[0]), "medisch")
    assert judged("oma valt")[0] > judged("boom valt")[0]


def test_a_long_text_is_weighed_piece_by_piece() -> None:
    rest = "a " * 200
    assert judged(f"{rest} vuur {rest}")[0] == pytest.approx(judged("a " * 19 + "vuur" + " a" * 20)[0], abs=0.2)


def test_no_words_are_no_danger() -> None:
    assert judged("")[0] < 0


@given(st.lists(st.text(max_size=40), max_size=120))
def test_no_words_make_it_fail(words: list[str]) -> None:
    score, kind = WEIGHTS.judge(Words(tuple(words), frozenset()))
    assert isinstance(score, float)
    assert kind in LABELS[1:]


def test_each_family_holds_what_its_name_says() -> None:
    words, sorts, letters = features(["oma", "valt"], {"oma": "@mens"})
    assert words == {"w oma", "w valt", "w ^ oma", "w oma valt", "w valt $"}
    assert "s @mens valt" in sorts
    assert {"_om", "_oma_", "valt_"} <= letters
