"""Amounts, days and times as Dutch readers expect them."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from bot.text.wording import clock_time, day_and_year, day_name, euro, sentence_start


@pytest.mark.parametrize(
    ("amount", "text"),
    [("0", "€ 0,00"), ("12.5", "€ 12,50"), ("999.99", "€ 999,99"), ("1250", "€ 1.250,00"), ("1234567.8", "€ 1.234.567,80")],
)
def test_an_amount_has_a_comma_and_two_decimals(amount: str, text: str) -> None:
    assert euro(Decimal(amount)) == text


def test_a_day_has_its_name_and_month() -> None:
    assert day_name(date(2026, 3, 3)) == "dinsdag 3 maart"
    assert day_and_year(date(2026, 12, 24)) == "24 december 2026"


def test_a_time_has_a_full_stop() -> None:
    assert (clock_time(time(9)), clock_time(time(16, 5))) == ("9.00", "16.05")


def test_a_sentence_starts_with_a_capital() -> None:
    assert (sentence_start("de gemeente"), sentence_start("")) == ("De gemeente", "")
