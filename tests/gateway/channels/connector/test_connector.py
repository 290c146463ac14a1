"""The REST channel from a connector's side: real calls to the gateway, real webhooks to a receiver."""

from __future__ import annotations

import asyncio
import base64
import itertools
import os
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import text

from bot.gateway.channels.connector.keys import key_hash, new_key, new_webhook_secret, sign
from bot.gateway.channels.connector.pictures import BroughtPictures
from bot.gateway.channels.connector.sender import ConnectorSender
from bot.gateway.openapi import describe
from bot.gateway.outbox import GIVE_UP_AFTER, Outbox
from bot.gateway.reception import Reception
from bot.model.connector import Connector
from bot.model.conversation import OfferedChoice, Reply
from bot.sealing import Seal
from bot.sealing import new_key as new_sealing_key
from bot.store import connectors, messages
from tests.gateway.channels.connector.receiver import Receiver
from tests.gateway.pictures import jpeg
from tests.serving import serving

_numbers = itertools.count()


@dataclass
class Program:
    """A connector with a key, and everything between it and the bot."""

    http: httpx.AsyncClient
    bench: Any
    id: UUID
    reception: Reception
    outbox: Outbox

    async def says(self, text: str, user: str = "u1", **more: Any) -> None:
        body = {"user": user, "id": uuid4().hex, "text": text, **more}
        response = await self.http.post("/messages", json={name: value for name, value in body.items() if value is not None})
        assert response.status_code == 202, response.text

    async def work(self, outbox: bool = True) -> None:
        while await self.reception.round():
            pass
        for conversation in await self.conversations():
            await self.bench.turns.answer(str(conversation))
        if outbox:
            await self.outbox.round()

    async def conversations(self) -> list[UUID]:
        found: list[UUID] = await self.bench.conversations()
        return found

    async def fetch(self, after: int = 0, wait: int = 0) -> dict[str, Any]:
        response = await self.http.get("/replies", params={"after": after, "wait": wait})
        assert response.status_code == 200, response.text
        found: dict[str, Any] = response.json()
        return found

    async def texts(self, after: int = 0) -> list[str]:
        return [reply["message"]["text"] for reply in (await self.fetch(after))["replies"]]


KEY = new_sealing_key()
SEAL = Seal(lambda _: [KEY])


async def _program(
    gateway: str, bench: Any, webhook: str | None = None, secret: str | None = None, seal: Seal = SEAL
) -> AsyncIterator[Program]:
    key, identifier = new_key(), uuid4()
    kept = SEAL.close(identifier, secret) if secret else None
    made = Connector(identifier, f"program-{next(_numbers)}", "castricum", bench.clock(), None, webhook, kept)
    async with bench.database.transaction() as connection:
        assert await connectors.add(connection, made, key_hash(key))
    sender = ConnectorSender(bench.database, seal, bench.clock, timeout=10.0)
    reception = bench.reception({"connector": BroughtPictures(bench.database)})
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(base_url=f"{gateway}/api/v1/connector", headers=headers, timeout=30) as http:
        yield Program(http, bench, made.id, reception, Outbox(bench.database, {"connector": sender}, bench.clock))
    await sender.close()


@pytest.fixture
async def program(gateway: str, bench: Any) -> AsyncIterator[Program]:
    """A connector that fetches its replies."""
    async for made in _program(gateway, bench):
        yield made


@pytest.fixture
def receiver() -> Receiver:
    return Receiver(new_webhook_secret())


@pytest.fixture
async def pushed(gateway: str, bench: Any, receiver: Receiver) -> AsyncIterator[Program]:
    """A connector that its replies are brought to."""
    async with serving(receiver.app(f"receiver-{next(_numbers)}")) as address:
        async for made in _program(gateway, bench, f"{address}/hook", receiver.secret):
            yield made


async def test_replies_are_fetched_once_behind_a_cursor(program: Program) -> None:
    await program.says("een")
    await program.work()
    first = await program.fetch()
    assert [(reply["user"], reply["message"]["text"]) for reply in first["replies"]] == [("u1", "<welkom>"), ("u1", "echo: een")]
    assert await program.texts(first["cursor"]) == []
    await program.says("twee", user="u2")
    await program.work()
    second = await program.fetch(first["cursor"])
    assert [(reply["user"], reply["message"]["text"]) for reply in second["replies"]] == [("u2", "<welkom>"), ("u2", "echo: twee")]


