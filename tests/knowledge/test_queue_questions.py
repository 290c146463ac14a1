"""What waiting citizens ask about the queue itself, and what only looks like it."""

from __future__ import annotations

import pytest

from bot.clock import utc_now
from bot.knowledge.library import Library
from bot.knowledge.loader import load_knowledge
from bot.settings import ROOT


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(load_knowledge(ROOT / "knowledge"), utc_now)


@pytest.mark.parametrize(
    "text",
    ["hoe lang duurt het nog", "Hoelang duurt het nog??", "ben ik al aan de beurt?", "en wanneer ben ik dan aan de beurt", "wachttijd?"],
)
def test_a_question_about_the_queue_is_heard(library: Library, text: str) -> None:
    assert library.asks_about_queue(text)


@pytest.mark.parametrize(
    "text",
    ["hoe lang duurt het nog voor mijn paspoort klaar is", "hoe lang duurt dat?", "hallo", "nog even", "", "👍", "is er iemand gewond"],
)
def test_what_is_about_something_else_is_left_to_the_bot(library: Library, text: str) -> None:
    assert not library.asks_about_queue(text)
