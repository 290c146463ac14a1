"""A model that is installed is opened by Rasa, an absent one is blank Dutch, a broken one says what to do."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

pytest.importorskip("rasa")

import spacy
from spacy import util
from structlog.testing import capture_logs

from bot.engine.errors import LanguageModelBroken, LookupsMissing
from bot.engine.nlu.language_model import BLANK, DutchModel, is_wanted, lemmas_of, main, open_blank, open_model
from bot.engine.nlu.name_rules import LEMMAS
from tests.engine.nlu.spacy_models import made_model, made_package


class NoTables:
    """A registry of spaCy without spacy-lookups-data."""

    lookups: frozenset[str] = frozenset()


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return made_model(tmp_path / "model", PERSON="Jan de Vries")


def opened(name: str, names_only: bool = True) -> spacy.language.Language:
    return open_model(name, names_only, {"woonde": "wonen"})


def said(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> dict[str, str | None]:
    monkeypatch.setattr(sys, "argv", ["language_model", name])
    main()
    return dict(json.loads(capsys.readouterr().out.splitlines()[-1]))


def test_a_folder_is_opened(model: Path) -> None:
    assert [(span.text, span.label_) for span in opened(str(model))("Jan de Vries belt").ents] == [("Jan de Vries", "PERSON")]


def test_a_package_is_opened_once_it_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_wanted("nl_of_this_test")
    made_package(tmp_path, "nl_of_this_test", PERSON="Jan de Vries")
    monkeypatch.syspath_prepend(tmp_path)
    assert is_wanted("nl_of_this_test")
    assert [span.label_ for span in opened("nl_of_this_test")("Jan de Vries belt").ents] == ["PERSON"]


def test_only_what_finds_names_is_kept_and_lemmas_beside_it(tmp_path: Path) -> None:
    whole = spacy.blank("nl")
    for part in ("tagger", "morphologizer", "parser", "senter", "attribute_ruler", "tok2vec", "ner"):
        whole.add_pipe(part)
    whole.to_disk(tmp_path / "whole")
    assert opened(str(tmp_path / "whole")).component_names == ["ner", "lemmatizer"]
    assert "tagger" in opened(str(tmp_path / "whole"), names_only=False).pipe_names


def test_a_shared_part_stays_when_what_finds_names_reads_it(tmp_path: Path) -> None:
    whole = spacy.blank("nl")
    whole.add_pipe("tok2vec")
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    parser = {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "hidden_width": 8, "maxout_pieces": 2}
    whole.add_pipe("ner", config={"model": {**parser, "extra_state_tokens": False, "use_upper": False, "nO": None, "tok2vec": listener}})
    whole.to_disk(tmp_path / "whole")
    assert opened(str(tmp_path / "whole")).component_names == ["tok2vec", "ner", "lemmatizer"]


def test_the_lemmas_of_a_model_itself_are_kept_where_more_than_names_is_wanted(tmp_path: Path) -> None:
    open_blank({"woonde": "huizen"}).to_disk(tmp_path / "whole")
    assert opened(str(tmp_path / "whole"), names_only=False)("woonde")[0].lemma_ == "huizen"
    assert opened(str(tmp_path / "whole"))("woonde")[0].lemma_ == "wonen"


@pytest.mark.parametrize(("name", "there"), [(None, False), ("", False), ("nl_core_news_nowhere", False), ("./models/nl", True)])
def test_a_package_may_be_absent_and_a_folder_is_counted_on(name: str | None, there: bool) -> None:
    assert is_wanted(name) is there


def test_a_folder_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LanguageModelBroken, match=r"does not load: put a whole model there"):
        opened(str(tmp_path / "absent"))


def test_a_folder_with_half_a_model_says_what_to_do(model: Path) -> None:
    (model / "config.cfg").write_text("[nlp]\nlang =", "utf-8")
    with pytest.raises(LanguageModelBroken, match=r"names are found by rules alone"):
        opened(str(model))


def test_a_model_of_another_version_says_which_one_it_wants(model: Path) -> None:
    meta = json.loads((model / "meta.json").read_text("utf-8"))
    (model / "meta.json").write_text(json.dumps({**meta, "spacy_version": ">=3.7.0,<3.8.0"}), "utf-8")
    with pytest.raises(LanguageModelBroken, match=r"does not fit .*3\.7\.0,<3\.8\.0"):
        opened(str(model))


def test_without_a_model_there_are_the_lemmas_that_are_asked_for() -> None:
    doc = DutchModel("nl_core_news_nowhere").model("Jan woonde met zijn vogels")
    assert [token.lemma_ for token in doc] == ["jan", "wonen", "met", "zijn", "vogels"]
    assert 50 < len(lemmas_of(LEMMAS)) < 200


def test_all_lemmas_are_there_for_components_that_need_them() -> None:
    assert [token.lemma_ for token in DutchModel(None, names_only=False).model("twee paspoorten")] == ["twee", "paspoort"]


def test_a_model_has_the_same_lemmas_as_blank_dutch(model: Path) -> None:
    text = "Jan woonde in Heiloo en heette Kees"
    docs = [DutchModel(name).model(text) for name in (str(model), None)]
    assert [token.lemma_ for token in docs[0]] == [token.lemma_ for token in docs[1]]


def test_a_broken_model_is_told_and_blank_dutch_goes_on(tmp_path: Path) -> None:
    broken = DutchModel(str(tmp_path / "absent"))
    with capture_logs() as logged:
        assert broken.model("ik heette Jan")[1].lemma_ == "heten"
    assert [(entry["event"], entry["log_level"]) for entry in logged] == [("language_model_broken", "error")]
    assert broken.model_name == broken.fingerprint() == BLANK


def test_without_tables_of_lemmas_it_says_what_to_install_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.engine.nlu.language_model.registry", NoTables())
    with pytest.raises(LookupsMissing, match="install spacy-lookups-data"):
        lemmas_of(LEMMAS)
    blank = DutchModel(None)
    assert blank.model("ik heet Jan")[1].lemma_ == "heet"
    assert "install spacy-lookups-data" in str(blank.problem)


def test_the_tables_come_from_the_package_that_is_required() -> None:
    assert "nl" in util.registry.lookups


def test_words_that_were_read_are_forgotten() -> None:
    forgetful = DutchModel(None, most_new_words=20)
    first = forgetful.model
    for number in range(20):
        forgetful.model(f"woord{number} is nieuw")
    assert forgetful.model is not first
    assert "woord0" in first.vocab.strings
    assert "woord0" not in forgetful.model.vocab.strings


def test_nothing_is_opened_before_somebody_asks(model: Path) -> None:
    waiting = DutchModel(str(model))
    assert waiting.fingerprint() == str(model)
    assert not waiting.is_open


def test_the_doctor_hears_which_one_runs(model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(str(model), monkeypatch, capsys) == {"model": str(model), "problem": None}
    assert said("nl_core_news_nowhere", monkeypatch, capsys) == {"model": BLANK, "problem": None}


def test_the_doctor_hears_that_one_is_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    told = said(str(tmp_path / "absent"), monkeypatch, capsys)
    assert told["model"] == BLANK
    assert "put a whole model there" in str(told["problem"])
