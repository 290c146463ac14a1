from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import websockets
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.desk import board
from bot.desk import page as pages
from bot.gateway import live
from bot.gateway.channels import web_live
from bot.handoff import desk as desk_service
from bot.handoff.board import Board
from tests.desk.conftest import Desk, Town


class Page:
    """The live connection of one desk, with the board as the page would have it."""

    def __init__(self, socket: Any) -> None:
        self.socket = socket
        self.board: dict[str, Any] = {}
        self.conversations: dict[str, list[str]] = {}
        self.typing: dict[str, bool] = {}
        self.rows: dict[str, Any] = {}
        self.queue_frames = 0

    async def until(self, done: Any) -> None:
        async with asyncio.timeout(30):
            while not done():
                frame = json.loads(await self.socket.recv())
                if frame["type"] == "board":
                    self.take_board(frame)
                elif frame["type"] == "conversation":
                    self.conversations.setdefault(frame["id"], []).extend(item["text"] for item in frame["messages"])
                    self.typing[frame["id"]], self.rows[frame["id"]] = frame["typing"], frame["row"]
                else:
                    self.board["error"] = frame["error"]

    def take_board(self, frame: dict[str, Any]) -> None:
        changes = frame.pop("queue_changes", {"put": [], "gone": []})
        self.board.update(frame)
        self.queue_frames += "queue" in frame
        put = {row["id"]: row for row in changes["put"]}
        kept = [row for row in self.board.get("queue", []) if row["id"] not in put and row["id"] not in changes["gone"]]
        self.board["queue"] = sorted([*kept, *put.values()], key=lambda row: row["since"])

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


@asynccontextmanager
async def citizen_of(town: Town) -> AsyncIterator[tuple[str, Any]]:
    """A citizen with the website's live connection: the conversation, and the socket."""
    started = (await town.anybody().post("/api/v1/conversations", json={"municipality": "castricum"})).json()
    address = town.address.replace("http", "ws") + f"/api/v1/conversations/{started['id']}/live"
    async with websockets.connect(address) as socket:
        await socket.send(json.dumps({"type": "hello", "token": started["token"], "after": 0}))
        await socket.recv()
        yield started["id"], socket


