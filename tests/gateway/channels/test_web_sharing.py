"""A picture and a place on the website: kept once for a report, refused in words, and never more than a page may send."""

from __future__ import annotations

import asyncio
import socket
from typing import Any
from uuid import UUID

import httpx
import pytest

from bot.gateway.channels import web_sharing
from tests.gateway.pictures import jpeg

LIMMEN = {"latitude": 52.571, "longitude": 4.694}


class Visitor:
    """Somebody in a conversation of the website."""

    def __init__(self, http: httpx.AsyncClient, bench: Any) -> None:
        self.http, self.bench = http, bench
        self.id = UUID(int=0)
        self.headers: dict[str, str] = {}

    async def start(self) -> Visitor:
        started = (await self.http.post("/api/v1/conversations", json={"municipality": "castricum"})).json()
        self.id, self.headers = UUID(started["id"]), {"Authorization": f"Bearer {started['token']}"}
        return self

    async def reporting(self) -> Visitor:
        self.bench.take_reports()
        await self.bench.speak_of(self.id, "straatverlichting")
        return self

    async def show(self, key: str = "p1", data: bytes | None = None, kind: str = "image/jpeg", **headers: str) -> httpx.Response:
        path = f"/api/v1/conversations/{self.id}/pictures"
        wanted = {**self.headers, "Content-Type": kind, **headers}
        return await self.http.post(path, params={"id": key}, content=jpeg() if data is None else data, headers=wanted)

    async def tell_place(self, **body: Any) -> httpx.Response:
        return await self.http.post(f"/api/v1/conversations/{self.id}/place", json=body, headers=self.headers)

    async def gathered(self) -> Any:
        return await self.bench.sharing.reports.gathered(self.id)

    async def asked(self) -> list[Any]:
        """What the bot was asked, when it has answered everything."""
        await self.bench.turns.answer(str(self.id))
        asked: list[Any] = self.bench.engine.asked
        return asked


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process with room for no picture at all."""
    monkeypatch.setattr(web_sharing, "_ROOM", 10)
    monkeypatch.setattr(web_sharing, "_PATIENCE", 1.2)


@pytest.fixture
async def visitor(gateway: str, bench: Any) -> Any:
    async with httpx.AsyncClient(base_url=gateway, timeout=30) as client:
        yield await Visitor(client, bench).start()


async def test_a_picture_for_a_report_is_kept_once_and_brought_to_the_bot_once(visitor: Visitor) -> None:
    await visitor.reporting()
    for _ in range(2):
        answer = await visitor.show()
        assert (answer.status_code, answer.json()) == (202, {"id": "p1"})
    assert await visitor.asked() == [("<ontvangen_picture>", "/share_picture")]
    assert len((await visitor.gathered()).pictures) == 1


async def test_a_picture_without_subject_is_kept_and_asked_about(visitor: Visitor) -> None:
    visitor.bench.take_reports()
    assert (await visitor.show()).status_code == 202
    assert (await visitor.bench.texts(visitor.id))[-1] == "<foto_ontvangen>"
    assert len((await visitor.gathered()).pictures) == 1


async def test_a_picture_larger_than_other_requests_may_be_is_taken(visitor: Visitor) -> None:
    await visitor.reporting()
    large = jpeg() + b"\0" * 2_000_000  # what comes after the picture is no part of it
    assert (await visitor.show(data=large)).status_code == 202
    assert len((await visitor.gathered()).pictures) == 1


async def test_what_is_no_picture_is_told_in_the_conversation(visitor: Visitor) -> None:
    await visitor.reporting()
    assert (await visitor.show(data=b"<svg onload=alert(1)>")).status_code == 202
    assert (await visitor.bench.texts(visitor.id))[-1] == "<foto_onleesbaar>"
    assert (await visitor.gathered()).pictures == ()


async def test_a_body_that_is_too_large_is_refused_and_not_kept(visitor: Visitor) -> None:
    await visitor.reporting()
    answer = await visitor.show(data=b"\xff" * (web_sharing.LARGEST + 1))
    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")
    assert (await visitor.gathered()).pictures == ()


@pytest.mark.parametrize(("key", "kind"), [("p1", "application/json"), ("p1", "text/html"), ("", "image/jpeg"), ("a b", "image/jpeg")])
async def test_what_is_not_of_the_protocol_is_refused(visitor: Visitor, key: str, kind: str) -> None:
    answer = await visitor.show(key, kind=kind)
    assert (answer.status_code, answer.json()["error"]) == (400, "bad_request")


async def test_another_token_shows_nothing_and_says_nothing(visitor: Visitor) -> None:
    for headers in ({"Authorization": "Bearer anders"}, {"Authorization": ""}):
        assert (await visitor.show(**headers)).status_code == 401
    visitor.headers = {}
    assert (await visitor.tell_place(id="1", **LIMMEN)).status_code == 401
    assert (await visitor.gathered()).pictures == ()


async def test_many_pictures_in_a_row_must_wait(visitor: Visitor) -> None:
    await visitor.reporting()
    answers = [(await visitor.show("same")).status_code for _ in range(11)]
    assert answers == [*[202] * 10, 429]
    assert "Retry-After" in (await visitor.show("same")).headers


@pytest.mark.usefixtures("narrow")
async def test_where_there_is_no_room_the_page_hears_when_to_come_back(visitor: Visitor) -> None:
    answer = await visitor.show()
    assert (answer.status_code, answer.json()["error"], answer.headers["Retry-After"]) == (503, "out_of_order", "1")
    assert await visitor.bench.texts(visitor.id) == ["<welkom>"]


async def test_a_picture_for_an_agent_is_kept_once_with_its_message(visitor: Visitor) -> None:
    await visitor.bench.give(visitor.id, "agent")
    for _ in range(2):
        assert (await visitor.show()).status_code == 202
    _, said = await visitor.bench.history(visitor.id)
    assert (said.text, len(said.meta["pictures"])) == ("<ontvangen_foto>", 1)


async def test_who_sends_half_a_picture_and_waits_is_let_go(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_sharing, "_SECONDS", 0.2)
    head = f"POST /api/v1/conversations/{visitor.id}/pictures?id=p1 HTTP/1.1\r\nHost: x\r\nContent-Type: image/jpeg\r\n"
    length = f"Content-Length: 1000\r\nAuthorization: {visitor.headers['Authorization']}\r\n\r\n"
    port = visitor.http.base_url.port
    reader, writer = await asyncio.open_connection("127.0.0.1", port, family=socket.AF_INET)
    writer.write(f"{head}{length}".encode() + b"\xff" * 10)
    async with asyncio.timeout(10):
        assert b" 400 " in await reader.readline()
    writer.close()


async def test_a_place_for_a_report_is_kept_and_brought_to_the_bot(visitor: Visitor) -> None:
    await visitor.reporting()
    for _ in range(2):
        assert (await visitor.tell_place(id="1", **LIMMEN)).json() == {"id": "1"}
    assert await visitor.asked() == [("<ontvangen_plaats>", "/share_place")]
    place = (await visitor.gathered()).place
    assert (place.latitude, place.longitude) == (LIMMEN["latitude"], LIMMEN["longitude"])


async def test_a_place_that_belongs_to_no_report_is_that_of_the_nearest_counter(visitor: Visitor) -> None:
    await visitor.tell_place(id="1", **LIMMEN)
    assert await visitor.asked() == [("Limmen", None)]
    assert (await visitor.gathered()).place is None


@pytest.mark.parametrize(
    "body",
    [{"latitude": 91, "longitude": 4}, {"latitude": "52", "longitude": 4}, {"latitude": True, "longitude": 4}, {"latitude": 52}, {}],
)
async def test_a_place_that_is_none_is_refused(visitor: Visitor, body: dict[str, Any]) -> None:
    answer = await visitor.tell_place(id="1", **body)
    assert (answer.status_code, answer.json()["error"]) == (400, "bad_request")


async def test_a_place_that_is_not_a_number_is_refused(visitor: Visitor) -> None:
    path = f"/api/v1/conversations/{visitor.id}/place"
    answer = await visitor.http.post(path, content='{"id": "1", "latitude": NaN, "longitude": 4}', headers=visitor.headers)
    assert answer.status_code == 400


async def test_the_widget_hears_whether_pictures_go_anywhere(visitor: Visitor) -> None:
    async def takes() -> object:
        return (await visitor.http.get("/api/v1/widget", params={"municipality": "castricum"})).json()["pictures"]

    assert await takes() is False
    visitor.bench.take_reports()
    assert await takes() is True


async def test_a_browser_on_the_own_website_may_show_a_picture_and_no_other(visitor: Visitor) -> None:
    path = f"/api/v1/conversations/{visitor.id}/pictures"
    asked = await visitor.http.options(path, headers={"Origin": "https://www.castricum.example"})
    assert asked.headers["access-control-allow-origin"] == "https://www.castricum.example"
    assert "Content-Type" in asked.headers["access-control-allow-headers"]
    stranger = await visitor.http.options(path, headers={"Origin": "https://www.elders.example"})
    assert "access-control-allow-origin" not in stranger.headers
