"""What the widget asks besides the conversation, and which websites may show it."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import httpx
import pytest
import websockets
from sqlalchemy import select, text
from websockets.exceptions import ConnectionClosed

from bot.model.conversation import Reply
from bot.store import messages
from bot.store.tables import answer_feedback

OWN = {"Origin": "https://www.castricum.example"}
NEIGHBOUR = {"Origin": "https://www.heiloo.example"}
STRANGER = {"Origin": "https://www.elders.example"}


@pytest.fixture
async def http(gateway: str) -> Any:
    async with httpx.AsyncClient(base_url=gateway, timeout=30) as client:
        yield client


async def _start(http: httpx.AsyncClient, **body: str) -> tuple[str, dict[str, str]]:
    started = (await http.post("/api/v1/conversations", json={"municipality": "castricum", **body})).json()
    return f"/api/v1/conversations/{started['id']}", {"Authorization": f"Bearer {started['token']}"}


async def _said(http: httpx.AsyncClient, path: str, headers: dict[str, str]) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = (await http.get(f"{path}/messages", headers=headers)).json()["messages"]
    return said


async def test_the_settings_of_a_municipality_are_there_for_its_widget(http: httpx.AsyncClient) -> None:
    response = await http.get("/api/v1/widget", params={"municipality": "castricum"}, headers=OWN)
    shown = response.json()
    assert (shown["title"], shown["colours"], shown["privacy"]["keep_days"]) == ("Wegwijs", {"primary": "#0b5563"}, 28)
    assert response.headers["access-control-allow-origin"] == OWN["Origin"]
    assert (await http.get("/api/v1/widget", params={"municipality": "atlantis"})).status_code == 422
    assert (await http.get("/api/v1/widget")).json()["colours"] == {}


async def test_a_browser_hears_before_the_call_that_the_own_site_may_make_it(http: httpx.AsyncClient) -> None:
    path, _ = await _start(http)
    for where in ("/api/v1/conversations", f"{path}/messages", path, f"{path}/messages/1/feedback", "/api/v1/municipalities"):
        response = await http.options(where, headers={**OWN, "Access-Control-Request-Method": "POST"})
        assert response.status_code == 204, where
        assert response.headers["access-control-allow-origin"] == OWN["Origin"]
        assert "Authorization" in response.headers["access-control-allow-headers"]


async def test_a_strange_site_is_told_nothing_and_starts_nothing(http: httpx.AsyncClient) -> None:
    asked = await http.options("/api/v1/conversations", headers=STRANGER)
    assert "access-control-allow-origin" not in asked.headers
    for headers in (STRANGER, NEIGHBOUR, {"Origin": "null"}):
        refused = await http.post("/api/v1/conversations", json={"municipality": "castricum"}, headers=headers)
        assert (refused.status_code, refused.json()["error"]) == (403, "foreign_site")


async def test_a_strange_site_may_read_that_the_chat_does_not_belong_there(http: httpx.AsyncClient) -> None:
    for headers in (STRANGER, NEIGHBOUR):
        refused = await http.get("/api/v1/widget", params={"municipality": "castricum"}, headers=headers)
        assert (refused.status_code, refused.json()["error"]) == (403, "foreign_site")
        assert refused.headers["access-control-allow-origin"] == headers["Origin"]
    known = await http.get("/api/v1/municipalities", headers=STRANGER)
    assert "access-control-allow-origin" not in known.headers


async def test_other_routes_stay_closed_to_scripts_of_the_own_site(http: httpx.AsyncClient) -> None:
    response = await http.get("/metrics", headers=OWN)
    assert "access-control-allow-origin" not in response.headers


async def test_a_client_that_is_no_browser_and_our_own_pages_need_no_permission(http: httpx.AsyncClient, gateway: str) -> None:
    assert (await http.post("/api/v1/conversations")).status_code == 201
    assert (await http.post("/api/v1/conversations", headers={"Origin": gateway})).status_code == 201


async def test_a_strange_site_gets_no_live_connection(http: httpx.AsyncClient, gateway: str) -> None:
    path, _ = await _start(http)
    async with websockets.connect(f"{gateway.replace('http', 'ws')}{path}/live", origin=STRANGER["Origin"]) as socket:  # type: ignore[arg-type]
        with pytest.raises(ConnectionClosed) as closed:
            await socket.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401


async def test_the_page_that_one_stands_on_offers_its_own_questions(http: httpx.AsyncClient) -> None:
    said = await _said(http, *await _start(http, product="paspoort"))
    assert [message["text"] for message in said] == ["<welkom>", "<welkom_product>"]
    assert [choice["title"] for choice in said[1]["choices"]] == ["<kosten>", "<meenemen>"]


async def test_a_page_about_something_unknown_greets_as_any_other(http: httpx.AsyncClient) -> None:
    assert len(await _said(http, *await _start(http, product="raket"))) == 1


async def test_a_judgement_is_kept_without_a_word_of_what_was_said(http: httpx.AsyncClient, bench: Any) -> None:
    path, headers = await _start(http)
    async with bench.database.transaction() as connection:
        reply = Reply("Dat kost niets.", meta={"product": "paspoort", "aspect": "kosten", "route": "answer"})
        await messages.add_reply(connection, UUID(path.rsplit("/", 1)[1]), reply)
    for body in ({"helpful": True}, {"helpful": False, "reason": "unclear"}):
        assert (await http.post(f"{path}/messages/2/feedback", json=body, headers=headers)).status_code == 204
    async with bench.database.transaction() as connection:
        rows = (await connection.execute(select(answer_feedback))).mappings().all()
    assert [(row["product"], row["aspect"], row["helpful"], row["reason"]) for row in rows] == [("paspoort", "kosten", False, "unclear")]
    assert "Dat kost niets." not in str(rows)


async def test_who_reads_the_conversation_again_finds_how_they_judged_it(http: httpx.AsyncClient, bench: Any) -> None:
    path, headers = await _start(http)
    other, of_other = await _start(http)
    for key in (path, other):
        async with bench.database.transaction() as connection:
            await messages.add_reply(connection, UUID(key.rsplit("/", 1)[1]), Reply("Dat kost niets.", meta={"product": "paspoort"}))
    for body, found in (
        ({"helpful": False, "reason": "unclear"}, {"helpful": False, "reason": "unclear"}),
        ({"helpful": True}, {"helpful": True, "reason": None}),
    ):
        await http.post(f"{path}/messages/2/feedback", json=body, headers=headers)
        assert [message.get("judgement") for message in await _said(http, path, headers)] == [None, found]
    assert [message.get("judgement") for message in await _said(http, other, of_other)] == [None, None]


@pytest.mark.parametrize(
    ("seq", "body"),
    [
        (1, {}),
        (1, {"helpful": "ja"}),
        (1, {"helpful": True, "reason": "unclear"}),
        (1, {"helpful": False, "reason": "x"}),
        (9, {"helpful": True}),
        (2**31, {"helpful": True}),
    ],
)
async def test_a_judgement_of_nothing_or_in_free_words_is_refused(http: httpx.AsyncClient, seq: int, body: dict[str, Any]) -> None:
    path, headers = await _start(http)
    assert (await http.post(f"{path}/messages/{seq}/feedback", json=body, headers=headers)).status_code == 400


async def test_a_citizen_ends_the_conversation_and_may_begin_again(http: httpx.AsyncClient, bench: Any) -> None:
    path, headers = await _start(http)
    for _ in range(2):
        assert (await http.post(f"{path}/end", headers=headers)).status_code == 204
    state = (await http.get(f"{path}/messages", headers=headers)).json()
    assert (state["owner"], [message["text"] for message in state["messages"]]) == ("closed", ["<welkom>", "<gesprek_beeindigd>"])
    await http.post(f"{path}/messages", headers=headers, json={"id": "1", "text": "toch nog iets"})
    assert (await http.get(f"{path}/messages", headers=headers)).json()["owner"] == "bot"


async def test_who_has_the_conversation_deleted_is_forgotten_here_and_in_the_engine(http: httpx.AsyncClient, bench: Any) -> None:
    path, headers = await _start(http)
    key = path.rsplit("/", 1)[1]
    await http.post(f"{path}/messages", headers=headers, json={"id": "1", "text": "Mijn buurman heet Jan"})
    async with bench.database.transaction() as connection:
        await connection.execute(text("insert into engine.tracker (conversation_id, events) values (:key, '[]')"), {"key": key})
        await connection.execute(
            text("insert into engine.turn (message_id, conversation_id, result) values ('m', :key, '{}')"), {"key": key}
        )
    assert (await http.delete(path, headers=headers)).status_code == 204
    assert (await http.delete(path, headers=headers)).status_code == 404
    async with bench.database.transaction() as connection:
        for table in ("conversation", "message", "turn", "choice", "engine.tracker", "engine.turn"):
            assert await connection.scalar(text(f"select count(*) from {table}")) == 0, table  # noqa: S608 - the names stand above


@pytest.mark.parametrize("call", [("POST", "/end"), ("DELETE", ""), ("POST", "/messages/1/feedback")])
async def test_nobody_does_any_of_this_without_the_token(http: httpx.AsyncClient, call: tuple[str, str]) -> None:
    path, _ = await _start(http)
    answer = await http.request(call[0], f"{path}{call[1]}", headers={"Authorization": "Bearer verkeerd"}, json={"helpful": True})
    assert answer.status_code == 401


async def test_another_tab_hears_that_the_conversation_is_gone(http: httpx.AsyncClient, gateway: str) -> None:
    path, headers = await _start(http)
    async with websockets.connect(f"{gateway.replace('http', 'ws')}{path}/live") as socket:
        await socket.send(json.dumps({"type": "hello", "token": headers["Authorization"].removeprefix("Bearer "), "after": 0}))
        await socket.recv()
        assert (await http.delete(path, headers=headers)).status_code == 204
        with pytest.raises(ConnectionClosed) as closed:
            await socket.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4404
