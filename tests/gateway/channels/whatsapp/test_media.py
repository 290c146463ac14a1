"""Pictures at Meta, over real HTTP: the address that ends, the token that is refused, the file that is too large or never comes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timezone
from typing import Any

import httpx
import pytest
import structlog

from bot.gateway import files
from bot.gateway.channels.whatsapp.media import Media
from bot.gateway.files import NotFetched, TooLarge
from bot.model.channel import Arrival
from tests.gateway.channels.whatsapp import fake_graph as graph
from tests.gateway.channels.whatsapp.citizen import Citizen
from tests.gateway.pictures import jpeg
from tests.serving import serving

ARRIVAL = Arrival(
    "whatsapp:wamid.1", "whatsapp", "u", "picture", datetime.now(timezone.utc), facts={"account": "106540352242922", "files": ["71"]}
)
AT_ONCE = (0.0, 0.0)


@pytest.fixture
async def meta() -> AsyncIterator[tuple[graph.FakeGraph, Media]]:
    fake = graph.FakeGraph()
    fake.media["71"] = jpeg()
    async with serving(fake.app()) as address:
        headers = {"Authorization": f"Bearer {graph.TOKEN}"}
        async with httpx.AsyncClient(base_url=f"{address}/v24.0/", headers=headers, timeout=10.0) as client:
            yield fake, Media(client, AT_ONCE)


Meta = tuple[graph.FakeGraph, Media]


async def test_a_picture_is_asked_for_by_its_id_and_fetched_with_the_token(meta: Meta) -> None:
    fake, media = meta
    assert await media.fetch(ARRIVAL, "71") == jpeg()
    assert fake.fetched == ["address", "file"]


@pytest.mark.parametrize("fault", [404, 403, 500, "cut"])
async def test_an_address_that_ended_is_asked_for_anew(meta: Meta, fault: int | str) -> None:
    fake, media = meta
    fake.file_faults.append(fault)
    assert await media.fetch(ARRIVAL, "71") == jpeg()
    assert fake.fetched == ["address", "file"] * 2


@pytest.mark.parametrize("fault", [503, 429, 131000, 4])
async def test_what_passes_is_tried_again(meta: Meta, fault: int) -> None:
    fake, media = meta
    fake.media_faults.append(fault)
    assert await media.fetch(ARRIVAL, "71") == jpeg()
    assert fake.fetched == ["address", "address", "file"]


async def test_what_does_not_pass_is_given_up_after_three_tries(meta: Meta) -> None:
    fake, media = meta
    fake.media_faults.extend([500] * 5)
    with pytest.raises(NotFetched, match="500"):
        await media.fetch(ARRIVAL, "71")
    assert fake.fetched == ["address"] * 3


@pytest.mark.parametrize("fault", [190, 401])
async def test_a_refused_token_is_told_to_who_keeps_the_house_and_not_tried_again(meta: Meta, fault: int) -> None:
    fake, media = meta
    fake.media_faults.append(fault)
    with structlog.testing.capture_logs() as logs, pytest.raises(NotFetched):
        await media.fetch(ARRIVAL, "71")
    assert fake.fetched == ["address"]
    assert [(item["event"], item["log_level"]) for item in logs] == [("channel_token_refused", "error")]


@pytest.mark.parametrize("name", ["72", "../106540352242922/messages", ""])
async def test_a_file_that_is_not_there_any_more_is_not_tried_again(meta: Meta, name: str) -> None:
    fake, media = meta
    with pytest.raises(NotFetched):
        await media.fetch(ARRIVAL, name)
    assert len(fake.fetched) <= 1


async def test_a_file_that_is_told_to_be_too_large_is_not_asked_for(meta: Meta) -> None:
    fake, media = meta
    fake.told = {"file_size": 10_000_001}
    with pytest.raises(TooLarge):
        await media.fetch(ARRIVAL, "71")
    assert fake.fetched == ["address"]


@pytest.mark.parametrize("fault", ["endless", None], ids=["told nothing", "told its size"])
async def test_of_a_file_that_turns_out_too_large_no_more_is_read(meta: Meta, monkeypatch: pytest.MonkeyPatch, fault: str | None) -> None:
    fake, media = meta
    monkeypatch.setattr(files.body_of, "__defaults__", (500,))
    fake.told = {"file_size": "1"}
    fake.file_faults.extend([fault] if fault else [])
    with pytest.raises(TooLarge):
        await media.fetch(ARRIVAL, "71")
    assert fake.fetched == ["address", "file"]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/x",
        "http://lookaside.fbsbx.com/x",
        "https://fbsbx.com.example.nl/x",
        "https://lookaside.fbsbx.com:8443/x",
        "",
        "//x",
    ],
)
async def test_nobody_but_meta_is_shown_the_token(meta: Meta, address: str) -> None:
    fake, media = meta
    fake.told = {"url": address}
    with pytest.raises(NotFetched, match="foreign_address"):
        await media.fetch(ARRIVAL, "71")


async def test_a_redirect_is_not_followed(meta: Meta) -> None:
    fake, media = meta
    fake.file_faults.append("redirect")
    with pytest.raises(NotFetched, match="redirect"):
        await media.fetch(ARRIVAL, "71")


async def test_nonsense_is_not_taken_for_an_address(meta: Meta) -> None:
    fake, media = meta
    fake.media_faults.append("nonsense")
    with pytest.raises(NotFetched):
        await media.fetch(ARRIVAL, "71")


async def test_all_tries_together_take_no_longer_than_the_citizen_waits(meta: Meta) -> None:
    fake, media = meta
    fake.file_faults.append("slow")
    with pytest.raises(NotFetched, match="too_slow"):
        await Media(media._client, AT_ONCE, patience=0.3).fetch(ARRIVAL, "71")


async def _sends(citizen: Citizen, kind: str, content: dict[str, Any]) -> None:
    citizen.bench.take_reports()
    await citizen.says("hallo")
    await citizen.answered()
    [only] = await citizen.conversations()
    await citizen.bench.speak_of(only, "straatverlichting")
    await citizen.post(graph.incoming("wamid.picture", kind, content, at=1_780_000_100))
    await citizen.read()


@pytest.mark.parametrize("kind", ["image", "document"])
async def test_a_photo_sent_as_such_or_as_a_document_comes_with_the_report(citizen: Citizen, kind: str) -> None:
    citizen.graph.media["71"] = jpeg()
    await _sends(citizen, kind, {"id": "71", "mime_type": "image/jpeg"})
    assert (await citizen.answered())[-1].endswith("echo: <ontvangen_picture>")
    assert citizen.bench.engine.asked[-1] == ("<ontvangen_picture>", "/share_picture")


async def test_who_sends_a_photo_sees_at_once_that_it_was_seen(citizen: Citizen) -> None:
    citizen.graph.file_faults.append("held")
    citizen.graph.media["71"] = jpeg()
    reading = asyncio.create_task(_sends(citizen, "image", {"id": "71", "mime_type": "image/jpeg"}))
    while "wamid.picture" not in citizen.graph.seen:
        citizen.graph.saw.clear()
        await citizen.graph.saw.wait()
    [only] = await citizen.conversations()
    assert "<ontvangen_picture>" not in await citizen.bench.texts(only)
    citizen.graph.go.set()
    await reading


async def test_a_photo_that_is_gone_is_told_with_a_way_on(citizen: Citizen) -> None:
    await _sends(citizen, "image", {"id": "71", "mime_type": "image/jpeg"})
    assert (await citizen.answered())[-1].endswith("<foto_niet_gelukt>")


async def test_a_video_is_refused_as_before(citizen: Citizen) -> None:
    await _sends(citizen, "video", {"id": "71", "mime_type": "video/mp4"})
    assert (await citizen.answered())[-1].endswith("<geen_foto_buiten>")
    assert citizen.graph.fetched == []
