"""The verb exchange, as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.tools.__main__ import main
from tests.knowledge.builders import KnowledgeFolder
from tests.knowledge.exchange.changes import contents
from tests.knowledge.exchange.fake_catalogues import TOKEN, FakeCatalogues, serving
from tests.knowledge.exchange.samples import HERE, OWMS, catalogue


@pytest.fixture
def folder(tmp_path: Path) -> KnowledgeFolder:
    return catalogue(tmp_path / "knowledge")


@pytest.fixture
def catalogues() -> object:
    with serving() as fake:
        yield fake


def run(folder: KnowledgeFolder, *words: str) -> int:
    return main(["exchange", "--folder", str(folder.root), *words])


def export(folder: KnowledgeFolder, standard: str, file: Path) -> int:
    return run(folder, "export", standard, "--municipality", HERE, "--owms", OWMS, "--out", str(file))


def test_an_export_is_written_to_a_file(folder: KnowledgeFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(folder, "sc", tmp_path / "sc.xml") == 0
    assert b"scproducten" in (tmp_path / "sc.xml").read_bytes()
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "[NOTE] not written: afvalkalender has no UPL name" in shown.err
    assert "3 products written as Samenwerkende Catalogi 4.0 (XML), 1 notes" in shown.err


def test_an_export_goes_to_standard_output(folder: KnowledgeFolder, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(folder, "export", "vac") == 0
    assert capsysbinary.readouterr().out.startswith(b"[\n")


def test_an_import_shows_and_writes_nothing(folder: KnowledgeFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "sdg.json"
    export(folder, "sdg", file)
    file.write_text(file.read_text().replace("Dat is mooi.", "Dat is fijn."))
    before = contents(folder.root)
    assert run(folder, "import", "sdg", str(file), "--municipality", HERE, "--owms", OWMS) == 0
    shown = capsys.readouterr().out
    assert "      - Dat is mooi.\n      + Dat is fijn.\n" in shown
    assert "Nothing was written." in shown
    assert contents(folder.root) == before


def test_apply_writes_what_was_seen_and_no_other_change(
    folder: KnowledgeFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "sdg.json"
    export(folder, "sdg", file)
    original = file.read_text()
    file.write_text(original.replace("Dat is mooi.", "Dat is fijn."))
    words = ("import", "sdg", str(file), "--municipality", HERE, "--owms", OWMS)
    run(folder, *words)
    code = capsys.readouterr().out.split("--seen ")[1].strip()
    file.write_text(original.replace("Dat is mooi.", "Dat is lelijk."))
    before = contents(folder.root)
    assert run(folder, *words, "--apply", "--seen", code) == 1
    assert f"no longer those with code {code}" in capsys.readouterr().err
    assert contents(folder.root) == before
    file.write_text(original.replace("Dat is mooi.", "Dat is fijn."))
    assert run(folder, *words, "--apply", "--seen", code) == 0
    assert f"written: knowledge/municipalities/{HERE}/products/paspoort.yml" in capsys.readouterr().out
    assert "Dat is fijn." in (folder.root / f"municipalities/{HERE}/products/paspoort.yml").read_text()


def test_remarks_about_new_texts_are_shown(folder: KnowledgeFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder.write("leesbaarheid.yml", {"informeel": ["je"]})
    file = tmp_path / "sdg.json"
    export(folder, "sdg", file)
    file.write_text(file.read_text().replace("Dat is mooi.", "Dat vind je mooi."))
    assert run(folder, "import", "sdg", str(file), "--municipality", HERE, "--owms", OWMS, "--apply") == 0
    assert "speak to the reader with u and uw" in capsys.readouterr().out


def test_an_import_over_http_can_be_narrowed_and_matched(
    folder: KnowledgeFolder, catalogues: FakeCatalogues, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("import", "openpdc", catalogues.address, "--municipality", HERE, "--field", "wat", "--match", "Vuurwerkverbod=afvalkalender")
    assert run(folder, *words, "--product", "afvalkalender") == 0
    shown = capsys.readouterr().out
    assert "      + Niet doen." in shown
    assert "paspoort.yml" not in shown
    assert "1 changes in 1 files" in shown


def test_the_token_comes_from_the_settings(folder: KnowledgeFolder, catalogues: FakeCatalogues, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXCHANGE_TOKEN", TOKEN)
    assert run(folder, "import", "open-product", f"{catalogues.address}/producttypen/api/v1", "--municipality", HERE, "--apply") == 0
    assert "bedrag: 31.50" in (folder.root / f"municipalities/{HERE}/prijzen.yml").read_text()
    assert folder.errors() == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("import", "sc", "nergens.xml"), "nergens.xml: cannot be read"),
        (("export", "sc"), "say whose with --municipality"),
        (("export", "sc", "--municipality", "nergens"), 'there is no municipality "nergens"'),
        (("import", "vac", "x.json", "--match", "iets=verzonnen"), "x.json"),
    ],
)
def test_an_error_is_one_line_and_exit_code_one(
    words: tuple[str, ...], message: str, folder: KnowledgeFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, *words) == 1
    shown = capsys.readouterr().err
    assert message in shown
    assert len(shown.splitlines()) == 1


def test_a_match_that_names_no_product_is_told(folder: KnowledgeFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "vac.json"
    run(folder, "export", "vac", "--out", str(file))
    assert run(folder, "import", "vac", str(file), "--match", "iets=verzonnen") == 1
    assert "names no product" in capsys.readouterr().err


def test_a_knowledge_base_with_errors_is_not_exchanged(folder: KnowledgeFolder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.product("glas", thema="verzonnen")
    assert run(folder, "export", "vac") == 1
    assert 'theme "verzonnen"' in capsys.readouterr().err


def test_what_cannot_be_written_is_no_choice(folder: KnowledgeFolder, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(folder, "export", "openpdc")
    assert "invalid choice" in capsys.readouterr().err
