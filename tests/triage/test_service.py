"""The facts of a moment: the team that is there, the hours, the words said before, and a record without them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.handoff.agents import Agents
from bot.knowledge.library import Library
from bot.knowledge.loader import load_knowledge
from bot.model.conversation import Inbound
from bot.settings import ROOT
from bot.store import conversations, messages
from bot.triage.hours import is_open
from bot.triage.service import Moment, Triage

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
LIBRARY = Library(load_knowledge(ROOT / "knowledge"), lambda: MONDAY)


async def _moment(database: Any, *said: str) -> Moment:
    key = uuid4()
    async with database.transaction() as connection:
        await conversations.create(connection, key, "web", "castricum", None)
        for number, line in enumerate(said):
            await messages.add_inbound(connection, key, Inbound(f"k{number}", "c", text=line), line)
    return Moment(key, "m1", act="ask_person", zone="person", municipality="castricum")


def _triage(database: Any, now: datetime = MONDAY, **options: Any) -> Triage:
    return Triage(database, lambda: LIBRARY, lambda: now, **options)


async def _agent(database: Any, *skills: str) -> None:
    agents = Agents(database, lambda: LIBRARY, lambda: MONDAY)
    await agents.presence(await agents.add("Fatima", skills=frozenset(skills)), "available")


async def test_somebody_there_in_open_hours_is_a_chat(database: Any) -> None:
    await _agent(database)
    considered = await _triage(database).consider(await _moment(database))
    assert (considered.decision.route, considered.facts.agents) == ("live_chat", 1)


@pytest.mark.parametrize("hour", [7, 19])
async def test_outside_the_hours_there_is_no_chat(database: Any, hour: int) -> None:
    await _agent(database)
    considered = await _triage(database, MONDAY.replace(hour=hour)).consider(await _moment(database))
    assert considered.decision.route == "callback"


@pytest.mark.parametrize(("hour", "route"), [(10, "live_chat"), (19, "callback")])
async def test_where_people_sit_at_another_desk_only_the_hours_count(database: Any, hour: int, route: str) -> None:
    moment = replace(await _moment(database), channel="chatwoot")
    considered = await _triage(database, MONDAY.replace(hour=hour)).consider(moment)
    assert considered.decision.route == route


async def test_the_team_of_the_product_helps_when_it_is_there_and_else_the_contact_centre(database: Any) -> None:
    moment = replace(await _moment(database), product="wmo")
    await _agent(database, "algemeen")
    assert (await _triage(database).consider(moment)).facts.team == "algemeen"
    await _agent(database, "sociaal")
    assert (await _triage(database).consider(moment)).facts.team == "sociaal"


async def test_what_was_said_before_is_heard_and_not_kept(database: Any) -> None:
    moment = await _moment(database, "ik kan niet goed lezen", "wat kost een paspoort")
    considered = await _triage(database).consider(moment)
    assert considered.facts.signs == {"cannot_read"}
    async with database.transaction() as connection:
        kept = await connection.scalar(text("select t::text from triage_decision t"))
    assert "cannot_read" in kept
    assert "paspoort" not in kept


async def test_only_what_can_be_booked_is_offered(database: Any) -> None:
    def bookable(product: str | None, municipality: str) -> frozenset[str]:
        return frozenset({"terugbellen"}) if municipality == "castricum" else frozenset()

    triage = _triage(database, MONDAY.replace(hour=20), bookable=bookable)
    moment = await _moment(database)
    assert (await triage.consider(moment)).decision.route == "callback_at"
    assert (await triage.consider(replace(moment, municipality="heiloo"))).decision.route == "callback"


async def test_the_same_message_keeps_its_first_record(database: Any) -> None:
    moment = await _moment(database)
    for misses in range(3):
        await _triage(database).consider(replace(moment, misses=misses))
    async with database.transaction() as connection:
        assert await connection.scalar(text("select count(*) from triage_decision")) == 1


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (MONDAY.replace(hour=8, minute=29), False),
        (MONDAY.replace(hour=8, minute=30), True),
        (MONDAY.replace(hour=17), False),
        (MONDAY.replace(day=22), False),  # a Sunday
        (datetime(2026, 12, 25, 10, tzinfo=MONDAY.tzinfo), False),  # Christmas, a Friday
        (datetime(2027, 4, 27, 10, tzinfo=MONDAY.tzinfo), False),  # the King's birthday
    ],
)
def test_the_hours_of_the_chat_have_holidays(moment: datetime, expected: bool) -> None:
    assert is_open(LIBRARY.policy("castricum"), "burgerzaken", moment) is expected
