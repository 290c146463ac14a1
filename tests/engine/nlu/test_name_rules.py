"""The rules find how people introduce themselves, with and without capitals, and nothing else."""

from __future__ import annotations

import pytest

pytest.importorskip("rasa")

from spacy.language import Language

from bot.engine.nlu.language_model import lemmas_of, open_blank
from bot.engine.nlu.name_rules import LEMMAS, Introductions, name_at


@pytest.fixture(scope="module")
def rules() -> Language:
    return open_blank(lemmas_of(LEMMAS))


def names(rules: Language, text: str) -> list[str]:
    doc = rules(text)
    found = [name_at(doc, said.start, said.sure) for said in Introductions().find(doc)]
    return [name.text for name in found if name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ik ben Jan de Vries en wil in Heiloo een afspraak", "Jan de Vries"),
        ("mijn naam is jan de vries en ik wil een paspoort", "jan de vries"),
        ("Mijn naam is Kees van Bergen.", "Kees van Bergen"),
        ("m'n naam is Jan en ik woon in Bergen", "Jan"),
        ("Mijn achternaam is van den Berg", "van den Berg"),
        ("ik heet piet jansen woonde in heiloo", "piet jansen"),
        ("goedemorgen, u sprak met de heer Jansen", "Jansen"),
        ("U spreekt met mevrouw A.B. in 't Veld, ik heb een vraag", "A.B. in 't Veld"),
        ("op naam van Fatima el Amrani graag", "Fatima el Amrani"),
        ("Naam: J. de Boer", "J. de Boer"),
        ("Ik wil een paspoort. Met vriendelijke groet, Truus Bakker", "Truus Bakker"),
        ("mijn naam is Élise Müller-Özdemir", "Élise Müller-Özdemir"),
    ],
)
def test_a_name_is_found_behind_an_introduction(rules: Language, text: str, name: str) -> None:
    assert names(rules, text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "ik ben mijn paspoort kwijt",
        "ik ben Nederlander",
        "ik ben Oekraïense vluchteling",
        "ik ben Jan in Heiloo",
        "ik heette vroeger Piet Jansen",
        "op naam van mijn moeder",
        "het huis staat op naam van de vorige bewoner",
        "mijn naam is onleesbaar op die kaart",
        "ik heet al zestig jaar zo",
        "Met DigiD Machtigen regelt een ander het",
        "met de auto naar Jan Jansen",
        "ik heet",
        "mijn naam is 0612345678",
        "wat kost een paspoort in Castricum",
        "",
    ],
)
def test_no_name_is_made_of_other_words(rules: Language, text: str) -> None:
    assert names(rules, text) == []


def test_a_text_without_lemmas_is_read_by_its_words() -> None:
    assert names(Language(), "ik ben Jan de Vries") == ["Jan de Vries"]
    assert names(open_blank({}), "ik heet Jan de Vries") == ["Jan de Vries"]
