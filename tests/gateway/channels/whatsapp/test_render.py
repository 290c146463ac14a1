from __future__ import annotations

from datetime import datetime, timezone
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.channels.whatsapp.render import BODY, Words, parts_of, split, template
from bot.model.conversation import Choice, Message
from tests.gateway.channels.whatsapp.fake_graph import broken_limit, shown

WORDS = Words("Maak een keuze", "Kies hieronder:", "Of typ:")


def said(text: str, *titles: str) -> Message:
    choices = tuple(Choice(f"id{number}", title) for number, title in enumerate(titles))
    return Message(uuid4(), uuid4(), 1, "bot", text, datetime(2026, 11, 22, tzinfo=timezone.utc), choices)


def test_several_bubbles_of_one_turn_become_one_message() -> None:
    [part] = parts_of([said("Een."), said("Twee.", "Ja", "Nee")], WORDS)
    assert part["interactive"]["body"]["text"] == "Een.\n\nTwee."
    assert [item["reply"]["title"] for item in part["interactive"]["action"]["buttons"]] == ["Ja", "Nee"]


def test_a_long_answer_with_choices_is_a_text_and_a_short_message_with_the_choices() -> None:
    text, choices = parts_of([said("woord " * 400, "Ja")], WORDS)
    assert text["type"] == "text"
    assert choices["interactive"]["body"]["text"] == WORDS.choose


def test_a_title_that_does_not_fit_is_cut_and_written_out_below() -> None:
    [part] = parts_of([said("Kies", "Een heel lang onderwerp over parkeren")], WORDS)
    [row] = part["interactive"]["action"]["sections"][0]["rows"]
    assert row == {"id": "id0", "title": "Een heel lang onderwerp…", "description": "Een heel lang onderwerp over parkeren"}


def test_choices_that_find_no_place_in_a_list_are_written_out_to_be_typed() -> None:
    [part] = parts_of([said("Kies", *(f"Keuze {number}" for number in range(12)))], WORDS)
    assert len(part["interactive"]["action"]["sections"][0]["rows"]) == 10
    assert part["interactive"]["body"]["text"] == "Kies\n\nOf typ:\n- Keuze 10\n- Keuze 11"


@given(st.lists(st.text(max_size=6000), min_size=1, max_size=3), st.lists(st.text(min_size=1, max_size=80), max_size=14))
def test_whatever_is_said_keeps_every_limit_of_whatsapp(texts: list[str], titles: list[str]) -> None:
    messages = [said("x" + text, *(title.strip() or "x" for title in titles)) for text in texts]
    for part in parts_of(messages, WORDS):
        assert broken_limit({"to": "1", **part}) is None
    assert broken_limit({"to": "1", **template("naam", messages)}) is None


def test_titles_that_are_equal_are_told_apart_also_from_what_they_become() -> None:
    [part] = parts_of([said("Kies", "Balie", "Balie", "Balie 2")], WORDS)
    titles = [button["reply"]["title"] for button in part["interactive"]["action"]["buttons"]]
    assert titles == ["Balie", "Balie 2", "Balie 2 2"]
    assert broken_limit({"to": "1", **part}) is None


@given(st.text(alphabet="ab .\n", max_size=400), st.integers(2, 50))
def test_splitting_loses_no_word(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_the_longest_text_fits() -> None:
    [part] = parts_of([said("a" * BODY)], WORDS)
    assert len(shown(part)) == BODY
