"""The newest model on sentences that nobody trained on; the floors lie just below what was measured."""

from __future__ import annotations

from typing import Any

import pytest

from bot.tools.evaluate import CASES, measure, read_cases

pytestmark = pytest.mark.model

FLOORS = {
    "acts": 0.71,
    "organisations": 0.77,
    "near_scope_referred": 0.86,
    "out_of_scope_recognised": 0.89,
    "out_of_scope_refused": 0.58,
    "aspects": 0.71,
    "answered": 0.68,
}
CEILINGS = {"answers_wrong": 0.05, "in_scope_refused": 0.02, "calibration_error": 0.09}
THEMES = {
    "afval": 0.89,
    "akten-en-verklaringen": 0.88,
    "belastingen": 0.84,
    "bestuur": 0.8,
    "bouwen-en-wonen": 0.88,
    "contact": 0.72,
    "geboorte": 0.92,
    "jeugd-en-onderwijs": 0.93,
    "nationaliteit": 0.78,
    "ondernemen": 0.88,
    "openbare-ruimte": 0.85,
    "overlijden": 0.84,
    "parkeren": 0.87,
    "reisdocumenten": 0.81,
    "rijbewijs": 0.75,
    "trouwen": 0.87,
    "verhuizen": 0.89,
    "verkiezingen": 0.9,
    "werk-en-inkomen": 0.85,
    "zorg": 0.81,
}


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    measured = measure(CASES)
    assert measured is not None, "there is no model; `make train` makes one"
    return measured


@pytest.mark.parametrize("name", FLOORS)
def test_it_understands_at_least_as_much_as_before(found: dict[str, Any], name: str) -> None:
    assert found[name] >= FLOORS[name]


@pytest.mark.parametrize("name", CEILINGS)
def test_it_errs_no_more_than_before(found: dict[str, Any], name: str) -> None:
    assert found[name] <= CEILINGS[name]


@pytest.mark.parametrize("theme", THEMES)
def test_no_theme_gets_worse(found: dict[str, Any], theme: str) -> None:
    assert found["themes"][theme]["first"] >= THEMES[theme]


def test_every_theme_has_a_floor() -> None:
    assert {case.theme for case in read_cases(CASES) if case.product and case.before is None} <= THEMES.keys()
