"""The citizen's words: what they tell about the citizen, and what they do not."""

from __future__ import annotations

import pytest

from bot.knowledge.loader import load_knowledge
from bot.settings import ROOT
from bot.triage.hearing import hear

POLICY = load_knowledge(ROOT / "knowledge").policies[None]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Ik kan niet met de computer overweg", "cannot_online"),
        ("ik heb geen DigiD en ook geen internet", "cannot_online"),
        ("internet lukt mij niet", "cannot_online"),
        ("ik ben niet zo digitaal", "cannot_online"),
        ("Ik kan niet goed lezen", "cannot_read"),
        ("mijn moeder spreekt slecht Nederlands, ik spreek slecht nederlands", "cannot_read"),
        ("ik heb moeite met lezen en schrijven", "cannot_read"),
        ("Dit is echt belachelijk!", "upset"),
        ("ik word van het kastje naar de muur gestuurd", "upset"),
        ("ik ben het zat", "upset"),
        ("Ik moet dit vandaag nog hebben", "urgent"),
        ("wij staan morgen op straat", "urgent"),
        ("het gas wordt afgesloten", "urgent"),
        ("mijn geld is op en ik heb geen eten meer", "urgent"),
    ],
)
def test_the_words_are_heard(text: str, sign: str) -> None:
    assert sign in hear([text], POLICY)


@pytest.mark.parametrize(
    "text",
    [
        "Wat kost een paspoort?",
        "kan ik online een afspraak maken",
        "mag ik de hond niet los laten op straat",
        "waar kan ik mijn DigiD aanvragen",
        "hoe laat gaat de bibliotheek open om te lezen",
        "de stroom van de lantaarnpaal",
        "Ik wil een klacht over zwerfafval op straat melden",
    ],
)
def test_ordinary_questions_tell_nothing(text: str) -> None:
    assert hear([text], POLICY) == frozenset()
