"""The words of danger are read, refused when they are wrong, and quiet at the questions of the knowledge base."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from bot.knowledge.danger import load_danger, watch_of
from bot.knowledge.loader import read_knowledge
from bot.text.danger import hear_danger

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
NUMBERS = {"112", "113", "0800-0113", "0800-2000", "0800-0432", "0800-9009"}
ABOUT_DANGER = {
    "huiselijk-geweld",
    "veilig-thuis",
    "zelfmoordpreventie-113",
    "kindertelefoon",
    "slachtofferhulp",
    "politie",
    "huisarts",
    "netbeheerder",
}
"""Products and organisations whose questions are often danger themselves; those may be heard."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(KNOWLEDGE / "gevaar.yml", tmp_path)
    shutil.copytree(KNOWLEDGE / "gevaar", tmp_path / "gevaar")
    return tmp_path


def test_the_watch_gives_kind_and_answer() -> None:
    found = watch_of(KNOWLEDGE)("er is brand in de keuken")
    assert found is not None
    assert found.kind == "brand"
    assert "112" in found.answer
    assert watch_of(KNOWLEDGE)("wat kost een paspoort") is None


def test_every_kind_is_there_and_names_only_checked_numbers() -> None:
    danger = load_danger(KNOWLEDGE)
    assert {kind.name for kind in danger.kinds} == {"zelfdoding", "kindermishandeling", "geweld", "medisch", "brand"}
    for kind in danger.kinds:
        for sign in kind.signs:
            assert {"112", "0800-9009"} & set(re.findall(r"\*\*([\d-]+)\*\*", sign.answer)), sign.pattern.source
            assert set(re.findall(r"\*\*([\d-]+)\*\*", sign.answer)) <= NUMBERS


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("gevaar.yml", "volgorde:", "vologorde:"),
        ("gevaar/brand.yml", "antwoord:", "antword:"),
        ("gevaar/brand.yml", "  - ^ brand $\n", "  - ^ <bestaat-niet> $\n"),
        ("gevaar/brand.yml", "  - ^ brand $\n", "  - brand ..\n"),
        ("gevaar/brand.yml", "  - ^ brand $\n", "  - br*\n"),
        ("gevaar/brand.yml", "  - ^ brand $\n", "  - '!brand'\n"),
        ("gevaar/woorden.yml", "groepen:", "groepen: ["),
        ("gevaar/woorden.yml", "  mens: ", "  mens: <bestaat-niet> "),
        ("gevaar/gewichten.tsv", '"onschuldig"', '"iets"'),
        ("gevaar/gewichten.tsv", "\t", "\t1\t"),
    ],
)
def test_a_file_that_is_wrong_is_refused(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigurationError):
        load_danger(folder)


def test_a_file_that_is_away_is_refused(folder: Path) -> None:
    (folder / "gevaar" / "geweld.yml").unlink()
    with pytest.raises(ConfigurationError, match=r"geweld\.yml"):
        load_danger(folder)


def test_ordinary_questions_of_the_knowledge_base_raise_hardly_any_alarm() -> None:
    danger = load_danger(KNOWLEDGE)
    base = read_knowledge(KNOWLEDGE).base
    asked = [(item.id, text) for item in base.products.values() for _, texts in item.questions.items() for text in texts]
    asked += [(item.id, text) for item in base.organisations.values() for text in item.questions]
    plain = [(id_, text) for id_, text in asked if id_ not in ABOUT_DANGER]
    alarms = [f"{id_}: {text}" for id_, text in plain if hear_danger(text, danger) is not None]
    assert len(plain) > 10_000
    assert len(alarms) <= len(plain) * 0.003, "\n".join(alarms)


def test_most_questions_about_violence_at_home_are_heard() -> None:
    danger = load_danger(KNOWLEDGE)
    texts = [text for texts in read_knowledge(KNOWLEDGE).base.products["huiselijk-geweld"].questions.values() for text in texts]
    assert sum(hear_danger(text, danger) is not None for text in texts) > len(texts) * 0.6
