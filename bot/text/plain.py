"""Turns what a citizen typed into plain text that no machine behind it reads as a command."""

from __future__ import annotations

import unicodedata

_SLASHES = "/\uff0f\u2044\u2215\u29f8\\\uff3c"
"""A slash and everything that looks like one, back slashes included."""

_INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs"}
"""Unicode categories that show nothing: control, format (zero width), private use, surrogates, and every kind of space."""


def tidy(text: str) -> str:
    """`text` in Unicode form NFC, without control and format characters (line breaks stay) and without blank edges."""
    composed = unicodedata.normalize("NFC", text)
    kept = (sign for sign in composed if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cf", "Co", "Cs"})
    return "".join(kept).strip()


def neutralise(text: str) -> str:
    """`text` without the slashes, and the blanks around them, that it begins with: Rasa reads a leading "/" as a command."""
    start = 0
    while start < len(text) and (text[start] in _SLASHES or unicodedata.category(text[start]) in _INVISIBLE):
        start += 1
    return text[start:].rstrip()
