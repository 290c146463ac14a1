"""The gate: what is done to every message at the door."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from bot.gateway.errors import BadRequest, ChoiceUsed, TooFast, TooLong, UnknownConversation
from bot.gateway.limits import Limits
from bot.gateway.starts import Starts
from bot.model.conversation import Inbound, OfferedChoice, Reply
from bot.store import messages, turns
from bot.text.personal import MASK


async def test_a_message_is_stored_and_owed_an_answer(bench: Any) -> None:
    conversation = await bench.conversation()
    seq = await bench.say(conversation, "wat kost een paspoort")
    assert seq == 2
    assert await bench.texts(conversation) == ["<welkom>", "wat kost een paspoort"]
    async with bench.database.transaction() as connection:
        assert await turns.is_owed(connection, conversation)


async def test_the_same_message_twice_is_stored_once(bench: Any) -> None:
    conversation = await bench.conversation()
    first = await bench.say(conversation, "hallo", key="a")
    again = await bench.say(conversation, "hallo", key="a")
    assert first == again
    assert len(await bench.history(conversation)) == 2


async def test_the_same_message_ten_times_at_once_is_stored_once(bench: Any) -> None:
    conversation = await bench.conversation()
    numbers = await asyncio.gather(*(bench.say(conversation, "hallo", key="a") for _ in range(10)))
    assert set(numbers) == {2}
    assert len(await bench.history(conversation)) == 2


async def test_messages_sent_at_once_get_one_number_each(bench: Any) -> None:
    conversation = await bench.conversation()
    numbers = await asyncio.gather(*(bench.say(conversation, f"bericht {count}") for count in range(15)))
    assert sorted(numbers) == list(range(2, 17))


async def test_a_message_over_the_limit_is_refused_and_not_stored(bench: Any) -> None:
    conversation = await bench.conversation()
    with pytest.raises(TooLong):
        await bench.say(conversation, "a" * 1_001)
    assert len(await bench.history(conversation)) == 1


@pytest.mark.parametrize("blank", ["", "   ", "\u200b\u200b", "\n\t"])
async def test_nothing_but_blanks_is_refused(bench: Any, blank: str) -> None:
    conversation = await bench.conversation()
    with pytest.raises(BadRequest):
        await bench.say(conversation, blank)


async def test_too_many_messages_are_slowed_down_and_the_minute_after_they_are_welcome(bench: Any) -> None:
    conversation = await bench.conversation()
    for _ in range(60):
        await bench.say(conversation, "hallo")
    with pytest.raises(TooFast) as refused:
        await bench.say(conversation, "hallo")
    assert 1 <= refused.value.retry_after <= 60
    bench.clock.move(timedelta(minutes=1))
    assert await bench.say(conversation, "hallo") == 62


async def test_an_address_that_starts_too_many_conversations_is_slowed_down(bench: Any) -> None:
    async with bench.database.transaction() as connection:
        await connection.execute(text("select 1"))
    for _ in range(3):
        await bench.starts.start("web", None, "192.0.2.7")
    few = Starts(bench.database, bench.starts.library, bench.clock, Limits(conversations_per_address=3))
    with pytest.raises(TooFast):
        await few.start("web", None, "192.0.2.7")
    await few.start("web", None, "192.0.2.8")


async def test_no_address_is_kept(bench: Any) -> None:
    conversation = await bench.conversation()
    await bench.gate.accept(conversation, Inbound("web:x:1", "1", text="hallo", address="192.0.2.99"))
    async with bench.database.transaction() as connection:
        keys = (await connection.execute(text("select key from rate_window"))).scalars().all()
    assert keys
    assert all(b"192.0.2" not in bytes(key) for key in keys)


async def test_a_service_number_never_reaches_the_database(bench: Any) -> None:
    conversation = await bench.conversation()
    await bench.say(conversation, "mijn bsn is 123456782, graag een paspoort")
    assert await bench.texts(conversation) == ["<welkom>", f"mijn bsn is {MASK}, graag een paspoort", "<bsn_gemaskeerd>"]
    async with bench.database.transaction() as connection:
        for table in ("message", "turn", "procrastinate_jobs"):
            rows = (await connection.execute(text(f"select {table}::text from {table}"))).scalars().all()  # noqa: S608
            assert rows
            assert all("123456782" not in row for row in rows)


async def test_danger_is_answered_at_once_without_the_engine(bench: Any) -> None:
    conversation = await bench.conversation()
    await bench.say(conversation, "er is brand in de keuken")
    history = await bench.history(conversation)
    assert history[-1].text == "<bel 112>"
    assert history[-1].meta["route"] == "emergency"
    async with bench.database.transaction() as connection:
        assert not await turns.is_owed(connection, conversation)


@pytest.mark.parametrize("owner", ["queued", "agent"])
async def test_danger_is_answered_whoever_owns_the_conversation(bench: Any, owner: str) -> None:
    conversation = await bench.conversation()
    await bench.give(conversation, owner)
    await bench.say(conversation, "brand!")
    assert (await bench.texts(conversation))[-1] == "<bel 112>"
    assert (await bench.history(conversation))[-1].meta["danger"] == "brand"


async def test_the_title_of_a_choice_is_no_text_of_the_citizen(bench: Any) -> None:
    conversation = await bench.conversation()
    await bench.choose(conversation, await _offer(bench, conversation, "Er is brand geweest"))
    assert all("danger" not in message.meta for message in await bench.history(conversation))


async def test_while_a_person_owns_the_conversation_no_answer_of_the_bot_is_owed(bench: Any) -> None:
    conversation = await bench.conversation()
    await bench.give(conversation, "agent")
    await bench.say(conversation, "bent u er nog")
    async with bench.database.transaction() as connection:
        assert not await turns.is_owed(connection, conversation)


async def _offer(bench: Any, conversation: Any, title: str = "Kosten") -> str:
    async with bench.database.transaction() as connection:
        stored = await messages.add_reply(connection, conversation, Reply("kies", (OfferedChoice(title, "/ask_costs"),)))
    return str(stored.choices[0].id)


async def test_a_choice_becomes_its_title_for_people_and_its_payload_for_the_engine(bench: Any) -> None:
    conversation = await bench.conversation()
    await bench.choose(conversation, await _offer(bench, conversation))
    assert (await bench.texts(conversation))[-1] == "Kosten"
    async with bench.database.transaction() as connection:
        owed = await turns.next_owed(connection, conversation)
    assert owed is not None
    assert owed.turn.payload == "/ask_costs"


async def test_a_choice_can_be_used_once(bench: Any) -> None:
    conversation = await bench.conversation()
    choice = await _offer(bench, conversation)
    await bench.choose(conversation, choice)
    with pytest.raises(ChoiceUsed):
        await bench.choose(conversation, choice)


async def test_a_choice_sent_again_with_the_same_id_is_the_same_message(bench: Any) -> None:
    conversation = await bench.conversation()
    choice = await _offer(bench, conversation)
    assert await bench.choose(conversation, choice, key="k") == await bench.choose(conversation, choice, key="k")


async def test_a_choice_of_another_conversation_is_not_accepted(bench: Any) -> None:
    mine, other = await bench.conversation(), await bench.conversation()
    choice = await _offer(bench, other)
    with pytest.raises(ChoiceUsed):
        await bench.choose(mine, choice)


async def test_a_payload_typed_as_a_choice_is_not_accepted(bench: Any) -> None:
    conversation = await bench.conversation()
    with pytest.raises(ChoiceUsed):
        await bench.choose(conversation, '/ask_costs{"product": "paspoort"}')


async def test_an_unknown_conversation_is_said_to_be_so(bench: Any) -> None:
    with pytest.raises(UnknownConversation):
        await bench.say(uuid4(), "hallo")


async def test_when_the_job_cannot_be_queued_nothing_is_stored(bench: Any) -> None:
    conversation = await bench.conversation()

    async def broken(connection: Any, conversation_id: Any) -> None:
        raise RuntimeError("queue")

    gate = bench.gate.__class__(bench.database, bench.gate.library, bench.gate.danger, broken, bench.clock)
    with pytest.raises(RuntimeError):
        await gate.accept(conversation, Inbound("web:k", "k", text="hallo"))
    assert len(await bench.history(conversation)) == 1