async def test_the_agent_sees_that_the_citizen_types_and_for_how_long_but_not_what(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_TYPING_SECONDS", 0.5)
    anna = await town.agent()
    async with citizen_of(town) as (key, citizen), page(town, anna) as desk:
        await anna.post(f"/conversations/{key}/take-over")
        await desk.send(type="watch", conversations=[{"id": key, "after": 0}])
        await desk.until(lambda: key in desk.typing)
        await citizen.send(json.dumps({"type": "typing", "text": "this must go nowhere"}))
        await desk.until(lambda: desk.typing[key])
        await desk.until(lambda: not desk.typing[key])  # by itself, as nothing more was typed
        assert not any("nowhere" in text for text in desk.conversations[key])


async def test_what_is_sent_is_not_typed_any_more(town: Town) -> None:
    anna = await town.agent()
    async with citizen_of(town) as (key, citizen), page(town, anna) as desk:
        await anna.post(f"/conversations/{key}/take-over")
        await desk.send(type="watch", conversations=[{"id": key, "after": 0}])
        await desk.until(lambda: key in desk.typing)
        await citizen.send(json.dumps({"type": "typing"}))
        await desk.until(lambda: desk.typing[key])
        await citizen.send(json.dumps({"type": "message", "id": "1", "text": "hallo"}))
        await desk.until(lambda: "hallo" in desk.conversations[key])
        assert not desk.typing[key]


async def test_the_agent_sees_what_the_citizen_has_seen(town: Town) -> None:
    anna = await town.agent()
    async with citizen_of(town) as (key, citizen), page(town, anna) as desk:
        await citizen.send(json.dumps({"type": "seen", "seq": 1}))  # with the bot: nobody's business
        await anna.post(f"/conversations/{key}/take-over")
        await desk.send(type="watch", conversations=[{"id": key, "after": 0}])
        await desk.until(lambda: key in desk.rows)
        assert desk.rows[key]["seen"] == 0
        said = (await anna.post(f"/conversations/{key}/say", key="1", text="Goedendag")).json()["seq"]
        await citizen.send(json.dumps({"type": "seen", "seq": 999}))
        await desk.until(lambda: desk.rows[key]["seen"] == said)


async def later(town: Town) -> UUID:
    town.bench.clock.move(timedelta(minutes=1))
    return await town.waiting()


async def test_after_the_first_time_only_what_changed_in_the_queue_is_sent(town: Town) -> None:
    anna = await town.agent()
    waiting = [str(await later(town)) for _ in range(3)]
    async with page(town, anna) as desk:
        assert [row["id"] for row in desk.board["queue"]] == waiting
        await anna.post(f"/conversations/{waiting[1]}/claim")
        waiting.append(str(await later(town)))
        await desk.until(lambda: [row["id"] for row in desk.board["queue"]] == [waiting[0], *waiting[2:]])
        assert desk.queue_frames == 1


async def test_an_open_page_does_not_keep_a_session_that_nobody_uses(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_CHECK_SECONDS", 0.2)
    anna = await town.agent()
    async with page(town, anna) as desk:
        town.bench.clock.move(timedelta(minutes=59))
        await desk.send(type="alive", active=False)
        await asyncio.sleep(0.5)  # some checks, each of which looks at the session
        town.bench.clock.move(timedelta(minutes=2))
        await desk.socket.wait_closed()
        assert desk.socket.close_code == 4401


async def test_a_page_that_cannot_be_kept_up_to_date_is_closed_and_not_left_behind(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = await town.agent()
    waiting = await town.waiting()

    async def away(*_: object) -> None:
        raise OperationalError("select", {}, Exception("the database is away"))

    async with page(town, anna) as desk:
        monkeypatch.setattr(Board, "opened", away)
        await desk.send(type="watch", conversations=[{"id": str(waiting), "after": 0}])
        await desk.socket.wait_closed()
        assert desk.socket.close_code == 1011


@pytest.mark.parametrize("error", [OperationalError("select", {}, Exception("away")), KeyError("team")], ids=["database", "unexpected"])
async def test_a_board_that_could_not_be_read_once_is_read_again(town: Town, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    monkeypatch.setattr(board, "_RETRY_SECONDS", 0.05)
    anna, errors, read = await town.agent(), [error], Board.live

    async def once_away(self: Board, *keys: Any) -> Any:
        if errors:
            raise errors.pop()
        return await read(self, *keys)

    async with page(town, anna) as desk:
        monkeypatch.setattr(Board, "live", once_away)
        waiting = str(await town.waiting())
        await desk.until(lambda: [row["id"] for row in desk.board["queue"]] == [waiting])
        assert errors == []


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "read", "seq": 2**40},
        {"type": "read", "seq": True},
        {"type": "watch", "conversations": [{"id": str(UUID(int=1)), "after": 2**40}]},
    ],
    ids=["too high", "no number", "watching from too high"],
)
async def test_a_number_that_no_message_has_does_not_end_the_line(town: Town, frame: dict[str, Any]) -> None:
    anna = await town.agent()
    waiting = str(await town.waiting())
    async with page(town, anna) as desk:
        await desk.send(**{"id": waiting, **frame})
        await desk.until(lambda: desk.board.get("error") == "bad_request")


async def test_that_the_agent_types_ends_by_itself_and_no_desk_reads_for_it(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_live, "_AGENT_TYPES", 0.1)
    monkeypatch.setattr(desk_service, "TYPING", timedelta(minutes=5))  # so that the busiest machine reads it while it lasts
    anna = await town.agent()
    async with citizen_of(town) as (key, citizen), page(town, anna) as desk:
        await anna.post(f"/conversations/{key}/take-over")
        await desk.send(type="watch", conversations=[{"id": key, "after": 0}])
        await desk.until(lambda: key in desk.rows)
        await desk.send(type="typing", id=key)
        async with asyncio.timeout(30):
            while not json.loads(await citizen.recv())["typing"]:
                continue
            async with town.bench.database.transaction() as connection:
                await connection.execute(text("update conversation set typing_until = now() where id = :id"), {"id": key})
            while json.loads(await citizen.recv())["typing"]:
                continue
