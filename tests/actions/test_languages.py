"""Who writes another language gets an answer in it, and always the way to a person."""

from __future__ import annotations

import pytest

from actions.languages import ActionOtherLanguage
from bot.wiring import Services
from tests.actions.conftest import run, tracker


@pytest.mark.parametrize(
    ("language", "part"),
    [("de", "Niederländisch"), ("pl", "niderlandzku"), ("uk", "нідерландською"), ("ar", "الهولندية"), ("eo", "works in Dutch")],
)
async def test_the_answer_is_in_the_language_with_two_ways_to_a_person(given: Services, language: str, part: str) -> None:
    said = await run(ActionOtherLanguage(given), tracker("…", "other_language", language=language))
    assert part in said.messages[-1]["text"]
    assert [button["payload"] for button in said.messages[-1]["buttons"]] == ["/request_callback", "/ask_person"]
    assert said.slots == {"misses": 0}


async def test_a_common_question_in_english_is_answered_with_its_source(given: Services) -> None:
    said = await run(
        ActionOtherLanguage(given), tracker("how do i get a passport", "other_language", {"municipality": "castricum"}, language="en")
    )
    assert len(said.messages) == 2
    assert "in person" in said.messages[0]["text"]
    assert "https://" in said.messages[0]["text"]
    assert said.messages[0]["custom"]["meta"]["product"] == "paspoort"


async def test_the_phone_number_is_told_where_it_is_known(given: Services) -> None:
    known = await run(ActionOtherLanguage(given), tracker("…", "other_language", {"municipality": "castricum"}, language="en"))
    assert "call 14" in known.messages[-1]["text"]
    unknown = await run(ActionOtherLanguage(given), tracker("…", "other_language", language="en"))
    assert "{telefoon}" not in unknown.messages[-1]["text"]
    assert "Or call" not in unknown.messages[-1]["text"]
