from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from bot.appointments.service import Appointments
from tests.desk.conftest import Town


async def test_a_conversation_from_the_queue_to_its_end(town: Town) -> None:
    anna = await town.agent()
    waiting = await town.waiting("mijn paspoort is kwijt", "ik wil een mens")
    opened = (await anna.get(f"/conversations/{waiting}")).json()
    assert opened["summary"]["product_name"] == "Paspoort"
    assert [item["text"] for item in opened["messages"]][1:3] == ["mijn paspoort is kwijt", "ik wil een mens"]
    assert (await anna.post(f"/conversations/{waiting}/say", key="1", text="hallo")).json()["error"] == "not_yours"
    assert (await anna.post(f"/conversations/{waiting}/claim")).status_code == 204
    first = (await anna.post(f"/conversations/{waiting}/say", key="1", text="Goedendag")).json()
    assert (await anna.post(f"/conversations/{waiting}/say", key="1", text="Goedendag")).json() == first
    assert (await anna.post(f"/conversations/{waiting}/say", key="2", text=" ")).json()["error"] == "nothing_said"
    assert (await anna.post(f"/conversations/{waiting}/note", text="belt morgen terug")).status_code == 204
    assert (await anna.get(f"/conversations/{waiting}")).json()["notes"][0]["text"] == "belt morgen terug"
    assert (await anna.post(f"/conversations/{waiting}/close", outcome="vergeten")).status_code == 400
    assert (await anna.post(f"/conversations/{waiting}/close", outcome="answered")).status_code == 204
    assert (await anna.get(f"/conversations/{waiting}")).json()["row"]["owner"] == "closed"