async def test_replies_are_as_the_description_says(program: Program, bench: Any) -> None:
    await program.says("hoi")
    await program.work()
    [conversation] = await program.conversations()
    async with bench.database.transaction() as connection:
        await messages.add_reply(connection, conversation, Reply("kies", (OfferedChoice("Kosten", "/ask_costs"),)))
    await program.outbox.round()
    found = await program.fetch()
    schema = {"$ref": "#/components/schemas/ConnectorReplies", "components": describe()["components"]}
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(found)
    assert [len(reply["message"]["choices"]) for reply in found["replies"]] == [0, 0, 1]


async def test_who_waits_for_a_reply_gets_it_at_once(program: Program) -> None:
    waiting = asyncio.create_task(program.fetch(wait=20))
    await program.says("hoi")
    await program.work()
    async with asyncio.timeout(15):
        assert (await waiting)["cursor"] == 2


async def test_a_message_may_come_in_any_order_and_more_than_once(program: Program, bench: Any) -> None:
    moment = bench.clock() - timedelta(minutes=5)
    for number in (3, 1, 2, 1, 3):
        await program.says(str(number), id=str(number), sent_at=(moment + timedelta(seconds=number)).isoformat())
    await program.work()
    [only] = await program.conversations()
    assert [text for text in await bench.texts(only) if text.isdigit()] == ["1", "2", "3"]


async def test_the_same_user_and_id_of_two_connectors_are_two_citizens(gateway: str, bench: Any, program: Program) -> None:
    async for other in _program(gateway, bench):
        await program.says("van de een", id="1")
        await other.says("van de ander", id="1")
        await program.work()
        assert (await program.texts())[-1] == "echo: van de een"
        assert (await other.texts())[-1] == "echo: van de ander"


async def test_one_citizen_cannot_take_back_what_another_said(program: Program, bench: Any) -> None:
    await program.says("van mij", user="u1", id="1")
    await program.says(None, user="u2", deletes="1")  # type: ignore[arg-type]
    await program.work()
    every = [await bench.texts(key) for key in await program.conversations()]
    assert ["van mij" in texts for texts in every] == [True]  # taking back begins no conversation either


async def test_a_key_that_was_renewed_or_revoked_opens_nothing(program: Program, bench: Any) -> None:
    [known] = [item for item in await _all(bench) if item.id == program.id]
    fresh = new_key()
    async with bench.database.transaction() as connection:
        await connectors.renew(connection, known.name, key_hash(fresh))
    assert (await program.http.get("/")).status_code == 401
    program.http.headers["Authorization"] = f"Bearer {fresh}"
    assert (await program.http.get("/")).json() == {"name": known.name, "municipality": "castricum", "webhook": False}
    async with bench.database.transaction() as connection:
        assert await connectors.revoke(connection, known.name, bench.clock())
    assert (await program.http.get("/replies")).status_code == 401


async def _all(bench: Any) -> list[Connector]:
    async with bench.database.transaction() as connection:
        return await connectors.all_of_them(connection)


@pytest.mark.parametrize("path", ["/api/v1/connector", "/api/v1/conversations/2b7a3a34-9c2e-4d1c-9a77-0a6a5c9b7a11/messages"])
async def test_a_key_or_token_of_signs_that_no_key_has_opens_nothing(gateway: str, path: str) -> None:
    async with httpx.AsyncClient(base_url=gateway) as http:
        assert (await http.get(path, headers={b"Authorization": b"Bearer \x80\xff"})).status_code == 401


