"""The numbers on understanding, over sentences of which the test knows what was made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.tools._report import table
from bot.tools._trust import calibration_error, interval, reliability, zone_rows
from bot.tools._understood import Case, numbers
from bot.tools.evaluate import cost, read_cases, trained_on
from bot.tools.zones import with_zones


def said(product: str | None, zone: str = "answer", **more: Any) -> dict[str, Any]:
    base = {"act": "ask", "aspect": "kosten", "product": product, "products": [], "organisation": None, "confidence": 0.9, "zone": zone}
    return {**base, **more}


GLASS = Case("glasbak", "afval", "kort", "glas", ("textiel",), ("kosten",))


def test_another_product_that_is_also_right_counts() -> None:
    found = numbers([(GLASS, said("textiel")), (GLASS, said("pmd", products=[["pmd", 0.5], ["glas", 0.3]]))])
    assert found["products"] == {"first": 0.5, "three": 1.0, "count": 2, "interval": [0.0, 1.0]}
    assert found["answers_wrong"] == 0.5
    assert found["confusions"] == [{"wanted": "glas", "understood": "pmd", "times": 1, "of": 2}]
    assert found["themes"]["afval"]["first"] == 0.5
    assert found["styles"]["kort"]["count"] == 2


def test_out_of_scope_counts_as_recognised_when_no_product_is_answered_or_guessed() -> None:
    outside = Case("zing", "out_of_scope", act="out_of_scope")
    zones = ("refuse", "person", "refer", "ask", "answer")
    found = numbers([(outside, said(None, zone)) for zone in zones] + [(GLASS, said(None, "refuse"))])
    assert (found["out_of_scope_recognised"], found["out_of_scope_refused"], found["in_scope_refused"]) == (0.6, 0.2, 1.0)


def test_danger_is_counted_both_ways() -> None:
    found = numbers([(Case("brand", "danger", act="danger"), said(None, "danger")), (Case("brandhout", "danger"), said(None, "danger"))])
    assert (found["danger_recognised"], found["danger_false"]) == (1.0, 1.0)


def test_calibration_is_perfect_when_what_is_said_comes_true() -> None:
    assert calibration_error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]) == 0.0
    assert calibration_error([(1.0, False)]) == 1.0
    assert calibration_error([]) is None


def test_the_table_shows_every_theme() -> None:
    assert "| afval | 100.0 % | 100.0 % | 1 |" in table(numbers([(GLASS, said("glas"))]))


def test_the_table_shows_the_second_author_beside_the_first() -> None:
    first, second = numbers([(GLASS, said("glas"))]), numbers([(GLASS, said("pmd"))])
    assert "| right product first | 100.0 % | 0.0 % |" in table({**first, "second": second})
    assert "| right product first | 100.0 % |" in table(first)


def test_the_table_tells_what_understanding_costs() -> None:
    spent = cost([{"ms": float(number), "mib": 500 + number} for number in range(100)])
    assert spent["engine_mib"] == 599
    assert 93 < spent["parse_p95_ms"] < 97
    shown = table({**numbers([(GLASS, said("glas"))]), **spent, "training_seconds": 99.5})
    assert "| memory of the engine with the model, at most | 599 MiB |" in shown
    assert "| training the model, by the clock | 99.5 s |" in shown


def test_cases_are_read_with_what_their_file_says_of_them(tmp_path: Path) -> None:
    files = {
        "afval": [{"text": "glas", "product": "glas", "aspect": "wat", "also_aspect": "waar", "style": "kort", "also": ["pmd"]}],
        "danger": [{"text": "help", "danger": True}, {"text": "brandhout", "danger": False}],
        "near_scope": [{"text": "belasting", "organisation": "belastingdienst"}],
        "out_of_scope": [{"text": "zing"}],
        "follow_ups": [
            {
                "before": [{"text": "wat kost glas", "product": "glas", "aspect": "kosten"}, {"text": "en pmd", "product": "pmd"}],
                "text": "en dan",
                "product": "pmd",
                "aspect": "wanneer",
                "also_aspect": ["duur"],
            }
        ],
    }
    for name, items in files.items():
        (tmp_path / f"{name}.yml").write_text(yaml.safe_dump(items), "utf-8")
    cases = {case.text: case for case in read_cases(tmp_path)}
    assert cases["glas"].products == {"glas", "pmd"}
    assert cases["glas"].aspects == ("wat", "waar")
    assert (cases["help"].act, cases["brandhout"].act, cases["zing"].act) == ("danger", None, "out_of_scope")
    assert cases["belasting"].organisations == ("belastingdienst",)
    leaning = cases["en dan"]
    assert leaning.before == {"slots": {"product": "pmd", "aspect": "kosten"}, "said": "en pmd"}
    assert leaning.aspects == ("wanneer", "duur")


def test_zones_replace_their_numbers_and_nothing_else() -> None:
    config = "pipeline:\n  zones:\n    answer: 0.5\n    ask: 0.1  # low\n"
    assert with_zones(config, {"ask": 0.2}) == "pipeline:\n  zones:\n    answer: 0.5\n    ask: 0.2  # low\n"
    with pytest.raises(ValueError, match="refer"):
        with_zones(config, {"refer": 0.2})


def test_follow_ups_are_measured_apart() -> None:
    leaning = Case("en wat kost dat", "follow_ups", product="glas", aspects=("kosten",), before={"slots": {}, "said": "glas"})
    found = numbers([(GLASS, said("pmd")), (leaning, said("glas"))])
    assert (found["sentences"], found["follow_ups"], found["follow_up_products"], found["products"]["first"]) == (1, 1, 1.0, 0.0)


def test_a_second_answer_to_a_single_question_is_counted() -> None:
    twice = said("glas", also=[said("pmd")])
    wish = said("glas", also=[said("pmd", act="book")])
    assert numbers([(GLASS, twice), (GLASS, wish)])["two_answers"] == 0.5


def test_each_zone_tells_its_share_and_its_errors() -> None:
    assert zone_rows([("answer", True), ("answer", False), ("ask", True), ("answer", True)]) == {
        "answer": {"share": 0.75, "wrong": 0.3333, "count": 3},
        "ask": {"share": 0.25, "wrong": 0.0, "count": 1},
    }


def test_bins_tell_how_sure_and_how_often_right() -> None:
    assert reliability([(0.85, True), (0.89, False), (1.0, True)]) == [
        {"from": 0.8, "count": 2, "sure": 0.87, "right": 0.5},
        {"from": 0.9, "count": 1, "sure": 1.0, "right": 1.0},
    ]


def test_the_interval_holds_the_share_and_is_the_same_every_time() -> None:
    right = [True] * 80 + [False] * 20
    low, high = interval(right) or (1.0, 0.0)
    assert low < 0.8 < high
    assert interval(right) == [low, high]
    assert interval([]) is None


def test_sentences_that_the_training_data_hold_too_are_also_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("version: '3.1'\nnlu:\n- intent: ask_what\n  examples: |\n    - Glasbak!\n    - pmd\n", "utf-8")
    assert trained_on(tmp_path) == {"glasbak", "pmd"}
    found = numbers([(replace(GLASS, seen=True), said("glas")), (GLASS, said("pmd"))])
    assert (found["products"]["first"], found["products_unseen"]["first"]) == (0.5, 0.0)
