"""What is meant when somebody says what they do not mean."""

from __future__ import annotations

import pytest

from bot.engine.nlu.corrections import after_no, instead, meant, wanted, without_declined
from bot.engine.nlu.meaning import Thresholds
from tests.engine.nlu.scores import scores


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("nee, ik bedoel mijn rijbewijs", "mijn rijbewijs"),
        ("sorry ik bedoelde een id-kaart", "een id-kaart"),
        ("het gaat om mijn dochter", "mijn dochter"),
        ("nee mijn rijbewijs", "mijn rijbewijs"),
        ("nee, dat was het", None),
        ("wat kost een paspoort", None),
    ],
)
def test_a_correction_is_known_by_its_words(text: str, thing: str | None) -> None:
    assert meant(text) == thing


def test_what_is_meant_takes_the_place_of_what_is_not() -> None:
    assert instead("ik wil geen paspoort maar een id-kaart") == ("paspoort", "ik wil een id-kaart")
    assert instead("niet annuleren, maar verzetten") == ("annuleren", "verzetten")
    assert instead("ik heb geen paspoort") is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("ik wil juist geen afspraak", ""),
        ("een afspraak is niet nodig", ""),
        ("ik wil geen afspraak maar weten wat het kost", "weten wat het kost"),
        ("ik wil geen medewerker spreken", ""),
        ("kan ik zonder afspraak langskomen?", None),
        ("ik heb geen afspraak, kan ik langskomen", None),
        ("ik kan geen afspraak maken", None),
        ("ik wil geen paspoort", None),
        ("ik hoef geen afspraak te maken toch?", None),
    ],
)
def test_what_is_declined_is_told_from_what_is_missing(text: str, rest: str | None) -> None:
    assert without_declined(text) == rest


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("nee, verlengen", "verlengen"),
        ("nee op mijn eigen grond", "op mijn eigen grond"),
        ("nee", None),
        ("ja graag", None),
        ("neem ik mee", None),
    ],
)
def test_what_comes_after_no_is_kept(text: str, rest: str | None) -> None:
    assert after_no(text) == rest


def test_no_to_what_was_spoken_of_leaves_the_rest_however_unclear() -> None:
    known = {"digid": scores("ask_how", 0.9, "product:digid", 0.9)}
    score = lambda text: known.get(text, scores("ask_how", 0.4, "none", 0.9))  # noqa: E731
    said = "nee niet digid, de site van de gemeente"
    assert wanted(said, score, Thresholds(), "digid") == "de site van de gemeente"
    assert wanted(said, score, Thresholds(), "paspoort") == said
