"""A model that is installed is opened, an absent one is no error, a broken one says what to do."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

pytest.importorskip("spacy")

from bot.engine.errors import LanguageModelBroken
from bot.engine.nlu.language_model import BLANK, is_wanted, main, open_model
from tests.engine.nlu.spacy_models import made_model, made_package


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return made_model(tmp_path / "model", PER="Jan de Vries")


def said(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> dict[str, str | None]:
    monkeypatch.setattr(sys, "argv", ["language_model", name])
    main()
    return dict(json.loads(capsys.readouterr().out))


def test_a_folder_is_opened(model: Path) -> None:
    assert [(span.text, span.label_) for span in open_model(str(model))("Jan de Vries belt").ents] == [("Jan de Vries", "PER")]


def test_a_package_is_opened_once_it_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_wanted("nl_of_this_test")
    made_package(tmp_path, "nl_of_this_test", PER="Jan de Vries")
    monkeypatch.syspath_prepend(tmp_path)
    assert is_wanted("nl_of_this_test")
    assert [span.label_ for span in open_model("nl_of_this_test")("Jan de Vries belt").ents] == ["PER"]


def test_parts_that_tell_nothing_about_names_are_not_loaded(tmp_path: Path) -> None:
    import spacy

    whole = spacy.blank("nl")
    for part in ("tagger", "morphologizer", "parser", "senter", "attribute_ruler", "tok2vec", "ner"):
        whole.add_pipe(part)
    whole.to_disk(tmp_path / "whole")
    assert open_model(str(tmp_path / "whole")).pipe_names == ["tok2vec", "ner"]


@pytest.mark.parametrize(("name", "there"), [(None, False), ("", False), ("nl_core_news_nowhere", False), ("./models/nl", True)])
def test_a_package_may_be_absent_and_a_folder_is_counted_on(name: str | None, there: bool) -> None:
    assert is_wanted(name) is there


def test_a_folder_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LanguageModelBroken, match=r"does not load .*put a whole model there"):
        open_model(str(tmp_path / "absent"))


def test_a_folder_with_half_a_model_says_what_to_do(model: Path) -> None:
    (model / "config.cfg").write_text("[nlp]\nlang =", "utf-8")
    with pytest.raises(LanguageModelBroken, match=r"names are found by rules alone"):
        open_model(str(model))


def test_a_model_of_another_version_says_which_one_it_wants(model: Path) -> None:
    meta = json.loads((model / "meta.json").read_text("utf-8"))
    (model / "meta.json").write_text(json.dumps({**meta, "spacy_version": ">=3.7.0,<3.8.0"}), "utf-8")
    with pytest.raises(LanguageModelBroken, match=r"made for spaCy >=3\.7\.0"):
        open_model(str(model))


def test_the_doctor_hears_which_one_runs(model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(str(model), monkeypatch, capsys) == {"model": str(model), "problem": None}
    assert said("nl_core_news_nowhere", monkeypatch, capsys) == {"model": BLANK, "problem": None}


def test_the_doctor_hears_that_one_is_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    told = said(str(tmp_path / "absent"), monkeypatch, capsys)
    assert told["model"] == BLANK
    assert "put a whole model there" in str(told["problem"])
