"""Pictures that a citizen sent in a conversation: in its messages and summary, and served to who may read it."""

from __future__ import annotations

import asyncio
import io
import json
from uuid import UUID, uuid4

from PIL import Image

from bot.gateway.channels.web_sharing import sharing_of
from bot.gateway.sharing import File, Sent
from bot.model.conversation import Inbound
from tests.desk.conftest import Desk, Town
from tests.desk.test_live import page
from tests.gateway.pictures import jpeg


async def shows(town: Town, key: UUID) -> str:
    """The citizen sends a picture; its id, when it can be seen."""
    name = uuid4().hex
    sent = Sent(Inbound(f"web:{key}:{name}", name), (File(jpeg()),))
    await sharing_of(town.house).pictures(key, [sent])
    said = [message for message in await town.bench.history(key) if message.author == "citizen"]
    return str(said[-1].meta["pictures"][0])


async def with_agent(town: Town) -> tuple[Desk, UUID]:
    desk, key = await town.agent(), await town.waiting()
    assert (await desk.post(f"/conversations/{key}/claim")).status_code == 204
    return desk, key


async def test_a_picture_is_served_as_a_picture_for_this_page_alone(town: Town) -> None:
    desk, key = await with_agent(town)
    address = f"/conversations/{key}/pictures/{await shows(town, key)}"
    answer = await desk.get(address)
    assert Image.open(io.BytesIO(answer.content)).format == "JPEG"
    wanted = {
        "content-type": "image/jpeg",
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "private, no-store",
        "content-disposition": "inline",
    }
    assert {name: answer.headers[name] for name in wanted} == wanted
    assert (await town.anybody().get(f"/desk/api{address}")).status_code == 401


async def test_a_picture_is_had_through_its_own_conversation_only(town: Town) -> None:
    desk, key = await with_agent(town)
    other, picture = await town.waiting(), await shows(town, key)
    for path in (f"{other}/pictures/{picture}", f"{key}/pictures/{uuid4()}", f"{key}/pictures/onzin"):
        answer = await desk.get(f"/conversations/{path}")
        assert (answer.status_code, answer.json()["error"]) == (404, "unknown_picture")
    assert (await desk.get(f"/conversations/onzin/pictures/{picture}")).json()["error"] == "unknown_conversation"


async def test_an_open_page_hears_of_the_picture_with_its_message(town: Town) -> None:
    desk, key = await with_agent(town)
    async with page(town, desk) as opened:
        await opened.send(type="watch", conversations=[{"id": str(key), "after": (await town.bench.history(key))[-1].seq}])
        await opened.until(lambda: str(key) in opened.conversations)
        picture = await shows(town, key)
        async with asyncio.timeout(30):
            while not (said := json.loads(await opened.socket.recv()).get("messages")):
                continue
    assert said[0]["meta"] == {"pictures": [picture]}


async def test_the_summary_and_a_closed_conversation_still_have_it(town: Town) -> None:
    desk, key = await with_agent(town)
    picture = await shows(town, key)
    assert (await desk.post(f"/conversations/{key}/close", outcome="answered")).status_code == 204
    found = (await desk.get(f"/conversations/{key}")).json()
    assert [said["meta"]["pictures"] for said in found["messages"] if said["meta"].get("pictures")] == [[picture]]
    assert [asked["pictures"] for asked in found["summary"]["exchanges"] if asked["pictures"]] == [[picture]]
    assert (await desk.get(f"/conversations/{key}/pictures/{picture}")).status_code == 200


async def test_what_was_shown_to_the_bot_is_seen_by_the_agent_who_takes_over(town: Town) -> None:
    key: UUID = await town.bench.conversation("castricum")
    picture = await shows(town, key)
    desk = await town.agent()
    await desk.post(f"/conversations/{key}/take-over")
    assert (await desk.get(f"/conversations/{key}/pictures/{picture}")).status_code == 200
