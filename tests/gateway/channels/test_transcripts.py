"""A conversation by e-mail: to the address that was typed and to nobody else, without numbers or strange links, and not too often."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import text

from bot.gateway.errors import BadRequest, NoMail, OutOfOrder, TooFast
from bot.gateway.transcripts import Transcripts
from bot.knowledge.library import Library
from bot.mail import Mail
from bot.model.conversation import Inbound, Reply
from bot.store import conversations, messages
from bot.store.database import Database
from tests.appointments.test_mail import NOW, Inbox, server_at
from tests.appointments.town import real_base
from tests.ports import free_port

TO = "jan@voorbeeld.nl"


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def transcripts(inbox: Inbox, database: Database) -> Iterator[Transcripts]:
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield Transcripts(database, lambda: Library(real_base(), lambda: NOW), lambda: NOW, Mail(server_at(controller.port)))
    controller.stop()


async def said(database: Database, *lines: str) -> UUID:
    """A conversation in Castricum: the citizen's lines, each answered with the price of a passport."""
    key = uuid4()
    async with database.transaction() as connection:
        await conversations.create(connection, key, "web", "castricum", None)
        for number, line in enumerate(lines):
            await messages.add_inbound(connection, key, Inbound(f"{key}-{number}", "c", text=line), line)
            await messages.add_reply(connection, key, Reply("Een **paspoort** kost geld. Zie [de leges](https://www.castricum.nl/leges)."))
    return key


@pytest.fixture
async def talk(database: Database) -> UUID:
    return await said(database, "wat kost een paspoort")


async def test_everything_that_was_said_arrives_in_order_in_plain_words(transcripts: Transcripts, inbox: Inbox, talk: UUID) -> None:
    await transcripts.send(talk, TO, "192.0.2.1")
    [message] = inbox.taken
    body = message.get_content()
    assert (message["To"], message["Subject"]) == (TO, "Uw gesprek met de gemeente Castricum")
    assert body.index("wat kost een paspoort") < body.index("Een paspoort kost geld. Zie de leges (https://www.castricum.nl/leges).")
    assert "Wij bewaren uw e-mailadres niet." in body


async def test_where_another_day_begins_it_says_which(transcripts: Transcripts, inbox: Inbox, database: Database) -> None:
    talk = await said(database, "tot morgen", "daar ben ik weer")
    days = (
        "update message set created_at = timestamptz '2026-03-02 22:30+01' + (seq + 1) / 2 * interval '1 hour' where conversation_id = :id"
    )
    async with database.transaction() as connection:
        await connection.execute(text(days), {"id": talk})
    await transcripts.send(talk, TO, "192.0.2.1")
    body = inbox.taken[0].get_content()
    assert body.index("2 maart 2026") < body.index("tot morgen") < body.index("3 maart 2026") < body.index("daar ben ik weer")
    assert body.count("maart 2026") == 2


async def test_no_service_number_and_no_address_that_somebody_typed_goes_along(
    transcripts: Transcripts, inbox: Inbox, database: Database
) -> None:
    talk = await said(database, "mijn bsn is 123456782", "kijk op https://betaal-nu.example/x en www.oplichter.example")
    await transcripts.send(talk, TO, "192.0.2.1")
    body = inbox.taken[0].get_content()
    assert "123456782" not in body
    assert "betaal-nu" not in body
    assert "oplichter" not in body
    assert "kijk op [link] en [link]" in body


async def test_the_address_is_kept_nowhere(transcripts: Transcripts, database: Database, talk: UUID) -> None:
    await transcripts.send(talk, TO, "192.0.2.1")
    tables = "select oid::regclass::text from pg_class where relkind = 'r' and relnamespace::regnamespace::text in ('public', 'engine')"
    async with database.transaction() as connection:
        names = (await connection.execute(text(tables))).scalars().all()
        content = ""
        for name in names:
            content += "".join((await connection.execute(text(f"select kept::text from {name} as kept"))).scalars())  # noqa: S608
    assert "wat kost een paspoort" in content
    assert TO not in content


@pytest.mark.parametrize(
    "address", ["", "jan", f"{TO}, piet@voorbeeld.nl", f"{TO}\r\nBcc: piet@voorbeeld.nl", f"Jan <{TO}>", "a" * 250 + "@b.nl"]
)
async def test_what_is_not_one_address_is_refused(transcripts: Transcripts, inbox: Inbox, talk: UUID, address: str) -> None:
    with pytest.raises(BadRequest):
        await transcripts.send(talk, address, "192.0.2.1")
    assert inbox.taken == []


async def test_a_conversation_is_sent_three_times_an_hour_and_an_address_gets_five(
    transcripts: Transcripts, inbox: Inbox, database: Database, talk: UUID
) -> None:
    for _ in range(3):
        await transcripts.send(talk, TO, "192.0.2.1")
    with pytest.raises(TooFast) as refused:
        await transcripts.send(talk, "ander@voorbeeld.nl", "192.0.2.1")
    assert refused.value.retry_after
    for _ in range(2):
        await transcripts.send(await said(database, "hoi"), TO, "192.0.2.2")
    with pytest.raises(TooFast):
        await transcripts.send(await said(database, "hoi"), TO.upper(), "192.0.2.3")
    assert len(inbox.taken) == 5


async def test_a_mail_server_that_refuses_or_is_away_is_told_apart(transcripts: Transcripts, inbox: Inbox, talk: UUID) -> None:
    inbox.rcpt_answers = ["550 5.1.1 no such user"]
    with pytest.raises(BadRequest):
        await transcripts.send(talk, TO, "192.0.2.1")
    inbox.rcpt_answers = ["451 4.2.1 greylisted"]
    with pytest.raises(OutOfOrder):
        await transcripts.send(talk, TO, "192.0.2.1")


async def test_without_a_mail_server_the_citizen_hears_that_there_is_none(transcripts: Transcripts, talk: UUID) -> None:
    off = replace(transcripts, mail=Mail(replace(server_at(1), host="")))
    with pytest.raises(NoMail):
        await off.send(talk, TO, "192.0.2.1")


async def test_only_who_has_the_conversation_has_it_sent(gateway: str) -> None:
    import httpx

    async with httpx.AsyncClient(base_url=gateway) as http:
        started: dict[str, Any] = (await http.post("/api/v1/conversations", json={"municipality": "castricum"})).json()
        path = f"/api/v1/conversations/{started['id']}/transcript"
        assert (await http.post(path, json={"email": TO})).status_code == 401
        headers = {"Authorization": f"Bearer {started['token']}"}
        response = await http.post(path, json={"email": TO}, headers=headers)
        assert (response.status_code, response.json()["error"]) == (409, "no_mail")
        assert (await http.get("/api/v1/widget")).json()["mail"] is False
