"""Pictures at Chatwoot, over real HTTP: its redirects, its own disk, a storage beside it, and what goes wrong there."""

from __future__ import annotations

import asyncio
import itertools
import ssl
from collections import deque
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest
from sanic import HTTPResponse, Request, Sanic
from sanic.response import redirect

from bot.gateway import files
from bot.gateway.channels.chatwoot.attachments import Attachments
from bot.gateway.channels.chatwoot.outward import Outward, Way, origin
from bot.gateway.files import NotFetched, TooLarge
from bot.model.channel import Arrival
from bot.store import arrivals
from tests.gateway.channels.chatwoot.certificates import certificate_for
from tests.gateway.channels.chatwoot.conftest import Desk
from tests.gateway.pictures import jpeg
from tests.serving import serving

ARRIVAL = Arrival("chatwoot:1:1", "chatwoot", "1:1", "picture", datetime.now(timezone.utc))
LINK = "https://chat.example.nl/rails/active_storage/blobs/redirect/abc/foto.jpg"

_numbers = itertools.count(1)


class Storage:
    """Where Chatwoot's redirects lead: its own disk or a bucket; `faults` are taken one a file: a status, `slow`, `cut`."""

    def __init__(self) -> None:
        self.leads_to = "/rails/active_storage/disk/def/foto.jpg"
        self.faults: deque[int | str] = deque()
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []

    def app(self) -> Sanic[Any, Any]:
        app: Sanic[Any, Any] = Sanic(f"fake-storage-{next(_numbers)}", configure_logging=False)
        app.add_route(self._link, "/rails/active_storage/blobs/redirect/<key:str>/<name:str>")
        app.add_route(self._file, "/rails/active_storage/disk/<key:str>/<name:str>", name="disk")
        app.add_route(self._file, "/<key:str>/<name:str>", name="bucket")
        return app

    async def _link(self, request: Request, key: str, name: str) -> HTTPResponse:
        self.asked.append("link")
        self.headers.append(dict(request.headers))
        return redirect(self.leads_to)

    async def _file(self, request: Request, key: str, name: str) -> HTTPResponse:
        self.asked.append("file")
        self.headers.append(dict(request.headers))
        fault = self.faults.popleft() if self.faults else None
        if isinstance(fault, int):
            return HTTPResponse(status=fault)
        if fault == "slow":
            await asyncio.sleep(1.5)
        if fault == "cut":
            request.transport.close()  # type: ignore[union-attr]
        return HTTPResponse(jpeg(), content_type="image/jpeg")


Kept = tuple[Storage, str, Attachments]


@pytest.fixture
async def kept() -> AsyncIterator[Kept]:
    storage = Storage()
    async with AsyncExitStack() as stack:
        home = await stack.enter_async_context(serving(storage.app()))
        bucket = await stack.enter_async_context(serving(storage.app()))
        attachments = Attachments(Outward(httpx.URL(home), frozenset({str(origin(bucket))})), pauses=(0.0, 0.0))
        yield storage, bucket, attachments
        await attachments.close()


async def test_a_picture_on_chatwoots_own_disk_is_fetched_without_any_token(kept: Kept) -> None:
    storage, _, attachments = kept
    assert await attachments.fetch(ARRIVAL, LINK) == jpeg()
    assert storage.asked == ["link", "file"]
    assert not any({"authorization", "api_access_token", "cookie"} & set(headers) for headers in storage.headers)


async def test_a_picture_in_the_storage_of_the_settings_is_fetched_there(kept: Kept) -> None:
    storage, bucket, attachments = kept
    storage.leads_to = f"{bucket}/bucket/foto.jpg?X-Amz-Signature=abc"
    assert await attachments.fetch(ARRIVAL, LINK) == jpeg()


@pytest.mark.parametrize("fault", [404, 429, 503, "cut"])
async def test_a_file_that_is_still_on_its_way_into_the_storage_is_asked_for_again(kept: Kept, fault: int | str) -> None:
    storage, _, attachments = kept
    storage.faults.append(fault)
    assert await attachments.fetch(ARRIVAL, LINK) == jpeg()
    assert storage.asked == ["link", "file"] * 2


async def test_a_refusal_is_taken_at_once(kept: Kept) -> None:
    storage, _, attachments = kept
    storage.faults.append(403)
    with pytest.raises(NotFetched, match="403"):
        await attachments.fetch(ARRIVAL, LINK)
    assert storage.asked == ["link", "file"]


async def test_links_that_lead_in_circles_are_left(kept: Kept) -> None:
    storage, _, attachments = kept
    storage.leads_to = LINK
    with pytest.raises(NotFetched, match="too_many_redirects"):
        await attachments.fetch(ARRIVAL, LINK)
    assert len(storage.asked) == 4


