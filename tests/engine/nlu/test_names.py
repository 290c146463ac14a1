"""Rules and model together: the model adds what it sees, and neither takes a place for a person."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

pytest.importorskip("rasa")

from bot.engine.nlu.language_model import DutchModel
from bot.engine.nlu.names import Name, Names
from tests.engine.nlu.spacy_models import made_model

PLACES = ("Bergen", "Heiloo")


@cache
def blank() -> DutchModel:
    return DutchModel(None)


def found(text: str, model: Path | None = None) -> list[tuple[str, str, bool]]:
    opened = DutchModel(str(model)) if model else blank()
    names = Names(PLACES).find(opened.model(text))
    for name in names:
        assert text[name.start : name.end] == name.text
    return [(name.kind, name.text, name.own) for name in names]


def test_the_rules_work_alone() -> None:
    assert found("ik ben Jan de Vries en wil in Heiloo") == [("person", "Jan de Vries", True)]


def test_the_model_adds_people_and_places(tmp_path: Path) -> None:
    model = made_model(tmp_path / "model", PERSON="Truus de Wit", GPE="Parijs")
    assert found("Truus de Wit komt uit Parijs", model) == [("person", "Truus de Wit", False), ("place", "Parijs", False)]


def test_behind_an_introduction_a_person_whom_the_model_sees_is_the_citizen(tmp_path: Path) -> None:
    model = made_model(tmp_path / "model", PERSON="Jan")
    assert found("ik ben Jan en wil in Heiloo") == []
    assert found("ik ben Jan en wil in Heiloo", model) == [("person", "Jan", True)]


def test_the_longer_of_two_names_at_one_place_is_taken(tmp_path: Path) -> None:
    model = made_model(tmp_path / "model", PERSON="Jan")
    assert found("ik ben Jan de Vries", model) == [("person", "Jan de Vries", True)]


def test_a_place_within_a_name_is_no_place(tmp_path: Path) -> None:
    model = made_model(tmp_path / "model", GPE="Bergen")
    assert found("mijn naam is Kees van Bergen", model) == [("person", "Kees van Bergen", True)]


def test_a_known_place_is_no_person_whatever_the_model_says(tmp_path: Path) -> None:
    model = made_model(tmp_path / "model", PERSON="Heiloo")
    assert found("paspoort Heiloo", model) == [("place", "Heiloo", False)]


def test_other_things_that_a_model_names_are_left_out(tmp_path: Path) -> None:
    model = made_model(tmp_path / "model", ORG="Belastingdienst", DATE="dinsdag")
    assert found("dinsdag naar de Belastingdienst", model) == []


def test_texts_of_a_pipeline_that_was_opened_anew_are_read_as_well() -> None:
    names = Names(PLACES)
    for opened in (DutchModel(None), DutchModel(None)):
        assert [name.text for name in names.find(opened.model("ik heette Jan Jansen"))] == ["Jan Jansen"]


def test_a_name_says_where_it_stands() -> None:
    assert Names(()).find(blank().model("  mijn naam is Jan")) == (Name("person", "Jan", 15, 18, own=True),)
