from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import AMSTERDAM
from bot.text.dates import read
from bot.text.dutch import DAYS, MONTHS, day_in_words, moment_in_words

NOW = datetime(2026, 11, 22, 10, tzinfo=AMSTERDAM)
AHEAD = st.dates(min_value=NOW.date(), max_value=NOW.date() + timedelta(days=364))
ANY_TIME = st.times(min_value=time(7), max_value=time(20, 59)).map(lambda clock: clock.replace(second=0, microsecond=0))
WORDS = (
    *DAYS, *MONTHS, "morgen", "overmorgen", "volgende", "week", "komende", "deze", "om", "half", "kwart", "voor",
    "over",
    "na", "tussen", "en", "of", "niet", "behalve", "liefst", "3", "12", "31", "12e", "5-6", "14:30", "uur", "weken", "dagen",
    "eind", "begin",
    "maand", "in", "het", "weekend", "t/m", "tot", "vanaf", "de", "kerst", "'s middags", "ochtend", "een", "later",
    "€", "2027", "-", ",", ".", "naar", "verzetten",
)  # fmt: skip
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
WRITTEN = (
    lambda day: f"{day.day} {MONTHS[day.month - 1]}",
    lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{day.day} {MONTHS[day.month - 1][:3] if day.month != 3 else 'mrt'}",
    lambda day: f"{day:%d-%m-%Y}",
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day:%d-%m-%y}",
    lambda day: f"{day.isoformat()}",
    lambda day: f"op {day.day}-{day.month}",
    day_in_words,
    lambda day: f"ik wil graag {day_in_words(day)} langskomen voor 2 paspoorten",
)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_reading_never_fails_on_any_text(text):
    read(text, NOW)


@settings(max_examples=300, deadline=None)
@given(SENTENCES, st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2032, 1, 1)))  # noqa: DTZ001 - made aware below
def test_no_day_is_past_unless_the_text_says_so(text, now):
    now = now.replace(tzinfo=AMSTERDAM)
    for day in read(text, now).dates:
        assert day.past == (day.last is not None and day.last < now.date())
        assert not day.past or "2027" in text
        assert day.first >= now.date() or day.past or "2027" in text


@pytest.mark.parametrize("write", WRITTEN)
@settings(max_examples=25, deadline=None)
@given(day=AHEAD)
def test_a_date_reads_back_as_itself(write, day):
    reading = read(write(day), NOW)
    assert [(one.first, one.last) for one in reading.dates] == [(day, day)], write(day)
    assert not reading.ambiguous


@settings(max_examples=150, deadline=None)
@given(AHEAD, ANY_TIME)
def test_a_moment_in_words_reads_back_as_itself(day, clock):
    reading = read(moment_in_words(datetime.combine(day, clock, AMSTERDAM)), NOW)
    assert [one.first for one in reading.dates] == [day]
    assert [at.start for at in reading.times] == [clock]


@settings(max_examples=100, deadline=None)
@given(ANY_TIME, st.sampled_from(("{:%H:%M}", "om {:%H.%M} uur", "{:%H}u{:%M}", "{:%H:%M} uur")))
def test_a_clock_time_reads_back_as_itself(clock, form):
    assert [(at.start, at.end) for at in read(form.format(clock, clock), NOW).times] == [(clock, clock)]


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=100_000_000, max_value=999_999_999))
def test_a_telephone_number_or_bsn_is_no_date(number):
    assert read(f"mijn nummer is {number}", NOW).empty
    assert read(f"bel 0{number}", NOW).empty


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=1000, max_value=9999), st.sampled_from(("AB", "XZ", "KL", "DE")))
def test_a_postcode_is_no_date(digits, letters):
    assert read(f"ik woon in {digits} {letters}", NOW).dates == ()


def test_a_day_in_words_names_weekday_day_and_month():
    assert moment_in_words(datetime(2026, 3, 3, 14, 30, tzinfo=AMSTERDAM)) == "dinsdag 3 maart om 14.30 uur"
    assert day_in_words(date(2026, 3, 3)) == "dinsdag 3 maart"


@pytest.mark.parametrize("write", ["{} of {}", "{} en {}", "liever {}, anders {}"])
@settings(max_examples=40, deadline=None)
@given(one=AHEAD, other=AHEAD)
def test_two_dates_read_back_as_two(write, one, other):
    said = write.format(day_in_words(one), day_in_words(other))
    assert {day.first for day in read(said, NOW).dates} == {one, other}, said


@settings(max_examples=60, deadline=None)
@given(AHEAD, ANY_TIME)
def test_a_refused_day_shuts_out_that_day_alone(day, clock):
    reading = read(f"niet op {day.day} {MONTHS[day.month - 1]}", NOW)
    assert not reading.fits(datetime.combine(day, clock, AMSTERDAM))
    assert reading.fits(datetime.combine(day + timedelta(days=1), clock, AMSTERDAM))


CHANGES = (datetime(2027, 3, 28, tzinfo=AMSTERDAM), datetime(2026, 10, 25, tzinfo=AMSTERDAM))
"""Days of 23 and of 25 hours."""


@pytest.mark.parametrize("change", CHANGES, ids=["forward", "back"])
@settings(max_examples=60, deadline=None)
@given(clock=ANY_TIME, before=st.integers(min_value=0, max_value=6), asked=st.times(min_value=time(0), max_value=time(23, 59)))
def test_a_change_of_the_clock_moves_no_day_and_no_hour(change, clock, before, asked):
    now = datetime.combine(change.date() - timedelta(days=before), asked, AMSTERDAM)
    reading = read(f"op {change.day} {MONTHS[change.month - 1]} om {clock:%H:%M}", now)
    assert [day.first for day in reading.dates] == [change.date()]
    assert [at.start for at in reading.times] == [clock]
    assert reading.fits(datetime.combine(change.date(), clock, AMSTERDAM))
    assert read("morgen", now).dates[0].first == now.date() + timedelta(days=1)
    assert read("over 7 dagen", now).dates[0].first == now.date() + timedelta(days=7)


@settings(max_examples=200, deadline=None)
@given(st.integers(min_value=1, max_value=31), st.sampled_from(MONTHS), st.integers(min_value=2026, max_value=2030))
def test_a_date_with_a_year_is_that_date_or_said_not_to_exist(day, name, year):
    reading = read(f"{day} {name} {year}", NOW)
    try:
        there = date(year, MONTHS.index(name) + 1, day)
    except ValueError:
        assert (reading.dates, reading.impossible) == ((), (f"{day} {name} {year}",))
    else:
        assert [one.first for one in reading.dates] == [there]
        assert not reading.impossible


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=300, max_size=600).map(" ".join))
def test_a_long_message_keeps_to_a_bounded_number_of_days(text):
    reading = read(text, NOW)
    assert len(reading.dates) + len(reading.times) + len(reading.excluded_dates) <= 200
