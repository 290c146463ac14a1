"""The mistakes that are shown beside the numbers."""

from __future__ import annotations

from typing import Any

from bot.tools._mistakes import mistakes, shown
from bot.tools._report import table
from bot.tools._understood import Case, numbers


def said(act: str = "ask", zone: str = "answer", **more: Any) -> dict[str, Any]:
    base = {"act": act, "aspect": None, "product": None, "products": [], "organisation": None, "confidence": 0.5, "zone": zone}
    return {**base, **more}


GLASS = Case("waar laat ik glas", "afval", product="glas", aspects=("waar",))


def test_every_kind_of_mistake_is_told_apart_and_what_is_right_is_left_out() -> None:
    pairs = [
        (GLASS, said(product="pmd", aspect="waar")),
        (GLASS, said(product="glas", aspect="kosten")),
        (GLASS, said(product="glas", aspect="waar")),
        (Case("de lamp is stuk", "acts", act="report"), said("person")),
        (Case("mijn kenteken", "near_scope", organisations=("rdw",)), said(organisation="cbr")),
        (Case("en dan", "follow_ups", product="glas", before={"slots": {}, "said": "glas"}), said(product="pmd")),
        (Case("kom snel", "danger", act="danger"), said("greet")),
        (Case("brandhout", "danger"), said("danger", "danger")),
        (Case("zing", "out_of_scope", act="out_of_scope"), said(product="glas")),
    ]
    assert {kind: len(rows) for kind, rows in mistakes(pairs).items()} == {
        "product": 1, "aspect": 1, "act": 1, "organisation": 1, "follow_up": 1, "missed": 1, "alarm": 1,
    }  # fmt: skip


def test_of_many_mistakes_a_few_are_shown_spread_over_all() -> None:
    pairs = [(Case(f"zin {number}", "acts", act="report"), said("person")) for number in range(100)]
    assert [row["text"] for row in mistakes(pairs, most=4)["act"]] == ["zin 0", "zin 25", "zin 50", "zin 75"]


def test_a_long_message_is_cut_between_words() -> None:
    [row] = [line for line in shown({"act": [{"text": "woord | " * 60, "wanted": "report", "understood": "person"}]}) if "woord" in line]
    assert row.count("|") == 4
    assert " ... |" in row


def test_the_table_ends_with_what_still_goes_wrong() -> None:
    wrong = (GLASS, said(product="pmd"))
    assert "| waar laat ik glas | glas waar | pmd (answer) |" in table({**numbers([wrong]), "mistakes": mistakes([wrong])})
