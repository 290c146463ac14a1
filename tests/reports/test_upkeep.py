"""What is forgotten, and when."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import func, select

from bot.model.report import ReportPlace
from bot.reports.errors import ReportUnknown
from bot.reports.service import Reports
from bot.reports.upkeep import Upkeep
from bot.store import retention
from bot.store.database import Database
from bot.store.report_tables import report_picture, report_place
from tests.reports.conftest import Time, draft, photo


async def _left(database: Database) -> tuple[int, int]:
    async with database.transaction() as connection:
        pictures = await connection.scalar(select(func.count()).select_from(report_picture))
        places = await connection.scalar(select(func.count()).select_from(report_place))
    return int(pictures or 0), int(places or 0)


async def test_what_became_of_no_report_is_gone_after_a_day(reports: Reports, citizen: UUID, database: Database, time: Time) -> None:
    upkeep = Upkeep(database, time, 28)
    await reports.keep_picture(citizen, "a", photo())
    await reports.keep_place(citizen, 52.5487, 4.6617)
    time.passes(hours=23)
    await upkeep.forget()
    assert await _left(database) == (1, 1)
    time.passes(hours=2)
    assert await upkeep.forget() == (1, 0)
    assert await _left(database) == (0, 0)


async def test_what_a_handled_report_tells_about_somebody_is_gone_after_its_time(
    reports: Reports, citizen: UUID, database: Database, time: Time
) -> None:
    upkeep = Upkeep(database, time, 28)
    picture = await reports.keep_picture(citizen, "a", photo())
    made = await reports.hand_in("turn-1", draft(citizen, pictures=(picture,), email="mia@example.org", phone="0612345678"))
    time.passes(days=60)
    assert await upkeep.forget() == (0, 0)  # nobody dealt with it: it stays whole
    await reports.handled(made.id)
    time.passes(days=27)
    assert await upkeep.forget() == (0, 0)
    time.passes(days=2)
    assert await upkeep.forget() == (0, 1)
    found = await reports.report(made.id)
    assert (found.text, found.email, found.phone, found.conversation_id, found.pictures) == ("", None, None, None, ())
    assert (found.place, found.reference, found.state) == (ReportPlace(), made.reference, "handled")
    with pytest.raises(ReportUnknown):
        await reports.picture(picture)
    assert await upkeep.forget() == (0, 0)


async def test_who_has_a_conversation_deleted_loses_no_report_and_leaves_no_loose_picture(
    reports: Reports, citizen: UUID, database: Database
) -> None:
    kept = await reports.keep_picture(citizen, "a", photo())
    made = await reports.hand_in("turn-1", draft(citizen, pictures=(kept,)))
    await reports.keep_picture(citizen, "b", photo())
    await reports.keep_place(citizen, 52.5487, 4.6617)
    async with database.transaction() as connection:
        await retention.forget_conversation(connection, citizen)
    assert await _left(database) == (1, 0)
    found = await reports.report(made.id)
    assert (found.text, found.pictures, found.conversation_id) == (made.text, (kept,), None)
