"""What a citizen and an agent may count on whichever system deals with the reports of a municipality."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import get_args
from uuid import UUID

import pytest

from bot.model.report import Report, ReportSystem
from bot.reports.backends.locatieserver import Locator
from bot.reports.backends.signalen import Signalen
from bot.reports.passing import Passing
from bot.reports.protocol import Backend
from bot.reports.registry import BACKENDS
from bot.reports.service import Reports
from bot.reports.upkeep import Upkeep
from bot.store.database import Database
from tests.reports.conftest import Time, Town, arrive, draft, photo
from tests.reports.fake_signalen import FakeSignalen

SYSTEMS = tuple(name for name in get_args(ReportSystem) if name != "link")


@dataclass
class House:
    """Heiloo with one of the systems, and everything that is beside it."""

    system: str
    reports: Reports
    passing: Passing
    upkeep: Upkeep
    time: Time
    citizen: UUID
    signalen: FakeSignalen
    keys: list[str] = field(default_factory=list)

    async def hand_in(self, key: str = "turn-1", **facts: object) -> Report:
        return await self.reports.hand_in(key, draft(self.citizen, **{"municipality": "heiloo", **facts}))

    async def settle(self) -> None:
        """The worker does all it has to, and whoever deals with reports deals with them."""
        await self.passing.round()
        for report in await self.reports.open_reports():
            await self.reports.handled(report.id)
        self.signalen.closed = set(self.signalen.signals)
        self.time.passes(minutes=10)

    @property
    def number_there(self) -> int:
        return len(self.signalen.signals)


@pytest.fixture(params=SYSTEMS)
async def house(request: pytest.FixtureRequest, database: Database, time: Time, signalen: tuple[FakeSignalen, str]) -> AsyncIterator[House]:
    town = Town()
    town.policies["heiloo"] = replace(town.policies["heiloo"], backend=request.param)
    made: dict[str, Backend] = {"signalen": Signalen(signalen[1], 2.0, "online", lambda: town, Locator("", 1.0))}  # type: ignore[arg-type,return-value]
    backends = {name: backend for name, backend in made.items() if name == request.param}
    reports = Reports(database, lambda: town, time, backends)  # type: ignore[arg-type,return-value]
    passing = Passing(database, backends, lambda: town, time, 60)  # type: ignore[arg-type,return-value]
    yield House(request.param, reports, passing, Upkeep(database, time, 28), time, await arrive(database, "heiloo"), signalen[0])
    for backend in made.values():
        await backend.close()


def test_every_system_is_one_that_runs_here() -> None:
    assert {"own", *BACKENDS} == set(SYSTEMS)


async def test_a_report_has_one_reference_from_the_first_moment_to_the_last(house: House) -> None:
    made = await house.hand_in()
    states = []
    for _ in range(2):
        found = await house.reports.find(made.reference, house.citizen)
        assert found is not None
        states.append(found.state)
        await house.settle()
    last = await house.reports.find(made.reference, house.citizen)
    assert last is not None
    assert (last.reference, last.state, states[0]) == (made.reference, "handled", "received")


async def test_handing_in_twice_at_once_with_workers_at_work_makes_one(house: House) -> None:
    async def work() -> None:
        for _ in range(3):
            await house.passing.round()

    made = await asyncio.gather(house.hand_in(), house.hand_in(), work(), work())
    await house.passing.round()
    assert made[0] == made[1]
    assert house.number_there == (house.system != "own")


async def test_what_was_sent_goes_along_and_no_further_than_its_report(house: House) -> None:
    picture = await house.reports.keep_picture(house.citizen, "a", photo())
    made = await house.hand_in(pictures=(picture,))
    await house.passing.round()
    second = await house.hand_in("turn-2", pictures=(picture,))
    assert (made.pictures, second.pictures) == ((picture,), ())


async def test_a_report_waits_for_a_person_where_nobody_else_deals_with_it(house: House) -> None:
    await house.hand_in()
    await house.passing.round()
    assert await house.reports.count_open() == (house.system == "own")
    assert await house.reports.count_open({"castricum"}) == 0


async def test_what_a_person_handled_is_not_sent_any_more(house: House) -> None:
    made = await house.hand_in()
    await house.reports.handled(made.id)
    house.time.passes(days=1)
    assert await house.passing.round() == 0
    assert house.number_there == 0


async def test_after_its_time_nothing_is_left_of_who_reported_what(house: House) -> None:
    picture = await house.reports.keep_picture(house.citizen, "a", photo())
    made = await house.hand_in(pictures=(picture,), email="mia@example.org")
    await house.settle()
    house.time.passes(days=29)
    await house.upkeep.forget()
    found = await house.reports.report(made.id)
    assert (found.text, found.email, found.pictures) == ("", None, ())


@pytest.mark.parametrize("fault", ["", "502", "slow", "429"])
async def test_nothing_personal_is_logged(house: House, fault: str, capsys: pytest.CaptureFixture[str]) -> None:
    house.signalen.faults = [fault]
    await house.hand_in(text="De buurman Geheimans is gevallen", email="geheim@example.org", phone="0687654321")
    await house.passing.round()
    seen = "".join(capsys.readouterr())
    assert "report_taken" in seen
    assert not any(word in seen for word in ("Geheimans", "geheim@", "87654321", "Dorpsstraat", "52.5"))
