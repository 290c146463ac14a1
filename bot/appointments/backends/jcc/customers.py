"""Which customer fields JCC-Afspraken wants for an activity, and the customer of a booking."""

from __future__ import annotations

from collections.abc import Mapping

from bot.appointments.backends import contact
from bot.appointments.errors import AppointmentRefused
from bot.model.appointment import Customer

_VISIBLE, _HIDDEN, _REQUIRED = 0, 1, 2
_OPTIONAL = ("firstName", "emailAddress", "mainPhoneNumber")
"""Fields that we offer where JCC shows them; others only when they are required: no more is asked than needed."""
_EITHER = (
    ("areFirstNameOrInitialsRequired", "firstName", "initials"),
    ("isAnyPhoneNumberRequired", "mainPhoneNumber", "mobilePhoneNumber"),
)
"""A rule that wants one of two fields; we answer it with the first that is not hidden."""
_NO_ANSWER_NEEDED = frozenset({"gender"})
"""Compulsory in a booking, and sent as 0 (other): it is not asked."""


def asked(states: Mapping[str, object]) -> dict[str, bool]:
    """Which of JCC's fields to fill, and whether they must be filled. A field that is missing from the answer is visible.

    Raises AppointmentRefused when it insists on the BSN or on something else that we do not ask.
    """
    found = {name: False for name in _OPTIONAL if states.get(name, _VISIBLE) in (_VISIBLE, _REQUIRED)}
    for name, state in states.items():
        if state == _REQUIRED and not isinstance(state, bool) and name not in _NO_ANSWER_NEEDED:
            if name in contact.BSN:
                raise AppointmentRefused("the system insists on the BSN")
            found[name] = True
    for rule, first, second in _EITHER:
        if states.get(rule) is True:
            found[second if states.get(first) == _HIDDEN and states.get(second) != _HIDDEN else first] = True
    return found


def main_customer(customer: Customer, wanted: Mapping[str, bool]) -> dict[str, object]:
    """The customer as a booking holds them. Raises CustomerRefused when a required value is missing."""
    given = contact.values(customer, {"lastName": True, **wanted})
    body: dict[str, object] = {("phoneNumber" if name == "mainPhoneNumber" else name): value for name, value in given.items()}
    if "houseNumber" in body:
        body["houseNumber"] = int(given["houseNumber"])
    return {"gender": 0, **body, "id": None, "isMainCustomer": True}
