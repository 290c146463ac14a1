"""The website's channel: docs/protocol.md, line by line."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import websockets
from sqlalchemy.exc import OperationalError

from bot.gateway.channels import web_live
from bot.model.conversation import Reply
from bot.store import messages
from bot.store.views import MOST


async def _start(http: httpx.AsyncClient, body: dict[str, Any] | None = None) -> tuple[str, dict[str, str]]:
    started = (await http.post("/api/v1/conversations", json=body or {})).json()
    return started["id"], {"Authorization": f"Bearer {started['token']}"}


@pytest.fixture
async def http(gateway: str) -> Any:
    async with httpx.AsyncClient(base_url=gateway, timeout=30) as client:
        yield client


async def test_the_municipalities_are_listed(http: httpx.AsyncClient) -> None:
    assert (await http.get("/api/v1/municipalities")).json()["municipalities"][0] == {"id": "castricum", "name": "Castricum"}


async def test_a_new_conversation_says_who_is_talking(http: httpx.AsyncClient) -> None:
    conversation, headers = await _start(http, {"municipality": "heiloo"})
    state = (await http.get(f"/api/v1/conversations/{conversation}/messages", headers=headers)).json()
    assert (state["owner"], state["typing"], state["municipality"]) == ("bot", False, "heiloo")
    assert state["messages"][0]["author"] == "bot"
    assert state["messages"][0]["text"] == "<welkom>"


async def test_without_a_municipality_they_are_offered(http: httpx.AsyncClient) -> None:
    conversation, headers = await _start(http)
    state = (await http.get(f"/api/v1/conversations/{conversation}/messages", headers=headers)).json()
    assert [choice["title"] for choice in state["messages"][0]["choices"]] == ["Castricum", "Heiloo"]


async def test_who_types_what_stands_on_a_button_presses_it(http: httpx.AsyncClient) -> None:
    conversation, headers = await _start(http)
    path = f"/api/v1/conversations/{conversation}/messages"
    offered = (await http.get(path, headers=headers)).json()["messages"][0]["choices"][0]
    assert (await http.post(path, json={"id": "1", "text": "castricum "}, headers=headers)).status_code == 202
    assert (await http.get(path, params={"after": 1}, headers=headers)).json()["messages"][0]["text"] == "Castricum"
    again = await http.post(path, json={"id": "2", "choice": offered["id"]}, headers=headers)
    assert (again.status_code, again.json()["error"]) == (409, "choice_used")


async def test_an_unknown_municipality_is_refused(http: httpx.AsyncClient) -> None:
    response = await http.post("/api/v1/conversations", json={"municipality": "atlantis"})
    assert (response.status_code, response.json()["error"]) == (422, "unknown_municipality")


@pytest.mark.parametrize(
    "body",
    [b"[]", b"{", b'"x"', b'{"municipality": 3}', b"\xff", b"[" * 200_000],
    ids=["list", "half", "string", "number", "no UTF-8", "endless"],
)
async def test_a_malformed_body_is_a_bad_request(http: httpx.AsyncClient, body: bytes) -> None:
    response = await http.post("/api/v1/conversations", content=body)
    assert (response.status_code, response.json()["error"]) == (400, "bad_request")
    assert response.json()["message"]


@pytest.mark.parametrize(
    "body", [{"text": "x"}, {"id": "1"}, {"id": "1", "text": "x", "choice": "y"}, {"id": "", "text": "x"}, {"id": 1, "text": "x"}]
)
async def test_a_message_without_id_or_content_is_a_bad_request(http: httpx.AsyncClient, body: dict[str, Any]) -> None:
    conversation, headers = await _start(http)
    response = await http.post(f"/api/v1/conversations/{conversation}/messages", json=body, headers=headers)
    assert response.status_code == 400


async def test_without_a_token_nothing_is_read_or_written(http: httpx.AsyncClient) -> None:
    conversation, _ = await _start(http)
    path = f"/api/v1/conversations/{conversation}/messages"
    assert (await http.get(path)).status_code == 401
    assert (await http.post(path, json={"id": "1", "text": "x"}, headers={"Authorization": "Bearer nope"})).status_code == 401


@pytest.mark.parametrize("name", [str(uuid4()), "no-uuid"], ids=["unknown", "no-uuid"])
async def test_an_unknown_conversation_is_404(http: httpx.AsyncClient, name: str) -> None:
    response = await http.get(f"/api/v1/conversations/{name}/messages", headers={"Authorization": "Bearer x"})
    assert (response.status_code, response.json()["error"]) == (404, "unknown_conversation")


async def test_a_long_poll_returns_as_soon_as_there_is_news(http: httpx.AsyncClient, bench: Any) -> None:
    conversation, headers = await _start(http)
    path = f"/api/v1/conversations/{conversation}/messages"
    waiting = asyncio.create_task(http.get(path, params={"after": 1, "wait": 9}, headers=headers))
    await http.post(path, json={"id": "1", "text": "hallo"}, headers=headers)
    assert [message["text"] for message in (await waiting).json()["messages"]] == ["hallo"]


async def test_what_is_owed_shows_as_typing_until_it_is_answered(http: httpx.AsyncClient, bench: Any) -> None:
    conversation, headers = await _start(http)
    path = f"/api/v1/conversations/{conversation}/messages"
    await http.post(path, json={"id": "1", "text": "hallo"}, headers=headers)
    assert (await http.get(path, headers=headers)).json()["typing"] is True
    await bench.turns.answer(conversation)
    assert (await http.get(path, headers=headers)).json()["typing"] is False


class Socket:
    """A widget's connection."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    async def say(self, **frame: Any) -> None:
        await self.connection.send(json.dumps(frame))

    async def hear(self, kind: str) -> dict[str, Any]:
        async with asyncio.timeout(30):
            while True:
                frame = json.loads(await self.connection.recv())
                if frame["type"] == kind:
                    return dict(frame)


