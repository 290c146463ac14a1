"""WhatsApp from Meta's side: real webhooks over HTTP to the gateway, real calls to a stand-in for the Graph API."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest
from sqlalchemy import text as sql

from bot.gateway.channels.whatsapp.signature import sign
from bot.gateway.outbox import UNANSWERED
from bot.handoff.missed import ROUTE as MISSED_CALL
from bot.model.conversation import OfferedChoice, Reply
from bot.store import conversations, messages
from tests.gateway.channels.whatsapp import fake_graph as graph
from tests.gateway.channels.whatsapp.citizen import Citizen
from tests.gateway.pictures import jpeg


async def test_the_webhook_is_verified_with_the_token_and_without_a_signature(citizen: Citizen) -> None:
    query = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": graph.VERIFY_TOKEN}
    right = await citizen.http.get("/webhooks/whatsapp", params=query)
    assert (right.status_code, right.text) == (200, "1158201444")
    wrong = await citizen.http.get("/webhooks/whatsapp", params=query | {"hub.verify_token": "x"})
    assert (wrong.status_code, "1158201444" in wrong.text) == (403, False)


async def test_the_signature_counts_over_the_bytes_as_sent(citizen: Citizen) -> None:
    body = json.dumps(graph.webhook(graph.incoming("wamid.1", "text", {"body": "é"})), indent=1).encode()
    signature = {"X-Hub-Signature-256": sign(graph.APP_SECRET, body)}
    assert (await citizen.http.post("/webhooks/whatsapp", content=body, headers=signature)).status_code == 200
    assert (await citizen.http.post("/webhooks/whatsapp", content=body + b" ", headers=signature)).status_code == 401
    assert (await citizen.http.post("/webhooks/whatsapp", content=body)).status_code == 401


async def test_a_question_is_answered_in_one_message_after_a_welcome(citizen: Citizen) -> None:
    await citizen.says("wat kost een paspoort", "wamid.a")
    [text] = await citizen.answered()
    assert text == "<welkom>\n\necho: wat kost een paspoort"
    assert citizen.graph.sent[0]["to"] == "31612345678"
    assert citizen.graph.sent[0]["account"] == "106540352242922"
    async with asyncio.timeout(30):
        await citizen.graph.saw.wait()
    assert citizen.graph.seen == ["wamid.a"]


async def test_every_entry_change_and_message_of_a_batch_is_read(citizen: Citizen) -> None:
    one = graph.incoming("wamid.1", "text", {"body": "een"})
    one["messages"] += graph.incoming("wamid.2", "text", {"body": "twee"})["messages"]
    other = graph.incoming("wamid.3", "text", {"body": "drie"}, account="106540352242923", user="NL.2", phone="31687654321")
    assert await citizen.post(one, other) == 200
    await citizen.read()
    first, second = await citizen.conversations()
    texts = [await citizen.bench.texts(first), await citizen.bench.texts(second)]
    assert sorted(texts) == [["<welkom>", "drie"], ["<welkom>", "een", "twee"]]


async def test_a_thousand_messages_in_one_webhook_are_all_taken_in(citizen: Citizen) -> None:
    every = [graph.incoming(f"wamid.{n}", "text", {"body": "€" * 400}, user=f"NL.{n}", phone="") for n in range(1000)]
    assert len(json.dumps(graph.webhook(*every))) > 2_500_000
    assert await citizen.post(*every) == 200
    async with citizen.bench.database.transaction() as connection:
        assert (await connection.execute(sql("select count(*) from arrival"))).scalar_one() == 1000


async def test_each_number_has_its_municipality_and_a_strange_number_is_left_out(citizen: Citizen) -> None:
    await citizen.says("hoi", account="106540352242923")
    await citizen.says("hoi", account="999")
    [only] = await citizen.conversations()
    async with citizen.bench.database.transaction() as connection:
        found = await conversations.find(connection, only)
    assert found is not None
    assert found.municipality == "heiloo"


async def test_messages_that_come_in_the_wrong_order_are_read_in_the_order_they_were_sent(citizen: Citizen) -> None:
    for at in (3, 1, 2):
        assert await citizen.post(graph.incoming(f"wamid.{at}", "text", {"body": str(at)}, at=1_780_000_000 + at)) == 200
    await citizen.read()
    [only] = await citizen.conversations()
    assert await citizen.bench.texts(only) == ["<welkom>", "1", "2", "3"]


async def test_a_citizen_without_a_number_is_known_and_written_to_by_their_id(citizen: Citizen) -> None:
    await citizen.says("hoi", phone="")
    await citizen.answered()
    assert "to" not in citizen.graph.sent[0]
    assert citizen.graph.sent[0]["recipient"] == "NL.13491208655302741918"


async def test_who_was_known_by_number_stays_the_same_citizen_under_the_new_id(citizen: Citizen) -> None:
    await citizen.says("oud", user="")
    await citizen.says("nieuw")
    await citizen.says("zonder nummer", phone="")
    [only] = await citizen.conversations()
    assert (await citizen.bench.texts(only))[1:] == ["oud", "nieuw", "zonder nummer"]


async def test_buttons_and_lists_come_back_as_their_choices(citizen: Citizen) -> None:
    await citizen.says("hoi")
    [only] = await citizen.conversations()
    offered = tuple(OfferedChoice(f"Onderwerp met een lange naam {number}", f"/p{number}") for number in range(5))
    async with citizen.bench.database.transaction() as connection:
        await messages.add_reply(connection, only, Reply("Kies maar", offered))
    await citizen.answered()
    inside = citizen.graph.sent[-1]["interactive"]
    rows = inside["action"]["sections"][0]["rows"]
    assert inside["type"] == "list"
    assert rows[2]["description"] == "Onderwerp met een lange naam 2"
    part = {"type": "list_reply", "list_reply": {"id": rows[2]["id"], "title": rows[2]["title"]}}
    await citizen.post(graph.incoming("wamid.choice", "interactive", part))
    await citizen.read()
    await citizen.answered()
    assert citizen.bench.engine.asked[-1] == ("Onderwerp met een lange naam 2", "/p2")


async def test_statuses_are_recorded_and_never_go_back(citizen: Citizen) -> None:
    await citizen.says("hoi")
    await citizen.answered()
    wamid = citizen.graph.sent[0]["wamid"]
    for state in ("read", "delivered", "sent"):
        assert await citizen.post(graph.status(wamid, state)) == 200
    assert set(await citizen.delivery()) == {"read"}


@pytest.mark.parametrize("fault", [500, 503, 429, 130429, 131056, 80007, 190, 230, 131031, "unseen", "passing", "slow", "lost", "nonsense"])
async def test_a_fault_that_passes_only_delays_the_answer(citizen: Citizen, fault: str | int) -> None:
    await citizen.says("hoi")
    citizen.graph.faults.append(fault)
    await citizen.answered()
    before = len(citizen.graph.sent)
    await citizen.outbox.round()
    assert len(citizen.graph.sent) == before
    citizen.bench.clock.move(timedelta(minutes=5))
    await citizen.outbox.round()
    assert citizen.graph.texts[-1] == "<welkom>\n\necho: hoi"
    assert set(await citizen.delivery()) == {"sent"}


async def test_a_lost_answer_that_meta_reports_is_not_sent_again(citizen: Citizen) -> None:
    await citizen.says("hoi")
    citizen.graph.faults.append("lost")
    await citizen.answered()
    [sent] = citizen.graph.sent
    await citizen.post(graph.status(sent["wamid"], "sent", parcel=sent["biz_opaque_callback_data"]))
    citizen.bench.clock.move(UNANSWERED + timedelta(seconds=1))
    await citizen.outbox.round()
    assert len(citizen.graph.sent) == 1
    assert set(await citizen.delivery()) == {"sent"}


@pytest.mark.parametrize("code", [131026, 131051, 100, 131047])
async def test_a_fault_that_stays_ends_the_delivery_and_the_next_one_goes_on(citizen: Citizen, code: int) -> None:
    await citizen.says("een")
    citizen.graph.faults.append(code)
    await citizen.answered()
    await citizen.says("twee")
    assert await citizen.answered() == ["echo: twee"]
    assert await citizen.delivery() == ["failed", "failed", "sent"]


@pytest.mark.parametrize(("kind", "name"), [("reminder", "afspraak"), (MISSED_CALL, "terugbellen")])
async def test_outside_the_window_only_a_template_goes_out(citizen: Citizen, kind: str, name: str) -> None:
    await citizen.says("hoi")
    await citizen.answered()
    [only] = await citizen.conversations()
    citizen.bench.clock.move(timedelta(hours=25))
    for text, route in (("Morgen om 9.00 uur\nin het *gemeentehuis*", kind), ("iets anders", "answer")):
        async with citizen.bench.database.transaction() as connection:
            await messages.add_reply(connection, only, Reply(text, meta={"route": route}, author="system"))
        await citizen.outbox.round()
    last = citizen.graph.sent[-1]
    assert (last["type"], last["template"]["name"], graph.shown(last)) == (
        "template",
        name,
        "Morgen om 9.00 uur in het _gemeentehuis_",
    )
    assert (await citizen.delivery())[-2:] == ["sent", "failed"]


async def test_answers_go_out_in_order_also_when_the_first_must_wait(citizen: Citizen) -> None:
    await citizen.says("een")
    citizen.graph.faults.append(131056)
    await citizen.answered()
    await citizen.says("twee")
    await citizen.answered()
    assert citizen.graph.sent == []
    citizen.bench.clock.move(timedelta(seconds=30))
    await citizen.outbox.round()
    await citizen.outbox.round()
    assert citizen.graph.texts == ["<welkom>\n\necho: een", "echo: twee"]


async def test_two_workers_send_everything_once(citizen: Citizen) -> None:
    for number in range(20):
        await citizen.says("hoi", user=f"NL.{number}", phone="")
    for conversation in await citizen.conversations():
        await citizen.bench.turns.answer(str(conversation))
    await asyncio.gather(*(citizen.outbox.round() for _ in range(4)))
    assert len(citizen.graph.sent) == 20


async def test_a_message_that_cannot_be_read_is_set_aside_after_some_tries(citizen: Citizen) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    citizen.bench.gate.__dict__["accept"] = broken
    await citizen.says("hoi")
    for _ in range(6):
        await citizen.reception.round()
    del citizen.bench.gate.__dict__["accept"]
    await citizen.says("nog eens")
    [only] = await citizen.conversations()
    assert await citizen.bench.texts(only) == ["<welkom>", "<fout>", "nog eens"]


async def test_a_location_becomes_the_nearest_village(citizen: Citizen) -> None:
    await citizen.post(graph.incoming("wamid.1", "location", {"latitude": 52.571, "longitude": 4.694}))
    await citizen.post(graph.incoming("wamid.2", "location", {"latitude": 51.0, "longitude": 5.0}, at=1_780_000_001))
    await citizen.read()
    [only] = await citizen.conversations()
    assert await citizen.bench.texts(only) == ["<welkom>", "Limmen", "<ontvangen_location>", "<locatie_ver_weg>"]


@pytest.mark.parametrize("owner", ["queued", "agent"])
async def test_while_a_person_answers_nobody_seems_to_be_typing(citizen: Citizen, owner: str) -> None:
    await citizen.says("hoi")
    await citizen.bench.give((await citizen.conversations())[0], owner)
    citizen.graph.media["71"] = jpeg()
    await citizen.says("bent u daar?", "wamid.a")
    await citizen.post(graph.incoming("wamid.b", "image", {"id": "71"}, at=1_780_000_001))
    await citizen.read()
    async with asyncio.timeout(30):
        while "wamid.b" not in citizen.graph.seen:
            await citizen.graph.saw.wait()
            citizen.graph.saw.clear()
    assert {"wamid.a", "wamid.b"} & {*citizen.graph.typing} == set()


LONG = "Het is een lang verhaal. " * 100


async def test_a_long_story_is_refused_by_the_bot_and_read_by_a_person(citizen: Citizen) -> None:
    await citizen.says(LONG)
    [only] = await citizen.conversations()
    assert await citizen.bench.texts(only) == ["<welkom>", "<te_lang>"]
    await citizen.bench.give(only, "agent")
    await citizen.says(LONG)
    assert (await citizen.bench.texts(only))[2:] == [LONG.strip()]
    await citizen.says(LONG * 2)
    assert (await citizen.bench.texts(only))[3:] == ["<te_lang>"]


async def test_danger_at_the_end_of_a_long_story_gets_the_number_to_call(citizen: Citizen) -> None:
    await citizen.says(f"{LONG} Er is brand bij de buren.")
    assert await citizen.answered() == ["<welkom>\n\n<bel 112>"]
    assert citizen.bench.engine.asked == []
