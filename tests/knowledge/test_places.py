"""Where somebody lives, out of a sentence."""

from __future__ import annotations

import pytest

from bot.knowledge.places import one_apart
from tests.knowledge.builders import KnowledgeFolder

PLACES = {
    "castricum": [
        {"naam": "Castricum", "ook": ["Kastrikum"], "postcodes": ["1901", "1902"]},
        {"naam": "Limmen", "postcodes": ["1906"]},
        {"naam": "De Woude"},
        {"naam": "Rinnegom", "postcodes": ["1935"]},
    ],
    "bergen": [
        {"naam": "Bergen", "ook": ["Bergen aan Zee", "Bergen NH"], "postcodes": ["1861"], "niet": ["bergen op zoom", "in de bergen"]},
        {"naam": "Egmond aan den Hoef"},
        {"naam": "Rinnegom", "postcodes": ["1935"]},
    ],
}


@pytest.mark.parametrize(
    ("text", "municipality"),
    [
        ("ik woon in Limmen", "castricum"),
        ("LIMMEN!!", "castricum"),
        ("egmond-aan-den-hoef", "bergen"),
        ("ik zit in Kástrikum bij de kerk", "castricum"),
        ("casticum", "castricum"),
        ("woon in castricumm", "castricum"),
        ("bergen aan zee", "bergen"),
        ("wij wonen in de woude", "castricum"),
        ("mijn adres is dorpsweg 3, 1906 AB", "castricum"),
        ("1901ab", "castricum"),
        ("1901", "castricum"),
        ("mijn postcode is 1861", "bergen"),
        ("1861 bergen", "bergen"),
        ("geboren in 1906 in bergen", "bergen"),
        ("mijn huis is van 1901", None),
        ("sinds 1906 in gebruik", None),
        ("ik verhuis van limmen naar bergen", None),
        ("1906 AB of 1861 AB", None),
        ("we wonen in rinnegom", None),
        ("1935 AA", None),
        ("rinnegom, gemeente bergen", "bergen"),
        ("ik kom uit bergen op zoom", None),
        ("op vakantie in de bergen", None),
        ("de bergen hier", "bergen"),
        ("amsterdam", None),
        ("bergden", None),
        ("", None),
        ("12345", None),
    ],
)
def test_a_sentence_points_at_one_municipality_or_none(folder: KnowledgeFolder, text: str, municipality: str | None) -> None:
    for name, places in PLACES.items():
        folder.municipality(name, plaatsen=places)
    assert folder.library().municipality_of(text) == municipality


def test_without_municipalities_nothing_is_found(folder: KnowledgeFolder) -> None:
    assert folder.library().municipality_of("ik woon in limmen") is None


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("heiloo", "heilo", True),
        ("heiloo", "hieloo", True),
        ("heiloo", "heilow", True),
        ("heiloo", "heiloo", False),
        ("heiloo", "heil", False),
        ("heiloo", "hielow", False),
        ("", "a", True),
    ],
)
def test_one_typing_error_is_near(one: str, other: str, near: bool) -> None:
    assert one_apart(one, other) is near
    assert one_apart(other, one) is near