def _socket(gateway: str, conversation: str) -> Any:
    return websockets.connect(gateway.replace("http", "ws") + f"/api/v1/conversations/{conversation}/live")


async def test_two_tabs_see_the_same_conversation_live(http: httpx.AsyncClient, gateway: str, bench: Any) -> None:
    conversation, headers = await _start(http)
    token = headers["Authorization"].split()[1]
    async with _socket(gateway, conversation) as one, _socket(gateway, conversation) as two:
        left, right = Socket(one), Socket(two)
        for tab in (left, right):
            await tab.say(type="hello", token=token, after=0)
            assert (await tab.hear("state"))["messages"][0]["seq"] == 1
        await left.say(type="message", id="m1", text="hallo")
        assert (await left.hear("ack"))["id"] == "m1"
        assert (await right.hear("state"))["messages"][0]["client_id"] == "m1"
        await bench.turns.answer(conversation)
        while not (state := await right.hear("state"))["messages"]:
            continue
        assert state["messages"][0]["text"] == "echo: hallo"


async def test_a_client_that_comes_back_gets_what_it_missed(http: httpx.AsyncClient, gateway: str, bench: Any) -> None:
    conversation, headers = await _start(http)
    await bench.say(UUID(conversation), "hallo")
    await bench.turns.answer(conversation)
    async with _socket(gateway, conversation) as connection:
        socket = Socket(connection)
        await socket.say(type="hello", token=headers["Authorization"].split()[1], after=2)
        assert [message["seq"] for message in (await socket.hear("state"))["messages"]] == [3]


async def test_a_client_gets_all_of_a_conversation_that_is_longer_than_what_is_shown_at_once(
    http: httpx.AsyncClient, gateway: str, bench: Any
) -> None:
    conversation, headers = await _start(http)
    async with bench.database.transaction() as connection:
        for number in range(MOST + 1):
            await messages.add_reply(connection, UUID(conversation), Reply(str(number)))
    async with _socket(gateway, conversation) as connection:
        socket = Socket(connection)
        await socket.say(type="hello", token=headers["Authorization"].split()[1])
        shown: list[int] = []
        while len(shown) < MOST + 2:  # the welcome is the first
            shown += [message["seq"] for message in (await socket.hear("state"))["messages"]]
    assert shown == list(range(1, MOST + 3))


async def test_a_refused_message_comes_back_as_an_error_frame(http: httpx.AsyncClient, gateway: str) -> None:
    conversation, headers = await _start(http)
    async with _socket(gateway, conversation) as connection:
        socket = Socket(connection)
        await socket.say(type="hello", token=headers["Authorization"].split()[1])
        await socket.say(type="message", id="m1", text="a" * 1_001)
        error = await socket.hear("error")
        assert (error["id"], error["error"], error["message"]) == ("m1", "too_long", "<te_lang>")
        await connection.send("no json")
        assert (await socket.hear("error"))["error"] == "bad_request"
        await socket.say(type="ping")
        await socket.hear("pong")


@pytest.mark.parametrize("frame", ['{"type": "hello", "token": "wrong"}', "rubbish", '{"type": "message", "id": "1", "text": "x"}'])
async def test_a_connection_without_a_right_hello_is_closed(http: httpx.AsyncClient, gateway: str, frame: str) -> None:
    conversation, _ = await _start(http)
    async with _socket(gateway, conversation) as connection:
        await connection.send(frame)
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await connection.recv()
    assert closed.value.rcvd.code == 4401


async def test_a_hello_after_what_is_no_number_is_not_right(http: httpx.AsyncClient, gateway: str) -> None:
    path, headers = await _start(http)
    async with _socket(gateway, path) as connection:
        await connection.send(json.dumps({"type": "hello", "token": headers["Authorization"].split()[1], "after": True}))
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await connection.recv()
    assert closed.value.rcvd.code == 4401


async def test_a_connection_to_an_unknown_conversation_is_closed(gateway: str) -> None:
    async with _socket(gateway, str(uuid4())) as connection:
        await connection.send('{"type": "hello", "token": "x"}')
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await connection.recv()
    assert closed.value.rcvd.code == 4404


async def test_every_answer_carries_the_strict_headers(http: httpx.AsyncClient) -> None:
    response = await http.get("/healthz")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in response.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/assets/../../../../etc/passwd", "/assets/%2e%2e/%2e%2e/package.json", "/assets/nothing.js"])
async def test_only_built_files_are_served(http: httpx.AsyncClient, path: str) -> None:
    assert (await http.get(path)).status_code == 404


async def test_a_client_that_cannot_be_kept_up_to_date_is_closed_and_comes_back(
    gateway: str, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation, headers = await _start(http)
    token = headers["Authorization"].removeprefix("Bearer ")

    async def away(*_: object) -> None:
        raise OperationalError("select", {}, Exception("the database is away"))

    monkeypatch.setattr(web_live, "read_state", away)
    async with websockets.connect(f"{gateway.replace('http', 'ws')}/api/v1/conversations/{conversation}/live") as socket:
        await socket.send(json.dumps({"type": "hello", "token": token, "after": 0}))
        await socket.wait_closed()
        assert socket.close_code == 1011
