from datetime import datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import AMSTERDAM
from bot.text.dates import offer, read, settled

NOW = datetime(2026, 11, 22, 10, tzinfo=AMSTERDAM)  # a Sunday
DIARY = {
    "11-23": "09:00 09:10 09:20 11:00 13:30 16:00",
    "11-24": "10:00 14:00 19:00",
    "11-26": "08:30 09:00 15:00",
    "11-27": "09:00",
    "11-30": "09:00 14:00",
    "12-01": "09:00 10:00 14:00",
    "12-03": "09:00 10:00 14:00",
    "12-04": "09:00 10:00 14:00",
}


def at(text):
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=AMSTERDAM)


FREE = [at(f"{day} {clock}") for day, clocks in DIARY.items() for clock in clocks.split()]


def short(moments):
    return " ".join(f"{moment:%m-%d/%H:%M}" for moment in moments)


FITS = {
    "zo snel mogelijk": "11-23/09:00 11-23/13:30 11-24/10:00 11-24/14:00 11-26/08:30",
    "maakt niet uit": "11-23/09:00 11-23/13:30 11-24/10:00 11-24/14:00 11-26/08:30",
    "": "11-23/09:00 11-23/13:30 11-24/10:00 11-24/14:00 11-26/08:30",
    "dinsdag": "11-24/10:00 11-24/14:00 11-24/19:00",
    "maandag": "11-23/09:00 11-23/09:20 11-23/11:00 11-23/13:30 11-23/16:00",
    "dinsdag om 10 uur": "11-24/10:00",
    "'s avonds": "11-24/19:00",
    "volgende week": "11-23/09:00 11-23/13:30 11-24/14:00 11-26/08:30 11-27/09:00",
    "volgende week, liefst dinsdag": "11-24/10:00 11-24/14:00 11-24/19:00 11-23/09:00 11-26/08:30",
    "niet op maandag": "11-24/10:00 11-24/14:00 11-26/08:30 11-26/15:00 11-27/09:00",
    "volgende week na 2 uur": "11-23/16:00 11-24/14:00 11-24/19:00 11-26/15:00",
    "rond 10 uur": "11-24/10:00 12-01/10:00 12-03/10:00 12-04/10:00",
    "dinsdag of donderdag": "11-24/10:00 11-24/14:00 11-24/19:00 11-26/08:30 11-26/15:00",
    "maandag om 11 of donderdag om 3": "11-23/11:00 11-26/15:00",
    "half 9": "11-26/08:30",
    "volgende vrijdag": "11-27/09:00",
    "over een week": "11-27/09:00 11-30/09:00 11-30/14:00 12-01/09:00 12-01/10:00",
    "ik heb gisteren gebeld, kan het dinsdag": "11-24/10:00 11-24/14:00 11-24/19:00",
    "op een ochtend in december": "12-01/09:00 12-01/10:00 12-03/09:00 12-03/10:00 12-04/09:00",
}


@pytest.mark.parametrize(("said", "slots"), FITS.items(), ids=FITS)
def test_what_fits_is_offered_best_first(said, slots):
    assert short(offer(read(said, NOW), FREE).slots) == slots


NEAR = {
    "dinsdag om 11 uur": ("time", "11-23/09:20 11-23/11:00 11-23/13:30 11-24/10:00 11-24/14:00"),
    "woensdag": ("day", "11-24/10:00 11-24/14:00 11-24/19:00 11-26/08:30 11-26/15:00"),
    "woensdag om 9 uur": ("day", "11-23/09:00 11-23/11:00 11-24/10:00 11-26/09:00 11-27/09:00"),
    "woensdag om 12 uur": ("both", "11-23/11:00 11-24/10:00 11-24/14:00 11-26/09:00 11-26/15:00"),
    "vrijdag 's middags": ("time", "11-24/14:00 11-26/09:00 11-26/15:00 11-27/09:00 11-30/14:00"),
    "3 december om half 11": ("time", "12-03/09:00 12-03/10:00 12-03/14:00 12-04/09:00 12-04/10:00"),
    "om 20:30": ("time", "11-23/16:00 11-24/14:00 11-24/19:00 11-26/15:00 11-30/14:00"),
    "in januari": ("day", "12-03/09:00 12-03/10:00 12-04/09:00 12-04/10:00 12-04/14:00"),
}


@pytest.mark.parametrize(("said", "obstacle", "near"), [(said, *rest) for said, rest in NEAR.items()], ids=NEAR)
def test_where_nothing_fits_the_nearest_are_offered_with_the_wish_in_the_way(said, obstacle, near):
    answer = offer(read(said, NOW), FREE)
    assert (answer.slots, answer.obstacle, short(answer.near)) == ((), obstacle, near)


