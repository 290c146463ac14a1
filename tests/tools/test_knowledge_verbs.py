"""The verbs for editors, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from bot.tools.__main__ import main, verbs
from tests.knowledge.builders import KnowledgeFolder, product
from tests.knowledge.test_vacs import vac


@pytest.fixture
def folder(tmp_path: Path) -> KnowledgeFolder:
    root = tmp_path / "knowledge"
    root.mkdir()
    return KnowledgeFolder(root)


def run(folder: KnowledgeFolder, verb: str, *more: str) -> int:
    return main([verb, "--folder", str(folder.root), *more])


def test_help_names_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(verb in shown for verb in verbs())
    assert {
        "check-knowledge",
        "nlu-data",
        "variety",
        "freshness",
        "readability",
        "schema",
        "new-product",
        "new-municipality",
    } <= verbs().keys()


def test_an_unknown_verb_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dans"]) == 2
    assert "usage" in capsys.readouterr().err


def test_check_knowledge_succeeds_on_a_right_folder(folder: KnowledgeFolder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.product()
    assert run(folder, "check-knowledge") == 0
    assert capsys.readouterr().out == "1 products, 0 organisations, 0 municipalities: 0 errors, 0 warnings\n"


def test_check_knowledge_prints_every_problem(folder: KnowledgeFolder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.write("leesbaarheid.yml", {"informeel": ["je"]})
    folder.aspect("grofvuil", "kosten", tekst="Neem je pas mee.")
    folder.product("glas", thema="fout", bronnen=[{"titel": "x", "url": "https://x.nl", "voorbeeld": True}])
    assert run(folder, "check-knowledge") == 1
    shown = capsys.readouterr().out
    assert '[ERROR] knowledge/products/glas.yml:3: theme "fout" is not in themas.yml' in shown
    assert "speak to the reader with u and uw" in shown
    assert "[WARN] knowledge/products/glas.yml" in shown
    assert shown.endswith("2 errors, 1 warnings\n")
    assert run(folder, "check-knowledge", "--errors-only", "grofvuil") == 1
    assert "glas" not in capsys.readouterr().out


def test_a_broken_word_list_does_not_hide_other_problems(folder: KnowledgeFolder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.write("leesbaarheid.yml", {"x": 1})
    folder.product("grofvuil", thema="fout")
    assert run(folder, "check-knowledge") == 1
    shown = capsys.readouterr().out
    assert 'key "x" is unknown' in shown
    assert 'theme "fout"' in shown


def test_nlu_data_is_written_once_and_kept_up_to_date(folder: KnowledgeFolder, tmp_path: Path) -> None:
    folder.product()
    folder.organisation()
    out = tmp_path / "nlu"
    assert run(folder, "nlu-data", "--out", str(out), "--check") == 1
    assert run(folder, "nlu-data", "--out", str(out)) == 0
    assert run(folder, "nlu-data", "--out", str(out), "--check") == 0
    assert sorted(file.relative_to(out).as_posix() for file in out.rglob("*.yml")) == [
        "answers.yml",
        "organisations.yml",
        "places.yml",
        "products/afval.yml",
    ]
    assert yaml.safe_load((out / "products/afval.yml").read_text("utf-8"))["version"] == "3.1"


def test_nlu_data_removes_what_it_wrote_and_leaves_the_rest(folder: KnowledgeFolder, tmp_path: Path) -> None:
    folder.product()
    out = tmp_path / "nlu"
    run(folder, "nlu-data", "--out", str(out))
    (out / "products/eigen.yml").write_text("version: '3.1'\n", "utf-8")
    folder.product("grofvuil", thema="belastingen")
    assert run(folder, "nlu-data", "--out", str(out), "--check") == 1
    run(folder, "nlu-data", "--out", str(out))
    assert sorted(file.name for file in (out / "products").iterdir()) == ["belastingen.yml", "eigen.yml"]


@pytest.mark.parametrize(
    ("verb", "path"), [("new-product", "products/hek.yml"), ("new-municipality", "municipalities/hek/municipality.yml")]
)
def test_a_scaffold_is_refused_until_it_is_filled_in(folder: KnowledgeFolder, verb: str, path: str) -> None:
    assert run(folder, verb, "hek") == 0
    text = (folder.root / path).read_text("utf-8")
    open_places = [number for number, line in enumerate(text.splitlines(), 1) if '"VUL IN' in line and not line.startswith("#")]
    errors = [error for error in folder.errors() if error.startswith(f"knowledge/{path}")]
    assert sorted({int(error.split(":")[1]) for error in errors}) == open_places
    assert all("is not filled in yet: " in error for error in errors)


def test_a_scaffold_never_overwrites(folder: KnowledgeFolder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.product("hek")
    assert run(folder, "new-product", "hek") == 1
    assert "exists already" in capsys.readouterr().out
    assert run(folder, "new-product", "Hek!") == 1


def test_the_scaffold_of_a_product_has_every_key_that_is_needed(folder: KnowledgeFolder) -> None:
    run(folder, "new-product", "hek")
    keys = yaml.safe_load((folder.root / "products/hek.yml").read_text("utf-8")).keys()
    assert product("hek").keys() <= keys


def test_schemas_are_written_and_kept_up_to_date(folder: KnowledgeFolder) -> None:
    assert run(folder, "schema", "--check") == 1
    assert run(folder, "schema") == 0
    assert run(folder, "schema", "--check") == 0
    schema = json.loads((folder.root / "schema/product.json").read_text("utf-8"))
    assert schema["additionalProperties"] is False
    assert "voorbeeldvragen" in schema["required"]


def test_freshness_lists_and_fails_only_when_asked(folder: KnowledgeFolder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.amount("leges")
    assert run(folder, "freshness", "--on", "2027-01-01") == 0
    assert "expired: 1; expires within 60 days: 0" in capsys.readouterr().out
    assert run(folder, "freshness", "--on", "2027-01-01", "--strict") == 1
    assert run(folder, "freshness", "--on", "2026-06-01", "--strict") == 0


def test_variety_refuses_templates(folder: KnowledgeFolder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.product()
    assert run(folder, "variety") == 1
    shown = capsys.readouterr().out
    assert "[ERROR] grofvuil: the questions share " in shown
    assert run(folder, "variety", "glas") == 0


def test_readability_reports_each_product(folder: KnowledgeFolder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.product()
    folder.product("glas")
    assert run(folder, "readability", "glas") == 0
    shown = capsys.readouterr().out
    assert "knowledge/products/glas.yml" in shown
    assert "grofvuil" not in shown


def test_particular_questions_are_counted_and_their_answers_measured(
    folder: KnowledgeFolder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.product()
    folder.write("vacs/grofvuil.yml", {"vacs": [vac()]})
    assert run(folder, "readability", "vacs/") == 0
    assert "vacs/grofvuil.yml" in capsys.readouterr().out
    monkeypatch.setenv("KNOWLEDGE_DIR", str(folder.root))
    assert main(["coverage"]) == 0
    theme = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("afval"))
    assert theme.split()[1:3] == ["1", "1"]
