"""A report's way to Signalen: once, whatever happens on the way."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.model.report import Report, ReportPlace
from bot.reports import standing
from bot.reports.backends.locatieserver import Locator
from bot.reports.backends.signalen import Signalen
from bot.reports.errors import AlreadyHandled
from bot.reports.passing import Passing
from bot.reports.service import Reports
from bot.store.database import Database
from bot.store.report_tables import report
from tests.reports.conftest import Time, Town, arrive, draft, photo
from tests.reports.fake_signalen import FakeLocatieserver, FakeSignalen

AWAY = "http://127.0.0.1:9"
"""Nothing listens on the port `discard`."""


@dataclass
class Way:
    """The service and a worker beside it, with a Signalen to look into."""

    reports: Reports
    passing: Passing
    signalen: FakeSignalen
    backend: Signalen
    time: Time
    citizen: UUID

    async def hand_in(self, key: str = "turn-1", **facts: object) -> Report:
        return await self.reports.hand_in(key, draft(self.citizen, **{"municipality": "heiloo", **facts}))

    async def now(self, report: Report) -> Report:
        return await self.reports.report(report.id)

    def worker(self) -> Passing:
        return Passing(self.passing.database, self.passing.backends, self.passing.library, self.time, self.passing.per_hour)


@pytest.fixture
async def way(
    database: Database, time: Time, signalen: tuple[FakeSignalen, str], locatieserver: tuple[FakeLocatieserver, str]
) -> AsyncIterator[Way]:
    async for made in _way(database, time, signalen, signalen[1], locatieserver[1]):
        yield made


@pytest.fixture
async def nowhere(database: Database, time: Time, signalen: tuple[FakeSignalen, str]) -> AsyncIterator[Way]:
    """The way to an address where nobody is."""
    async for made in _way(database, time, signalen, AWAY, ""):
        yield made


async def _way(database: Database, time: Time, signalen: tuple[FakeSignalen, str], address: str, locatieserver: str) -> AsyncIterator[Way]:
    town = Town()

    def library() -> Town:
        return town

    backend = Signalen(address, 2.0, "online", library, Locator(locatieserver, 2.0))  # type: ignore[arg-type]
    passing = Passing(database, {"signalen": backend}, library, time, 60)  # type: ignore[arg-type]
    reports = Reports(database, library, time, {"signalen": backend})  # type: ignore[arg-type]
    yield Way(reports, passing, signalen[0], backend, time, await arrive(database, "heiloo"))
    await backend.close()


class Dying(Passing):
    """A worker that is gone as soon as a picture arrived."""

    async def _note(self, picture_id: UUID, mark: str | None) -> None:
        await super()._note(picture_id, mark)
        await self.backends["signalen"].add_picture(await self._only(), photo(), "M-1.jpg")
        raise asyncio.CancelledError

    async def _only(self) -> str:
        async with self.database.transaction() as connection:
            return str(await connection.scalar(select(report.c.external_id)))


async def test_a_report_arrives_with_all_that_was_said(way: Way) -> None:
    picture = await way.reports.keep_picture(way.citizen, "a", photo())
    made = await way.hand_in(product="straatverlichting", pictures=(picture,), email="mia@example.org", phone="0612345678")
    assert made.state == "received"
    assert await way.passing.round() == 1
    ((key, signal),) = way.signalen.signals.items()
    found = await way.now(made)
    assert (found.state, found.elsewhere, found.trouble) == ("passed_on", "SIG-1", None)
    assert signal["text"] == f"Er ligt een stoeptegel los\n\nmelding_door_waar Dorpsstraat 10\nmelding_door_nummer {made.reference}"
    assert signal["location"]["geometrie"]["coordinates"] == [4.6617, 52.5487]
    assert signal["reporter"] == {"email": "mia@example.org", "phone": "+31612345678", "sharing_allowed": False}
    assert signal["category"]["category_url"].endswith("/sub_categories/lantaarnpaal-straatverlichting")
    assert signal["incident_date_start"] == "2026-11-23T10:00:00+01:00"
    assert way.signalen.pictures[key] == []  # Signalen writes to her first
    way.time.passes(seconds=31)
    assert await way.passing.round() == 1
    assert way.signalen.pictures[key] == [await way.reports.picture(picture)]
    assert way.signalen.notes[key] == [f"Bijlage toegevoegd door melder: {made.reference}-1.jpg"]
    assert await way.passing.round() == 0


async def test_nobody_needs_to_say_who_they_are(way: Way) -> None:
    await way.hand_in()
    await way.passing.round()
    (signal,) = way.signalen.signals.values()
    assert signal["reporter"] == {"email": "", "phone": "", "sharing_allowed": False}
    assert signal["category"]["category_url"].endswith("/overig/sub_categories/overig")


async def test_four_workers_at_once_make_one_signal_of_each_report(way: Way) -> None:
    for number in range(6):
        await way.hand_in(f"turn-{number}")
    await asyncio.gather(*(way.worker().round() for _ in range(4)))
    assert len(way.signalen.signals) == 6
    assert len({signal["text"] for signal in way.signalen.signals.values()}) == 6


@pytest.mark.parametrize("fault", ["502", "500 after", "nonsense", "slow"])
async def test_what_may_have_arrived_is_never_sent_again_by_itself(way: Way, fault: str) -> None:
    way.signalen.faults = [fault]
    made = await way.hand_in()
    await way.passing.round()
    assert (await way.now(made)).trouble == "unsure"
    assert await way.reports.count_open() == 1
    way.time.passes(days=2)
    assert await way.passing.round() == 0
    assert len(way.signalen.posts) == 1


async def test_an_agent_who_sees_that_it_did_not_arrive_sends_it_again(way: Way) -> None:
    way.signalen.faults = ["502"]
    made = await way.hand_in()
    await way.passing.round()
    await way.reports.send_again(made.id)
    await way.passing.round()
    assert (await way.now(made)).state == "passed_on"
    assert len(way.signalen.signals) == 1
    with pytest.raises(AlreadyHandled):
        await way.reports.send_again(made.id)


async def test_a_worker_that_dies_while_it_sends_leaves_a_report_to_a_person(way: Way) -> None:
    made = await way.hand_in()
    assert await way.passing._take() is not None  # and then the process is killed
    await way.passing.round()
    assert (await way.now(made)).trouble is None
    way.time.passes(minutes=11)
    assert await way.passing.round() == 0
    assert (await way.now(made)).trouble == "unsure"
    assert way.signalen.posts == []


async def test_a_worker_that_is_killed_while_signalen_answers_makes_no_second_signal(
    way: Way, database_url: str, signalen: tuple[FakeSignalen, str]
) -> None:
    fake, address = signalen
    fake.faults = ["slow"]
    made = await way.hand_in()
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.reports.killed_process", database_url, address)
    async with asyncio.timeout(60):
        await fake.arrived.wait()
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()
    assert await way.passing.round() == 0
    way.time.passes(minutes=11)
    assert await way.passing.round() == 0
    assert ((await way.now(made)).trouble, len(fake.signals)) == ("unsure", 1)


async def test_a_worker_that_is_told_to_stop_writes_down_what_it_sent(way: Way) -> None:
    way.signalen.faults, way.signalen.seconds = ["slow"], 0.5
    made = await way.hand_in()
    work = asyncio.create_task(way.passing.round())
    await way.signalen.arrived.wait()
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert (await way.now(made)).state == "passed_on"


async def test_while_signalen_is_away_it_is_tried_again_and_again(way: Way) -> None:
    way.signalen.away = True
    made = await way.hand_in()
    assert [await way.passing.round() for _ in range(3)] == [1, 0, 0]
    for minutes in (1, 3, 11, 31, 61, 61):
        assert await way.passing.round() == 0
        way.time.passes(minutes=minutes)
        assert await way.passing.round() == 1
    assert (await way.now(made)).trouble == "late"
    assert await way.reports.open_reports() == (await way.now(made),)
    assert way.signalen.posts == []
    way.signalen.away = False
    way.time.passes(minutes=61)
    await way.passing.round()
    assert ((await way.now(made)).state, len(way.signalen.signals)) == ("passed_on", 1)
    assert await way.reports.open_reports() == ()


async def test_where_nobody_listens_surely_nothing_arrived(nowhere: Way) -> None:
    made = await nowhere.hand_in()
    await nowhere.passing.round()
    assert (await nowhere.now(made)).trouble is None
    nowhere.time.passes(hours=3)
    assert (await nowhere.now(made)).trouble == "late"


async def test_more_than_an_hour_allows_waits_for_the_next_and_nothing_is_thrown_at_the_limit(way: Way) -> None:
    for number in range(65):
        await way.hand_in(f"turn-{number}")
    await way.passing.round()
    assert len(way.signalen.signals) == 60
    way.time.passes(minutes=61)
    await way.passing.round()
    assert len(way.signalen.signals) == 65
    assert await way.reports.count_open() == 0


async def test_a_limit_that_others_used_up_too_is_waited_out(way: Way) -> None:
    way.signalen.faults = ["429"]
    await way.hand_in("turn-1")
    await way.hand_in("turn-2")
    assert await way.passing.round() == 1
    way.time.passes(minutes=14)
    assert await way.passing.round() == 0
    way.time.passes(minutes=2)
    assert await way.passing.round() == 2
    assert len(way.signalen.signals) == 2


async def test_what_signalen_refuses_is_for_a_person(way: Way) -> None:
    way.backend._source = "chatbot"  # which no administrator made there
    made = await way.hand_in()
    await way.passing.round()
    assert (await way.now(made)).trouble == "refused"
    assert [report.id for report in await way.reports.open_reports()] == [made.id]


async def test_a_category_that_signalen_does_not_have_becomes_the_general_one(way: Way) -> None:
    town = Town()
    here = town.policies["heiloo"]
    object.__setattr__(here, "categories", (("riool", "bestaat/niet-meer"),))
    way.passing = Passing(way.passing.database, way.passing.backends, lambda: town, way.time, 60)  # type: ignore[arg-type,return-value]
    await way.hand_in(product="riool")
    await way.passing.round()
    (signal,) = way.signalen.signals.values()
    assert signal["category"]["category_url"].endswith("/overig/sub_categories/overig")


async def test_an_address_in_words_is_looked_up(way: Way, locatieserver: tuple[FakeLocatieserver, str]) -> None:
    await way.hand_in(place=ReportPlace("tegenover dorpsstraat 10"))
    await way.passing.round()
    (signal,) = way.signalen.signals.values()
    assert signal["location"]["geometrie"]["coordinates"] == [4.6617, 52.5487]
    assert "ongeveer" not in signal["text"]
    (asked,) = locatieserver[0].asked
    assert asked["fq"] == ["type:(adres OR weg)", "gemeentecode:0399"]


@pytest.mark.parametrize(
    "answer",
    [None, {"response": {"docs": []}}, {"response": {"docs": [{"centroide_ll": "?", "straatnaam": "plein"}]}}, {"hallo": 1}],
    ids=["another street", "nothing", "no point", "nonsense"],
)
async def test_a_place_that_nobody_can_look_up_lies_in_the_middle_and_says_so(
    way: Way, locatieserver: tuple[FakeLocatieserver, str], answer: dict[str, object] | None
) -> None:
    locatieserver[0].answer = answer
    await way.hand_in(place=ReportPlace("bij de bakker op het plein"))
    await way.passing.round()
    (signal,) = way.signalen.signals.values()
    assert signal["location"]["geometrie"]["coordinates"] == [4.7, 52.6]
    assert "melding_door_ongeveer" in signal["text"]


async def test_a_picture_that_did_not_arrive_is_sent_again_and_the_report_is_not(way: Way) -> None:
    pictures = tuple([await way.reports.keep_picture(way.citizen, key, photo()) for key in "ab"])
    way.signalen.faults = ["", "", "503"]
    await way.hand_in(pictures=pictures)
    await way.passing.round()
    ((key, _),) = way.signalen.signals.items()
    assert len(way.signalen.pictures[key]) == 1
    way.time.passes(minutes=1)
    await way.passing.round()
    assert (len(way.signalen.pictures[key]), len(way.signalen.signals)) == (2, 1)


@pytest.mark.parametrize("fault", ["slow", "500 after"])
async def test_a_picture_whose_answer_was_lost_is_not_sent_again(way: Way, fault: str) -> None:
    pictures = tuple([await way.reports.keep_picture(way.citizen, key, photo()) for key in "ab"])
    way.signalen.faults, way.signalen.seconds = ["", fault], 2.5
    await way.hand_in(pictures=pictures)
    await way.passing.round()
    ((key, _),) = way.signalen.signals.items()
    assert len(way.signalen.pictures[key]) == 1
    way.time.passes(minutes=1)
    assert await way.passing.round() == 1
    assert [note[-6:] for note in way.signalen.notes[key]] == ["-1.jpg", "-2.jpg"]
    assert await way.passing.round() == 0


async def test_a_worker_that_dies_after_it_sent_a_picture_leaves_no_second_one(way: Way) -> None:
    picture = await way.reports.keep_picture(way.citizen, "a", photo())
    made = await way.hand_in(pictures=(picture,))
    dying = Dying(way.passing.database, {"signalen": way.backend}, way.passing.library, way.time, 60)
    with pytest.raises(asyncio.CancelledError):
        await dying.round()
    way.time.passes(minutes=11)
    assert await way.passing.round() == 1
    ((key, _),) = way.signalen.signals.items()
    assert (len(way.signalen.pictures[key]), (await way.now(made)).state) == (1, "passed_on")


async def test_when_signalen_does_not_tell_whether_anything_was_added_a_picture_is_rather_sent_twice_than_not(way: Way) -> None:
    picture = await way.reports.keep_picture(way.citizen, "a", photo())
    way.signalen.faults, way.signalen.tells_when = ["", "500 after"], False
    await way.hand_in(pictures=(picture,))
    await way.passing.round()
    way.time.passes(minutes=1)
    await way.passing.round()
    ((key, _),) = way.signalen.signals.items()
    assert len(way.signalen.pictures[key]) == 2


async def test_what_others_add_later_is_not_taken_for_a_picture_that_surely_did_not_arrive(way: Way) -> None:
    picture = await way.reports.keep_picture(way.citizen, "a", photo())
    way.signalen.faults = ["", "429"]
    await way.hand_in(pictures=(picture,))
    await way.passing.round()
    ((key, _),) = way.signalen.signals.items()
    way.signalen.notes[key].append("Wij kijken er morgen naar")
    way.time.passes(minutes=20)
    await way.passing.round()
    assert len(way.signalen.pictures[key]) == 1


async def test_a_picture_that_comes_too_late_for_signalen_is_let_go(way: Way) -> None:
    picture = await way.reports.keep_picture(way.citizen, "a", photo())
    way.signalen.faults = ["", "503"]
    made = await way.hand_in(pictures=(picture,))
    await way.passing.round()
    way.signalen.begun = set(way.signalen.signals)
    way.time.passes(minutes=1)
    assert [await way.passing.round() for _ in range(2)] == [1, 0]
    assert (await way.now(made)).state == "passed_on"


async def test_the_citizen_hears_when_signalen_has_dealt_with_it(way: Way) -> None:
    made = await way.hand_in()
    await way.passing.round()
    found = await way.reports.find(made.reference, way.citizen)
    assert found is not None
    assert (found.state, found.elsewhere) == ("passed_on", "SIG-1")
    way.signalen.closed = set(way.signalen.signals)
    await way.reports.find(made.reference, way.citizen)
    assert way.signalen.looks == 1  # asked a moment ago
    way.time.passes(minutes=6)
    found = await way.reports.find(made.reference, way.citizen)
    assert found is not None
    assert found.state == "handled"
    assert (await way.now(made)).state == "handled"


@pytest.mark.parametrize("fault", ["away", "slow look"])
async def test_how_it_stands_is_told_as_far_as_we_know_when_signalen_does_not_say(
    way: Way, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "ASKING_SECONDS", 0.2)
    made = await way.hand_in()
    await way.passing.round()
    way.signalen.away, way.signalen.faults = fault == "away", ["slow look"] if fault == "slow look" else []
    found = await way.reports.find(made.reference, way.citizen)
    assert found is not None
    assert (found.state, way.signalen.looks) == ("passed_on", 1)
