"""In which street something is, and what says nothing about where."""

from __future__ import annotations

import pytest

from bot.text.streets import is_no_place, only_where, read_street, with_number


@pytest.mark.parametrize(
    ("said", "street"),
    [
        ("Lantaarnpaal voor Dorpsstraat 10 in Castricum brandt niet", "Dorpsstraat 10"),
        ("gat in de weg op de Burgemeester Mooijstraat 4a", "Burgemeester Mooijstraat 4a"),
        ("aan de Kerkweg tegenover nummer 12", "Kerkweg tegenover nummer 12"),
        ("bij nummer 14 in de Dorpsstraat", "Dorpsstraat 14"),
        ("op de hoek van de Kerkweg en de Dorpsstraat ligt glas", "Kerkweg / Dorpsstraat"),
        ("van Speykkade 3", "Speykkade 3"),
        ("Van Speykkade 3", "Van Speykkade 3"),
        ("het hek bij Hofland 12 ligt om", "Hofland 12"),
        ("lantaarnpaal 4512 is uit", "Lantaarnpaal 4512"),
        ("ter hoogte van 1901 EK 10", "1901 EK 10"),
        ("in de dorpsstraat op 3 maart al gezien", "Dorpsstraat"),
        ("de Raadhuisstraat 3 oktober al gemeld", "Raadhuisstraat"),
    ],
)
def test_a_street_is_read(said: str, street: str) -> None:
    assert read_street(said) == street


@pytest.mark.parametrize(
    "said",
    [
        "er zit een gat in de weg",
        "losse tegel bij ons in de straat",
        "er ligt glas op het fietspad",
        "kuil in de hoofdweg naar de snelweg",
        "bankje in het park kapot",
        "glijbaan in de speeltuin gebroken",
        "sinds 9 oktober brandt de lamp niet",
        "er ligt vuilnis op het schoolplein",
    ],
)
def test_a_kind_of_street_names_none(said: str) -> None:
    assert read_street(said) is None


@pytest.mark.parametrize(
    ("place", "said", "found"),
    [
        ("Dorpsstraat 10, Limmen", "nee het is nummer 12", "Dorpsstraat 12, Limmen"),
        ("Dorpsstraat", "huisnummer 12a", "Dorpsstraat 12a"),
        ("Dorpsstraat 10", "nee de hoek", None),
    ],
)
def test_a_number_is_corrected(place: str, said: str, found: str | None) -> None:
    assert with_number(place, said) == found


@pytest.mark.parametrize("said", ["hier", "voor mijn deur", "bij ons in de straat", "geen idee", "dat weet ik niet precies", "op straat"])
def test_nobody_can_find_that(said: str) -> None:
    assert is_no_place(said)


@pytest.mark.parametrize(
    "said", ["voor de bakker", "bij de kerk", "Dorpsstraat 10", "het park achter de school", "bij mij op de Kerkweg 3"]
)
def test_that_can_be_found(said: str) -> None:
    assert not is_no_place(said)


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ("die staat bij de Meldijk", "Bij de Meldijk"),
        ("in de kerkstraat bij nr 8 in egmond aan zee", "In de kerkstraat bij nr 8 in egmond aan zee"),
        ("Dorpsstraat 14", "Dorpsstraat 14"),
        ("op de hoek ligt een matras", ""),
        ("bij mij is de lamp kapot", ""),
        ("voor mijn deur", ""),
        ("bij wie kan ik klagen?", ""),
    ],
)
def test_a_message_that_says_only_where_is_told_from_one_that_says_what(said: str, where: str) -> None:
    assert only_where(said) == where
