"""Addresses and initials as appointment systems want them."""

from __future__ import annotations

import pytest

from bot.appointments.backends.contact import value_of, values
from bot.appointments.errors import CustomerRefused
from bot.model.appointment import Customer

PARTS = ("streetName", "houseNumber", "houseNumberSuffix", "postalCode", "city")

ADDRESSES = [
    ("Dorpsstraat 12, 1901 AB Castricum", ["Dorpsstraat", "12", "", "1901 AB", "Castricum"]),
    ("dorpsstraat 12 1901ab castricum", ["dorpsstraat", "12", "", "1901ab", "castricum"]),
    ("Laan van Albert's Hoeve 101-2, 1902 RX, Castricum", ["Laan van Albert's Hoeve", "101", "2", "1902 RX", "Castricum"]),
    ("1e Groenelaan 7bis 1901 TA Castricum", ["1e Groenelaan", "7", "bis", "1901 TA", "Castricum"]),
    ("Heereweg 150 A 1871 EP", ["Heereweg", "150", "A", "1871 EP", ""]),
]


@pytest.mark.parametrize(("address", "parts"), ADDRESSES)
def test_an_address_falls_into_its_parts(address: str, parts: list[str]) -> None:
    customer = Customer("de Vries", extra={"address": address})
    assert [value_of(name, customer) for name in PARTS] == parts


@pytest.mark.parametrize(("name", "initials"), [("Anna Maria", "A.M."), ("j.p.", "J.P."), ("", ""), ("  Piet ", "P.")])
def test_initials_come_from_the_first_names(name: str, initials: str) -> None:
    assert value_of("initials", Customer("de Vries", name)) == initials


def test_a_required_value_that_is_missing_names_our_field() -> None:
    with pytest.raises(CustomerRefused, match="birth_date"):
        values(Customer("de Vries"), {"birthDate": True})
