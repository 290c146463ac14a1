"""Varied questions pass, filled-in templates do not."""

from __future__ import annotations

import pytest

from bot.knowledge.variety import Limits, complaints, frames, near_duplicates, variety_of
from tests.knowledge.builders import questions

REAL = [
    "paspoort kwijt wat nu",
    "Ik ga over drie weken naar mijn zus in Canada en nu zie ik dat mijn pas volgende maand verloopt, kan dat nog op tijd geregeld worden",
    "wat kost zo'n ding",
    "Geachte mevrouw, graag verneem ik welke foto u goedkeurt.",
    "kan mijn zoon van 12 mee op mijn pas?",
    "spoed",
]


def test_the_numbers_of_a_set() -> None:
    found, limits = variety_of(REAL), Limits(fewest=5, commonest_opening=0.2)
    assert (found.questions, found.short, found.long) == (6, 1, 1)
    assert found.openings == 1.0
    assert found.overlap < 0.2
    assert list(complaints(found, limits)) == []


def test_filled_in_templates_are_refused() -> None:
    found = variety_of([f"wat kost een {word} bij de gemeente" for word in ("boom", "hond", "auto", "huis", "tuin")] * 8)
    told = list(complaints(found, Limits()))
    assert len(told) == 4
    assert told[0].startswith("only 2% of the questions open differently")


def test_too_few_questions_are_told() -> None:
    assert "0 questions; at least 40 are needed" in list(complaints(variety_of([]), Limits()))


def test_the_same_frame_for_several_subjects_is_found() -> None:
    texts = {name: [f"wat moet ik betalen voor een {name}", *questions(name, 3)] for name in ("paspoort", "rijbewijs", "vergunning")}
    names = {name: [name] for name in texts}
    found = frames(texts, names, Limits())
    assert "wat moet ik betalen voor een …" in found
    assert len(found["wat moet ik betalen voor een …"]) == 3
    assert frames({"paspoort": texts["paspoort"]}, names, Limits()) == {}


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("wat kost een nieuw paspoort", "Wat kost nieuw een paspoort?", True),
        ("is mijn rijbewijs al klaar", "is mijn verlengde rijbewijs al klaar", True),
        ("wat kost een paspoort", "wat kost een rijbewijs", False),
        ("paspoort", "rijbewijs", False),
    ],
)
def test_near_duplicates_of_different_subjects_are_found(one: str, other: str, near: bool) -> None:
    assert bool(near_duplicates({"a": [one], "b": [other]}, Limits())) is near


def test_near_duplicates_of_one_subject_are_its_own_affair() -> None:
    assert near_duplicates({"a": ["wat kost een paspoort", "wat kost paspoort een"]}, Limits()) == []
