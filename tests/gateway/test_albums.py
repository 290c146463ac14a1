"""Pictures that are fetched before they are read: kept once, told about when they do not come, and never in anybody's way."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import OperationalError

from bot.gateway.albums import PER_MINUTE
from bot.gateway.reception import Reception
from bot.model.channel import Arrival
from bot.model.conversation import Owner
from bot.reports.service import Reports
from bot.store import arrivals, conversations
from tests.gateway.pictures import Files

PICTURE = "<ontvangen_picture>"


@dataclass
class Phone:
    """A citizen on a channel that calls us, and who reads what they send."""

    bench: Any
    files: Files
    reception: Reception
    user: str = "anna"
    conversation: UUID = field(default_factory=uuid4)
    sent: int = 0

    async def begins(self, product: str | None = "straatverlichting", municipality: str | None = "castricum") -> None:
        async with self.bench.database.transaction() as connection:
            known, _ = await conversations.of_channel_user(connection, self._arrival("text", None, municipality), self.conversation)
        self.conversation = known.id
        if product is not None:
            await self.bench.speak_of(self.conversation, product)

    def _arrival(self, kind: Any, text: str | None, municipality: str | None, **facts: Any) -> Arrival:
        self.sent += 1
        at = self.bench.clock() - timedelta(seconds=50) + timedelta(milliseconds=self.sent)
        return Arrival(f"whatsapp:{self.user}:{self.sent}", "whatsapp", self.user, kind, at, text, municipality=municipality, facts=facts)

    async def sends(self, *names: str, text: str | None = None) -> None:
        """A message with pictures, or with words only."""
        made = self._arrival("picture" if names else "text", text, "castricum", **({"files": list(names)} if names else {}))
        async with self.bench.database.transaction() as connection:
            await arrivals.add(connection, [made])

    async def takes_back(self, number: int) -> None:
        made = self._arrival("deleted", None, "castricum", of=f"whatsapp:{self.user}:{number}")
        async with self.bench.database.transaction() as connection:
            await arrivals.add(connection, [made])

    async def read(self) -> None:
        while await self.reception.round():
            pass

    async def kept(self) -> int:
        return len((await self.bench.sharing.reports.gathered(self.conversation)).pictures)

    async def texts(self) -> list[str]:
        found: list[str] = await self.bench.texts(self.conversation)
        return found

    async def asked(self) -> list[tuple[str, str | None]]:
        await self.bench.turns.answer(str(self.conversation))
        found: list[tuple[str, str | None]] = self.bench.engine.asked
        return found


@pytest.fixture
async def phone(bench: Any) -> Phone:
    bench.take_reports(pictures=3)
    files = Files()
    return Phone(bench, files, bench.reception({"whatsapp": files}))


async def test_a_picture_that_does_not_come_is_told_and_the_others_go_on(phone: Phone) -> None:
    await phone.begins()
    phone.files.missing = {"2"}
    for name in "123":
        await phone.sends(name)
    await phone.read()
    assert await phone.texts() == [PICTURE, PICTURE, "<foto_niet_gelukt>", PICTURE]
    assert await phone.kept() == 2
    assert await phone.asked() == [(PICTURE, "/share_picture")]


async def test_without_any_picture_the_citizen_hears_so_and_the_bot_is_not_asked(phone: Phone) -> None:
    await phone.begins()
    phone.files.missing, phone.files.odd = {"1"}, {"2"}
    await phone.sends("1")
    await phone.sends("2")
    await phone.read()
    assert await phone.texts() == [PICTURE, "<foto_niet_gelukt>", PICTURE, "<foto_onleesbaar>"]
    assert await phone.asked() == []


async def test_more_pictures_than_a_report_takes_are_not_even_fetched(phone: Phone) -> None:
    await phone.begins()
    await phone.sends("1", "2")
    await phone.sends("3", "4", "5")
    await phone.read()
    assert sorted(phone.files.fetched) == ["1", "2", "3"]
    assert await phone.kept() == 3
    assert (await phone.texts()).count("<foto_te_veel>") == 1
    assert await phone.asked() == [(PICTURE, "/share_picture")]


async def test_a_flood_of_pictures_is_not_fetched(phone: Phone) -> None:
    await phone.begins()
    for number in range(4 * PER_MINUTE):
        await phone.sends(str(number))
    await phone.read()
    assert len(phone.files.fetched) <= PER_MINUTE


@pytest.mark.parametrize("owner", ["queued", "agent"])
async def test_for_a_person_pictures_are_fetched_where_no_reports_are_taken_too(phone: Phone, owner: Owner) -> None:
    phone.bench.gate.library().policies.clear()
    await phone.begins()
    await phone.bench.give(phone.conversation, owner)
    phone.files.missing = {"2"}
    for name in "12345":
        await phone.sends(name)
    await phone.read()
    assert sorted(phone.files.fetched) == list("12345")
    assert ((await phone.texts()).count("<ontvangen_foto>"), (await phone.texts()).count("<foto_niet_gelukt>")) == (4, 1)
    assert await phone.kept() == 0


@pytest.mark.parametrize("backend", ["link", None])
async def test_where_no_reports_are_taken_the_way_to_report_is_told_as_before(phone: Phone, backend: str | None) -> None:
    await phone.begins()
    phone.bench.gate.library().policies.clear()
    if backend:
        phone.bench.take_reports(backend=backend)
    await phone.sends("1")
    await phone.read()
    assert await phone.texts() == [PICTURE, "<geen_foto_buiten>"]
    assert phone.files.fetched == []


async def test_while_the_municipality_is_unknown_a_picture_is_kept_for_whoever_takes_reports(phone: Phone) -> None:
    await phone.begins(product=None, municipality=None)
    await phone.sends("1")
    await phone.read()
    assert await phone.texts() == [PICTURE, "<foto_ontvangen>"]
    assert await phone.kept() == 1


async def test_a_picture_as_first_message_of_all_is_welcomed_kept_and_asked_about(phone: Phone) -> None:
    await phone.sends("1")
    await phone.read()
    [phone.conversation] = await phone.bench.conversations()
    assert await phone.texts() == ["<welkom>", PICTURE, "<foto_ontvangen>"]
    assert await phone.kept() == 1


async def test_words_beside_an_album_are_read_once_and_come_after_the_pictures(phone: Phone) -> None:
    await phone.begins(product=None)
    await phone.sends("1", text="losse tegel bij de bakker")
    await phone.sends("2")
    await phone.read()
    assert await phone.texts() == [PICTURE, "<foto_met_woorden>", "losse tegel bij de bakker", PICTURE]
    assert await phone.kept() == 2
    assert await phone.asked() == [("losse tegel bij de bakker", None)]


@pytest.mark.parametrize("words", [None, "losse tegel bij de bakker"])
async def test_a_picture_that_is_taken_back_is_gone(phone: Phone, words: str | None) -> None:
    await phone.begins()
    await phone.sends("1", text=words)
    await phone.sends("2")
    await phone.read()
    await phone.takes_back(phone.sent - 1)
    await phone.read()
    gone = ["<bericht_verwijderd>"] * (2 if words else 1)
    assert (await phone.texts(), await phone.kept()) == ([*gone, PICTURE], 1)


async def test_what_is_written_after_a_picture_is_read_after_it(phone: Phone) -> None:
    await phone.begins()
    await phone.sends("1")
    await phone.sends(text="bij de bakker")
    await phone.sends("2")
    await phone.read()
    assert await phone.asked() == [(PICTURE, "/share_picture"), ("bij de bakker", None), (PICTURE, "/share_picture")]


async def test_danger_beside_a_picture_is_answered_at_once(phone: Phone) -> None:
    await phone.begins()
    await phone.sends("1", text="er is brand")
    await phone.read()
    assert (await phone.texts())[-1] == "<bel 112>"


@dataclass
class Slow(Files):
    """Files that come when they are let go."""

    go: asyncio.Event = field(default_factory=asyncio.Event)
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def fetch(self, arrival: Arrival, file: str) -> bytes:
        self.asked.set()
        await self.go.wait()
        return await super().fetch(arrival, file)


async def test_a_worker_that_ends_while_it_fetches_leaves_everything_to_the_next(phone: Phone) -> None:
    await phone.begins()
    slow = Slow()
    await phone.sends("1")
    dying = asyncio.create_task(phone.bench.reception({"whatsapp": slow}).round())
    await slow.asked.wait()
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    assert await phone.texts() == []
    await phone.read()
    assert await phone.texts() == [PICTURE]
    assert await phone.kept() == 1


class Dying(Reports):
    """Ends with the worker right after a picture was kept."""

    async def keep_picture(self, conversation_id: UUID, key: str, data: bytes) -> UUID:
        await super().keep_picture(conversation_id, key, data)
        raise asyncio.CancelledError


async def test_a_worker_that_ends_after_it_kept_a_picture_leaves_no_second_one(phone: Phone) -> None:
    await phone.begins()
    await phone.sends("1")
    albums = phone.reception.albums
    reports = Dying(phone.bench.database, phone.bench.gate.library, phone.bench.clock)
    dying = replace(phone.reception, albums=replace(albums, sharing=replace(albums.sharing, reports=reports)))
    with pytest.raises(asyncio.CancelledError):
        await dying.round()
    assert (await phone.texts(), await phone.kept()) == ([], 1)
    await phone.read()
    assert (await phone.texts(), await phone.kept()) == ([PICTURE], 1)
    assert await phone.asked() == [(PICTURE, "/share_picture")]


async def _until(there: Any, texts: Sequence[str]) -> None:
    async with asyncio.timeout(60):
        while await there.texts() != list(texts):  # noqa: ASYNC110 - the database tells nobody here
            await asyncio.sleep(0.01)


async def test_nobody_waits_for_the_picture_of_somebody_else(phone: Phone) -> None:
    slow = Slow()
    reception = phone.bench.reception({"whatsapp": slow})
    other = Phone(phone.bench, slow, reception, "bram")
    await phone.begins()
    await other.begins(product=None)
    await phone.sends("1")
    running = asyncio.create_task(reception.run())
    await slow.asked.wait()
    await other.sends(text="wat kost een paspoort")
    await _until(other, ["wat kost een paspoort"])
    assert await phone.texts() == []
    slow.go.set()
    await _until(phone, [PICTURE])
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


class Flaky:
    """A database that is away a few times."""

    def __init__(self, database: Any, times: int) -> None:
        self.database, self.times = database, times

    def transaction(self) -> Any:
        self._fail()
        return self.database.transaction()

    def statement(self) -> Any:
        self._fail()
        return self.database.statement()

    def _fail(self) -> None:
        if self.times:
            self.times -= 1
            raise OperationalError("select 1", {}, Exception("away"))


async def test_a_database_that_is_away_for_a_moment_ends_no_reading(phone: Phone) -> None:
    await phone.begins()
    flaky = Flaky(phone.bench.database, 4)
    await phone.sends("1")
    running = asyncio.create_task(replace(phone.reception, database=flaky).run())  # type: ignore[arg-type]
    await _until(phone, [PICTURE])
    assert flaky.times == 0
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


class Odd(Files):
    """A channel with a mistake in it."""

    async def fetch(self, arrival: Arrival, file: str) -> bytes:
        raise ZeroDivisionError


async def test_a_mistake_of_ours_while_fetching_is_told_and_holds_up_nobody(phone: Phone) -> None:
    await phone.begins()
    phone.reception = phone.bench.reception({"whatsapp": Odd()})
    await phone.sends("1")
    await phone.sends(text="en verder")
    await phone.read()
    assert await phone.texts() == [PICTURE, "<foto_niet_gelukt>", "en verder"]
