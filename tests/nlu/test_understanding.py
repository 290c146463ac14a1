"""The newest model on sentences that nobody trained on; the floors lie just below what was measured."""

from __future__ import annotations

from typing import Any

import pytest

from bot.tools.evaluate import CASES, measure, read_cases

pytestmark = pytest.mark.model

FLOORS = {
    "acts": 0.62,
    "organisations": 0.67,
    "near_scope_referred": 0.84,
    "out_of_scope_recognised": 0.83,
    "aspects": 0.62,
    "answered": 0.58,
}
CEILINGS = {"answers_wrong": 0.06, "in_scope_refused": 0.02, "calibration_error": 0.06}
THEMES = {
    "afval": 0.85,
    "akten-en-verklaringen": 0.82,
    "belastingen": 0.81,
    "bestuur": 0.67,
    "bouwen-en-wonen": 0.8,
    "contact": 0.67,
    "geboorte": 0.87,
    "jeugd-en-onderwijs": 0.81,
    "nationaliteit": 0.64,
    "ondernemen": 0.78,
    "openbare-ruimte": 0.76,
    "overlijden": 0.82,
    "parkeren": 0.81,
    "reisdocumenten": 0.65,
    "rijbewijs": 0.69,
    "trouwen": 0.81,
    "verhuizen": 0.77,
    "verkiezingen": 0.9,
    "werk-en-inkomen": 0.73,
    "zorg": 0.79,
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
    assert {case.theme for case in read_cases(CASES) if case.product} <= THEMES.keys()
