"""Telephone numbers as people type them."""

from __future__ import annotations

import pytest

from bot.text.phones import read_phone, show_phone


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0612345678", "+31612345678"),
        ("06-12345678", "+31612345678"),
        ("06 12 34 56 78", "+31612345678"),
        ("mijn nummer is 06-12 34 56 78 overdag", "+31612345678"),
        ("+31 6 12345678", "+31612345678"),
        ("0031612345678", "+31612345678"),
        ("072 888 00 00", "+31728880000"),
        ("(0251) 661 122", "+31251661122"),
        ("+49 30 901820", "+4930901820"),
    ],
)
def test_a_number_is_read(typed: str, number: str) -> None:
    assert read_phone(typed) == number


@pytest.mark.parametrize("typed", ["061234", "14 0251", "0800 0113", "112", "geen", "", "12345678901234567"])
def test_what_cannot_be_called_back_is_no_number(typed: str) -> None:
    assert read_phone(typed) is None


def test_a_number_is_shown_as_people_write_it() -> None:
    assert show_phone("+31612345678") == "06 12345678"
    assert show_phone("+4930901820") == "+49 30 901820"
