"""What people say about themselves: names with their prefixes, how many come, and a yes that is nothing but a yes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.particulars import number_of, read_amount, read_email, read_name, read_postcode, read_yes_no


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("Jan de Vries", "Jan", "de Vries"),
        ("jan de vries", "Jan", "de Vries"),
        ("mevrouw Bakker", "", "Bakker"),
        ("mijn naam is Piet van den Berg", "Piet", "van den Berg"),
        ("A. Jansen", "A.", "Jansen"),
        ("J.P. Balkenende", "J.P.", "Balkenende"),
        ("de vries", "", "de Vries"),
        ("Fatima el Amrani", "Fatima", "el Amrani"),
        ("Fatima El Amrani", "Fatima", "El Amrani"),
        ("dhr. van 't Hof", "", "van 't Hof"),
        ("ik heet karel", "", "Karel"),
        ("met Anna Smit", "Anna", "Smit"),
        ("Anne-Marie Jansen-de Boer", "Anne-Marie", "Jansen-de Boer"),
        ("Zoë Müller", "Zoë", "Müller"),
    ],
)
def test_a_name_is_read_with_its_prefix(said: str, first: str, last: str) -> None:
    assert read_name(said) == (first, last)


@pytest.mark.parametrize(
    "said", ["0612", "ja", "weet ik niet", "wat kost dat?", "ik wil een mens spreken", "x", "", "mijn naam is verkeerd"]
)
def test_what_is_no_name_is_none(said: str) -> None:
    assert read_name(said) is None


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("het zijn er drie", 3),
        ("met z'n drieën", 3),
        ("met zijn tweeen", 2),
        ("voor 3 personen", 3),
        ("wij komen met 4", 4),
        ("we zijn met zijn vieren", 4),
        ("voor mij en mijn vrouw", 2),
        ("om 3 uur", None),
        ("met 10 december", None),
        ("drie", None),
    ],
)
def test_how_many_come(said: str, amount: int | None) -> None:
    assert read_amount(said) == amount


def test_a_number_alone_counts_where_it_was_asked() -> None:
    assert read_amount("drie", bare=True) == 3
    assert (number_of("twee"), number_of("12"), number_of("veel")) == (2, 12, None)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ja", "yes"),
        ("ja hoor klopt", "yes"),
        ("klopt helemaal", "yes"),
        ("is goed", "yes"),
        ("prima", "yes"),
        ("ja, leg maar vast", "yes"),
        ("nee", "no"),
        ("niet goed", "no"),
        ("nee nee", "no"),
        ("ja maar om tien uur", "change"),
        ("doe er ook een rijbewijs bij", None),
        ("nee toch donderdag graag", "change"),
        ("dat klopt niet", "change"),
        ("is dat goed?", "change"),
        ("wat kost dat", None),
        ("", None),
    ],
)
def test_a_yes_is_nothing_but_a_yes(said: str, meant: str | None) -> None:
    assert read_yes_no(said) == meant


@given(st.text(max_size=30))
def test_no_text_with_a_digit_is_ever_a_yes(text: str) -> None:
    assert read_yes_no(f"ja {text} 3") != "yes"


def test_an_address_and_a_postcode_are_found_in_a_sentence() -> None:
    assert read_email("het is Jan.de.Vries@Example.NL hoor") == "jan.de.vries@example.nl"
    assert read_email("kees apenstaart example") is None
    assert read_postcode("Dorpsstraat 12, 1901ab Castricum") == "1901 AB"
    assert read_postcode("in 2026") is None
