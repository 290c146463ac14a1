"""Citizens who get another number: they go on where they were, and nothing goes to the number they had."""

from __future__ import annotations

from typing import Any

import pytest

from bot.model.conversation import Reply
from bot.store import messages
from tests.gateway.channels.whatsapp import fake_graph as graph
from tests.gateway.channels.whatsapp.citizen import Citizen

OLD, NEW = {"user": "NL.1", "phone": "31611111111"}, {"user": "NL.9", "phone": "31699999999"}


async def changes(citizen: Citizen, **system: str) -> None:
    """What Meta tells of a citizen's new number: from the old one, without contacts."""
    value: dict[str, Any] = graph.incoming("wamid.system", "system", {"body": "User Anna changed", **system}, **OLD)
    del value["contacts"]
    assert await citizen.post(value) == 200
    await citizen.read()


async def told(citizen: Citizen, text: str) -> dict[str, Any]:
    """Where a message goes that is owed in the first conversation, such as a reminder."""
    first = (await citizen.conversations())[0]
    async with citizen.bench.database.transaction() as connection:
        await messages.add_reply(connection, first, Reply(text, author="system"))
    await citizen.outbox.round()
    return citizen.graph.sent[-1]


NUMBER = {"type": "user_changed_number", "wa_id": NEW["phone"]}
USER_ID = {"type": "user_changed_user_id", "user_id": NEW["user"]}
BOTH = NUMBER | {"user_id": NEW["user"]}


@pytest.mark.parametrize("system", [NUMBER, USER_ID, BOTH])
async def test_the_conversation_goes_on_under_the_new_number(citizen: Citizen, system: dict[str, str]) -> None:
    await citizen.says("hoi", **OLD)
    await citizen.answered()
    await changes(citizen, **system)
    await citizen.says("daar ben ik weer", **NEW)
    [only] = await citizen.conversations()
    assert await citizen.bench.texts(only) == ["<welkom>", "hoi", "echo: hoi", "daar ben ik weer"]


@pytest.mark.parametrize(("system", "to"), [(NUMBER, NEW["phone"]), (BOTH, NEW["phone"]), (USER_ID, NEW["user"])])
async def test_a_reminder_goes_to_the_new_number_at_once(citizen: Citizen, system: dict[str, str], to: str) -> None:
    await citizen.says("hoi", **OLD)
    await changes(citizen, **system)
    sent = await told(citizen, "Morgen om 9.00 uur")
    assert (sent.get("to") or sent["recipient"]) == to


async def test_who_wrote_under_the_new_number_first_goes_on_there_and_still_gets_what_was_owed(citizen: Citizen) -> None:
    await citizen.says("hoi", **OLD)
    await citizen.says("nieuw", **NEW)
    await changes(citizen, **BOTH)
    await citizen.says("nog iets", **NEW)
    assert [await citizen.bench.texts(key) for key in await citizen.conversations()] == [
        ["<welkom>", "hoi"],
        ["<welkom>", "nieuw", "nog iets"],
    ]
    assert (await told(citizen, "Morgen om 9.00 uur"))["to"] == NEW["phone"]


async def test_the_next_owner_of_the_old_number_begins_anew(citizen: Citizen) -> None:
    await citizen.says("mijn geheim", **OLD)
    await changes(citizen, **BOTH)
    await citizen.says("hallo", user="NL.7", phone=OLD["phone"])
    assert [await citizen.bench.texts(key) for key in await citizen.conversations()] == [["<welkom>", "mijn geheim"], ["<welkom>", "hallo"]]


async def test_nobody_else_who_hides_their_number_is_moved_along(citizen: Citizen) -> None:
    await citizen.says("van een ander", user="NL.5", phone="")
    value = graph.incoming("wamid.system", "system", USER_ID, user="NL.404", phone="")
    assert await citizen.post(value) == 200
    await citizen.read()
    await citizen.says("nog steeds van een ander", user="NL.5", phone="")
    [only] = await citizen.conversations()
    assert (await citizen.bench.texts(only))[1:] == ["van een ander", "nog steeds van een ander"]


async def test_who_is_unknown_and_whatever_else_the_system_tells_changes_nothing(citizen: Citizen) -> None:
    await changes(citizen, **BOTH)
    await changes(citizen, type="customer_identity_changed")
    assert await citizen.conversations() == []
