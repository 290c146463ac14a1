"""Reads telephone numbers as people type them, and writes them one way."""

from __future__ import annotations

import phonenumbers

_REGION = "NL"


def read_phone(text: str) -> str | None:
    """The one valid number in `text` as +31612345678, whatever stands around it; None when there is none.

    Service numbers such as 14 0251 and 0800 are no numbers to call a citizen back on.
    """
    for match in phonenumbers.PhoneNumberMatcher(text, _REGION):
        if phonenumbers.number_type(match.number) in _CALLABLE:
            return phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
    return None


def show_phone(number: str) -> str:
    """A number as people in the Netherlands write it: 06 12345678."""
    parsed = phonenumbers.parse(number, _REGION)
    dutch = parsed.country_code == 31
    style = phonenumbers.PhoneNumberFormat.NATIONAL if dutch else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, style)


_CALLABLE = {
    phonenumbers.PhoneNumberType.FIXED_LINE,
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    phonenumbers.PhoneNumberType.VOIP,
    phonenumbers.PhoneNumberType.PERSONAL_NUMBER,
}
