"""Reports about public space at the desk: the list, one of them, its pictures, handling, and the news of it."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from PIL import Image
from sqlalchemy import select

from bot.clock import local
from bot.desk import reports
from bot.model.report import Report, ReportDraft, ReportPlace
from bot.store.account_tables import audit
from tests.desk.conftest import Town
from tests.desk.test_live import page

HERE = ReportPlace("Dorpsstraat 12, voor de bakker", 52.5481, 4.6591)


def a_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    return out.getvalue()


async def reported(town: Town, text: str = "Er ligt een losse stoeptegel", pictures: int = 0, **other: Any) -> Report:
    conversation: UUID = await town.bench.conversation()
    kept = [await town.house.reports.keep_picture(conversation, f"p{number}", a_picture()) for number in range(pictures)]
    whole: dict[str, Any] = {"municipality": "castricum", "product": "melding-openbare-ruimte", "place": HERE, **other}
    return await town.house.reports.hand_in(str(uuid4()), ReportDraft(conversation, text=text, pictures=tuple(kept), **whole))


async def test_the_list_has_what_waits_and_nothing_of_who_sent_it(town: Town) -> None:
    desk = await town.agent()
    made = await reported(town, email="g.visser@example.nl", phone="0612345678", pictures=2)
    answer = await desk.get("/reports")
    assert "g.visser" not in answer.text
    assert "612345678" not in answer.text
    [row] = answer.json()["reports"]
    assert row == {
        "reference": made.reference,
        "municipality": "castricum",
        "municipality_name": "Castricum",
        "product": "melding-openbare-ruimte",
        "product_name": row["product_name"],
        "text": "Er ligt een losse stoeptegel",
        "place": {"words": "Dorpsstraat 12, voor de bakker", "latitude": 52.5481, "longitude": 4.6591},
        "pictures": 2,
        "state": "received",
        "promised_on": made.promised_on.isoformat(),
        "overdue": False,
        "created_at": row["created_at"],
        "elsewhere": None,
        "trouble": None,
    }
    assert row["created_at"].endswith(("+01:00", "+02:00"))


async def test_the_list_of_one_municipality_has_its_own(town: Town) -> None:
    desk = await town.agent()
    await reported(town)
    there = await reported(town, municipality="heiloo")
    found = (await desk.get("/reports", municipality="heiloo")).json()["reports"]
    assert [row["reference"] for row in found] == [there.reference]
    assert (await desk.get("/reports", municipality="atlantis")).json()["error"] == "unknown_municipality"


async def test_a_report_is_overdue_the_day_after_the_promised_one(town: Town) -> None:
    made = await reported(town)
    town.bench.clock.move(timedelta(days=(made.promised_on - local(made.created_at).date()).days))
    desk = await town.agent()
    assert (await desk.get(f"/reports/{made.reference}")).json()["overdue"] is False
    town.bench.clock.move(timedelta(days=1))
    later = await town.agent("piet@example.nl")
    assert (await later.get(f"/reports/{made.reference}")).json()["overdue"] is True


async def test_one_report_tells_everything_and_that_it_was_looked_at_is_kept(town: Town) -> None:
    desk = await town.agent()
    made = await reported(town, email="g.visser@example.nl", pictures=1)
    shown = (await desk.get(f"/reports/{made.reference.lower()}")).json()
    assert shown["email"] == "g.visser@example.nl"
    assert shown["conversation_id"] == str(made.conversation_id)
    assert shown["pictures"] == [str(key) for key in made.pictures]
    async with town.house.database.transaction() as connection:
        rows = list(await connection.execute(select(audit.c.event, audit.c.subject).order_by(audit.c.id)))
    assert tuple(rows[-1]) == ("report_looked_at", made.reference)


@pytest.mark.parametrize("reference", ["M-222222", "onzin", "TB-7K4M2P"])
async def test_a_report_that_is_not_there_is_told(town: Town, reference: str) -> None:
    desk = await town.agent()
    for answer in (await desk.get(f"/reports/{reference}"), await desk.post(f"/reports/{reference}/handled")):
        assert (answer.status_code, answer.json()["error"]) == (404, "unknown_report")


async def test_a_picture_is_only_a_picture_for_this_page_and_stays_on_no_disk(town: Town) -> None:
    desk = await town.agent()
    made = await reported(town, pictures=1)
    address = f"/reports/{made.reference}/pictures/{made.pictures[0]}"
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


async def test_a_picture_is_had_through_its_own_report_only(town: Town) -> None:
    desk = await town.agent()
    made, other = await reported(town, pictures=1), await reported(town)
    unclaimed = await town.house.reports.keep_picture(await town.bench.conversation(), "p", a_picture())
    for key in (made.pictures[0], unclaimed, "onzin"):
        assert (await desk.get(f"/reports/{other.reference}/pictures/{key}")).status_code == 404


async def test_a_handled_report_leaves_the_list_and_handling_it_twice_is_no_trouble(town: Town) -> None:
    desk, colleague = await town.agent(), await town.agent("piet@example.nl")
    made = await reported(town)
    assert (await desk.post(f"/reports/{made.reference}/handled")).status_code == 204
    assert (await colleague.post(f"/reports/{made.reference}/handled")).status_code == 204
    assert (await desk.get("/reports")).json() == {"reports": [], "more": False}
    assert (await desk.get(f"/reports/{made.reference}")).json()["state"] == "handled"
    async with town.house.database.transaction() as connection:
        query = select(audit.c.agent_id).where(audit.c.event == "report_handled")
        assert list(await connection.scalars(query)) == [desk.id]


async def test_an_open_page_hears_how_many_reports_wait(town: Town) -> None:
    desk = await town.agent()
    async with page(town, desk) as opened:
        before = opened.board["reports"]
        assert (before["open"], before["overdue"]) == (0, 0)
        made = await reported(town)
        await opened.until(lambda: opened.board["reports"]["open"] == 1)
        assert opened.board["reports"]["mark"] != before["mark"]
        await desk.post(f"/reports/{made.reference}/handled")
        await opened.until(lambda: opened.board["reports"] == before)


async def test_a_long_list_is_cut_and_says_so(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "_MOST", 2)
    desk = await town.agent()
    for _ in range(2):
        await reported(town)
    assert (await desk.get("/reports")).json()["more"] is False
    await reported(town)
    answer = (await desk.get("/reports")).json()
    assert (len(answer["reports"]), answer["more"]) == (2, True)


async def test_the_summary_of_a_conversation_names_its_reports(town: Town) -> None:
    desk = await town.agent()
    made = await reported(town)
    summary = (await desk.get(f"/conversations/{made.conversation_id}")).json()["summary"]
    assert summary["references"] == [made.reference]


async def test_a_report_that_is_in_no_trouble_is_not_passed_on_again(town: Town) -> None:
    desk = await town.agent()
    made = await reported(town)
    assert (await desk.post(f"/reports/{made.reference}/again")).status_code == 204
    assert await town.house.reports.report(made.id) == made
