"""Rules and model together: the model adds what it sees, and neither takes a place for a person."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

import pytest

pytest.importorskip("spacy")

from spacy.language import Language

from bot.engine.nlu.language_model import open_model
from bot.engine.nlu.name_rules import lemmas_asked, make_rules
from bot.engine.nlu.names import Name, Names, Pipeline
from tests.engine.nlu.spacy_models import made_model

PLACES = ("Bergen", "Heiloo")


@cache
def rules() -> Pipeline:
    return Pipeline(partial(make_rules, lemmas_asked()))


def found(text: str, model: Path | None = None) -> list[tuple[str, str, bool]]:
    statistical = Pipeline(partial(open_model, str(model))) if model else None
    names = Names(rules(), statistical, PLACES)
    for name in names.find(text):
        assert text[name.start : name.end] == name.text
    return [(name.kind, name.text, name.own) for name in names.find(text)]


def test_the_rules_work_alone() -> None:
    assert found("ik ben Jan de Vries en wil in Heiloo") == [("person", "Jan de Vries", True)]


def test_the_model_adds_people_and_places(tmp_path: Path) -> None:
    model = made_model(tmp_path / "model", PER="Truus de Wit", LOC="Parijs")
    assert found("Truus de Wit komt uit Parijs", model) == [("person", "Truus de Wit", False), ("place", "Parijs", False)]


def test_behind_an_introduction_a_person_whom_the_model_sees_is_the_citizen(tmp_path: Path) -> None:
    model = made_model(tmp_path / "model", PER="Jan")
    assert found("ik ben Jan en wil in Heiloo") == []
    assert found("ik ben Jan en wil in Heiloo", model) == [("person", "Jan", True)]


def test_the_longer_of_two_names_at_one_place_is_taken(tmp_path: Path) -> None:
    model = made_model(tmp_path / "model", PER="Jan")
    assert found("ik ben Jan de Vries", model) == [("person", "Jan de Vries", True)]


def test_a_place_within_a_name_is_no_place(tmp_path: Path) -> None:
    model = made_model(tmp_path / "model", LOC="Bergen")
    assert found("mijn naam is Kees van Bergen", model) == [("person", "Kees van Bergen", True)]


def test_a_known_place_is_no_person_whatever_the_model_says(tmp_path: Path) -> None:
    model = made_model(tmp_path / "model", PER="Heiloo")
    assert found("paspoort Heiloo", model) == [("place", "Heiloo", False)]


def test_other_things_that_a_model_names_are_left_out(tmp_path: Path) -> None:
    model = made_model(tmp_path / "model", ORG="Belastingdienst", DATE="dinsdag")
    assert found("dinsdag naar de Belastingdienst", model) == []


def test_a_pipeline_forgets_the_words_it_read() -> None:
    opened: list[Language] = []

    def fresh() -> Language:
        opened.append(Language())
        return opened[-1]

    words = len(Language().vocab.strings)
    pipeline = Pipeline(fresh, most_new_words=20)
    for number in range(100):
        pipeline(f"woord{number} is nieuw")
        assert len(opened[-1].vocab.strings) < words + 30
    assert 1 < len(opened) < 20


def test_a_name_says_where_it_stands() -> None:
    names = Names(rules(), None, ())
    assert names.find("  mijn naam is Jan") == (Name("person", "Jan", 15, 18, own=True),)
