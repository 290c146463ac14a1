"""A second fact is the surname or the e-mail address, as people write those."""

from __future__ import annotations

import pytest

from bot.appointments.identity import fits
from bot.model.appointment import Customer

SANE = Customer("de Vries", email="An.de.Vries@example.nl")


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ("de Vries", "de vries"),
        ("de Vries", "Vries"),
        ("Vries", "mevrouw de Vries"),
        ("A. de Vries", "De Vries"),
        ("van der Meer", "v.d. Meer"),
        ("van 't Hof", "van ’t Hof"),
        ("Çelik", "celik"),
        ("Müller", "MULLER"),
        ("IJzerman", "Yzerman"),
        ("Jansen-de Boer", "Jansen"),
        ("Jansen-de Boer", "de Boer"),
        ("Jansen - de Boer", "Jansen de Boer"),
        ("El Idrissi", "idrissi"),
        ("De", "de"),
    ],
)
def test_the_same_surname_is_recognised(stored: str, told: str) -> None:
    assert fits(Customer(stored), told)


@pytest.mark.parametrize(
    ("stored", "told"),
    [("de Vries", "de"), ("de Vries", "Jansen"), ("de Vries", ""), ("de Vries", "…"), ("", "de Vries"), ("", ""), ("Vriesman", "Vries")],
)
def test_another_name_or_none_is_not(stored: str, told: str) -> None:
    assert not fits(Customer(stored), told)


@pytest.mark.parametrize("told", ["an.de.vries@example.nl", "mijn adres is AN.DE.VRIES@EXAMPLE.NL."])
def test_the_address_is_recognised(told: str) -> None:
    assert fits(SANE, told)


@pytest.mark.parametrize("told", ["vries@example.nl", "an.de.vries@example.com"])
def test_another_address_is_not(told: str) -> None:
    assert not fits(SANE, told)


def test_who_left_no_address_is_not_found_by_one() -> None:
    assert not fits(Customer("de Vries"), "an@example.nl")
