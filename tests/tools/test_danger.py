"""Ordinary questions are taken from the training data, and the check says when weights are of another time."""

from __future__ import annotations

from pathlib import Path

from bot.tools._danger_ordinary import ordinary

DATA = """version: "3.1"
nlu:
  - intent: ask_what
    metadata: {product: paspoort}
    examples: |
      - wat kost een [paspoort](thing)
  - intent: ask_what
    metadata: {product: huiselijk-geweld}
    examples: |
      - mijn man slaat mij
  - intent: ask_what
    metadata: {product: paspoort, source: answer}
    examples: |
      - U betaalt bij de balie.
  - intent: refer
    examples:
      - text: |
          - waar is de politie
        metadata: {organisation: politie}
  - synonym: paspoort
    examples: |
      - pas
"""


def test_ordinary_messages_leave_out_answers_and_subjects_that_are_danger(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(DATA, "utf-8")
    assert list(ordinary(tmp_path, {"huiselijk-geweld"})) == ["wat kost een paspoort", "waar is de politie"]
