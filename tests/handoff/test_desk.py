"""The desk: one winner of every claim, nobody talks in a conversation that is not theirs, and the citizen always knows who talks."""

from __future__ import annotations

import asyncio
import contextlib
from uuid import UUID, uuid4

import pytest

from bot.handoff.errors import (
    AlreadyTaken,
    DeskRefused,
    NobodyThere,
    NotAllowed,
    NothingSaid,
    NotPresent,
    NotYours,
    TooMany,
    UnknownAgent,
)
from bot.store import handoffs, ownership
from tests.handoff.conftest import Office


async def test_a_waiting_citizen_hears_the_place_and_who_takes_it(office: Office) -> None:
    agent, conversation = await office.agent(), await office.waiting()
    await office.desk.claim(agent, conversation)
    said = await office.texts(conversation)
    assert said[0].startswith("<wachtrij_plaats> plaats=1")
    assert said[-1] == "<medewerker_begint> naam=Fatima"
    assert (await office.holding(conversation)).agent_id == agent


async def test_of_a_thousand_claims_one_wins(office: Office) -> None:
    conversation = await office.waiting()
    agents = await asyncio.gather(*(office.agent(f"agent {number}") for number in range(50)))

    async def claim(agent: UUID) -> bool:
        try:
            await office.desk.claim(agent, conversation)
        except AlreadyTaken:
            return False
        return True

    limit = asyncio.Semaphore(15)  # as many as the pool has connections

    async def one(number: int) -> bool:
        async with limit:
            return await claim(agents[number % 50])

    won = await asyncio.gather(*(one(number) for number in range(1_000)))
    assert sum(won) == 1
    assert (await office.texts(conversation)).count("<medewerker_begint> naam=") == 0
    assert sum(text.startswith("<medewerker_begint>") for text in await office.texts(conversation)) == 1
    assert (await office.holding(conversation)).owner == "agent"


async def test_an_agent_takes_no_more_than_they_may(office: Office) -> None:
    agent = await office.agent(most=2)
    waiting = [await office.waiting() for _ in range(6)]
    results = await asyncio.gather(*(office.desk.claim(agent, item) for item in waiting), return_exceptions=True)
    assert sum(result is None for result in results) == 2
    assert {type(result) for result in results} == {type(None), TooMany}


async def test_who_is_not_there_takes_nothing(office: Office) -> None:
    conversation = await office.waiting()
    for agent, error in ((await office.agent(presence="offline"), NotPresent), (uuid4(), UnknownAgent)):
        with pytest.raises(error):
            await office.desk.claim(agent, conversation)


async def test_what_an_agent_says_is_said_once_and_masked(office: Office) -> None:
    agent, conversation = await office.agent(), await office.waiting()
    await office.desk.claim(agent, conversation)
    numbers = await asyncio.gather(*(office.desk.say(agent, conversation, "Uw nummer is 111222333.", "k1") for _ in range(4)))
    assert len(set(numbers)) == 1
    assert (await office.texts(conversation)).count("Uw nummer is *********.") == 1


async def test_nobody_talks_in_a_conversation_of_another(office: Office) -> None:
    agent, other, conversation = await office.agent(), await office.agent("Jan"), await office.waiting()
    await office.desk.claim(agent, conversation)
    desk = office.desk
    for call in (
        desk.say(other, conversation, "hallo", "k"),
        desk.hand_back(other, conversation),
        desk.close(other, conversation, "answered"),
        desk.forward_to_team(other, conversation, "algemeen", ""),
        desk.typing(other, conversation),
    ):
        with pytest.raises(NotYours):
            await call
    with pytest.raises(NotAllowed):
        await desk.take_over(other, conversation)
    assert (await office.holding(conversation)).agent_id == agent


@pytest.mark.parametrize("text", ["", "  \n", "x" * 4_001])
async def test_an_empty_or_endless_message_is_refused(office: Office, text: str) -> None:
    agent, conversation = await office.agent(), await office.waiting()
    await office.desk.claim(agent, conversation)
    with pytest.raises(NothingSaid):
        await office.desk.say(agent, conversation, text, "k")


async def test_a_team_lead_takes_over_and_assigns(office: Office) -> None:
    lead, agent, conversation = await office.agent("Els", role="lead"), await office.agent(most=0), await office.conversation()
    await office.desk.assign(lead, conversation, agent)
    assert (await office.holding(conversation)).agent_id == agent
    await office.desk.take_over(lead, conversation)
    assert (await office.holding(conversation)).agent_id == lead
    with pytest.raises(NotAllowed):
        await office.desk.assign(agent, conversation, agent)


async def test_a_colleague_gets_it_with_the_note_and_the_citizen_is_told(office: Office) -> None:
    agent, other, conversation = await office.agent(), await office.agent("Jan"), await office.waiting()
    await office.desk.claim(agent, conversation)
    await office.desk.forward_to_agent(agent, conversation, other, "Weet meer van vergunningen")
    assert (await office.holding(conversation)).agent_id == other
    assert [note.text for note in await office.desk.notes(conversation)] == ["Weet meer van vergunningen"]
    assert (await office.texts(conversation))[-1] == "<medewerker_begint> naam=Jan"