def test_a_like_that_cannot_be_had_is_told_beside_what_can():
    answer = offer(read("liefst woensdag", NOW), FREE)
    assert answer.obstacle == "day"
    assert short(answer.slots) == "11-24/10:00 11-24/14:00 11-24/19:00 11-26/08:30 11-26/15:00"
    assert offer(read("liefst dinsdag", NOW), FREE).obstacle is None


def test_what_is_refused_is_offered_only_when_nothing_else_is_left():
    assert all(moment.weekday() != 0 for moment in offer(read("niet op maandag", NOW), FREE).slots)
    only_mondays = [moment for moment in FREE if moment.weekday() == 0]
    answer = offer(read("niet op maandag", NOW), only_mondays)
    assert answer.obstacle == "day"
    assert answer.near


def test_nothing_free_is_said_as_such():
    assert offer(read("dinsdag", NOW), []).obstacle == "full"


def test_the_rest_is_counted():
    assert offer(read("dinsdag of donderdag", NOW), FREE).more == 1
    assert offer(read("dinsdag", NOW), FREE).more == 0


SHOWN = [at("11-24 10:00"), at("11-26 08:30")]
LATER = {
    "later": "11-26/09:00 11-26/15:00 11-27/09:00 11-30/09:00 11-30/14:00",
    "eerder": "11-23/09:00 11-23/09:20 11-23/11:00 11-23/13:30 11-23/16:00",
    "later op de dag": "11-23/11:00 11-23/13:30 11-24/14:00 11-24/19:00 11-26/15:00",
    "een week later": "12-01/09:00 12-01/10:00 12-01/14:00 12-03/09:00 12-03/14:00",
    "later, op maandag": "11-23/09:00 11-23/09:20 11-23/11:00 11-23/13:30 11-23/16:00",
}


@pytest.mark.parametrize(("said", "slots"), LATER.items(), ids=LATER)
def test_later_is_later_than_what_is_shown(said, slots):
    assert short(offer(read(said, NOW), FREE, shown=SHOWN).slots) == slots


def test_an_hour_later_is_on_that_day():
    assert short(offer(read("een uur later", NOW), FREE, shown=[at("12-03 09:00")]).slots) == "12-03/10:00"


def test_later_on_the_same_day_keeps_to_that_day_first():
    assert short(offer(read("kan het later op de dag", NOW), FREE, shown=[at("11-24 10:00")]).slots[:2]) == "11-24/14:00 11-24/19:00"


def test_what_is_shown_comes_back_when_nothing_is_earlier():
    answer = offer(read("eerder", NOW), FREE, shown=[FREE[0], FREE[1]])
    assert (answer.slots, answer.obstacle, answer.near) == ((), "earlier", (FREE[0], FREE[1]))


def test_what_is_shown_is_not_offered_again():
    assert short(offer(read("dinsdag", NOW), FREE, shown=SHOWN).slots) == "11-24/14:00 11-24/19:00"


def test_the_diary_settles_a_question():
    friday = datetime(2026, 11, 27, 10, tzinfo=AMSTERDAM)
    reading = read("vrijdag", friday)
    assert reading.ambiguous
    assert not settled(reading, [at("12-04 09:00"), at("12-03 09:00")]).ambiguous
    assert settled(reading, [at("12-04 09:00"), at("12-03 09:00")]).dates == (reading.ambiguous[0].choices[1],)
    assert settled(reading, [at("11-27 14:00"), at("12-04 09:00")]) == reading
    assert settled(reading, []) == reading


def test_moments_in_another_zone_are_offered_on_a_dutch_clock():
    utc = datetime.fromisoformat("2026-11-24T09:00:00+00:00")
    assert short(offer(read("dinsdag om 10 uur", NOW), [utc]).slots) == "11-24/10:00"


SAID = st.sampled_from((*FITS, *NEAR, *LATER, "liefst 's middags", "niet voor 10 uur", "over 3 weken", "week 49", "behalve vrijdag"))
MOMENTS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(8 * 6, 19 * 6)).map(
        lambda pair: datetime.combine(NOW.date() + timedelta(days=pair[0]), time(pair[1] // 6, pair[1] % 6 * 10), AMSTERDAM)
    ),
    max_size=60,
    unique=True,
).map(sorted)


@settings(max_examples=300, deadline=None)
@given(SAID, MOMENTS, st.integers(1, 9))
def test_an_offer_has_no_empty_hands_nothing_twice_and_nothing_that_is_not_free(said, free, count):
    answer = offer(read(said, NOW), free, count=count)
    given_out = answer.slots + answer.near
    assert set(given_out) <= set(free)
    assert len(set(given_out)) == len(given_out) <= count
    assert bool(given_out) == bool(free)
    assert bool(answer.near) <= bool(answer.obstacle)