@pytest.mark.parametrize("target", ["http://127.0.0.1:1/b/foto.jpg", "https://169.254.169.254/latest", "http://[", ""])
async def test_a_link_that_leads_into_the_house_is_not_followed(kept: Kept, target: str) -> None:
    storage, _, attachments = kept
    storage.leads_to = target
    with pytest.raises(NotFetched):
        await attachments.fetch(ARRIVAL, LINK)
    assert "file" not in storage.asked


@dataclass
class Straight:
    """Leads to this machine under whatever name it is given, as the real one leads to an address that was looked at."""

    port: int

    async def way(self, address: str, after: httpx.URL | None = None) -> Way:
        asked = httpx.URL(address)
        return Way(asked, httpx.URL(f"https://127.0.0.1:{self.port}/"), {"extensions": {"sni_hostname": asked.host}})


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError, asyncio.IncompleteReadError):
        while True:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            await writer.drain()


async def test_every_name_must_show_its_own_certificate_also_at_the_same_address(tmp_path: Path) -> None:
    certificate, key = certificate_for("files.example.nl", tmp_path)
    ours, theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context(cafile=certificate)
    ours.load_cert_chain(certificate, key)
    async with await asyncio.start_server(_answer, "127.0.0.1", 0, ssl=ours) as server:
        outward: Any = Straight(server.sockets[0].getsockname()[1])
        attachments = Attachments(outward, pauses=(), certificates=theirs)
        try:
            assert await attachments.fetch(ARRIVAL, "https://files.example.nl/foto.jpg") == b"ok"
            with pytest.raises(NotFetched, match="ConnectError"):
                await attachments.fetch(ARRIVAL, "https://other.example.nl/foto.jpg")
        finally:
            await attachments.close()  # or the server waits for its client


async def test_of_a_file_that_is_too_large_no_more_is_read(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, attachments = kept
    monkeypatch.setattr(files.body_of, "__defaults__", (100,))
    with pytest.raises(TooLarge):
        await attachments.fetch(ARRIVAL, LINK)


async def test_a_storage_that_does_not_answer_keeps_nobody_waiting(kept: Kept) -> None:
    storage, _, attachments = kept
    storage.faults.append("slow")
    hurried = Attachments(attachments._outward, pauses=(), patience=0.3)
    with pytest.raises(NotFetched, match="too_slow"):
        await hurried.fetch(ARRIVAL, LINK)
    await hurried.close()


def _files(*names: str) -> list[dict[str, Any]]:
    return [{"id": 1, "file_type": "image", "data_url": f"https://example.nl/{name}"} for name in names]


async def test_all_pictures_of_one_message_come_along_and_documents_do_not(desk: Desk) -> None:
    desk.bench.take_reports()
    await desk.citizen("hallo")
    await desk.bench.speak_of(await desk.id(), "straatverlichting")
    attached = [{"id": 2, "file_type": "file", "data_url": "https://example.nl/pdf"}, *_files("a", "b")]
    await desk.chatwoot.write(desk.talk, None, attachments=attached)
    async with desk.bench.database.transaction() as connection:
        waiting = await arrivals.waiting(connection, "chatwoot", f"1:{desk.talk.id}", desk.reception.settled, 5)
        [album] = await desk.reception.albums.at_head(connection, waiting)
    assert album.facts["files"] == ["https://example.nl/a", "https://example.nl/b"]


async def test_a_picture_that_cannot_be_fetched_is_told_with_a_way_on(desk: Desk) -> None:
    desk.bench.take_reports()
    await desk.citizen("hallo")
    await desk.bench.speak_of(await desk.id(), "straatverlichting")
    await desk.citizen(None, attachments=_files("a"))
    assert (await desk.texts())[-1] == "<foto_niet_gelukt>"


async def test_while_a_person_has_the_conversation_no_picture_is_fetched(desk: Desk) -> None:
    desk.bench.take_reports()
    await desk.handed_off()
    before = list(desk.chatwoot.calls)
    await desk.citizen(None, attachments=_files("a"))
    assert (await desk.texts())[-1] == "<ontvangen_picture>"
    assert desk.chatwoot.calls == before


async def test_the_pictures_of_a_signature_in_an_email_are_left_alone(desk: Desk) -> None:
    desk.bench.take_reports()
    desk.talk.channel = "Channel::Email"
    await desk.citizen("er ligt een losse tegel", attachments=_files("logo"))
    assert (await desk.texts())[-1] == "er ligt een losse tegel"
