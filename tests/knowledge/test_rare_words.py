"""Which questions are about what an answer keeps for "Meer weten"."""

from __future__ import annotations

import pytest

from bot.knowledge.rare_words import RareWords
from tests.knowledge.builders import KnowledgeFolder
from tests.knowledge.test_vacs import library

SAID = "U vraagt het paspoort aan bij de gemeente."
MORE = "Woont u in het buitenland? Ga dan naar een ambassade. De gemeente helpt u daar niet."


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("kan ik ook naar de ambassade voor een paspoort", True),
        ("ik woon in 't buitenland", True),
        ("hoe vraag ik een paspoort aan bij de gemeente", False),
        ("en wat helpt u dan", False),
        ("", False),
    ],
)
def test_a_question_is_about_the_rest_when_a_rare_word_of_it_stands_only_there(question: str, found: bool) -> None:
    words = RareWords([f"{SAID} {MORE}", *["Dit helpt u bij de gemeente."] * 5])
    assert words.points_at(question, MORE, SAID) is found


def test_the_rest_is_said_at_once_to_who_asks_for_just_that(folder: KnowledgeFolder) -> None:
    folder.aspect("grofvuil", "aanvragen", tekst="Maak een afspraak.", meer="Een koelkast neemt de winkel terug.")
    assert library(folder).reply("grofvuil", "aanvragen", "hoe maak ik een afspraak").more is not None
    whole = library(folder).reply("grofvuil", "aanvragen", "mijn oude koelkasten moeten weg")
    assert (whole.text, whole.more) == ("Maak een afspraak.\n\nEen koelkast neemt de winkel terug.", None)
