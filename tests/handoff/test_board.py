"""The board: who waits and how long, whose it is, what is overdue, and a summary that saves telling it twice."""

from __future__ import annotations

from datetime import timedelta

from bot.handoff.board import Numbers
from bot.handoff.service import Callbacks
from bot.model.conversation import OfferedChoice, Reply
from bot.model.triage import Decision, Facts
from bot.store import decisions, messages
from tests.handoff.conftest import MONDAY, Office


async def _bot(office: Office, conversation: object, text: str, **meta: object) -> None:
    async with office.database.transaction() as connection:
        await messages.add_reply(connection, conversation, Reply(text, (OfferedChoice("Kosten", "/x"),), dict(meta)))  # type: ignore[arg-type]


async def test_the_queue_shows_the_longest_wait_first_with_its_reason(office: Office) -> None:
    first = await office.waiting(product="paspoort")
    office.clock.move(minutes=2)
    second = await office.waiting("sociaal")
    rows = await office.board.queue()
    assert [row.conversation_id for row in rows] == [first, second]
    assert (rows[0].product, rows[0].reason, rows[0].since) == ("paspoort", "De inwoner vraagt om een medewerker.", MONDAY)
    assert [row.conversation_id for row in await office.board.queue("sociaal")] == [second]
    teams = {queue.team: (queue.waiting, queue.expected) for queue in await office.board.teams()}
    assert teams == {"algemeen": (1, None), "sociaal": (1, None)}


async def test_what_the_agent_has_not_read_or_answered_shows(office: Office) -> None:
    agent, conversation = await office.agent(), await office.waiting()
    await office.desk.claim(agent, conversation)
    office.clock.move(minutes=1)
    await office.citizen(conversation, "hallo?")
    (row,) = await office.board.mine(agent)
    assert (row.unread, row.unanswered_since) == (1, MONDAY)
    await office.desk.read(agent, conversation, row.last_seq)
    await office.desk.say(agent, conversation, "Goedemorgen", "k")
    (row,) = await office.board.mine(agent)
    assert (row.unread, row.unanswered_since) == (0, None)


async def test_colleagues_show_how_busy_they_are(office: Office) -> None:
    agent = await office.agent()
    await office.desk.claim(agent, await office.waiting())
    (colleague,) = await office.board.colleagues()
    assert (colleague.agent.name, colleague.agent.presence, colleague.held) == ("Fatima", "available", 1)


async def test_what_is_overdue_stands_on_top(office: Office) -> None:
    conversation = await office.conversation()
    callbacks = Callbacks(office.database, office.clock, 2)
    chosen = MONDAY + timedelta(days=1)
    late = await callbacks.request("a", conversation, "castricum", "Jan", "0612345678", "paspoort", wanted_at=MONDAY - timedelta(hours=2))
    note = await callbacks.leave_note("b", conversation, "castricum", "Els", "els@voorbeeld.nl", "Mag de boom weg?", team="ruimte")
    soon = await callbacks.request(
        "c", conversation, "castricum", "Piet", "0612345678", "rijbewijs", wanted_at=chosen, appointment="AF-222222"
    )
    promises = await office.board.promises()
    assert [(promise.request.reference, promise.overdue) for promise in promises] == [
        (late.reference, True),
        (soon.reference, False),
        (note.reference, False),
    ]
    assert (note.kind, note.email, note.team, soon.wanted_at) == ("note", "els@voorbeeld.nl", "ruimte", chosen)


async def test_the_search_finds_words_and_is_not_fooled_by_signs(office: Office) -> None:
    conversation = await office.conversation()
    await office.citizen(conversation, "100% korting op_mijn paspoort")
    office.clock.now = (await office.desk.history(conversation))[0].created_at
    assert [row.conversation_id for row in await office.board.search("korting OP_")] == [conversation]
    assert await office.board.search("opXmijn") == []
    assert await office.board.search("%%") == []


async def test_the_summary_tells_what_was_asked_and_answered_and_what_is_open(office: Office) -> None:
    conversation = await office.conversation()
    await office.citizen(conversation, "wat kost een paspoort")
    await _bot(office, conversation, "€ 87", route="answer", product="paspoort", aspect="kosten")
    await office.citizen(conversation, "kan het ook zonder foto")
    await _bot(office, conversation, "Wat bedoelt u?", route="ask")
    async with office.database.transaction() as connection:
        facts = Facts(signs=frozenset({"upset"}))
        await decisions.keep(connection, "m", conversation, facts, Decision("live_chat", (), "r", "r"), "v", office.clock())
    await Callbacks(office.database, office.clock, 2).request("k", conversation, "castricum", "Jan", "0612345678", "paspoort")
    await office.ask(conversation)
    summary = await office.board.summary(conversation)
    assert summary is not None
    assert (summary.name, summary.phone, summary.municipality, summary.channel) == ("Jan", "+31612345678", "castricum", "web")
    assert [(item.text, item.state, item.aspect) for item in summary.exchanges] == [
        ("wat kost een paspoort", "answered", "kosten"),
        ("kan het ook zonder foto", "open", None),
    ]
    assert (summary.open_question, summary.product, summary.mood) == ("kan het ook zonder foto", "paspoort", ("upset",))
    assert summary.reason == "De inwoner vraagt om een medewerker."


async def test_the_numbers_of_now_count_who_waits_who_is_there_and_what_is_overdue(office: Office) -> None:
    assert await office.board.numbers() == Numbers(0, 0.0, 0, 0)
    await office.agent()
    await office.waiting()
    office.clock.move(minutes=3)
    await office.waiting("sociaal")
    callbacks = Callbacks(office.database, office.clock, 2)
    await callbacks.request("a", None, "castricum", "Jan", "0612345678", "paspoort", wanted_at=MONDAY - timedelta(hours=2))
    assert await office.board.numbers() == Numbers(2, 180.0, 1, 1)