async def test_a_colleague_who_is_away_or_full_gets_nothing(office: Office) -> None:
    agent, conversation = await office.agent(), await office.waiting()
    await office.desk.claim(agent, conversation)
    for other, error in ((await office.agent("Jan", "away"), NotPresent), (await office.agent("Piet", most=0), TooMany)):
        with pytest.raises(error):
            await office.desk.forward_to_agent(agent, conversation, other, "")
    assert (await office.holding(conversation)).agent_id == agent


async def test_another_team_gets_it_only_when_it_is_there(office: Office) -> None:
    agent, conversation = await office.agent(skills=frozenset({"algemeen"})), await office.waiting()
    await office.desk.claim(agent, conversation)
    with pytest.raises(NobodyThere):
        await office.desk.forward_to_team(agent, conversation, "sociaal", "")
    await office.agent("Sanne", skills=frozenset({"sociaal"}))
    await office.desk.forward_to_team(agent, conversation, "sociaal", "Gaat over de Wmo")
    held = await office.holding(conversation)
    assert (held.owner, held.team, held.agent_id) == ("queued", "sociaal", None)
    assert (await office.texts(conversation))[-1].startswith("<doorverbonden> plaats=1 team=sociaal")


async def test_handing_back_gives_the_bot_the_subject_and_says_so(office: Office) -> None:
    agent, conversation = await office.agent(), await office.waiting()
    await office.desk.claim(agent, conversation)
    await office.desk.hand_back(agent, conversation, "paspoort")
    async with office.database.transaction() as connection:
        assert await ownership.resume_of(connection, conversation) == {"product": "paspoort"}
    assert (await office.texts(conversation))[-1] == "<bot_terug>"
    assert (await office.holding(conversation)).owner == "bot"


async def test_closing_asks_once_how_it_went(office: Office) -> None:
    agent, conversation = await office.agent(), await office.waiting()
    for _ in range(2):
        await office.desk.take_over(agent, conversation)
        await office.desk.close(agent, conversation, "answered")
        async with office.database.transaction() as connection:
            await office.queue.reopen(connection, conversation)
    said = await office.texts(conversation)
    assert said.count("<gesprek_gesloten>") == 2
    assert said.count("<beoordeling_vraag>") == 1


async def test_an_agent_who_signs_off_gives_everything_back(office: Office) -> None:
    agent, conversation = await office.agent(), await office.waiting()
    await office.desk.claim(agent, conversation)
    office.clock.move(minutes=3)
    later = await office.waiting()
    await office.agents.sign_off(agent)
    assert (await office.holding(conversation)).owner == "queued"
    assert [row.conversation_id for row in await office.board.queue()] == [conversation, later]
    assert (await office.texts(conversation))[-1].startswith("<medewerker_weg> plaats=1")


async def test_the_reason_stays_when_the_conversation_goes_from_hand_to_hand(office: Office) -> None:
    agent, conversation = await office.agent(), await office.waiting(product="paspoort")
    await office.desk.claim(agent, conversation)
    await office.agents.sign_off(agent)
    async with office.database.transaction() as connection:
        known = await handoffs.reason_of(connection, conversation)
    assert known is not None
    assert (known.product, known.rule) == ("paspoort", "vraagt-een-mens")


async def test_everything_at_once_leaves_one_owner_and_one_open_stretch(office: Office) -> None:
    """Claims, sayings, hand-backs, forwards and sign-offs of everybody at once: no deadlock, and the books are right."""
    agents = [await office.agent(f"agent {number}", role="lead", most=9) for number in range(4)]
    conversations = [await office.waiting() for _ in range(5)]

    async def busy(number: int) -> None:
        agent, other = agents[number % 4], agents[(number + 1) % 4]
        conversation = conversations[number % 5]
        calls = (
            lambda: office.desk.claim(agent, conversation),
            lambda: office.desk.say(agent, conversation, "hallo", str(number)),
            lambda: office.desk.forward_to_agent(agent, conversation, other, "hier"),
            lambda: office.desk.take_over(agent, conversation),
            lambda: office.agents.sign_off(agent),
            lambda: office.agents.presence(agent, "available"),
            lambda: office.desk.forward_to_team(agent, conversation, "algemeen", ""),
            lambda: office.ask(conversation),
            lambda: office.desk.hand_back(agent, conversation),
        )
        with contextlib.suppress(DeskRefused):
            await calls[number % len(calls)]()

    await asyncio.gather(*(busy(number) for number in range(180)))
    from sqlalchemy import text

    async with office.database.transaction() as connection:
        open_stretches = await connection.scalar(
            text(
                "select count(*) from conversation c where (c.owner in ('queued','agent')) <> "
                "exists (select 1 from handoff h where h.conversation_id = c.id and h.ended_at is null)"
            )
        )
        assert open_stretches == 0
