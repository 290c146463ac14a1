"""A conversation of the website that goes on in WhatsApp: over real HTTP at both ends."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx
import pytest
import websockets
from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.channels.whatsapp.setup import phone_for
from bot.gateway.moving import GUESSES, OFFERS, VALID, code_in
from bot.model.conversation import OfferedChoice, Reply
from bot.settings import load_settings
from bot.store import messages, ownership
from tests.gateway.channels.whatsapp import fake_graph as graph
from tests.gateway.channels.whatsapp.citizen import Citizen

OTHER = {"user": "NL.2", "phone": "31687654321"}


@dataclass
class Website:
    """One conversation of the widget."""

    http: httpx.AsyncClient
    bench: Any
    id: UUID
    path: str

    async def says(self, text: str) -> int:
        response = await self.http.post(f"{self.path}/messages", json={"id": uuid4().hex, "text": text})
        return response.status_code

    async def offer(self) -> dict[str, Any]:
        response = await self.http.post(f"{self.path}/move")
        assert response.status_code == 201, response.text
        found: dict[str, Any] = response.json()
        return found

    async def ask(self, reply: Reply) -> None:
        async with self.bench.database.transaction() as connection:
            await messages.add_reply(connection, self.id, reply)

    async def texts(self) -> list[str]:
        found: list[str] = await self.bench.texts(self.id)
        return found


async def _website(http: httpx.AsyncClient, bench: Any, municipality: str | None = "castricum") -> Website:
    started = (await http.post("/api/v1/conversations", json={"municipality": municipality})).json()
    fresh = httpx.AsyncClient(base_url=http.base_url, timeout=30, headers={"Authorization": f"Bearer {started['token']}"})
    return Website(fresh, bench, UUID(started["id"]), f"/api/v1/conversations/{started['id']}")


@pytest.fixture
async def website(citizen: Citizen, bench: Any) -> AsyncIterator[Website]:
    opened = await _website(citizen.http, bench)
    yield opened
    await opened.http.aclose()


async def _owner(bench: Any, conversation: UUID, owner: str) -> None:
    await bench.give(conversation, owner)


async def test_the_link_opens_whatsapp_with_the_code_filled_in(website: Website) -> None:
    offer = await website.offer()
    link = urlsplit(offer["link"])
    assert (link.netloc, link.path, offer["phone"]) == ("wa.me", "/31251000000", "+31251000000")
    assert re.fullmatch(r"WW-[2-9A-Z]{4}-[2-9A-Z]{4}", offer["code"])
    assert parse_qs(link.query)["text"] == ["<verhuis_bericht>"]


async def test_the_conversation_goes_on_in_whatsapp_with_all_that_was_said(website: Website, citizen: Citizen) -> None:
    await website.says("wat kost een paspoort")
    await citizen.bench.turns.answer(str(website.id))
    await citizen.says(f"Ik wil verder. Code: {(await website.offer())['code']}")
    assert await citizen.answered() == ["<verhuisd_bot>\n\necho: wat kost een paspoort"]
    await citizen.says("en een rijbewijs?")
    assert (await citizen.answered())[-1] == "echo: en een rijbewijs?"
    assert await citizen.conversations() == [website.id]
    assert await website.texts() == [
        *("<welkom>", "wat kost een paspoort", "echo: wat kost een paspoort", "<ontvangen_code>", "<verhuisd_bot>"),
        *("echo: wat kost een paspoort", "en een rijbewijs?", "echo: en een rijbewijs?"),
    ]


async def test_the_web_side_stops_and_reads_no_further(website: Website, citizen: Citizen) -> None:
    address = str(citizen.http.base_url).replace("http", "ws", 1).rstrip("/")
    token = website.http.headers["Authorization"].removeprefix("Bearer ")
    hello = json.dumps({"type": "hello", "token": token, "after": 0})
    polling = asyncio.create_task(website.http.get(f"{website.path}/messages", params={"after": 1, "wait": 20}))
    async with websockets.connect(f"{address}{website.path}/live") as socket, asyncio.timeout(15):
        await socket.send(hello)
        assert json.loads(await socket.recv())["type"] == "state"
        await citizen.says((await website.offer())["code"])
        frames = []
        with suppress(websockets.ConnectionClosedError):
            frames += [await socket.recv() for _ in range(10)]
        assert "ontvangen_code" not in str(frames)
        assert socket.close_code == 4410
        assert (await polling).status_code == 410
    async with websockets.connect(f"{address}{website.path}/live") as socket, asyncio.timeout(30):
        await socket.send(hello)
        await socket.wait_closed()
        assert socket.close_code == 4410
    refused = await website.http.get(f"{website.path}/messages")
    assert (refused.status_code, refused.json()) == (410, {"error": "moved", "message": "<gesprek_verhuisd>"})
    assert await website.says("van een ander achter hetzelfde scherm") == 410
    assert (await website.http.post(f"{website.path}/move")).status_code == 410


async def test_a_code_works_once(website: Website, citizen: Citizen) -> None:
    code = (await website.offer())["code"]
    await citizen.says(code)
    await citizen.says(code, **OTHER)
    await citizen.outbox.round()
    told = {sent["to"]: graph.shown(sent) for sent in citizen.graph.sent}
    assert told == {"31612345678": "<verhuisd_bot>\n\n<welkom>", OTHER["phone"]: "<welkom>\n\n<code_klopt_niet>"}


async def test_of_two_who_send_a_code_at_the_same_moment_one_gets_the_conversation(website: Website, citizen: Citizen) -> None:
    code = (await website.offer())["code"]
    for number in range(4):
        await citizen.post(graph.incoming(f"wamid.{number}", "text", {"body": code}, user=f"NL.{number}", phone=""))
    await asyncio.gather(*(citizen.read() for _ in range(4)))
    every = [await citizen.bench.texts(key) for key in await citizen.conversations()]
    assert sum("<verhuisd_bot>" in texts for texts in every) == 1
    assert sum("<code_klopt_niet>" in texts for texts in every) == 3


async def test_an_old_code_and_one_that_was_replaced_open_nothing(website: Website, citizen: Citizen) -> None:
    first, second = (await website.offer())["code"], (await website.offer())["code"]
    await citizen.says(first)
    citizen.bench.clock.move(VALID + timedelta(seconds=1))
    await citizen.says(second)
    assert (await website.texts()) == ["<welkom>"]
    assert (await citizen.bench.texts((await citizen.conversations())[-1])).count("<code_klopt_niet>") == 2


async def test_a_code_for_one_municipality_is_not_taken_on_the_number_of_another(website: Website, citizen: Citizen) -> None:
    await citizen.says((await website.offer())["code"], account="106540352242923")
    assert await website.texts() == ["<welkom>"]


async def test_guessing_is_slowed_down_and_then_even_the_right_code_must_wait(website: Website, citizen: Citizen) -> None:
    for _ in range(GUESSES):
        await citizen.says("WW-2345-6789")
    await citizen.says((await website.offer())["code"])
    assert await website.texts() == ["<welkom>"]
    mine = (await citizen.conversations())[-1]
    assert (await citizen.bench.texts(mine))[-1] == "<code_te_vaak>"
    citizen.bench.clock.move(VALID)
    await citizen.says((await website.offer())["code"])
    assert "<verhuisd_bot>" in await website.texts()


async def test_codes_cannot_be_asked_for_without_end(website: Website) -> None:
    statuses = [(await website.http.post(f"{website.path}/move")).status_code for _ in range(OFFERS + 1)]
    assert statuses == [201] * OFFERS + [429]


async def test_only_the_hash_of_a_code_is_kept(website: Website, citizen: Citizen) -> None:
    from sqlalchemy import text

    code = (await website.offer())["code"]
    async with citizen.bench.database.transaction() as connection:
        [row] = (await connection.execute(text("select move_code::text from move_code"))).scalars()
    assert code not in row
    assert code.replace("-", "") not in row
    await citizen.says(f"hier is {code}")
    assert not any(code in said for said in await website.texts())


async def test_who_talked_on_whatsapp_before_goes_on_with_the_conversation_of_the_website(website: Website, citizen: Citizen) -> None:
    await citizen.says("een vraag van vorige week")
    old = next(key for key in await citizen.conversations() if key != website.id)
    await citizen.says((await website.offer())["code"])
    await citizen.says("en nu?")
    assert (await website.texts())[-1] == "en nu?"
    assert "en nu?" not in await citizen.bench.texts(old)
    assert citizen.bench.engine.asked == []
    await citizen.answered()  # also what was still owed in the old one
    assert sorted(text for text in citizen.graph.texts if "echo" in text) == [
        "<verhuisd_bot>\n\n<welkom>\n\necho: en nu?",
        "<welkom>\n\necho: een vraag van vorige week",
    ]


@pytest.mark.parametrize("owner", ["queued", "agent"])
async def test_who_has_a_person_on_whatsapp_keeps_that_person(website: Website, citizen: Citizen, owner: str) -> None:
    await citizen.says("ik wil een mens")
    mine = next(key for key in await citizen.conversations() if key != website.id)
    await _owner(citizen.bench, mine, owner)
    code = (await website.offer())["code"]
    await citizen.says(code)
    assert (await citizen.bench.texts(mine))[-2:] == ["<ontvangen_code>", "<code_ander_gesprek>"]
    await citizen.says(code, **OTHER)  # the code was not used up
    assert "<verhuisd_bot>" in await website.texts()


async def test_in_the_middle_of_a_question_it_is_asked_again_with_its_choices(website: Website, citizen: Citizen) -> None:
    await website.ask(Reply("Welke dag?", (OfferedChoice("Maandag", "/day1"), OfferedChoice("Dinsdag", "/day2")), {"input": "name"}))
    await citizen.says((await website.offer())["code"])
    await citizen.outbox.round()
    inside = citizen.graph.sent[-1]["interactive"]
    assert inside["body"]["text"] == "<verhuisd_bot>\n\nWelke dag?"
    button = inside["action"]["buttons"][1]["reply"]
    assert button["title"] == "Dinsdag"
    await citizen.post(graph.incoming("wamid.c", "interactive", {"type": "button_reply", "button_reply": button}))
    await citizen.read()
    await citizen.answered()
    assert citizen.bench.engine.asked == [("Dinsdag", "/day2")]


async def test_an_answer_that_is_on_its_way_comes_on_whatsapp(website: Website, citizen: Citizen) -> None:
    await website.says("wat kost een paspoort")
    await citizen.says((await website.offer())["code"])
    assert await citizen.answered() == ["<verhuisd_bot>\n\necho: wat kost een paspoort"]


async def test_who_waits_in_the_queue_keeps_the_place(website: Website, citizen: Citizen) -> None:
    async with citizen.bench.database.transaction() as connection:
        await ownership.move(connection, website.id, "ask_person", citizen.bench.clock(), team="burgerzaken")
        before = await ownership.find(connection, website.id)
    await citizen.says((await website.offer())["code"])
    async with citizen.bench.database.transaction() as connection:
        after = await ownership.find(connection, website.id)
    assert before is not None
    assert after == replace(before, channel="whatsapp")
    await citizen.outbox.round()
    assert citizen.graph.texts == ["<verhuisd_queued>"]


async def test_the_agent_keeps_the_citizen_and_sees_one_history(website: Website, citizen: Citizen) -> None:
    desk = citizen.bench.office.desk
    await _owner(citizen.bench, website.id, "agent")
    await website.says("op de website")
    await citizen.says((await website.offer())["code"])
    await citizen.says("op whatsapp")
    said = [item.text for item in await desk.history(website.id)]
    assert said == ["<welkom>", "op de website", "<ontvangen_code>", "<verhuisd_agent>", "op whatsapp"]
    assert citizen.bench.engine.asked == []
    async with citizen.bench.database.transaction() as connection:
        await messages.add_reply(connection, website.id, Reply("Hallo, met Fatima", author="agent"))
    await citizen.outbox.round()
    assert citizen.graph.texts[-1].endswith("Hallo, met Fatima")


async def test_the_same_webhook_twice_moves_once(website: Website, citizen: Citizen) -> None:
    code = (await website.offer())["code"]
    for _ in range(3):
        await citizen.says(code, "wamid.same")
    assert (await website.texts()).count("<ontvangen_code>") == 1


async def test_without_a_number_there_is_no_way_to_whatsapp(citizen: Citizen, bench: Any) -> None:
    unknown = await _website(citizen.http, bench, None)
    refused = await unknown.http.post(f"{unknown.path}/move")
    assert (refused.status_code, refused.json()["error"]) == (409, "no_whatsapp")
    await unknown.http.aclose()
    shown = [(await citizen.http.get("/api/v1/widget", params=query)).json()["whatsapp"] for query in ({"municipality": "castricum"}, {})]
    assert shown == [True, False]


def test_a_number_of_the_municipality_goes_before_one_that_serves_all() -> None:
    settings = load_settings({"WHATSAPP_TOKEN": "x", "WHATSAPP_NUMBERS": "1:,2:heiloo,3:bergen", "WHATSAPP_PHONES": "1:+31 1,2:312"})
    assert [phone_for(settings, town) for town in ("heiloo", "bergen", None)] == ["312", "311", "311"]
    assert phone_for(replace(settings, whatsapp_token=load_settings({}).whatsapp_token), "heiloo") is None


@pytest.mark.parametrize(
    "said",
    ["WW-AB2C-D3EF", "Code: ww-ab2c-d3ef.", "ww ab2c d3ef", "WWAB2CD3EF", "Ik wil mijn gesprek hier voortzetten. Code: WW-AB2C-D3EF"],
)
def test_a_code_is_found_however_it_is_typed(said: str) -> None:
    assert code_in(said) == "WW-AB2C-D3EF"


@given(st.text(alphabet=st.characters(exclude_characters="wW")))
def test_a_text_without_a_code_has_none(said: str) -> None:
    assert code_in(said) is None


@pytest.mark.parametrize(
    "said",
    [
        "Hoe doe ik een WW aanvraag?",
        "Kan de WW uitkeren in mei?",
        "ik krijg ww maar geen toeslag",
        "WW 2026 2027",
        "wwmaar2345",
        "ww-uitkering",
    ],
)
def test_a_question_about_the_benefit_of_the_same_name_holds_no_code(said: str) -> None:
    assert code_in(said) is None


async def test_every_code_that_is_given_out_is_read(website: Website, citizen: Citizen, monkeypatch: pytest.MonkeyPatch) -> None:
    signs = iter("ABCD2345" + "AB2C3DEF")
    monkeypatch.setattr("bot.gateway.moving.secrets.choice", lambda _: next(signs))
    assert (await website.offer())["code"] == "WW-AB2C-3DEF"


async def test_what_is_written_behind_the_code_is_answered(website: Website, citizen: Citizen) -> None:
    text = f"Ik wil mijn gesprek hier voortzetten. Code: {(await website.offer())['code']}. En wat kost een rijbewijs?"
    for _ in range(2):
        await citizen.says(text, "wamid.same")
    assert await citizen.answered() == ["<verhuisd_bot>\n\n<welkom>\n\necho: En wat kost een rijbewijs?"]
    assert await website.texts() == [
        *("<welkom>", "<ontvangen_code>", "<verhuisd_bot>", "<welkom>"),
        *("En wat kost een rijbewijs?", "echo: En wat kost een rijbewijs?"),
    ]


def test_a_code_that_is_mistyped_between_its_dashes_is_still_one() -> None:
    assert code_in("WW-ABSD-2345") == "WW-ABSD-2345"
