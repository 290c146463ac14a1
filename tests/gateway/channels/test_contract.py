"""What every channel must do, whatever it is: the gate's promises, seen from outside."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.gateway.app import CHANNELS
from bot.gateway.engine import EngineUnavailable
from bot.model.conversation import OfferedChoice, Reply
from bot.store import conversations, messages, turns
from bot.text.personal import MASK
from tests.gateway.channels.drivers import DRIVERS, Driver

PAYLOADS = [
    "/restart",
    "  /restart",
    "\uff0frestart",
    "\u200b/session_start",
    '/ask_costs{"product": "paspoort"}',
    "//nlu_fallback",
    "/ /restart",
]


def test_every_channel_has_a_driver_and_so_runs_the_contract() -> None:
    assert set(DRIVERS) == set(CHANNELS)


async def test_a_message_is_acknowledged_and_stored(channel: Driver) -> None:
    outcome = await channel.send("wat kost een paspoort", "1")
    assert outcome.status == 202
    assert [message["text"] for message in await channel.shown()][-1] == "wat kost een paspoort"


async def test_a_forged_message_is_refused_and_not_stored(channel: Driver) -> None:
    before = await channel.shown()
    assert (await channel.send_forged("hallo", "1")).status == 401
    assert await channel.shown() == before


async def test_a_message_sent_ten_times_at_once_is_stored_once(channel: Driver) -> None:
    outcomes = await asyncio.gather(*(channel.send("hallo", "same") for _ in range(10)))
    assert {outcome.status for outcome in outcomes} == {202}
    assert [message["text"] for message in await channel.shown()].count("hallo") == 1


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_a_typed_command_reaches_the_engine_as_plain_text(channel: Driver, bench: Any, payload: str) -> None:
    await channel.send(payload, "1")
    await bench.turns.answer(str(channel.conversation))
    [(text, chosen)] = bench.engine.asked
    assert chosen is None
    from bot.text.plain import neutralise

    assert not neutralise(text).startswith(("/", "\uff0f", " ", "\u200b"))


async def test_a_message_that_is_too_long_gets_a_polite_answer(channel: Driver) -> None:
    outcome = await channel.send("a" * 1_001, "1")
    assert (outcome.status, outcome.code) == (413, "too_long")
    assert outcome.body["message"] == "<te_lang>"


async def test_a_huge_message_is_refused_before_it_is_read(channel: Driver) -> None:
    assert (await channel.send("a" * 2_000_000, "1")).status == 413


async def test_too_many_messages_are_slowed_down(channel: Driver) -> None:
    outcomes = [await channel.send("hallo", str(number)) for number in range(62)]
    assert (outcomes[-1].status, outcomes[-1].code) == (429, "too_fast")


async def test_a_service_number_is_masked(channel: Driver) -> None:
    await channel.send("bsn 1234.56.782", "1")
    texts = [message["text"] for message in await channel.shown()]
    assert f"bsn {MASK}" in texts
    assert not any("782" in text for text in texts)


async def test_danger_is_answered_in_the_same_breath(channel: Driver, bench: Any) -> None:
    await channel.send("er is brand", "1")
    assert (await channel.shown())[-1]["text"] == "<bel 112>"
    assert bench.engine.asked == []


async def test_in_a_persons_turn_the_engine_is_not_called(channel: Driver, bench: Any) -> None:
    async with bench.database.transaction() as connection:
        await conversations.change_owner(connection, channel.conversation, "bot", "agent")
    assert (await channel.send("/restart", "1")).status == 202
    await bench.turns.answer(str(channel.conversation))
    assert bench.engine.asked == []


async def test_while_the_engine_is_down_messages_are_taken_in_and_answered_later_in_order(channel: Driver, bench: Any) -> None:
    bench.engine.failures = [EngineUnavailable("away")]
    assert [(await channel.send(word, word)).status for word in ("een", "twee")] == [202, 202]
    with pytest.raises(EngineUnavailable):
        await bench.turns.answer(str(channel.conversation))
    await bench.turns.answer(str(channel.conversation))
    assert [message["text"] for message in await channel.shown()][-2:] == ["echo: een", "echo: twee"]


async def test_a_choice_comes_back_as_its_payload_once(channel: Driver, bench: Any) -> None:
    async with bench.database.transaction() as connection:
        await messages.add_reply(connection, channel.conversation, Reply("kies", (OfferedChoice("Kosten", "/ask_costs"),)))
    offered = (await channel.shown())[-1]["choices"][0]["id"]
    assert (await channel.choose(offered, "1")).status == 202
    assert (await channel.choose(offered, "2")).code == "choice_used"
    async with bench.database.transaction() as connection:
        owed = await turns.next_owed(connection, channel.conversation)
    assert owed is not None
    assert owed.payload == "/ask_costs"
