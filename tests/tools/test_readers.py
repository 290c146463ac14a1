"""How far people agree on what a sentence wants, and how the model stands beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.tools._readers import agreement, read_readers
from bot.tools._report import table
from bot.tools._understood import Case, numbers

GLASS = Case("waar laat ik glas", "afval", product="glas", aspects=("waar",))
LAMP = Case("de lamp is stuk", "acts", act="report")


def said(act: str, aspect: str | None = None) -> dict[str, Any]:
    return {"act": act, "aspect": aspect, "product": None, "products": [], "organisation": None, "confidence": 0.5, "zone": "answer"}


def test_readers_are_read_by_text_with_their_best_label_first(tmp_path: Path) -> None:
    file = tmp_path / "readers.tsv"
    file.write_text('text\tfirst\tsecond\nwat "is" glas\twat\taanvragen,wat\n', "utf-8")
    assert read_readers(file) == {'wat "is" glas': (("wat",), ("aanvragen", "wat"))}
    assert read_readers(tmp_path / "none.tsv") == {}


def test_a_label_that_both_readers_defend_is_accepted_and_one_of_a_single_reader_is_not() -> None:
    readers = {GLASS.text: (("waar", "aanvragen"), ("aanvragen", "kosten")), LAMP.text: (("report",), ("aanvragen", "report"))}
    found = agreement([GLASS, LAMP], [said("ask", "aanvragen"), said("ask", "aanvragen")], readers)["readers"]
    assert (found["wish"], found["wish_accepted"]) == (0.0, 0.5)
    assert (found["count"], found["first"], found["second"], found["each_other"]) == (2, 1.0, 0.0, 0.0)


def test_what_no_reader_saw_or_leans_on_a_conversation_is_left_out() -> None:
    leaning = Case("en glas", "follow_ups", aspects=("waar",), before={"slots": {}, "said": "hoi"})
    readers = {leaning.text: (("waar",), ("waar",))}
    assert agreement([leaning, GLASS], [said("ask", "waar")] * 2, readers) == {"readers": None}


def test_the_table_shows_the_readers() -> None:
    readers = {GLASS.text: (("waar",), ("waar",))}
    found = {**numbers([(GLASS, said("ask", "waar"))]), **agreement([GLASS], [said("ask", "waar")], readers)}
    assert "| both readers give the same label | 100.0 % |" in table(found)