async def test_two_claims_at_once_have_one_winner(town: Town) -> None:
    anna, bram = await town.agent(), await town.agent("bram@example.nl")
    waiting = await town.waiting()
    answers = await asyncio.gather(*(desk.post(f"/conversations/{waiting}/claim") for desk in (anna, bram) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) in ([204, 409, 409, 409], [204, 204, 409, 409])
    assert (await anna.get(f"/conversations/{waiting}")).json()["row"]["agent"]["name"] in ("Anna", "Bram")


async def test_a_conversation_goes_to_a_colleague_with_a_note_and_back_to_the_bot(town: Town) -> None:
    anna, bram = await town.agent(), await town.agent("bram@example.nl")
    waiting = await town.waiting()
    await anna.post(f"/conversations/{waiting}/claim")
    assert (await anna.post(f"/conversations/{waiting}/forward", agent=str(uuid4()), note="x")).status_code == 404
    assert (await anna.post(f"/conversations/{waiting}/forward", agent=str(bram.id), note="wil een spoedpaspoort")).status_code == 204
    assert (await bram.get(f"/conversations/{waiting}")).json()["notes"][0]["text"] == "wil een spoedpaspoort"
    assert (await anna.post(f"/conversations/{waiting}/hand-back")).json()["error"] == "not_yours"
    assert (await bram.post(f"/conversations/{waiting}/hand-back", product="rijbewijs-verlengen")).status_code == 204
    assert (await bram.get(f"/conversations/{waiting}")).json()["row"]["owner"] == "bot"


async def test_an_agent_does_not_see_what_colleagues_have_in_the_list_and_a_lead_does(town: Town) -> None:
    anna, bram, lead = await town.agent(), await town.agent("bram@example.nl"), await town.agent("lies@example.nl", "lead")
    waiting = await town.waiting()
    await anna.post(f"/conversations/{waiting}/claim")
    listed = [[row["id"] for row in (await desk.get("/conversations")).json()["conversations"]] for desk in (anna, bram, lead)]
    assert listed == [[str(waiting)], [], [str(waiting)]]
    assert (await bram.post(f"/conversations/{waiting}/assign", agent=str(bram.id))).status_code == 403
    assert (await lead.post(f"/conversations/{waiting}/assign", agent=str(bram.id))).status_code == 204


async def test_the_knowledge_answer_is_the_one_that_a_citizen_there_gets(town: Town) -> None:
    anna = await town.agent()
    answer = (await anna.get("/answer", product="paspoort", aspect="meenemen", municipality="castricum")).json()
    expected = town.house.library().answer("paspoort", "meenemen", "castricum")
    assert answer["text"].startswith(expected.text)
    assert (await anna.get("/answer", product="bestaat-niet")).status_code == 404


async def test_templates_and_teams_are_listed(town: Town) -> None:
    anna = await town.agent()
    templates = (await anna.get("/templates")).json()["templates"]
    assert "{naam}" in templates[0]["text"]
    assert {"id", "name"} <= set((await anna.get("/teams")).json()["teams"][0])


async def test_a_promised_call_is_picked_up_and_finished_once(town: Town) -> None:
    anna, bram = await town.agent(), await town.agent("bram@example.nl")
    waiting = await town.waiting()
    body = {"key": "1", "name": "Jan", "phone": "0612345678", "subject": "paspoort"}
    promised = (await anna.post(f"/conversations/{waiting}/callback", **body)).json()["reference"]
    assert (await anna.post(f"/conversations/{waiting}/callback", **body)).json()["reference"] == promised
    assert (await anna.post(f"/conversations/{waiting}/callback", **{**body, "key": "2", "phone": "12"})).status_code == 400
    assert (await anna.post(f"/promises/{promised}/pick-up")).status_code == 204
    assert (await bram.post(f"/promises/{promised}/pick-up")).json()["error"] == "already_taken"
    assert (await anna.post(f"/promises/{promised}/finish", outcome="reached")).status_code in (204, 400)


async def nothing_free(*_: object) -> tuple[()]:
    return ()


async def test_an_agent_books_moves_and_cancels_for_a_citizen(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    anna = await town.agent()
    today = town.bench.clock().date()
    query = {"municipality": "castricum", "product": "paspoort", "amount": "1", "kind": "balie"}
    days = {"from": (today + timedelta(days=2)).isoformat(), "to": (today + timedelta(days=20)).isoformat()}
    free = (await anna.get("/appointments/slots", **query, **days)).json()["slots"]
    bookable = {
        item["id"]: item["kinds"] for item in (await anna.get("/appointments/products", municipality="castricum")).json()["products"]
    }
    assert "balie" in bookable["paspoort"]
    wanted = {**query, "amount": 1, "location": free[0]["location"], "starts": free[0]["starts"]}
    customer = {"last_name": "Jansen", "first_name": "Anna", "phone": "0612345678", "email": "a@example.nl"}
    booked = await anna.post("/appointments", key="1", customer=customer, **wanted)
    assert (booked.status_code, booked.json()["name"]) == (201, "Anna Jansen")
    reference = booked.json()["reference"]
    again = await anna.post("/appointments", key="1", customer=customer, **wanted)
    assert again.json()["reference"] == reference
    assert (await anna.post("/appointments", key="3", customer=customer, conversation=str(uuid4()), **wanted)).status_code == 404
    other = next(slot for slot in free if slot["starts"][:10] != free[0]["starts"][:10])
    room = (await anna.get("/appointments/slots", reference=reference, **days)).json()["slots"]
    assert other in room
    moved = await anna.post(f"/appointments/{reference}/move", key="2", location=other["location"], starts=other["starts"])
    assert moved.json()["starts"][:10] == other["starts"][:10]
    monkeypatch.setattr(Appointments, "offers", nothing_free)  # by the first call it was the last free time
    for path, key, wish in ((f"/{reference}/move", "2", other), ("", "1", {**wanted, "customer": customer})):
        assert (await anna.post(f"/appointments{path}", key=key, **wish)).json()["reference"] == reference
    listed = (await anna.get("/appointments", municipality="castricum", day=other["starts"][:10])).json()["appointments"]
    assert [item["reference"] for item in listed] == [reference]
    assert (await anna.post(f"/appointments/{reference}/cancel")).json()["status"] == "cancelled"
    assert (await anna.post("/appointments/AF-222222/cancel")).status_code == 404
