"""The contract of docs/engine.md, over real HTTP."""

from __future__ import annotations

from tests.engine.fakes import Engine


async def test_a_question_is_answered(engine: Engine) -> None:
    status, answer = await engine.turn("hallo")
    assert status == 200
    assert answer["messages"] == [{"text": "Goedendag.", "choices": [], "card": None, "meta": {}}]
    assert answer["handoff"] is None
    assert answer["municipality"] == "castricum"
    assert answer["understanding"]["act"] == "greet"
