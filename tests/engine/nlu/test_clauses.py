"""Where a message falls apart in questions, and where it must stay whole."""

from __future__ import annotations

import time
from itertools import permutations

import pytest

from bot.engine.nlu.clauses import MOST, asks, bare, plainly, questions, twins


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("wat kost een paspoort en hoe lang duurt het?", ["wat kost een paspoort", "hoe lang duurt het?"]),
        ("Wat kost het? En waar kan ik terecht?", ["Wat kost het?", "En waar kan ik terecht?"]),
        ("Mijn pas is weg. Wat nu en wat kost een nieuwe", ["Mijn pas is weg. Wat nu", "wat kost een nieuwe"]),
        ("ik wil een id-kaart en ik wil meteen een afspraak", ["ik wil een id-kaart", "ik wil meteen een afspraak"]),
        ("wat kost het, kan ik ook pinnen", ["wat kost het", "kan ik ook pinnen"]),
    ],
)
def test_each_question_stands_with_what_leads_up_to_it(text: str, parts: list[str]) -> None:
    assert questions(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "hoe vraag ik hulp bij werk en inkomen aan",
        "ik ga trouwen en verhuizen, hoe geef ik dat door",
        "mijn man en ik zijn gescheiden. Wat moeten we doen?",
        "waar breng ik glas en papier heen",
    ],
)
def test_one_question_stays_one(text: str) -> None:
    assert len(questions(text)) < 2


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Hallo! Wat kost een paspoort? Groetjes, Anja", "Wat kost een paspoort"),
        ("Geachte heer, mevrouw, hoe vraag ik dit aan? Met vriendelijke groet, J. de Vries", "hoe vraag ik dit aan"),
        ("mijn nummer is *********, wat kost een paspoort?", "wat kost een paspoort?"),
        ("ok bedankt, en wat kost een paspoort", "en wat kost een paspoort"),
        ("Fijn, dank u wel. Hoe lang duurt dat?", "Hoe lang duurt dat?"),
        ("dank voor uw antwoord, mag het ook later?", "mag het ook later?"),
        ("goed gedrag verklaring nodig?", "goed gedrag verklaring nodig?"),
        ("ok en dan?", "en dan?"),
        ("hoi", "hoi"),
        ("bedankt voor de hulp", "bedankt voor de hulp"),
        ("dag glas en papier", "dag glas en papier"),
    ],
)
def test_courtesies_go_when_a_question_is_left(text: str, rest: str) -> None:
    assert bare(text) == rest


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("ik zou graag willen weten wat dat kost", "wat dat kost"),
        ("Mijn pas is oud. Nu vroeg ik mij af wat een nieuwe kost.", "Mijn pas is oud. wat een nieuwe kost."),
        ("kunt u mij zeggen hoe laat u open bent", "hoe laat u open bent"),
        ("ik wil weten of ik in aanmerking kom", "ik wil weten of ik in aanmerking kom"),
    ],
)
def test_a_question_in_a_roundabout_way_is_read_as_one(text: str, question: str) -> None:
    assert plainly(text) == question


def test_two_things_in_one_question_are_told_apart() -> None:
    assert twins("wat kost een paspoort en een id-kaart?") == ("wat kost een paspoort", "een id-kaart")
    assert twins("wat is het verschil tussen een paspoort en een id-kaart") is None
    assert twins("bed en breakfast") is None


def test_a_question_is_known_by_its_form() -> None:
    assert asks("ik ben verhuisd, moet ik dat doorgeven")
    assert not asks("ik ben verhuisd")


def test_any_text_is_taken_apart_without_new_words() -> None:
    pieces = [
        "wat",
        "kost",
        "het",
        "?",
        ",",
        " en ",
        "hoe",
        "ik wil",
        "afspraak",
        ".",
        "\n",
        "*********",
        "hallo",
        "groetjes",
        "maar",
        "kan ik",
    ]
    for text in map(" ".join, permutations(pieces, 3)):
        parts = questions(text)
        assert len(parts) <= MOST
        assert set(" ".join(parts).split()) <= set(text.split())
        assert bare(text).strip()


@pytest.mark.parametrize("piece", [" ", ",", "\n", "?!., ", "en ", "wat kost een en ", "aaaa****", "groet "])
def test_no_message_is_so_odd_that_taking_it_apart_costs_time(piece: str) -> None:
    text = (piece * 1_000)[:1_000]
    started = time.process_time()
    bare(text), questions(text), twins(text)
    assert time.process_time() - started < 0.05
