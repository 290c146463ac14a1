from datetime import date, datetime, time
from pathlib import Path

import pytest
import yaml

from bot.clock import AMSTERDAM
from bot.text.dates import DateRange, Reading, TimeRange, read
from bot.text.dates.calendar import easter
from bot.text.dates.vacations import vacations_of

TABLES = sorted((Path(__file__).parent / "dates").glob("*.yml"))
SCHOOL = {
    "herfstvakantie": ((date(2026, 10, 10), date(2026, 10, 18)),),
    "kerstvakantie": ((date(2026, 12, 19), date(2027, 1, 3)),),
    "voorjaarsvakantie": ((date(2027, 2, 20), date(2027, 2, 28)),),
    "meivakantie": ((date(2027, 4, 24), date(2027, 5, 2)),),
    "zomervakantie": ((date(2027, 7, 10), date(2027, 8, 22)),),
}
WEEK = ("ma", "di", "wo", "do", "vr", "za", "zo")
NOW = datetime(2026, 11, 22, 10, tzinfo=AMSTERDAM)


def _short(value):
    """A value as the tables write it: 2026-11-24, 2026-11-24..2026-11-26/ma, 14:30, 09:00-12:00; ~ is about, ! is liked best."""
    signs = "~" * value.about + "!" * value.preferred
    if isinstance(value, DateRange):
        days = str(value.first) if value.first == value.last else f"{value.first}..{value.last or ''}"
        only = "/" + ",".join(WEEK[day] for day in value.weekdays) if value.weekdays else ""
        return days + only + signs + " past" * value.past
    if value.start == value.end:
        return f"{value.start:%H:%M}{signs}"
    return (f"{value.start:%H:%M}" if value.start else "") + "-" + (f"{value.end:%H:%M}" if value.end else "") + signs


def _told(reading):
    told = {
        "dates": [_short(day) for day in reading.dates],
        "times": [_short(at) for at in reading.times],
        "not_dates": [_short(day) for day in reading.excluded_dates],
        "not_times": [_short(at) for at in reading.excluded_times],
        "ask": [" | ".join(_short(choice) for choice in option.choices) for option in reading.ambiguous],
        "pairs": [f"{_short(day)} {_short(at)}" for day, at in reading.pairs],
        "direction": reading.direction,
        "step": reading.step and int(reading.step.total_seconds() // 60),
        "asap": reading.asap,
        "anything": reading.anything,
        "impossible": list(reading.impossible),
    }
    return {name: value for name, value in told.items() if value}


def _cases():
    for table in TABLES:
        content = yaml.safe_load(table.read_text("utf-8"))
        now = datetime.fromisoformat(content["now"]).replace(tzinfo=AMSTERDAM)
        for case in content["cases"]:
            yield pytest.param(now, case.pop("say"), case, id=f"{table.stem}: {case.get('say', '')}")


@pytest.mark.parametrize(("now", "said", "meant"), list(_cases()))
def test_a_text_is_read_as_people_mean_it(now, said, meant):
    assert _told(read(said, now, vacations=SCHOOL)) == meant


def test_there_are_hundreds_of_cases():
    assert len(list(_cases())) > 400


def test_opening_hours_settle_an_hour_that_could_be_two():
    assert _told(read("half 9", NOW)) == {"ask": ["08:30 | 20:30"]}
    assert _told(read("half 9", NOW, opens=time(8), closes=time(17))) == {"times": ["08:30"]}
    assert _told(read("half 9", NOW, opens=time(13), closes=time(21))) == {"times": ["20:30"]}


def test_a_slot_fits_what_was_said():
    reading = read("volgende week, niet op maandag, na 2 uur", NOW)
    assert reading.fits(datetime(2026, 11, 24, 14, 30, tzinfo=AMSTERDAM))
    assert not reading.fits(datetime(2026, 11, 24, 13, 30, tzinfo=AMSTERDAM))
    assert not reading.fits(datetime(2026, 11, 23, 14, 30, tzinfo=AMSTERDAM))
    assert not reading.fits(datetime(2026, 12, 1, 14, 30, tzinfo=AMSTERDAM))


def test_days_with_times_of_their_own_keep_them():
    reading = read("maandag om 10 uur of woensdag om 2 uur", NOW)
    assert reading.fits(datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM))
    assert not reading.fits(datetime(2026, 11, 23, 14, tzinfo=AMSTERDAM))


def test_about_a_time_leaves_half_an_hour_either_way():
    around = TimeRange(time(10), time(10), about=True)
    assert around.holds(time(9, 30))
    assert not around.holds(time(10, 31))


def test_a_moment_of_another_zone_is_read_on_a_dutch_clock():
    assert read("vandaag", datetime.fromisoformat("2026-11-22T23:30:00+00:00")).dates == (
        DateRange(date(2026, 11, 23), date(2026, 11, 23)),
    )


def test_a_text_without_a_moment_is_empty_and_not_past():
    reading = read("wat kost een paspoort?", NOW)
    assert reading.empty
    assert not reading.past
    assert reading == Reading()
    assert read("gisteren", NOW).past


def test_what_was_said_comes_along():
    assert read("Kan het dinsdag om half 3?", NOW).dates[0].said == "dinsdag"


@pytest.mark.parametrize(("year", "day"), [(2024, "03-31"), (2025, "04-20"), (2026, "04-05"), (2027, "03-28"), (2038, "04-25")])
def test_easter_is_on_the_day_the_churches_keep(year, day):
    assert easter(year) == date.fromisoformat(f"{year}-{day}")


def test_the_table_of_school_holidays_agrees_with_itself():
    for years in vacations_of(Path(__file__).parents[2] / "knowledge").values():
        assert all(first < last and (last - first).days < 60 for first, last in years)


def test_no_table_means_no_school_holidays(tmp_path):
    assert vacations_of(tmp_path) == {}
    assert read("kerstvakantie", NOW).dates == ()
