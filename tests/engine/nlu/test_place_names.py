"""Names of places are looked past, unless the message is about the place."""

from __future__ import annotations

import pytest

from bot.engine.nlu.place_names import PlaceNames

PLACES = PlaceNames(["Uitgeest", "Egmond", "Egmond aan Zee"])


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("wat kost een paspoort in uitgeest", "wat kost een paspoort"),
        ("wat kost een paspoort in Egmond aan Zee?", "wat kost een paspoort?"),
        ("ik wil trouwen bij de gemeente Uitgeest", "ik wil trouwen"),
        ("afvalkalender van Uitgeest", "afvalkalender van Uitgeest"),
        ("ik woon sinds kort in Uitgeest", "ik woon sinds kort in Uitgeest"),
        ("mag ik over de Uitgeest-dijk fietsen", "mag ik over de Uitgeest-dijk fietsen"),
    ],
)
def test_a_place_after_a_preposition_goes_when_enough_is_left(text: str, rest: str) -> None:
    assert PLACES.without(text) == rest


def test_without_names_nothing_goes() -> None:
    assert PlaceNames([]).without("wat kost een paspoort in uitgeest") == "wat kost een paspoort in uitgeest"
