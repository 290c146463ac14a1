"""What people report, whether they want to do so now, what is dangerous, and what they rather skip."""

from __future__ import annotations

import pytest

from bot.text.outdoors import declines, is_hazard, read_part, report_words, stays_anonymous, wants_to_report


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("er ligt een losse stoeptegel voor de bakker", "Er ligt een losse stoeptegel voor de bakker"),
        ("Goedemiddag, ik wil een losse stoeptegel melden", "Een losse stoeptegel"),
        ("hoe meld ik een losse stoeptegel", "Een losse stoeptegel"),
        ("waar kan ik een kapotte lantaarn doorgeven?", "Een kapotte lantaarn"),
        ("er ligt een tegel los in de straat, waar kan ik dat melden?", "Er ligt een tegel los in de straat"),
        ("ik wil graag melden dat de lamp kapot is", "De lamp kapot is"),
        ("ik wil anoniem iets doorgeven over een vernielde speeltuin", "Een vernielde speeltuin"),
        ("ik wil een kapotte bank melden in de Dorpsstraat 10, mijn mail is a@b.nl", "Een kapotte bank in de Dorpsstraat 10"),
        ("gat in de weg, bel mij op 06 12345678", "Gat in de weg, bel mij"),
        ("de straat is kapot", "De straat is kapot"),
        ("graffiti", "Graffiti"),
        ("ik wil een melding doen", None),
        ("ik wil iets melden", None),
        ("melding openbare ruimte doen", None),
        ("kan ik hier iets melden", None),
        ("melding", None),
        ("melding over mijn straat", None),
        ("Hallo", None),
    ],
)
def test_what_is_reported_stands_without_what_is_around_it(said: str, words: str | None) -> None:
    assert report_words(said) == words


@pytest.mark.parametrize(
    ("said", "wants"),
    [
        ("ik wil een melding doen", True),
        ("wij willen graag een kapotte bank doorgeven", True),
        ("kan ik hier een kapotte bank melden", True),
        ("er ligt een tegel los in de straat, waar kan ik dat melden?", True),
        ("melding doen", True),
        ("hoe meld ik een losse stoeptegel", False),
        ("losse tegel, waar meld ik dat", False),
        ("wat kan ik allemaal melden", False),
        ("wat is er met mijn melding gedaan", False),
    ],
)
def test_the_wish_to_report_now(said: str, wants: bool) -> None:
    assert wants_to_report(said) is wants


@pytest.mark.parametrize(
    "said",
    [
        "nee",
        "nee hoor",
        "nee dank u wel",
        "overslaan",
        "geen foto",
        "ik heb er geen foto van",
        "liever anoniem",
        "hoeft niet",
        "heb ik niet",
        "no thanks",
    ],
)
def test_a_question_is_passed_over(said: str) -> None:
    assert declines(said)


@pytest.mark.parametrize("said", ["ja", "nee het is nummer 12", "jan@voorbeeld.nl", "de foto komt zo", "geen lamp brandt er"])
def test_a_question_is_not_passed_over(said: str) -> None:
    assert not declines(said)


@pytest.mark.parametrize(
    "said",
    [
        "losse stroomkabel",
        "er hangen draden uit de paal",
        "klepje open, je ziet de draadjes",
        "ik ruik gas bij de put",
        "gaslek in de straat",
        "er is een sinkhole",
        "de brug is ingestort",
        "er mist een putdeksel",
        "boom omgewaaid over de weg",
        "die tak dreigt naar beneden te komen",
        "levensgevaarlijke situatie",
        "vaten met een chemische lucht",
    ],
)
def test_danger_on_the_street(said: str) -> None:
    assert is_hazard(said)


@pytest.mark.parametrize(
    "said",
    [
        "losse stoeptegel",
        "lantaarn brandt niet",
        "gat in de weg",
        "put in de weg verstopt",
        "boom moet gesnoeid",
        "prikkeldraad om het veld",
    ],
)
def test_no_danger(said: str) -> None:
    assert not is_hazard(said)


def test_the_wish_to_stay_unknown() -> None:
    assert stays_anonymous("ik meld dit graag anoniem")
    assert not stays_anonymous("mijn naam is Jan")


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("de plek klopt niet", "where"),
        ("het huisnummer is fout", "where"),
        ("mijn e-mailadres klopt niet", "contact"),
        ("haal de foto weg", "picture"),
        ("de omschrijving is niet goed", "what"),
        ("nee", None),
    ],
)
def test_which_part_is_wrong(said: str, part: str | None) -> None:
    assert read_part(said) == part


def test_a_report_beside_something_else_is_what_follows_that() -> None:
    said = "ik moet mijn paspoort meenemen en wil ook melden dat er een lamp stuk is aan de voorweg 3 schoorl"
    assert report_words(said) == "Een lamp stuk is aan de voorweg 3 schoorl"
    assert report_words("er ligt een dode kat, moet ik melden dat hij er ligt") != "Hij er ligt"
