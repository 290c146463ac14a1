"""Answers that take several messages, and answers that wait for long: nothing is lost and nothing comes twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.gateway.outbox import GIVE_UP_AFTER, UNANSWERED
from bot.handoff.missed import ROUTE as MISSED_CALL
from bot.model.conversation import OfferedChoice, Reply
from bot.store import messages
from tests.gateway.channels.whatsapp import fake_graph as graph
from tests.gateway.channels.whatsapp.citizen import Citizen

LONG = Reply("woord " * 300, (OfferedChoice("Ja", "/yes"), OfferedChoice("Nee", "/no")))
"""A text that has no room for its choices."""


async def say(citizen: Citizen, *replies: Reply) -> None:
    [only] = await citizen.conversations()
    async with citizen.bench.database.transaction() as connection:
        for reply in replies:
            await messages.add_reply(connection, only, reply)


@pytest.fixture
async def known(citizen: Citizen) -> Citizen:
    """Somebody to whom nothing is owed."""
    await citizen.says("hoi")
    await citizen.answered()
    citizen.graph.sent.clear()
    return citizen


async def report(citizen: Citizen, sent: dict[str, Any], state: str, code: int | None = None) -> None:
    assert await citizen.post(graph.status(sent["wamid"], state, sent["biz_opaque_callback_data"], code)) == 200


def kinds(citizen: Citizen) -> list[str]:
    return [item["type"] for item in citizen.graph.sent]


@pytest.mark.parametrize("state", ["sent", "delivered", "read"])
async def test_news_of_the_first_part_does_not_keep_the_choices_from_coming(known: Citizen, state: str) -> None:
    await say(known, LONG)
    known.graph.faults += ["none", 131056]
    await known.outbox.round()
    assert kinds(known) == ["text"]
    await report(known, known.graph.sent[0], state)
    known.bench.clock.move(timedelta(seconds=30))
    await known.outbox.round()
    assert kinds(known) == ["text", "interactive"]
    await report(known, known.graph.sent[1], state)
    assert (await known.delivery())[-1] == state


async def test_a_first_part_whose_answer_was_lost_but_that_meta_reports_is_not_sent_again(known: Citizen) -> None:
    await say(known, LONG)
    known.graph.faults.append("lost")
    await known.outbox.round()
    await report(known, known.graph.sent[0], "delivered")
    known.bench.clock.move(UNANSWERED + timedelta(seconds=1))
    await known.outbox.round()
    assert kinds(known) == ["text", "interactive"]


@pytest.mark.parametrize("order", [("failed", "delivered"), ("delivered", "failed")])
async def test_a_first_part_that_did_not_arrive_is_not_hidden_by_the_second(known: Citizen, order: tuple[str, str]) -> None:
    await say(known, LONG)
    await known.outbox.round()
    for state in order:
        await report(known, known.graph.sent[("failed", "delivered").index(state)], state)
    assert (await known.delivery())[-1] == "failed"


async def test_an_answer_waits_a_weekend_evening_for_a_token_that_is_repaired(known: Citizen) -> None:
    await say(known, Reply("antwoord"))
    known.graph.faults += [190] * 200
    for _ in range(200):
        await known.outbox.round()
        known.bench.clock.move(timedelta(minutes=5))
    assert known.graph.sent == []
    await known.outbox.round()
    assert known.graph.texts == ["antwoord"]


async def test_an_answer_that_waited_too_long_is_given_up_and_the_next_goes_out(known: Citizen) -> None:
    await say(known, Reply("te laat"))
    known.graph.faults += [190]
    await known.outbox.round()
    known.bench.clock.move(GIVE_UP_AFTER + timedelta(minutes=1))
    known.graph.faults += [190]
    await known.outbox.round()
    assert (await known.delivery())[-1] == "failed"


async def test_the_window_that_closes_between_two_parts_ends_the_answer(known: Citizen) -> None:
    await say(known, LONG)
    known.graph.faults += ["none", 131056]
    await known.outbox.round()
    known.bench.clock.move(timedelta(hours=25))
    await known.outbox.round()
    assert kinds(known) == ["text"]
    assert (await known.delivery())[-1] == "failed"


async def test_a_reminder_goes_out_by_template_also_when_something_else_waits_with_it(known: Citizen) -> None:
    known.bench.clock.move(timedelta(hours=25))
    await say(known, Reply("Morgen om 9.00 uur", meta={"route": "reminder"}), Reply("Bent u er nog?", meta={"route": "late"}))
    await known.outbox.round()
    assert [item["template"]["name"] for item in known.graph.sent] == ["afspraak"]


async def test_a_template_is_as_long_as_whatsapp_takes_with_its_own_words(known: Citizen) -> None:
    known.bench.clock.move(timedelta(hours=25))
    await say(known, Reply("woord " * 300, meta={"route": MISSED_CALL}))
    await known.outbox.round()
    assert known.graph.texts[0].endswith("…")


@pytest.mark.parametrize("code", [131000, 131056, 130429])
async def test_what_meta_took_and_could_not_bring_goes_out_again_once_however_often_it_says_so(known: Citizen, code: int) -> None:
    await say(known, Reply("antwoord"))
    await known.outbox.round()
    first = known.graph.sent[0]
    for _ in range(2):
        await report(known, first, "failed", code)
    await known.outbox.round()
    assert len(known.graph.sent) == 1
    known.bench.clock.move(timedelta(minutes=2))
    await known.outbox.round()
    await report(known, first, "failed", code)
    known.bench.clock.move(timedelta(minutes=2))
    await known.outbox.round()
    assert known.graph.texts == ["antwoord", "antwoord"]
    assert (await known.delivery())[-1] == "sent"


async def test_only_the_part_that_was_not_brought_goes_out_again(known: Citizen) -> None:
    await say(known, LONG)
    await known.outbox.round()
    await report(known, known.graph.sent[1], "failed", 131000)
    known.bench.clock.move(timedelta(minutes=2))
    await known.outbox.round()
    assert kinds(known) == ["text", "interactive", "interactive"]


async def test_what_can_never_be_brought_is_not_sent_for_ever(known: Citizen) -> None:
    await say(known, Reply("antwoord"))
    for _ in range(8):
        await known.outbox.round()
        await report(known, known.graph.sent[-1], "failed", 131000)
        known.bench.clock.move(timedelta(minutes=2))
    assert len(known.graph.sent) == 5
    assert (await known.delivery())[-1] == "failed"
