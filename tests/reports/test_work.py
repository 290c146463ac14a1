"""What the worker does about reports, as it runs there."""

from __future__ import annotations

import asyncio
from uuid import UUID

from bot.reports.passing import Passing
from bot.reports.registry import build_backends
from bot.reports.service import Reports
from bot.reports.work import report_work
from bot.settings import load_settings
from bot.store.database import Database
from tests.reports.conftest import Time, Town, draft, photo
from tests.reports.fake_signalen import FakeSignalen


async def test_a_report_reaches_signalen_without_anybody_asking(
    reports: Reports, citizen: UUID, database: Database, time: Time, signalen: tuple[FakeSignalen, str]
) -> None:
    fake, address = signalen
    town = Town()
    settings = load_settings({"SIGNALEN_URL": address, "LOCATIESERVER_URL": ""})
    works, close = report_work(lambda: town, settings, time, database)  # type: ignore[arg-type,return-value]
    picture = await reports.keep_picture(citizen, "a", photo())
    await reports.hand_in("turn-1", draft(citizen, municipality="heiloo", pictures=(picture,)))
    tasks = [asyncio.create_task(work()) for work in works.values()]
    async with asyncio.timeout(30):
        await fake.arrived.wait()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await close()
    assert [len(pictures) for pictures in fake.pictures.values()] == [1]


async def test_without_any_settings_reports_wait_and_the_desk_sees_them(
    reports: Reports, citizen: UUID, database: Database, time: Time
) -> None:
    made = await reports.hand_in("turn-1", draft(citizen, municipality="heiloo"))
    backends = build_backends(load_settings({}), Town)  # type: ignore[arg-type]
    assert await Passing(database, backends, Town, time, 60).round() == 0  # type: ignore[arg-type]
    time.passes(hours=3)
    assert (await reports.report(made.id)).trouble == "late"
    assert await reports.count_open() == 1
