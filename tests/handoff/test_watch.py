"""Promises to who waits: a silent agent, an empty desk and a long wait are noticed by one gateway, and the citizen is told."""

from __future__ import annotations

import asyncio

from bot.handoff.watch import PeopleWatch
from bot.model.triage import Limits
from tests.handoff.conftest import Office


def _watch(office: Office) -> PeopleWatch:
    return PeopleWatch(office.database, lambda: office.library, office.clock)


async def _rounds(office: Office, at_once: int = 4) -> None:
    await asyncio.gather(*(_watch(office).round() for _ in range(at_once)))


async def test_a_desk_that_falls_silent_gives_its_conversations_back_once(office: Office) -> None:
    agent, other, conversation = await office.agent(), await office.agent("Jan"), await office.waiting()
    await office.desk.claim(agent, conversation)
    office.clock.move(seconds=50)
    await office.agents.heartbeat(other, active=True)
    await _rounds(office)
    held = await office.holding(conversation)
    assert (held.owner, held.agent_id) == ("queued", None)
    assert sum(text.startswith("<medewerker_weg>") for text in await office.texts(conversation)) == 1
    found = await office.agents.find(agent)
    assert found is not None
    assert (found.presence, found.away_reason) == ("offline", "verbinding")


async def test_a_desk_that_gives_signs_of_life_keeps_its_conversations(office: Office) -> None:
    agent, conversation = await office.agent(), await office.waiting()
    await office.desk.claim(agent, conversation)
    for _ in range(20):
        office.clock.move(seconds=30)
        await office.agents.heartbeat(agent, active=True)
        await _watch(office).round()
    assert (await office.holding(conversation)).agent_id == agent


async def test_after_an_outage_of_our_own_every_desk_gets_the_time_to_come_back(office: Office) -> None:
    agent, conversation = await office.agent(), await office.waiting()
    await office.desk.claim(agent, conversation)
    office.clock.move(minutes=10)  # no gateway was there to hear the desk
    back = office.clock()
    await _watch(office).round(back)
    assert (await office.holding(conversation)).owner == "agent"
    office.clock.move(seconds=46)
    await _watch(office).round(back)
    assert (await office.holding(conversation)).owner == "queued"


async def test_an_agent_who_does_nothing_while_a_citizen_waits_loses_the_conversation(office: Office) -> None:
    agent, conversation = await office.agent(), await office.waiting()
    await office.desk.claim(agent, conversation)
    await office.citizen(conversation, "hallo?")
    for _ in range(40):
        office.clock.move(seconds=30)
        await office.agents.heartbeat(agent, active=False)
        await office.agents.heartbeat(await _colleague(office), active=True)
    await _rounds(office)
    assert (await office.holding(conversation)).owner == "queued"
    found = await office.agents.find(agent)
    assert found is not None
    assert (found.presence, found.away_reason) == ("away", "automatisch")


async def _colleague(office: Office) -> object:
    if not any(colleague.agent.name == "Jan" for colleague in await office.board.colleagues()):
        await office.agent("Jan")
    return next(colleague.agent.id for colleague in await office.board.colleagues() if colleague.agent.name == "Jan")


async def test_an_answered_citizen_may_think_for_as_long_as_they_want(office: Office) -> None:
    agent, conversation = await office.agent(), await office.waiting()
    await office.desk.claim(agent, conversation)
    await office.citizen(conversation, "hallo?")
    await office.desk.say(agent, conversation, "Hallo!", "k")
    for _ in range(60):
        office.clock.move(minutes=1)
        await office.agents.heartbeat(agent, active=False)
    await _watch(office).round()
    assert (await office.holding(conversation)).agent_id == agent


async def test_when_everybody_has_left_who_waits_gets_a_call_back_offered(office: Office) -> None:
    agent, conversation = await office.agent(), await office.waiting()
    await office.agents.sign_off(agent)
    await _rounds(office)
    assert (await office.holding(conversation)).owner == "queued"  # perhaps somebody only changes places
    office.clock.move(minutes=4)
    await _rounds(office)
    assert (await office.holding(conversation)).owner == "bot"
    last = (await office.desk.history(conversation))[-1]
    assert last.text == "<wachtrij_niemand>"
    assert [choice.title for choice in last.choices] == ["<knop_terugbellen>"]


async def test_a_team_that_has_left_is_taken_over_by_the_contact_centre(office: Office) -> None:
    await office.agent(skills=frozenset({"algemeen"}))
    conversation = await office.waiting("sociaal")
    await _rounds(office)
    held = await office.holding(conversation)
    assert (held.owner, held.team, held.waiting_since) == ("queued", "algemeen", office.clock())


async def test_who_waits_long_is_offered_a_call_back_once(office: Office) -> None:
    office.library.limits = Limits(long_wait=10)
    agent = await office.agent(most=0)
    conversation = await office.waiting()
    for _ in range(40):
        office.clock.move(seconds=30)
        await office.agents.heartbeat(agent, active=True)
    await _rounds(office)
    await _rounds(office)
    assert sum(text.startswith("<wachtrij_lang>") for text in await office.texts(conversation)) == 1
