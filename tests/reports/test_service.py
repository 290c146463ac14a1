"""Handing in a report, and what was sent for it."""

from __future__ import annotations

import asyncio
from datetime import date
from uuid import UUID, uuid4

import pytest

from bot.model.report import ReportPlace
from bot.reports.errors import AlreadyHandled, PictureRefused, ReportRefused, ReportUnknown
from bot.reports.service import Reports, read_reference
from bot.store.database import Database
from tests.reports.conftest import HERE, Time, arrive, draft, photo


async def test_a_report_is_kept_with_a_reference_and_a_promise(reports: Reports, citizen: UUID) -> None:
    made = await reports.hand_in("turn-1", draft(citizen, email="mia@example.org", phone="06 12345678"))
    assert read_reference(made.reference) == made.reference
    assert made.promised_on == date(2026, 11, 30)
    assert (made.state, made.backend, made.place, made.email, made.phone) == ("received", "own", HERE, "mia@example.org", "+31612345678")
    assert await reports.report(made.id) == made


async def test_the_same_key_gives_the_first_report(reports: Reports, citizen: UUID) -> None:
    first = await reports.hand_in("turn-1", draft(citizen))
    assert await reports.hand_in("turn-1", draft(citizen, text="iets anders")) == first
    assert await reports.open_reports() == (first,)


async def test_ten_hand_ins_at_once_make_one_report(reports: Reports, citizen: UUID) -> None:
    picture = await reports.keep_picture(citizen, "p", photo())
    made = await asyncio.gather(*(reports.hand_in("turn-1", draft(citizen, pictures=(picture,))) for _ in range(10)))
    assert len({report.reference for report in made}) == 1
    assert made[0].pictures == (picture,)
    assert len(await reports.open_reports()) == 1


@pytest.mark.parametrize(
    ("reason", "facts"),
    [
        ("not_taken", {"municipality": "bergen"}),
        ("not_taken", {"municipality": "uitgeest"}),
        ("text", {"text": "  "}),
        ("place", {"place": ReportPlace("  ")}),
        ("place", {"place": ReportPlace(None, 52.5, None)}),
        ("place", {"place": ReportPlace("ver weg", 40.4, -3.7)}),
        ("email", {"email": "mia bij example"}),
        ("phone", {"phone": "12"}),
    ],
)
async def test_what_cannot_be_taken_is_refused_with_the_reason(
    reports: Reports, citizen: UUID, reason: str, facts: dict[str, object]
) -> None:
    with pytest.raises(ReportRefused) as refused:
        await reports.hand_in("turn-1", draft(citizen, **facts))
    assert refused.value.reason == reason
    assert await reports.count_open() == 0


async def test_what_was_sent_waits_for_its_report(reports: Reports, citizen: UUID, time: Time) -> None:
    first = await reports.keep_picture(citizen, "a", photo())
    assert await reports.keep_picture(citizen, "a", photo()) == first
    time.passes(minutes=1)
    second = await reports.keep_picture(citizen, "b", photo())
    await reports.keep_place(citizen, 52.1, 4.5)
    await reports.keep_place(citizen, 52.5487, 4.6617)
    waiting = await reports.gathered(citizen)
    assert waiting.pictures == (first, second)
    assert waiting.place == ReportPlace(None, 52.5487, 4.6617)
    made = await reports.hand_in("turn-1", draft(citizen, pictures=waiting.pictures))
    assert made.pictures == (first, second)
    empty = await reports.gathered(citizen)
    assert (empty.pictures, empty.place) == ((), None)


async def test_after_a_day_what_was_sent_is_of_no_report(reports: Reports, citizen: UUID, time: Time) -> None:
    await reports.keep_picture(citizen, "a", photo())
    await reports.keep_place(citizen, 52.5487, 4.6617)
    time.passes(hours=25)
    waiting = await reports.gathered(citizen)
    assert (waiting.pictures, waiting.place) == ((), None)