async def test_a_key_that_calls_too_often_must_wait(program: Program) -> None:
    answers = [await program.http.get("/") for _ in range(201)]
    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    "body",
    [
        {"id": "1", "text": "hoi"},
        {"user": "u 1", "id": "1", "text": "hoi"},
        {"user": "u1", "text": "hoi"},
        {"user": "u1", "id": "1"},
        {"user": "u1", "id": "1", "text": "hoi", "choice": "x"},
        {"user": "u1", "id": "1", "text": " \u200b "},
        {"user": "u1", "id": "1", "attachment": "unknown"},
        {"user": "u1", "id": "1", "attachment": ["picture"]},
        {"user": "u1", "id": "1", "location": {"latitude": 91, "longitude": 4}},
        {"user": "u1", "id": "1", "location": "Limmen"},
        {"user": "u1", "id": "1", "edits": "0", "choice": "x"},
        {"user": "u1", "id": "1", "text": "hoi", "sent_at": "gisteren"},
        {"user": "u1", "id": "1", "text": "hoi", "sent_at": "2026-11-22T10:00:00"},
        {"user": "u1", "id": "1", "text": 7},
        {"user": "u1\n", "id": "1", "text": "hoi"},
        {"user": "u1", "id": "1\n", "text": "hoi"},
        {"user": "u1", "id": "1", "deletes": ""},
        {"user": "u1", "id": "1", "deletes": "een ander"},
        {"user": "u1", "id": "1", "text": "hoi", "edits": ""},
        {"user": "u1", "id": "1", "text": "hoi", "sent_at": "0001-01-01T00:00:00+14:00"},
    ],
)
async def test_a_call_that_makes_no_sense_is_refused_at_once(program: Program, body: dict[str, Any]) -> None:
    response = await program.http.post("/messages", json=body)
    assert (response.status_code, response.json()["error"]) == (400, "bad_request")


async def test_a_location_becomes_the_nearest_village(program: Program, bench: Any) -> None:
    await program.says(None, location={"latitude": 52.571, "longitude": 4.694})  # type: ignore[arg-type]
    await program.work()
    assert (await program.texts())[-1] == "echo: Limmen"


async def test_a_citizen_is_forgotten_with_everything_that_was_said(program: Program, bench: Any) -> None:
    await program.says("mijn geheim", user="app:17/x")
    await program.work()
    for _ in range(2):
        assert (await program.http.delete("/users/app:17%2Fx")).status_code == 204
    assert await program.conversations() == []
    assert (await program.fetch())["replies"] == []


async def test_what_was_not_read_yet_is_forgotten_too(program: Program, bench: Any) -> None:
    await program.says("mijn geheim")
    assert (await program.http.delete("/users/u1")).status_code == 204
    await program.work()
    assert await program.conversations() == []
    async with bench.database.transaction() as connection:
        assert await connection.scalar(text("select count(*) from arrival where content::text like '%geheim%'")) == 0


async def test_replies_are_brought_with_a_signature_and_may_be_fetched_too(pushed: Program, receiver: Receiver) -> None:
    await pushed.says("hoi")
    await pushed.work()
    assert (receiver.texts, receiver.forged) == (["<welkom>", "echo: hoi"], 0)
    assert await pushed.texts() == receiver.texts


async def test_a_receiver_that_fails_gets_every_reply_once_and_in_order(pushed: Program, receiver: Receiver, bench: Any) -> None:
    receiver.faults = [500, 302, 429]
    for number in range(3):
        await pushed.says(str(number))
        await pushed.work()
    for _ in range(6):
        bench.clock.move(timedelta(minutes=15))
        await pushed.outbox.round()
    assert receiver.texts == ["<welkom>", "echo: 0", "echo: 1", "echo: 2"]


async def test_a_receiver_that_is_away_is_not_called_for_every_message(pushed: Program, receiver: Receiver) -> None:
    receiver.faults = [503] * 50
    await pushed.says("een")
    await pushed.work()
    for number in range(20):
        await pushed.says("hoi", user=f"u{number + 2}")
    await pushed.work()
    assert receiver.calls == 1


@pytest.mark.parametrize("keys", [[], [new_sealing_key()], ["nonsense"]], ids=["none", "another", "nonsense"])
async def test_while_the_key_of_the_secret_is_gone_replies_are_fetched_and_brought_when_it_is_back(
    gateway: str, bench: Any, receiver: Receiver, keys: list[str]
) -> None:
    async with serving(receiver.app(f"receiver-{next(_numbers)}")) as address:
        async for program in _program(gateway, bench, f"{address}/hook", receiver.secret, Seal(lambda _: list(keys))):
            await program.says("hoi")
            await program.work()
            assert (receiver.calls, await program.texts()) == (0, ["<welkom>", "echo: hoi"])
            keys[:] = [KEY]
            bench.clock.move(timedelta(minutes=15))
            await program.outbox.round()
            assert (receiver.texts, receiver.forged) == (["<welkom>", "echo: hoi"], 0)


