"""What appointment systems ask of a citizen: their names of the fields, ours, and the value of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from bot.appointments.errors import AppointmentRefused, CustomerRefused
from bot.model.appointment import Customer, CustomerField

BSN = frozenset({"socialSecurityNumber", "identificationNumber", "bsn"})
"""Fields for the citizen service number: never asked, never sent."""

OURS: Mapping[str, str] = {
    "lastName": "last_name",
    "firstName": "first_name",
    "initials": "first_name",
    "email": "email",
    "emailAddress": "email",
    "phone": "phone",
    "phoneNumber": "phone",
    "mainPhoneNumber": "phone",
    "mobilePhoneNumber": "phone",
    "birthDate": "birth_date",
    "dateOfBirth": "birth_date",
    "streetName": "address",
    "houseNumber": "address",
    "houseNumberSuffix": "address",
    "postalCode": "address",
    "city": "address",
}
"""Their field (of JCC, Qmatic, or a component of Open Forms) and the field of CustomerField that answers it."""

_ADDRESS = re.compile(
    r"^\s*(?P<streetName>.*?\D)\s+(?P<houseNumber>\d{1,5})\s*-?\s*(?P<houseNumberSuffix>[a-z0-9]{0,6})"
    r"\s*,?\s*(?P<postalCode>[1-9]\d{3}\s?[a-z]{2})\s*,?\s*(?P<city>\D*)$",
    re.IGNORECASE,
)


def fields(asked: Mapping[str, bool]) -> tuple[CustomerField, ...]:
    """Our fields for theirs (name → required). Raises AppointmentRefused for a required one that we never ask, as a BSN."""
    found: dict[str, bool] = {"last_name": True}
    for name, required in asked.items():
        ours = OURS.get(name)
        if ours is not None:
            found[ours] = found.get(ours, False) or required
        elif required:
            raise AppointmentRefused(f"the system insists on {name}")
    return tuple(CustomerField(name, required) for name, required in found.items())


def values(customer: Customer, asked: Mapping[str, bool]) -> dict[str, str]:
    """What goes into their fields (name → required), without the empty ones. Raises CustomerRefused for a required one without a value."""
    given: dict[str, str] = {}
    for name, required in asked.items():
        if name not in OURS:
            continue
        value = value_of(name, customer)
        if value:
            given[name] = value
        elif required and name != "houseNumberSuffix":
            raise CustomerRefused(OURS[name])
    return given


def complete(customer: Customer, wanted: Iterable[CustomerField]) -> None:
    """Raise CustomerRefused when something required is missing."""
    for item in wanted:
        if item.required and not _ours(item.name, customer):
            raise CustomerRefused(item.name)


def value_of(name: str, customer: Customer) -> str:
    """The value of one of their fields; empty when we do not have it."""
    make = _MADE.get(name)
    return make(customer) if make else _ours(OURS[name], customer)


def _ours(name: str, customer: Customer) -> str:
    own = {"last_name": customer.last_name, "first_name": customer.first_name, "email": customer.email, "phone": customer.phone}
    return (own[name] if name in own else customer.extra.get(name, "")).strip()


def _initials(customer: Customer) -> str:
    return "".join(f"{word[0].upper()}." for word in re.split(r"[\s.]+", customer.first_name) if word)


def _part(name: str) -> Callable[[Customer], str]:
    def part(customer: Customer) -> str:
        address = _ours("address", customer)
        found = _ADDRESS.match(address)
        if address and not found:
            raise CustomerRefused("address")
        return found[name].strip() if found else ""

    return part


_MADE: Mapping[str, Callable[[Customer], str]] = {
    "initials": _initials,
    **{name: _part(name) for name, ours in OURS.items() if ours == "address"},
}
