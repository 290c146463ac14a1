"""Call-back requests: stored once, found back, promised on a working day."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import UUID, uuid4

import pytest

from bot.handoff.errors import CallbackRefused
from bot.handoff.service import Callbacks, read_reference
from bot.store import callbacks, conversations

FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=timezone.utc)


@pytest.fixture
def door(database: Any) -> Callbacks:
    return Callbacks(database, lambda: FRIDAY, 2)


async def _conversation(database: Any) -> UUID:
    key = uuid4()
    async with database.transaction() as connection:
        await conversations.create(connection, key, "web", "castricum", None)
    return key


async def _request(door: Callbacks, conversation: UUID, key: str = "m1", phone: str = "06 12345678", name: str = "Jan") -> Any:
    return await door.request(key, conversation, "castricum", name, phone, "paspoort")


async def test_a_request_gets_a_reference_and_a_day(door: Callbacks, database: Any) -> None:
    made = await _request(door, await _conversation(database))
    assert read_reference(made.reference) == made.reference
    assert made.phone == "+31612345678"
    assert made.promised_on.isoformat() == "2026-11-24"


async def test_the_same_message_asks_once(door: Callbacks, database: Any) -> None:
    conversation = await _conversation(database)
    made = await asyncio.gather(*(_request(door, conversation) for _ in range(5)))
    assert len({request.reference for request in made}) == 1


@pytest.mark.parametrize(("phone", "name"), [("061234", "Jan"), ("06 12345678", "  "), ("112", "Jan")])
async def test_what_cannot_be_called_is_refused(door: Callbacks, database: Any, phone: str, name: str) -> None:
    with pytest.raises(CallbackRefused):
        await _request(door, await _conversation(database), phone=phone, name=name)


@pytest.mark.parametrize("written", ["{}", "mijn kenmerk is {}", "{} graag", "kenmerk:{}."])
async def test_a_reference_is_found_in_a_sentence(door: Callbacks, database: Any, written: str) -> None:
    made = await _request(door, await _conversation(database))
    for spelling in (made.reference, made.reference.lower(), made.reference.replace("-", " ")):
        found = await door.find(written.format(spelling))
        assert found is not None
        assert found.reference == made.reference


async def test_an_open_request_is_overdue_when_its_day_is_over(door: Callbacks, database: Any) -> None:
    made = await _request(door, await _conversation(database))
    later = Callbacks(database, lambda: FRIDAY + timedelta(days=5), 2)
    assert not door.is_overdue(made)
    assert later.is_overdue(made)
    async with database.transaction() as connection:
        assert await callbacks.finish(connection, made.reference)
        assert not await callbacks.finish(connection, made.reference)
        done = await callbacks.find(connection, made.reference)
    assert done is not None
    assert not later.is_overdue(done)


async def test_of_many_colleagues_one_picks_it_up(door: Callbacks, database: Any) -> None:
    from bot.handoff.errors import AlreadyTaken
    from bot.store import agents

    made = await _request(door, await _conversation(database))
    colleagues = [uuid4() for _ in range(8)]
    async with database.transaction() as connection:
        for number, colleague in enumerate(colleagues):
            await agents.add(connection, colleague, f"agent {number}", "agent", frozenset(), 3)
    results = await asyncio.gather(*(door.pick_up(made.reference, colleague) for colleague in colleagues), return_exceptions=True)
    assert sum(result is None for result in results) == 1
    assert all(result is None or isinstance(result, AlreadyTaken) for result in results)
    winner = colleagues[results.index(None)]
    await door.put_down(made.reference, winner)
    await door.pick_up(made.reference, colleagues[0])


async def test_the_end_is_told_once(door: Callbacks, database: Any) -> None:
    from bot.handoff.errors import AlreadyTaken

    made = await _request(door, await _conversation(database))
    await door.finish(made.reference, "not_reached")
    found = await door.find(made.reference)
    assert found is not None
    assert (found.status, found.outcome) == ("verwerkt", "not_reached")
    with pytest.raises(AlreadyTaken):
        await door.finish(made.reference, "reached")


async def test_a_chosen_time_is_the_promise(door: Callbacks, database: Any) -> None:
    wanted = FRIDAY + timedelta(days=6)
    made = await door.request("k", await _conversation(database), "castricum", "Jan", "0612345678", "x", wanted_at=wanted)
    assert (made.promised_on, made.wanted_at) == (wanted.date(), wanted)
    assert not door.is_overdue(made)


@pytest.mark.parametrize(("name", "answer_to", "note"), [("", "a@b.nl", "x"), ("Jan", "nergens", "x"), ("Jan", "a@b.nl", " ")])
async def test_a_note_that_cannot_be_answered_is_refused(door: Callbacks, database: Any, name: str, answer_to: str, note: str) -> None:
    with pytest.raises(CallbackRefused):
        await door.leave_note("k", await _conversation(database), "castricum", name, answer_to, note)
