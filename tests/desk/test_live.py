from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import websockets

from tests.desk.conftest import Desk, Town


class Page:
    """The live connection of one desk, with the board as the page would have it."""

    def __init__(self, socket: Any) -> None:
        self.socket = socket
        self.board: dict[str, Any] = {}
        self.conversations: dict[str, list[str]] = {}

    async def until(self, done: Any) -> None:
        async with asyncio.timeout(15):
            while not done():
                frame = json.loads(await self.socket.recv())
                if frame["type"] == "board":
                    self.board.update(frame)
                elif frame["type"] == "conversation":
                    self.conversations.setdefault(frame["id"], []).extend(item["text"] for item in frame["messages"])
                else:
                    self.board["error"] = frame["error"]

    async def send(self, **frame: Any) -> None:
        await self.socket.send(json.dumps(frame))


@asynccontextmanager
async def page(town: Town, desk: Desk) -> AsyncIterator[Page]:
    address = town.address.replace("http", "ws") + "/desk/api/live"
    async with websockets.connect(address, additional_headers={"Cookie": desk.cookie}) as socket:
        opened = Page(socket)
        await opened.until(lambda: "promises" in opened.board)
        yield opened


async def test_two_desks_see_the_queue_and_one_claim_without_reloading(town: Town) -> None:
    anna, bram = await town.agent(), await town.agent("bram@example.nl")
    async with page(town, anna) as one, page(town, bram) as two:
        waiting = str(await town.waiting())
        for desk in (one, two):
            await desk.until(lambda desk=desk: [row["id"] for row in desk.board["queue"]] == [waiting])
        assert one.board["queue"][0]["product_name"] == "Paspoort"
        assert (await anna.post(f"/conversations/{waiting}/claim")).status_code == 204
        assert (await bram.post(f"/conversations/{waiting}/claim")).json()["error"] == "already_taken"
        await one.until(lambda: [row["id"] for row in one.board["mine"]] == [waiting])
        await two.until(lambda: two.board["queue"] == [])
        assert two.board["mine"] == []


async def test_an_open_conversation_comes_in_word_by_word_and_from_where_the_page_was(town: Town) -> None:
    anna = await town.agent()
    waiting = await town.waiting("ik snap het niet")
    await anna.post(f"/conversations/{waiting}/claim")
    async with page(town, anna) as desk:
        await desk.send(type="watch", conversations=[{"id": str(waiting), "after": 0}])
        await desk.until(lambda: "ik snap het niet" in desk.conversations.get(str(waiting), []))
        await town.bench.say(waiting, "bent u daar?")
        await desk.until(lambda: desk.conversations[str(waiting)][-1] == "bent u daar?")
        assert (await anna.post(f"/conversations/{waiting}/say", key="1", text="Ja, hallo!")).json()["seq"] > 0
        await desk.until(lambda: desk.conversations[str(waiting)][-1] == "Ja, hallo!")
        seen = len(desk.conversations[str(waiting)])
    last = (await town.bench.history(waiting))[-1].seq
    await town.bench.say(waiting, "gemist")
    async with page(town, anna) as desk:
        await desk.send(type="watch", conversations=[{"id": str(waiting), "after": last}])
        await desk.until(lambda: desk.conversations.get(str(waiting)) == ["gemist"])
    assert seen >= 3


async def test_a_wrong_frame_gets_an_error_and_the_line_stays_open(town: Town) -> None:
    anna = await town.agent()
    async with page(town, anna) as desk:
        await desk.send(type="nonsense")
        await desk.until(lambda: desk.board.get("error") == "bad_request")
        await desk.send(type="typing", id=str(UUID(int=1)))
        await desk.until(lambda: desk.board.get("error") == "not_yours")


async def test_without_a_session_or_from_another_site_there_is_no_line(town: Town) -> None:
    address = town.address.replace("http", "ws") + "/desk/api/live"
    anna = await town.agent()
    for headers in ({}, {"Cookie": anna.cookie, "Origin": "https://evil.example"}):
        async with websockets.connect(address, additional_headers=headers) as socket:
            await socket.wait_closed()
            assert socket.close_code in (4401, 4403)
