"""After a warning the conversation stays with it until something else is clearly asked."""

from __future__ import annotations

from typing import Any

import pytest


async def said_after_danger(bench: Any, act: str, zone: str, sure: float = 0.9, **more: str) -> list[str]:
    conversation = await bench.conversation()
    await bench.say(conversation, "er is brand in de keuken")
    bench.engine.understanding = {"act": act, "zone": zone, "confidence": sure, **more}
    await bench.say(conversation, "ik weet niet wat ik moet doen")
    await bench.turns.answer(str(conversation))
    return list((await bench.texts(conversation))[2:])


@pytest.mark.parametrize(("act", "zone"), [("ask", "person"), ("status", "answer"), ("complaint", "person"), ("out_of_scope", "refuse")])
async def test_what_is_not_clear_gets_the_warning_once_more(bench: Any, act: str, zone: str) -> None:
    assert (await said_after_danger(bench, act, zone))[-1] == "<gevaar_nogmaals>"


@pytest.mark.parametrize(("act", "zone"), [("ask", "answer"), ("ask", "refer"), ("thanks", "smalltalk"), ("person", "person")])
async def test_who_clearly_asks_something_else_is_answered(bench: Any, act: str, zone: str) -> None:
    assert (await said_after_danger(bench, act, zone))[-1].startswith("echo:")


async def test_the_warning_stays_as_long_as_nothing_else_is_said(bench: Any) -> None:
    conversation = await bench.conversation()
    await bench.say(conversation, "er is brand in de keuken")
    bench.engine.understanding = {"act": "ask", "zone": "person"}
    for _ in range(2):
        await bench.say(conversation, "wat nu")
        await bench.turns.answer(str(conversation))
    last = (await bench.history(conversation))[-1]
    assert (last.text, last.meta["again"]) == ("<gevaar_nogmaals>", "<bel 112>")


async def test_who_hardly_asks_something_else_gets_the_warning(bench: Any) -> None:
    assert (await said_after_danger(bench, "ask", "answer", 0.77))[-1] == "<gevaar_nogmaals>"


async def test_the_question_of_a_form_is_answered(bench: Any) -> None:
    assert (await said_after_danger(bench, "ask", "person", form="callback_form"))[-1].startswith("echo:")