async def test_more_pictures_than_the_municipality_wants_are_refused_also_at_once(reports: Reports, citizen: UUID) -> None:
    found = await asyncio.gather(*(reports.keep_picture(citizen, str(n), photo()) for n in range(5)), return_exceptions=True)
    refused = [item for item in found if isinstance(item, PictureRefused)]
    assert {item.reason for item in refused} == {"too_many"}
    assert len(found) - len(refused) == 2


async def test_somebody_elses_picture_is_not_taken_along(reports: Reports, citizen: UUID, database: Database) -> None:
    neighbour = await arrive(database)
    theirs = await reports.keep_picture(neighbour, "a", photo())
    made = await reports.hand_in("turn-1", draft(citizen, pictures=(theirs,)))
    assert made.pictures == ()
    assert (await reports.gathered(neighbour)).pictures == (theirs,)


async def test_a_picture_can_be_seen_only_once_it_is_in_a_report(reports: Reports, citizen: UUID) -> None:
    picture = await reports.keep_picture(citizen, "a", photo())
    with pytest.raises(ReportUnknown):
        await reports.picture(picture)
    await reports.hand_in("turn-1", draft(citizen, pictures=(picture,)))
    assert (await reports.picture(picture)).startswith(b"\xff\xd8")


async def test_a_place_abroad_is_not_kept(reports: Reports, citizen: UUID) -> None:
    with pytest.raises(ReportRefused):
        await reports.keep_place(citizen, 40.4, -3.7)


async def test_a_report_is_found_by_its_reference_and_in_its_own_conversation_without(
    reports: Reports, citizen: UUID, database: Database
) -> None:
    made = await reports.hand_in("turn-1", draft(citizen, email="mia@example.org"))
    typed = f"hoe staat het met {made.reference.lower().replace('-', ' ')}"
    assert await reports.find(typed, citizen) == made
    assert await reports.find("hoe staat het ermee", citizen) == made
    elsewhere = await arrive(database)
    assert await reports.find("hoe staat het ermee", elsewhere) is None
    assert await reports.find("M-222222", elsewhere) is None


async def test_from_another_conversation_nobody_reads_who_reported_what(reports: Reports, citizen: UUID, database: Database) -> None:
    made = await reports.hand_in("turn-1", draft(citizen, email="mia@example.org"))
    found = await reports.find(made.reference, await arrive(database))
    assert found is not None
    assert (found.reference, found.state, found.product) == (made.reference, "received", made.product)
    assert (found.text, found.email, found.place, found.pictures, found.conversation_id) == ("", None, ReportPlace(), (), None)


async def test_the_desk_sees_open_reports_of_its_municipalities_until_they_are_handled(
    reports: Reports, citizen: UUID, database: Database
) -> None:
    made = await reports.hand_in("turn-1", draft(citizen))
    await reports.hand_in("turn-2", draft(await arrive(database, "heiloo"), municipality="heiloo"))
    assert await reports.open_reports({"castricum"}) == (made,)
    assert (await reports.count_open(), await reports.count_open({"bergen"})) == (1, 0)
    assert (await reports.handled(made.id)).state == "handled"
    with pytest.raises(AlreadyHandled):
        await reports.handled(made.id)
    with pytest.raises(ReportUnknown):
        await reports.handled(uuid4())
    assert await reports.open_reports() == ()


async def test_how_the_list_stands_differs_whenever_anything_in_it_does(reports: Reports, citizen: UUID, time: Time) -> None:
    empty = await reports.standing()
    made = await reports.hand_in("turn-1", draft(citizen))
    one = await reports.standing()
    time.passes(days=8)
    late = await reports.standing()
    await reports.handled(made.id)
    assert [(standing.open, standing.overdue) for standing in (empty, one, late)] == [(0, 0), (1, 0), (1, 1)]
    assert len({empty.mark, one.mark, late.mark}) == 3
    assert await reports.standing() == empty
