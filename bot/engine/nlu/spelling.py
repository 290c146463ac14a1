"""Makes a citizen's sentence ready for the models: one spelling for what means the same."""

from __future__ import annotations

import re
import unicodedata

MAX_WORDS = 200
"""Longer texts are cut: the length of a message must not decide what it costs."""

_STRETCHED = re.compile(r"(\w)\1{2,}")
_NUMBER = re.compile(r"\d[\d.,:/-]*\d|\d")
_NOT_WORD = re.compile(r"[^\w\s'?€+-]")
_BLANK = re.compile(r"\s+")


def normalise(text: str) -> str:
    """Lower case, no accents, no stretched letters, long numbers as 0, at most MAX_WORDS words."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = _STRETCHED.sub(r"\1\1", plain)
    plain = _NUMBER.sub(_number, plain)
    plain = _NOT_WORD.sub(" ", plain)
    return " ".join(_BLANK.split(plain.strip())[:MAX_WORDS])


def _number(match: re.Match[str]) -> str:
    """Ages, amounts and 112 or 113 matter (up to three digits); a longer number only says that there is one."""
    digits = match.group()
    return digits if len(digits) <= 3 and digits.isdigit() else "0"
