"""A bare no ends the matter; what more is said with it counts."""

from __future__ import annotations

import pytest

from actions.refusing import ActionRefuse
from bot.wiring import Services
from tests.actions.conftest import run, tracker


@pytest.mark.parametrize("text", ["nee", "nee dank u", "nee hoor, dat hoeft niet", "liever niet", "nee verder niets bedankt"])
async def test_a_bare_no_ends_the_matter(given: Services, text: str) -> None:
    assert (await run(ActionRefuse(given), tracker(text, "deny"))).response == "utter_deny"


@pytest.mark.parametrize("text", ["nee liever niet bellen", "nee, ik durf niet te bellen", "geen telefoon graag"])
async def test_who_does_not_want_to_telephone_gets_other_ways(given: Services, text: str) -> None:
    said = await run(ActionRefuse(given), tracker(text, "deny"))
    assert said.response == "utter_without_call"
    assert [button["payload"] for button in said.messages[-1]["buttons"]] == ["/leave_note", "/book_appointment"]


@pytest.mark.parametrize("text", ["nee ik heb geen digid", "nee geen vergunning, geld", "nee niet voor mij maar voor mijn dochter"])
async def test_what_is_said_with_a_no_is_asked_about(given: Services, text: str) -> None:
    assert (await run(ActionRefuse(given), tracker(text, "deny"))).followed == "nlu_fallback"
