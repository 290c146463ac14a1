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
