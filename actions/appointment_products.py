"""Hears for which products, and how many of each, an appointment is wanted."""

from __future__ import annotations

import re

from actions.reading import Reading
from bot.knowledge.library import Library
from bot.model.knowledge import Product
from bot.text.particulars import number_of

ABOUT_APPOINTMENTS = frozenset({"afspraak", "contact", "openingstijden", "status-aanvraag", "adres-gemeentehuis"})
"""Products that say how to reach us: nobody makes an appointment for them."""

MOST_ASKED = ("paspoort", "identiteitskaart", "rijbewijs-verlengen")
"""Choices under "waarvoor komt u"."""

_DOCUMENTS = {
    "reisdocument-kind": r"kinderpas\w*|kinder-?id\w*|"
    r"(?:paspoort|id-? ?kaart|identiteitskaart)\w* voor (?:mijn|m'n|de|onze|ons) (?:kind\w*|zoon\w*|dochter\w*|baby)",
    "identiteitskaart": r"id-? ?kaart\w*|identiteitskaart\w*|\bid\b|id-?bewij\w+",
    "paspoort": r"paspoort\w*",
    "rijbewijs-verlengen": r"rijbewi(?:js|zen)\w*",
}  # fmt: skip
"""What people ask several of at once, in the order in which it is looked for."""

_PATTERNS = {product: re.compile(rf"\b(?:{words})", re.IGNORECASE) for product, words in _DOCUMENTS.items()}
_BEFORE = re.compile(r"(?P<number>\S+)\s+(?:nieuwe\s+)?$")
_PEOPLE = re.compile(r"\bvoor (?P<who>[^,.]*?)(?:,|\.|$|\ben (?=een\b|\d|twee|drie|vier))", re.IGNORECASE)
_TWO = re.compile(r"\b(?:mij|mezelf|ik|mijzelf) en (?:mijn|m'n) (?:man|vrouw|partner|zoon|dochter|vriend|vriendin)\b", re.IGNORECASE)


def documents_in(text: str) -> dict[str, int]:
    """The documents that `text` names, each with how many: "paspoort voor mij en twee ID-kaarten" is one and two."""
    found: dict[str, tuple[int, int]] = {}
    rest = text
    for product, pattern in _PATTERNS.items():
        for match in pattern.finditer(rest):
            found[product] = (found.get(product, (match.start(), 0))[0], found.get(product, (0, 0))[1] + _amount(rest, match.start()))
        rest = pattern.sub(lambda match: "~" * len(match[0]), rest)
    ordered = sorted(found.items(), key=lambda item: item[1][0])
    return {product: amount for product, (_, amount) in ordered}


def _amount(text: str, start: int) -> int:
    before = _BEFORE.search(text[:start])
    said = number_of(before["number"]) if before else None
    if said is not None and not (before and re.fullmatch(r"\d{3,}", before["number"])):
        return max(1, said)
    people = _PEOPLE.search(text[start:])
    return 2 if people and _TWO.search(people["who"]) else 1


def products_in(library: Library, reading: Reading) -> dict[str, int]:
    """What the message wants an appointment for; empty when it names nothing that can be booked."""
    several = documents_in(reading.text) if not reading.chosen else {}
    named = _named(library, reading)
    if len(several) > 1 or (several and (named is None or named.id in _DOCUMENTS or not named.appointment)):
        return several
    if named is None:
        return {}
    return {named.id: next(iter(several.values()), 1)}


def _named(library: Library, reading: Reading) -> Product | None:
    product = library.product(reading.product) if reading.product else None
    return None if product is None or product.id in ABOUT_APPOINTMENTS else product


def product_before(library: Library, subject: str | None) -> Product | None:
    """What the conversation is about, when an appointment can be made for it; for who only says "ik wil een afspraak maken"."""
    product = library.product(subject) if subject else None
    return product if product and product.appointment and product.id not in ABOUT_APPOINTMENTS else None
