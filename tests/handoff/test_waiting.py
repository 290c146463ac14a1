"""Waiting: a place, and minutes that are honest or not given at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import text

from bot.handoff.waiting import FEWEST, expected_minutes, place_of
from tests.handoff.conftest import Office

TEN_MINUTES = [600.0] * FEWEST


@pytest.mark.parametrize(
    ("ahead", "slots", "free", "handling", "minutes"),
    [
        (0, 0, 0, TEN_MINUTES, None),  # nobody is there
        (0, 3, 1, [], 1),  # somebody is free now
        (0, 3, 0, TEN_MINUTES[:-1], None),  # too few to know
        (0, 2, 0, TEN_MINUTES, 5),  # a place comes free every five minutes
        (3, 2, 0, TEN_MINUTES, 20),
        (5, 1, 0, TEN_MINUTES, 60),
        (40, 1, 0, TEN_MINUTES, 420),
    ],
)
def test_a_guess_follows_from_real_handling_times(ahead: int, slots: int, free: int, handling: list[float], minutes: int | None) -> None:
    assert expected_minutes(ahead, slots, free, handling) == minutes


@given(
    ahead=some.integers(0, 200),
    slots=some.integers(1, 40),
    free=some.integers(0, 5),
    handling=some.lists(some.floats(1, 7200), min_size=FEWEST, max_size=30),
)
def test_who_stands_further_back_never_waits_shorter(ahead: int, slots: int, free: int, handling: list[float]) -> None:
    here, behind = (expected_minutes(place, slots, free, handling) for place in (ahead, ahead + 1))
    assert here is not None
    assert behind is not None
    assert 1 <= here <= behind


async def test_the_place_is_among_those_who_wait_for_the_same_team(office: Office) -> None:
    first = await office.waiting("sociaal")
    office.clock.move(seconds=5)
    await office.waiting()
    office.clock.move(seconds=5)
    second = await office.waiting("sociaal")
    async with office.database.transaction() as connection:
        places = [await place_of(connection, await office.holding(key), office.clock()) for key in (first, second)]
    assert [place.number for place in places] == [1, 2]
    assert {place.minutes for place in places} == {None}


async def test_what_colleagues_needed_lately_gives_the_minutes(office: Office) -> None:
    agent = await office.agent(most=1)
    for _ in range(FEWEST):
        conversation = await office.waiting()
        await office.desk.claim(agent, conversation)
        office.clock.move(minutes=6)
        await office.desk.close(agent, conversation, "answered")
    held, waiting = await office.waiting(), await office.waiting()
    await office.desk.claim(agent, held)
    async with office.database.transaction() as connection:
        place = await place_of(connection, await office.holding(waiting), office.clock())
        assert await connection.scalar(text("select count(*) from handoff where ending = 'closed'")) == FEWEST
    assert (place.number, place.minutes) == (1, 7)
