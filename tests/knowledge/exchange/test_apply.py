"""Changes are written exactly, in the files as editors wrote them, or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from bot.knowledge.exchange import apply as apply_module
from bot.knowledge.exchange.apply import apply
from bot.knowledge.exchange.change import Change, Plan
from bot.knowledge.exchange.errors import ExchangeError
from bot.knowledge.exchange.yaml_edit import rewrite
from tests.knowledge.builders import KnowledgeFolder
from tests.knowledge.exchange.changes import contents
from tests.knowledge.exchange.samples import HERE

FILE = """\
# Van de redactie
id: glas          # nooit veranderen
woorden: [glas, "glasbak", 'pot']
aspecten:
  kosten: {tekst: Gratis., lokaal: true} # zie prijzen.yml
  wat:
    tekst: >-
      Een zin.
      Nog een zin.

    # hier komt nog iets
prijs: 83.80
code: 0383
nee: nee
acties:
  - soort: online
    titel: Melden
    digid: true
"""


def change(*steps: str | int, after: Any, adds: bool = False, file: str = "products/glas.yml") -> Change:
    return Change(file, "glas", "wat", steps, None, after, adds)


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ([change("prijs", after="90.00")], "prijs: 83.80", "prijs: 90.00"),
        ([change("aspecten", "kosten", "tekst", after="Het kost iets: veel.")], "tekst: Gratis.", "tekst: 'Het kost iets: veel.'"),
        ([change("woorden", after="fles", adds=True)], "'pot']", "'pot', fles]"),
        ([change("acties", 0, "digid", after=None)], "\n    digid: true", ""),
        ([change("acties", 0, "url", after="https://x.nl/#a")], "titel: Melden", "titel: Melden\n    url: https://x.nl/#a"),
        ([change("aspecten", "duur", "tekst", after="Kort.")], "\nprijs: 83.80", "\n  duur:\n    tekst: Kort.\nprijs: 83.80"),
    ],
    ids=["number", "flow", "list", "remove", "insert", "new-map"],
)
def test_one_value_changes_and_every_other_line_stays(changes: list[Change], old: str, new: str) -> None:
    assert rewrite(FILE, changes) == FILE.replace(old, new)


def test_a_long_text_is_folded_with_a_sentence_a_line() -> None:
    text = "Dit is een eerste zin die lang genoeg is. En dit is de tweede: met een punt. Klaar!"
    lines = ["  duur:", "    tekst: >-", *(f"      {part}" for part in text.replace(". ", ".\n").splitlines())]
    written = rewrite(FILE, [change("aspecten", "duur", "tekst", after=text)])
    assert "\n".join([*lines, "prijs"]) in written


def test_a_list_in_a_text_keeps_its_lines() -> None:
    assert "tekst: |-\n      Mee:\n      - pas\n" in rewrite(FILE, [change("aspecten", "duur", "tekst", after="Mee:\n- pas")])


def test_words_that_yaml_takes_for_nothing_are_quoted() -> None:
    assert 'prijs: "null"' in rewrite(FILE, [change("prijs", after="null")])


def test_a_file_of_a_municipality_is_made_when_there_is_none(folder: KnowledgeFolder) -> None:
    file = f"municipalities/{HERE}/products/glas.yml"
    assert apply(Plan((change("aspecten", "wat", "tekst", after="Nieuw.", file=file),)), folder.root) == (file,)
    assert (folder.root / file).read_text() == "id: glas\naspecten:\n  wat:\n    tekst: Nieuw.\n"


def test_nothing_is_written_when_the_folder_would_no_longer_load(folder: KnowledgeFolder) -> None:
    before = contents(folder.root)
    fine = change("naam", after="Glas en meer")
    wrong = change("thema", after="verzonnen", file="products/paspoort.yml")
    with pytest.raises(ExchangeError, match=r"nothing was written(.|\n)*knowledge/products/paspoort.yml:\d+: theme \"verzonnen\""):
        apply(Plan((fine, wrong)), folder.root)
    assert contents(folder.root) == before


def test_an_old_error_does_not_stop_an_import(folder: KnowledgeFolder) -> None:
    folder.product("afvalkalender", thema="verzonnen")
    apply(Plan((change("naam", after="Glas en meer"),)), folder.root)
    assert "naam: Glas en meer" in (folder.root / "products/glas.yml").read_text()


def test_a_rewrite_that_would_touch_more_is_refused(folder: KnowledgeFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(folder.root)
    monkeypatch.setattr(apply_module, "rewrite", lambda text, _: text.replace("Team Afval", "Team Glas"))
    with pytest.raises(ExchangeError, match="without touching more than was shown"):
        apply(Plan((change("naam", after="Glas en meer"),)), folder.root)
    assert contents(folder.root) == before


def test_a_broken_file_is_not_rewritten(folder: KnowledgeFolder) -> None:
    folder.write("products/glas.yml", "id: [glas")
    with pytest.raises(ExchangeError, match="repair this file first"):
        apply(Plan((change("naam", after="x"),)), folder.root)


def test_no_half_written_files_stay_behind(folder: KnowledgeFolder) -> None:
    names = set(contents(folder.root))
    apply(Plan((change("naam", after="Glas en meer"),)), folder.root)
    assert set(contents(folder.root)) == names
