"""How a municipality says that it takes reports."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.knowledge.loader import read_knowledge
from bot.knowledge.report_build import build_report_policy
from bot.knowledge.report_schema import ReportsShape
from bot.model.report import ReportPolicy
from bot.settings import ROOT


def _shape(**keys: object) -> ReportsShape:
    return ReportsShape.model_validate({"voorbeeld": True, **keys})


def test_the_own_file_goes_before_the_shared_one() -> None:
    shared = _shape(systeem="own", werkdagen=5, fotos=3, rubrieken={"riool": "a/b", "honden": "c/d"})
    own = _shape(systeem="signalen", fotos=0, ligging=[52.6, 4.7], rubrieken={"riool": "e/f"})
    expected = ReportPolicy("heiloo", "signalen", 5, 0, (("honden", "c/d"), ("riool", "e/f")), (52.6, 4.7))
    assert build_report_policy("heiloo", [shared, own]) == expected


def test_without_a_file_nothing_can_be_reported() -> None:
    assert build_report_policy("heiloo", []) is None


def test_a_website_takes_no_reports_in_the_conversation() -> None:
    policy = build_report_policy("heiloo", [_shape(systeem="link")])
    assert policy is not None
    assert not policy.taken


@pytest.mark.parametrize(
    "keys",
    [
        {"systeem": "fixi"},
        {"werkdagen": 0},
        {"fotos": 9},
        {"rubrieken": {"riool": "overig"}},
        {"ligging": [4.7, 52.6]},
        {"voorbeeld": False},
    ],
)
def test_what_is_not_right_is_refused(keys: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        _shape(**keys)


@pytest.mark.parametrize(
    ("content", "line", "word"),
    [
        ("systeem: signalen\n", 1, 'key "ligging" is missing'),
        ("systeem: own\nrubrieken:\n  rioool: overig/overig\n", 3, "riool"),
    ],
)
def test_the_checker_names_what_does_not_fit(tmp_path: Path, content: str, line: int, word: str) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", folder)
    file = folder / "municipalities" / "heiloo" / "meldingen.yml"
    file.write_text(content + "voorbeeld: true\n", "utf-8")
    found = [problem for problem in read_knowledge(folder).errors if problem.path.endswith("heiloo/meldingen.yml")]
    assert [(problem.line, word in problem.message) for problem in found] == [(line, True)]


def test_all_four_municipalities_say_how_they_take_reports() -> None:
    municipalities = read_knowledge(ROOT / "knowledge").base.municipalities
    assert [name for name, here in municipalities.items() if here.reports is None] == []
