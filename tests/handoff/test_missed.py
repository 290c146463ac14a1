"""A call that nobody answered: counted, and told where the citizen came from."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.handoff.errors import AlreadyTaken
from bot.handoff.missed import MissedCalls
from bot.handoff.service import Callbacks
from bot.store import messages
from tests.handoff.conftest import Office


async def test_the_citizen_hears_that_we_called(office: Office) -> None:
    conversation = await office.conversation()
    door = Callbacks(office.database, office.clock, 2)
    made = await door.request("m1", conversation, "castricum", "Jan", "06 12345678", "paspoort")
    await MissedCalls(office.database, lambda: office.library, office.clock).note(made.reference)
    async with office.database.transaction() as connection:
        *_, told = await messages.after(connection, conversation, 0)
    assert (told.author, told.meta["route"]) == ("system", "callback")
    assert made.reference in told.text
    found = await door.find(made.reference)
    assert found is not None
    assert replace(found, attempts=0, attempted_at=None) == made
    assert (found.attempts, found.attempted_at) == (1, office.clock())


async def test_what_is_dealt_with_is_not_tried_again(office: Office) -> None:
    conversation = await office.conversation()
    door = Callbacks(office.database, office.clock, 2)
    made = await door.request("m1", conversation, "castricum", "Jan", "06 12345678", "paspoort", wanted_at=office.clock() + timedelta(1))
    await door.finish(made.reference, "reached")
    with pytest.raises(AlreadyTaken):
        await MissedCalls(office.database, lambda: office.library, office.clock).note(made.reference)
    assert await office.texts(conversation) == []
