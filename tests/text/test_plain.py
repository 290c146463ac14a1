"""Commands are read as plain text, whatever they hide behind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.plain import neutralise, tidy


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("/restart", "restart"),
        ("  /restart", "restart"),
        ("//restart", "restart"),
        ("/ /restart", "restart"),
        ("\uff0frestart", "restart"),
        ("\u200b/restart", "restart"),
        ("\ufeff\u2060/restart", "restart"),
        ("\u00a0/session_start", "session_start"),
        ("\u2044restart", "restart"),
        ("\\restart", "restart"),
        ('/ask_costs{"product": "paspoort"}', 'ask_costs{"product": "paspoort"}'),
        ("wat kost 1/2 uur", "wat kost 1/2 uur"),
        ("paspoort / id-kaart", "paspoort / id-kaart"),
        ("/", ""),
    ],
)
def test_a_leading_slash_is_taken_away(typed: str, read: str) -> None:
    assert neutralise(typed) == read


@given(st.text(max_size=200))
def test_nothing_that_is_left_begins_with_a_slash_or_a_blank(text: str) -> None:
    left = neutralise(text)
    assert not left.startswith(("/", "\uff0f", " ", "\u200b"))


def test_invisible_signs_go_and_line_breaks_stay() -> None:
    assert tidy("  a\u200bb\u0000\nc\u202e  ") == "ab\nc"
