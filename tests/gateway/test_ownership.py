"""While a person has the conversation the bot is silent, whatever happens; and it comes back only when it is handed back."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from bot.gateway.engine import EngineUnavailable
from bot.store import turns

LIVE_CHAT = {"route": "live_chat", "team": "algemeen", "rule": "vraagt-een-mens", "reason": "vraagt een mens", "product": "paspoort"}


async def _agent(bench: Any, name: str = "Fatima") -> UUID:
    agent: UUID = await bench.office.agents.add(name)
    await bench.office.agents.presence(agent, "available")
    return agent


async def _queued(bench: Any) -> UUID:
    conversation: UUID = await bench.conversation()
    bench.engine.handoff = LIVE_CHAT
    await bench.say(conversation, "ik wil een medewerker")
    await bench.turns.answer(str(conversation))
    return conversation


async def _authors(bench: Any, conversation: UUID, after: int) -> list[str]:
    return [message.author for message in (await bench.history(conversation))[after:]]


async def test_a_hand_off_in_the_reply_puts_the_citizen_into_the_queue(bench: Any) -> None:
    await _agent(bench)
    conversation = await _queued(bench)
    row = await bench.office.board.conversation(conversation)
    assert (row.owner, row.product, row.reason) == ("queued", "paspoort", "vraagt een mens")
    last = (await bench.history(conversation))[-1]
    assert (last.text, last.author, last.meta["waiting"]) == ("<wachtrij_plaats>", "system", {"place": 1, "minutes": 1})


async def test_in_the_queue_the_bot_still_answers_and_the_citizen_may_leave_even_without_an_engine(bench: Any) -> None:
    conversation = await _queued(bench)
    await bench.say(conversation, "wat kost het")
    await bench.turns.answer(str(conversation))
    assert (await bench.texts(conversation))[-1] == "echo: wat kost het"
    bench.engine.failures = [EngineUnavailable("away")]
    choice = next(message for message in await bench.history(conversation) if message.choices)
    await bench.choose(conversation, choice.choices[0].id)
    assert (await bench.texts(conversation))[-1] == "<wachtrij_gestopt>"
    assert (await bench.office.board.conversation(conversation)).owner == "bot"


async def test_an_old_button_of_the_queue_gets_an_answer_too(bench: Any) -> None:
    conversation = await _queued(bench)
    bench.engine.handoff = LIVE_CHAT
    await bench.say(conversation, "medewerker!")
    await bench.turns.answer(str(conversation))
    first, second = [message.choices[0].id for message in await bench.history(conversation) if message.choices][-2:]
    await bench.choose(conversation, first)
    await bench.choose(conversation, second)
    assert (await bench.texts(conversation))[-3:] == ["<wachtrij_gestopt>", "<knop_niet_wachten>", "<wachtrij_gestopt>"]


async def test_who_asks_again_hears_how_it_stands(bench: Any) -> None:
    conversation = await _queued(bench)
    bench.engine.handoff = LIVE_CHAT
    await bench.say(conversation, "hallo? medewerker?")
    await bench.turns.answer(str(conversation))
    assert (await bench.texts(conversation))[-1] == "<wachtrij_al>"
    assert len(await bench.office.board.queue()) == 1


async def test_who_asks_about_the_queue_hears_their_place_at_once_and_the_bot_is_not_asked(bench: Any) -> None:
    await _agent(bench)
    conversation = await _queued(bench)
    asked = len(bench.engine.asked)
    await bench.say(conversation, "hoe lang nog?")
    last = (await bench.history(conversation))[-1]
    assert (last.text, last.author, last.meta["waiting"]) == ("<wachtrij_al>", "system", {"place": 1, "minutes": 1})
    await bench.turns.answer(str(conversation))
    assert len(bench.engine.asked) == asked


async def test_who_does_not_wait_and_asks_the_same_gets_the_bot(bench: Any) -> None:
    conversation = await bench.conversation()
    await bench.say(conversation, "hoe lang nog?")
    await bench.turns.answer(str(conversation))
    assert (await bench.texts(conversation))[-1] == "echo: hoe lang nog?"


async def test_a_promise_made_while_waiting_ends_the_waiting(bench: Any) -> None:
    conversation = await _queued(bench)
    bench.engine.handoff = {"route": "callback", "reference": "TB-222222"}
    await bench.say(conversation, "bel mij maar")
    await bench.turns.answer(str(conversation))
    assert (await bench.office.board.conversation(conversation)).owner == "bot"


async def test_a_long_talk_with_a_person_has_no_word_of_the_bot_and_afterwards_it_works_again(bench: Any) -> None:
    """Commands, answers to forms, danger, ninety minutes: the engine is not called once, and danger reaches the agent."""
    agent, conversation = await _agent(bench), await _queued(bench)
    await bench.office.desk.claim(agent, conversation)
    begun, asked = len(await bench.history(conversation)), len(bench.engine.asked)
    for text in ("/restart", "/session_start", "stop", "ja", "0612345678", "Jan de Vries", "wat kost een paspoort?", "dank u"):
        await bench.say(conversation, text)
        await bench.turns.answer(str(conversation))
    await bench.say(conversation, "help, er is brand")
    await bench.turns.answer(str(conversation))
    for _ in range(6):
        bench.clock.move(timedelta(minutes=15))
        await bench.office.agents.heartbeat(agent, active=True)
        await bench.office.watch.round()
        await bench.watch.round()
        await bench.say(conversation, "bent u er nog?")
        await bench.turns.answer(str(conversation))
    assert "bot" not in await _authors(bench, conversation, begun)
    assert len(bench.engine.asked) == asked
    row = await bench.office.board.conversation(conversation)
    assert (row.danger, row.agent_id) == ("brand", agent)
    await bench.office.desk.say(agent, conversation, "Ik ben er weer.", "k")
    await bench.office.desk.hand_back(agent, conversation)
    bench.clock.move(-timedelta(minutes=90))  # what is owed has the time of the database
    await bench.say(conversation, "wat kost een paspoort?")
    await bench.turns.answer(str(conversation))
    assert (await bench.texts(conversation))[-2:] == ["wat kost een paspoort?", "echo: wat kost een paspoort?"]
    assert bench.engine.resets == [{"product": "paspoort"}]


async def test_the_bot_begins_afresh_once_also_when_the_engine_was_away(bench: Any) -> None:
    agent, conversation = await _agent(bench), await bench.conversation()
    await bench.office.desk.take_over(agent, conversation)
    await bench.office.desk.hand_back(agent, conversation)
    await bench.say(conversation, "hallo")
    bench.engine.failures = [EngineUnavailable("away")]
    with pytest.raises(EngineUnavailable):
        await bench.turns.answer(str(conversation))
    await bench.turns.answer(str(conversation))
    await bench.say(conversation, "nog een")
    await bench.turns.answer(str(conversation))
    assert bench.engine.resets == [{}]


@pytest.mark.parametrize("back", [False, True], ids=["still with the agent", "handed back already"])
async def test_an_answer_that_was_on_its_way_when_an_agent_came_is_not_given(bench: Any, back: bool) -> None:
    agent, conversation = await _agent(bench), await bench.conversation()
    await bench.say(conversation, "hallo")
    turn = bench.engine.turn

    async def meanwhile(*arguments: Any) -> Any:
        await bench.office.desk.take_over(agent, conversation)
        await bench.say(conversation, "en nog iets")
        if back:
            await bench.office.desk.hand_back(agent, conversation)
        return await turn(*arguments)

    bench.engine.turn = meanwhile
    await bench.turns.answer(str(conversation))
    said = await bench.texts(conversation)
    assert "echo: hallo" not in said
    assert {"hallo", "en nog iets"} <= set(said)
    async with bench.database.transaction() as connection:
        assert not await turns.is_owed(connection, conversation)


async def test_an_agent_and_the_bot_at_the_same_moment_never_both_speak_after_the_claim(bench: Any) -> None:
    for _ in range(10):
        agent, conversation = await _agent(bench), await bench.conversation()
        await bench.say(conversation, "hallo")
        await asyncio.gather(
            bench.turns.answer(str(conversation)),
            bench.office.desk.take_over(agent, conversation),
            bench.say(conversation, "en dit"),
            bench.watch.round(),
        )
        await bench.turns.answer(str(conversation))
        history = await bench.history(conversation)
        claimed = next(message.seq for message in history if message.text == "<medewerker_begint>")
        assert [message.text for message in history if message.author == "bot" and message.seq > claimed] == []
        assert [message.seq for message in history] == list(range(1, len(history) + 1))


async def test_a_closed_conversation_begins_again_with_the_bot(bench: Any) -> None:
    agent, conversation = await _agent(bench), await bench.conversation()
    await bench.office.desk.take_over(agent, conversation)
    await bench.office.desk.close(agent, conversation, "answered")
    await bench.say(conversation, "nog een vraag")
    await bench.turns.answer(str(conversation))
    assert (await bench.texts(conversation))[-2:] == ["<gesprek_opnieuw>", "echo: nog een vraag"]
    assert bench.engine.resets == [{}]


async def test_a_rating_is_kept_and_does_not_wake_the_bot(bench: Any) -> None:
    from sqlalchemy import text

    agent, conversation = await _agent(bench), await bench.conversation()
    await bench.office.desk.take_over(agent, conversation)
    await bench.office.desk.close(agent, conversation, "answered")
    asked = (await bench.history(conversation))[-1]
    await bench.choose(conversation, asked.choices[1].id)
    async with bench.database.transaction() as connection:
        assert await connection.scalar(text("select score from rating")) == 4
    assert (await bench.texts(conversation))[-1] == "<beoordeling_dank>"
    assert (await bench.office.board.conversation(conversation)).owner == "closed"


async def test_danger_is_answered_at_once_in_the_queue_too_and_kept_without_words(bench: Any) -> None:
    from sqlalchemy import text

    conversation = await _queued(bench)
    await bench.say(conversation, "er is brand bij de buren")
    assert (await bench.history(conversation))[-1].meta["danger"] == "brand"
    async with bench.database.transaction() as connection:
        kept = (await connection.execute(text("select route, facts::text as facts from triage_decision"))).one()
    assert kept.route == "emergency"
    assert "buren" not in kept.facts


async def test_a_remark_is_masked_and_kept_apart_and_nobody_rates_what_was_not_asked(bench: Any) -> None:
    from sqlalchemy import text

    from bot.gateway.errors import NotAsked, TooLong

    agent, conversation = await _agent(bench), await bench.conversation()
    with pytest.raises(NotAsked):
        await bench.gate.rate(conversation, 5, None)
    await bench.office.desk.take_over(agent, conversation)
    await bench.office.desk.close(agent, conversation, "answered")
    with pytest.raises(TooLong):
        await bench.gate.rate(conversation, 5, "x" * 501)
    await bench.gate.rate(conversation, 5, "Fijn. Mijn BSN is 111222333.")
    async with bench.database.transaction() as connection:
        kept = (await connection.execute(text("select score, remark from rating"))).one()
    assert tuple(kept) == (5, "Fijn. Mijn BSN is *********.")
