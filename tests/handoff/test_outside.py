"""A desk that is not ours: its people own a conversation as ours do, and the bot is silent and comes back the same way."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from bot.handoff.outside import OutsideDesk
from bot.store import ownership
from tests.handoff.conftest import Office


async def _do(office: Office, verb: str, conversation: UUID) -> bool:
    desk: Any = OutsideDesk(lambda: office.library, office.clock)
    async with office.database.transaction() as connection:
        return bool(await getattr(desk, verb)(connection, conversation))


@pytest.mark.parametrize("queued", [True, False])
async def test_a_person_over_there_takes_it_once_and_gives_it_back_afresh(office: Office, queued: bool) -> None:
    conversation = await office.waiting(product="paspoort") if queued else await office.conversation()
    assert [await _do(office, "take", conversation) for _ in range(2)] == [True, False]
    held = await office.holding(conversation)
    assert (held.owner, held.agent_id) == ("agent", None)
    assert [await _do(office, "give_back", conversation) for _ in range(2)] == [True, False]
    async with office.database.transaction() as connection:
        assert await ownership.resume_of(connection, conversation) == ({"product": "paspoort"} if queued else {})


async def test_what_is_closed_over_there_begins_again_when_somebody_takes_it(office: Office) -> None:
    conversation = await office.conversation()
    await _do(office, "take", conversation)
    assert [await _do(office, "close", conversation) for _ in range(2)] == [True, False]
    assert await _do(office, "take", conversation)


async def test_another_desk_does_not_give_back_what_our_agent_has(office: Office) -> None:
    agent, conversation = await office.agent(), await office.waiting()
    await office.desk.claim(agent, conversation)
    assert not await _do(office, "give_back", conversation)
    assert (await office.holding(conversation)).agent_id == agent
