"""Codes that citizens keep, say on the telephone and type back: AF-7K4M2P."""

from __future__ import annotations

import re
import secrets

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Signs of a code: none that are mistaken for one another when read aloud or written down."""

_LENGTH = 6


def new_reference(kind: str) -> str:
    """A code nobody can guess; `kind` is the two letters in front: TB for a call-back, AF for an appointment.

    There is a digit in it, so that no word is one: "afspraak" is AF and six letters.
    """
    while True:
        code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
        if any(sign.isdigit() for sign in code):
            return f"{kind}-{code}"


def read_reference(kind: str, text: str) -> str | None:
    """The first code of this kind in a text, as it is stored, however it is written."""
    for match in re.finditer(rf"\b{kind}[\s-]?([{_LETTERS}]{{{_LENGTH}}})\b", text, re.IGNORECASE):
        if any(sign.isdigit() for sign in match[1]):
            return f"{kind}-{match[1].upper()}"
    return None


def looks_like_reference(kind: str, text: str) -> bool:
    """Whether a text holds what is meant as a code of this kind and is none, with a sign too few, too many or never used (AF-ABC123)."""
    if read_reference(kind, text):
        return False
    found = re.findall(rf"\b{kind}[\s-]?(\w{{3,9}})\b", text, re.IGNORECASE)
    return any(any(sign.isdigit() for sign in code) for code in found)