async def test_a_picture_is_taken_with_the_words_beside_it_and_leaves_the_inbox_when_it_is_read(program: Program, bench: Any) -> None:
    bench.take_reports()
    large = base64.b64encode(jpeg() + b"\0" * 4_900_000).decode()
    await program.says("losse tegel", picture=large)
    await program.work()
    [conversation] = await program.conversations()
    assert len((await bench.sharing.reports.gathered(conversation)).pictures) == 1
    assert (await bench.texts(conversation))[-2:] == ["losse tegel", "echo: losse tegel"]
    async with bench.database.transaction() as connection:
        assert await connection.scalar(text("select max(length(content::text)) from arrival")) == len("null")


@pytest.mark.parametrize(
    ("picture", "status"),
    [("%", 400), ("iVBORw0KGgo\x03\x83", 400), ("aGFsbG8=", 400), (7, 400), (base64.b64encode(jpeg() + b"\0" * 5_000_001).decode(), 413)],
    ids=["no base64", "no ASCII", "no picture", "no text", "too large"],
)
async def test_what_cannot_be_a_picture_is_refused_at_once(program: Program, picture: Any, status: int) -> None:
    response = await program.http.post("/messages", json={"user": "u1", "id": "1", "picture": picture})
    assert response.status_code == status


async def test_a_stranger_may_not_even_begin_to_send_a_picture(program: Program) -> None:
    body = {"user": "u1", "id": "1", "picture": "a" * 1_000_000}
    response = await program.http.post("/messages", json=body, headers={"Authorization": "Bearer stranger"})
    assert response.status_code == 401


async def test_what_could_not_be_brought_in_a_day_is_still_there_to_fetch(pushed: Program, receiver: Receiver, bench: Any) -> None:
    receiver.faults = [503] * 5
    await pushed.says("hoi")
    await pushed.work()
    bench.clock.move(GIVE_UP_AFTER + timedelta(minutes=1))
    await pushed.outbox.round()
    receiver.faults = []
    bench.clock.move(timedelta(hours=1))
    await pushed.outbox.round()
    assert receiver.taken == {}
    assert await pushed.texts() == ["<welkom>", "echo: hoi"]


async def test_a_connector_that_was_shut_out_gets_nothing(pushed: Program, receiver: Receiver, bench: Any) -> None:
    await pushed.says("hoi")
    await pushed.work(outbox=False)
    async with bench.database.transaction() as connection:
        await connectors.revoke(connection, (await _all(bench))[0].name, bench.clock())
    await pushed.outbox.round()
    assert receiver.calls == 0


def test_the_signature_is_that_of_standard_webhooks() -> None:
    # The worked example of the specification's own libraries.
    signature = sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


async def test_the_examples_in_the_documentation_work(program: Program, gateway: str, repository: Path, tmp_path: Path) -> None:
    (tmp_path / "foto.jpg").write_bytes(jpeg())
    text = (repository / "docs" / "connectors.md").read_text(encoding="utf-8")
    examples = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    assert len(examples) == 6
    key = program.http.headers["Authorization"].removeprefix("Bearer ")
    shown = []
    for example in examples:
        running = await asyncio.create_subprocess_exec(
            *("bash", "-euc", example), env={**os.environ, "WEGWIJS": gateway, "KEY": key}, cwd=tmp_path, stdout=asyncio.subprocess.PIPE
        )
        asking = asyncio.create_task(running.communicate())
        while not asking.done():
            await asyncio.wait([asking], timeout=0.2)
            await program.work()
        assert running.returncode == 0, example
        shown.append(asking.result()[0].decode())
    assert '"castricum"' in shown[0]
    assert '"user":"burger-17"' in shown[4]
    assert await program.conversations() == []
