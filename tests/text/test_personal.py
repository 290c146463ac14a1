"""Service numbers are found however they are written, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.personal import MASK, is_bsn, mask_bsn

VALID = "123456782"


@pytest.mark.parametrize(
    "written",
    [
        VALID,
        "1234.56.782",
        "123.456.782",
        "123 456 782",
        "12 34 56 782",
        "123-456-782",
        "1 2 3 4 5 6 7 8 2",
        "123\u00a0456\u00a0782",
        "123/456/782",
        "123. 456. 782",
        "111222333",
    ],
)
def test_a_service_number_is_masked(written: str) -> None:
    masked = mask_bsn(f"mijn bsn is {written}, kunt u helpen")
    assert masked.text == f"mijn bsn is {MASK}, kunt u helpen"
    assert masked.count == 1


@pytest.mark.parametrize(
    "text",
    [
        "bel mij op 0612345678",
        "bel 06 12 34 56 78",
        "+31 6 12345678",
        "0031612345678",
        "+31123456782",
        "072 888 0000",
        "zaaknummer 123456789",
        "zaak 2024-0012345",
        "NL91 ABNA 0417 1643 00",
        "1901 AB 12",
        "op 12-12-2026 om 10.30 uur",
        "000000000",
        "ik heb 2 kinderen en 3 honden",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask_bsn(text).text == text


def test_every_number_in_a_text_is_masked() -> None:
    masked = mask_bsn(f"ik: {VALID} mijn man: 111222333")
    assert masked.count == 2
    assert VALID not in masked.text


@pytest.mark.parametrize("before", ["kind 1 ", "nr.2 ", "bsn:", "bsn="])
def test_a_loose_digit_before_it_does_not_hide_a_number(before: str) -> None:
    assert MASK in mask_bsn(before + VALID).text


def test_a_number_glued_to_words_is_masked() -> None:
    assert VALID not in mask_bsn(f"bsn{VALID}").text
    assert VALID not in mask_bsn(f"{VALID}bsn").text


@given(st.integers(min_value=10_000_000, max_value=99_999_999))
def test_whatever_passes_the_elfproef_is_masked(start: int) -> None:
    digits = f"{start:08d}"
    total = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), digits, strict=True))
    if total % 11 == 10:
        return
    number = digits + str(total % 11)
    assert is_bsn(number)
    assert number not in mask_bsn(f"nummer {number} graag").text


@given(st.text(max_size=300))
def test_masking_never_fails_and_is_stable(text: str) -> None:
    once = mask_bsn(text).text
    assert mask_bsn(once).text == once
