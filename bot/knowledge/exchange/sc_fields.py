"""The elements of Samenwerkende Catalogi 4.0 as its XSD has them, and what is wrong with a file that should follow it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PRODUCT = "{http://standaarden.overheid.nl/product/terms/}"
DCTERMS = "{http://purl.org/dc/terms/}"
OVERHEID = "{http://standaarden.overheid.nl/owms/terms/}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
LOCATION = "http://standaarden.overheid.nl/product/terms/ http://standaarden.overheid.nl/sc/4.0/xsd/sc.xsd"

PREFIXES = {"overheidproduct": PRODUCT, "dcterms": DCTERMS, "overheid": OVERHEID, "xsi": XSI}

ONLINE = ("ja", "digid", "nee")
AUDIENCES = {"inwoner": "particulier", "ondernemer": "ondernemer"}

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2})?")
_URI = re.compile(r"https?://[^\s]+")
_ANYTHING = re.compile(r"(?s).*")
_TEXT = re.compile(r"(?s).*\S.*")
_LANGUAGE = re.compile(r"nl|fy|en")


@dataclass(frozen=True)
class Part:
    """One element at its place in a sequence: how often it stands there, what its text must look like, which attributes it has."""

    tag: str
    least: int = 1
    most: int | None = 1
    text: re.Pattern[str] = _ANYTHING
    attributes: Mapping[str, re.Pattern[str]] = field(default_factory=dict)


def _scheme(*names: str) -> dict[str, re.Pattern[str]]:
    return {"scheme": re.compile("|".join(f"overheid:{name}" for name in names))}


_UPL = _scheme("UniformeProductnaam") | {"resourceIdentifier": _URI}
_PLACE = _scheme("Gemeente", "Provincie", "Waterschap") | {"resourceIdentifier": _URI}
_LINK = {"resourceIdentifier": _URI}

SEQUENCES: Mapping[str, tuple[Part, ...]] = {
    f"{PRODUCT}scproducten": (Part(f"{PRODUCT}scproduct", most=None, attributes={"owms-version": re.compile(r"4\.0")}),),
    f"{PRODUCT}scproduct": (Part(f"{PRODUCT}meta"), Part(f"{PRODUCT}body")),
    f"{PRODUCT}meta": (Part(f"{PRODUCT}owmskern"), Part(f"{PRODUCT}owmsmantel", least=0), Part(f"{PRODUCT}scmeta", least=0)),
    f"{PRODUCT}owmskern": (
        Part(f"{DCTERMS}identifier", text=_URI),
        Part(f"{DCTERMS}title", text=_TEXT),
        Part(f"{DCTERMS}language", text=_LANGUAGE),
        Part(f"{DCTERMS}type", text=re.compile("productbeschrijving"), attributes=_scheme("Informatietype")),
        Part(f"{DCTERMS}modified", text=_DATE),
        Part(f"{DCTERMS}spatial", text=_TEXT, attributes=_PLACE),
        Part(f"{OVERHEID}authority", text=_TEXT, attributes=_PLACE),
    ),
    f"{PRODUCT}owmsmantel": (
        Part(f"{DCTERMS}audience", most=2, text=re.compile("|".join(AUDIENCES.values())), attributes=_scheme("Doelgroep")),
        Part(f"{DCTERMS}subject", least=0, most=None, text=_TEXT),
        Part(f"{DCTERMS}abstract", text=_TEXT),
    ),
    f"{PRODUCT}scmeta": (
        Part(f"{PRODUCT}productID"),
        Part(f"{PRODUCT}onlineAanvragen", text=re.compile("|".join(ONLINE))),
        Part(f"{PRODUCT}aanvraagURL", least=0, attributes=_LINK),
        Part(f"{PRODUCT}eenmaligAanmelden", least=0, text=re.compile("ja|nee|digi-d")),
        Part(f"{PRODUCT}contactpunt", least=0, attributes=_LINK),
        Part(f"{PRODUCT}uniformeProductnaam", least=0, most=None, text=_TEXT, attributes=_UPL),
        Part(f"{PRODUCT}gerelateerdProduct", least=0, most=None, text=_TEXT, attributes=_UPL),
    ),
    f"{PRODUCT}body": (Part(f"{PRODUCT}productHTML", least=0),),
}
"""What stands in what, in which order; an element that is not here has no elements in it."""


def faults_in(element: Element) -> Iterator[str]:
    """Every rule that `element`, and what stands in it, breaks."""
    left = list(element)
    for part in SEQUENCES.get(element.tag, ()):
        found = 0
        while left and left[0].tag == part.tag and (part.most is None or found < part.most):
            yield from _faults_of(left.pop(0), part)
            found += 1
        if found < part.least:
            yield f"{_name(element.tag)}: {_name(part.tag)} is missing"
    yield from (f"{_name(element.tag)}: {_name(child.tag)} does not belong here" for child in left)


def _faults_of(element: Element, part: Part) -> Iterator[str]:
    text = (element.text or "").strip()
    if not part.text.fullmatch(text):
        yield f"{_name(part.tag)}: {text!r} is not allowed"
    for name, pattern in part.attributes.items():
        if not pattern.fullmatch(element.get(name, "")):
            yield f"{_name(part.tag)}: attribute {name} is {element.get(name)!r}"
    yield from faults_in(element)


def _name(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]
