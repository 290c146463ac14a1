"""Lines of sentences are read as written, and weights of other sentences are noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from bot.knowledge.danger import load_danger
from bot.knowledge.danger_lessons import WEIGHTS, Limits, either, fingerprint, lessons, mark_of, read_weights, write_weights

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
KINDS = tuple(kind.name for kind in load_danger(KNOWLEDGE).kinds)


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("ik wil dood", ["ik wil dood"]),
        ("(papa|mama) slaat", ["papa slaat", "mama slaat"]),
        ("brand (bij de buren|)", ["brand bij de buren", "brand"]),
        ("help, (nu|snel), (a|b)", ["help, nu, a", "help, nu, b", "help, snel, a", "help, snel, b"]),
        ("geen (keus) hier", ["geen (keus) hier"]),
    ],
)
def test_a_line_stands_for_all_its_choices(line: str, texts: list[str]) -> None:
    assert either(line) == texts


def test_a_line_with_very_many_choices_gives_an_even_selection() -> None:
    line = " ".join(f"({'|'.join(f'{place}{choice}' for choice in range(4))})" for place in "abcd")
    texts = either(line)
    assert len(texts) == 24
    assert {word for text in texts for word in text.split()} == {f"{place}{choice}" for place in "abcd" for choice in range(4)}


def test_the_weights_belong_to_the_sentences() -> None:
    assert mark_of(KNOWLEDGE) == fingerprint(KNOWLEDGE, KINDS), "run `python -m bot.tools danger`"


def test_a_changed_sentence_is_noticed(tmp_path: Path) -> None:
    _copy(tmp_path)
    before = fingerprint(tmp_path, KINDS)
    path = tmp_path / "gevaar" / "zinnen" / "brand.yml"
    path.write_text(path.read_text("utf-8") + "  het vuur is aan\n", "utf-8")
    assert fingerprint(tmp_path, KINDS) != before


def test_a_file_without_sentences_is_refused(tmp_path: Path) -> None:
    _copy(tmp_path)
    (tmp_path / "gevaar" / "zinnen" / "brand.yml").write_text("zinnen: ''\n", "utf-8")
    with pytest.raises(ConfigurationError, match=r"brand\.yml"):
        list(lessons(tmp_path, KINDS))


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "gevaar").mkdir()
    write_weights(tmp_path / WEIGHTS, ["onschuldig", *KINDS], [0.5] * 6, {"w brand": [-1.25, 0, 0, 0, 0, 2.0]}, "1-mark")
    weights = read_weights(tmp_path, KINDS, Limits(0.0, -3.0), {}, frozenset())
    assert weights.of == {"w brand": (-1.25, 0, 0, 0, 0, 2.0)}
    assert weights.labels == ("onschuldig", *KINDS)
    assert mark_of(tmp_path) == "1-mark"


def _copy(folder: Path) -> None:
    for path in (KNOWLEDGE / "gevaar" / "zinnen").glob("*.yml"):
        target = folder / "gevaar" / "zinnen" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path.read_text("utf-8"), "utf-8")
