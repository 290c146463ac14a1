"""What is said while the call-back form asks for a name."""

from __future__ import annotations

import pytest

from bot.engine.nlu.forms import in_form
from bot.engine.nlu.meaning import Understanding

QUESTION = Understanding("ask_costs", "ask", "kosten", "paspoort", (), None, 0.9, "answer")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Jan de Vries", "give_details"),
        ("goedemorgen, mijn naam is Jan de Vries uit Bakkum", "give_details"),
        ("mijn naam is Jan, wat kost een paspoort?", "digress"),
        ("ik zou eerst graag willen weten hoeveel dat kost", "digress"),
        ("laat maar", "stop"),
    ],
)
def test_a_name_in_a_sentence_is_an_answer_and_a_question_is_none(text: str, intent: str) -> None:
    assert in_form(text, "callback_name", QUESTION) == intent
