"""The clauses that ask, and the signs of what is wanted."""

from __future__ import annotations

import pytest

pytest.importorskip("scipy")

from bot.engine.nlu.asking import asking, told
from bot.engine.nlu.cues import cues


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mijn schuur is oud, mag die weg", ["mag die weg"]),
        ("ik heb een kip mag dat in de tuin", ["mag dat in de tuin"]),
        ("Waar kan ik verf inleveren?", ["Waar kan ik verf inleveren?"]),
        ("wat kost het en kan ik pinnen", ["wat kost het", "en kan ik pinnen"]),
        ("Mijn man is ziek. Ik werk zelf. Hoe regel ik hulp?", ["Hoe regel ik hulp?"]),
        ("Wij gaan weg. Kan dat zo? Graag hoor ik het.", ["Kan dat zo?"]),
        ("mijn buurman zaagt elke avond", []),
        ("grofvuil", []),
        ("hond aan de lijn?", ["hond aan de lijn?"]),
    ],
)
def test_only_the_clauses_with_the_form_of_a_question_ask(text: str, found: list[str]) -> None:
    assert asking(text) == found


def test_signs_depend_on_the_question_and_not_on_its_subject() -> None:
    shed, tree = (set(row.indices) for row in cues(["mag mijn schuurtje blijven staan", "mag onze kastanjeboom blijven staan"]))
    assert shed == tree
    where = set(cues(["waar blijft mijn schuurtje staan"]).indices)
    assert where != shed


def test_every_text_has_a_row_and_one_sign_of_its_form() -> None:
    rows = cues(["", "grofvuil", "mag dat?"])
    assert rows.shape[0] == 3
    assert all(len(row.indices) >= 1 for row in rows)


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("Ik ga in mei trouwen. Wat kost dat? En wat moet ik meenemen?", "Ik ga in mei trouwen."),
        ("Mijn man is ziek. Ik werk zelf. Hoe regel ik hulp?", "Mijn man is ziek. Ik werk zelf."),
        ("wat kost het en kan ik pinnen", ""),
        ("mijn buurman zaagt elke avond", ""),
    ],
)
def test_what_is_told_beside_the_questions_is_found(text: str, beside: str) -> None:
    assert told(text) == beside
