"""Finds citizen service numbers (BSN) in what a citizen wrote and masks them before anybody sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass

MASK = "*********"
"""What stands in the place of a number; nine stars, so that nothing of it can be counted back."""

_RUN = re.compile(r"(?<!\d)\d(?:[ \u00a0\u2009\u202f.\-/_]{0,2}\d)*")
_GROUP = re.compile(r"\d+")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_PHONE_STARTS = ("0", "31")
_PHONE_LENGTHS = {10, 11, 13}
"""Digits of a Dutch telephone number: 0612345678, 31612345678, 0031612345678."""


@dataclass(frozen=True)
class Masked:
    """A text without service numbers, and how many there were."""

    text: str
    count: int


def is_bsn(digits: str) -> bool:
    """Whether nine digits pass the elfproef: 9a+8b+7c+6d+5e+4f+3g+2h-i is a multiple of 11, and not all are zero.

    Source: the check that the Wet algemene bepalingen burgerservicenummer's handbook (RvIG, Logisch Ontwerp BSN) prescribes.
    """
    if len(digits) != 9 or not digits.isdigit() or not int(digits):
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11 == 0


def mask_bsn(text: str) -> Masked:
    """`text` with every service number replaced by MASK: nine digits, also with dots, dashes or spaces, that pass the elfproef.

    Telephone numbers stay, and so do longer numbers such as an IBAN. Where in doubt (nine loose digits that pass) it masks.
    """
    count = 0

    def replace(match: re.Match[str]) -> str:
        nonlocal count
        run = match.group()
        before = text[max(0, match.start() - 1) : match.start()]
        spans = _bsn_spans(run, after_plus=before == "+")
        for start, end in reversed(spans):
            run = run[:start] + MASK + run[end:]
        count += len(spans)
        return run

    return Masked(_RUN.sub(replace, text), count)


def _bsn_spans(run: str, after_plus: bool) -> list[tuple[int, int]]:
    """Where in a run of digits and separators a service number stands: whole groups that make nine digits together."""
    if after_plus or _is_phone("".join(_GROUP.findall(run))):
        return []
    groups = list(_GROUP.finditer(run))
    spans: list[tuple[int, int]] = []
    first = 0
    while first < len(groups):
        last = _last_group(groups, first)
        if last is None:
            first += 1
        else:
            spans.append((groups[first].start(), groups[last].end()))
            first = last + 1
    return spans


def _last_group(groups: list[re.Match[str]], first: int) -> int | None:
    digits = ""
    for last in range(first, len(groups)):
        digits += groups[last].group()
        if len(digits) >= 9:
            return last if is_bsn(digits) else None
    return None


def _is_phone(digits: str) -> bool:
    return digits.startswith(_PHONE_STARTS) and len(digits) in _PHONE_LENGTHS
