from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import AMSTERDAM
from bot.text.choosing import Chosen, Several, Shown, Wish, pick
from bot.text.dates import DateRange, Reading, TimeRange

NOW = datetime(2026, 11, 22, 10, tzinfo=AMSTERDAM)  # a Sunday
PLACES = ("Bergen", "Uitgeest", "Castricum", "Heiloo")


def show(*moments):
    return [Shown(datetime.fromisoformat(f"2026-{moment}").replace(tzinfo=AMSTERDAM)) for moment in moments]


FIVE = show("11-24 09:15", "11-24 14:30", "11-25 10:00", "11-26 11:20", "12-01 15:00")
"""Tuesday, Tuesday, Wednesday, Thursday, and the Tuesday after that."""

ONE_IS_MEANT = {
    "de eerste": 0, "eerste": 0, "1": 0, "doe maar 1": 0, "optie 1": 0, "nummer een": 0, "de bovenste": 0, "1e graag": 0,
    "de eerste optie graag": 0, "2": 1, "De Tweede.": 1, "de 2e": 1, "twede": 1, "doe de tweede maar": 1, "keuze 2": 1, "#2": 1, "2️⃣": 1,
    "ik neem de tweede": 1, "tweede optie alstublieft": 1, "de derde": 2, "nr 3": 2, "nr. 3": 2, "die derde graag": 2, "4": 3, "vier": 3,
    "de vierde": 3, "laatste": 4, "de laatste graag": 4, "die onderste": 4, "doe de laaste": 4, "vijfde": 4, "de middelste": 2,
    "een na laatste": 3, "voorlaatste": 3, "10 uur": 2, "om 10": 2, "die van 10": 2, "10": 2, "tien": 2, "tien uur graag": 2, "10:00": 2,
    "10.00 uur": 2, "10u": 2, "die om kwart over 9": 0, "kwart over negen": 0, "9:15": 0, "9.15": 0, "half drie": 1, "half 3 graag": 1,
    "14:30": 1, "14.30u": 1, "3 uur": 4, "15 uur": 4, "om 11.20": 3, "11 uur": 3, "11:20": 3, "die van 11 uur": 3,
    "woensdag": 2, "die van woensdag": 2, "woe": 2, "woensdag graag": 2, "doe maar woesndag": 2, "donderdag is goed": 3, "do": 3,
    "die op donderdag": 3, "dinsdag 1 december": 4, "1 december": 4, "1 dec": 4, "dinsdag om kwart over 9": 0, "dinsdag kwart over 9": 0,
    "dinsdag half 3": 1, "dinsdag in de ochtend": 0, "25": 2, "de 25e": 2, "de 26e": 3, "25 november": 2, "25-11": 2, "26/11": 3,
    "26 nov graag": 3, "overmorgen om half 3": 1, "woensdagochtend": 2, "wo 10 uur": 2, "wo 10:00": 2,
    "woensdag 25 november om 10.00 uur": 2, "zo snel mogelijk": 0, "de vroegste": 0, "de eerste de beste": 0, "maakt niet uit": 0,
    "kies maar": 0, "allebei goed": 0, "alle tijden zijn goed": 0,
    "maakt me niks uit": 0, "zegt u het maar": 0, "laatste van dinsdag 24 november": 1, "de eerste op dinsdag": 0,
    "niet de eerste maar de tweede": 1, "de eerste niet, de tweede wel": 1, "nee, woensdag": 2, "nee liever donderdag": 3,
    "volgende week woensdag": 2, "over twee dagen om 14:30": 1, "rond een uur of 11": 3, "na 3 uur": 4, "tussen 10 en 11 op woensdag": 2,
    "voor half 10": 0, "ik kan pas vanaf 3 uur": 4, "in december": 4, "over 9 dagen": 4, "vroeg": 0,
    "dan kies ik voor woensdag 25 november": 2, "ja de tweede": 1, "ja woensdag": 2, "prima, 10 uur": 2, "ok doe maar 10 uur": 2,
    "ik wil graag om 10 uur komen": 2, "kan ik woensdag komen": 2, "dan woensdag maar": 2,
}  # fmt: skip

ASKED = {
    "dinsdag": (0, 1, 4),
    "di": (0, 1, 4),
    "dinsdag 24 november": (0, 1),
    "de 24e": (0, 1),
    "'s ochtends": (0, 2, 3),
    "in de middag": (1, 4),
    "de eerste of de tweede": (0, 1),
    "woensdag of donderdag": (2, 3),
    "3": (2, 4),
    "ja": (0, 1, 2, 3, 4),
    "optie 7": (0, 1, 2, 3, 4),
    "de eerste twee": (0, 1),
    "een van de laatste twee": (3, 4),
    "prima": (0, 1, 2, 3, 4),
    "dinsdag niet": (2, 3),
    "niet op dinsdag": (2, 3),
    "niet de eerste": (1, 2, 3, 4),
    "donderdag kan ik niet": (0, 1, 2, 4),
    "die van dinsdagmiddag": (1, 4),
}

OTHERS = (
    "nee", "nee.", "geen van deze", "geen van allen", "geen van die", "iets anders", "een ander moment", "andere opties", "meer tijden",
    "zijn er nog meer tijden", "die passen allemaal niet", "dat komt niet uit", "past niet", "lukt me niet", "deze tijden kan ik niet",
    "heeft u nog andere mogelijkheden", "kan ik niet", "nee dat lukt niet", "geen enkele", "nog meer",
)  # fmt: skip

NOTHING = (
    "wat moet ik meenemen?", "hoeveel kost een paspoort?", "waar is het gemeentehuis?", "hallo", "mijn naam is Jan", "wat kost 1 paspoort",
    "moet mijn kind mee?", "bedankt", "hoe lang duurt dat?",
    "dank u wel voor de informatie over de hond", "ik wil iemand spreken", "het is de eerste keer dat ik kom", "",
)  # fmt: skip


@pytest.mark.parametrize(("said", "at"), ONE_IS_MEANT.items(), ids=ONE_IS_MEANT)
def test_one_of_five_is_meant(said, at):
    assert pick(said, FIVE, NOW) == Chosen(at)


@pytest.mark.parametrize(("said", "at"), ASKED.items(), ids=ASKED)
def test_what_may_be_more_than_one_is_asked(said, at):
    assert pick(said, FIVE, NOW) == Several(at)


@pytest.mark.parametrize("said", OTHERS)
def test_a_refusal_asks_for_others(said):
    assert pick(said, FIVE, NOW) == Wish(Reading(), others=True)


@pytest.mark.parametrize("said", NOTHING)
def test_what_is_not_about_choosing_is_left_to_others(said):
    assert pick(said, FIVE, NOW, places=PLACES) is None


THREE = show("11-24 09:00", "11-25 13:40", "11-26 16:10")
"""Tuesday to Thursday, as the appointment conversation shows them; said on the Monday before."""

SAID_OF_THREE = {
    "die eerste graag": 0,
    "doe die eerste maar": 0,
    "de eerste is prima": 0,
    "eerste optie": 0,
    "morgen is goed": 0,
    "morgen": 0,
    "morgenochtend": 0,
    "overmorgen": 1,
    "dinsdag 9 uur": 0,
    "dinsdag om negen uur graag": 0,
    "24 november 9.00": 0,
    "9.00": 0,
    "om 9": 0,
    "9": 0,
    "negen": 0,
    "de middelste": 1,
    "woensdag": 1,
    "wo": 1,
    "die van 13.40": 1,
    "13:40": 1,
    "1340": 1,
    "tien over half twee": 1,
    "20 voor 2": 1,
    "die woensdag": 1,
    "woensdagmiddag": 1,
    "wo middag": 1,
    "2": 1,
    "twee": 1,
    "tweede": 1,
    "nr 2": 1,
    "optie twee": 1,
    "de laatste": 2,
    "donderdag": 2,
    "donderdagmiddag": 2,
    "10 over 4": 2,
    "16.10 uur": 2,
    "16:10": 2,
    "de 26e": 2,
    "26 nov": 2,
    "3": 2,
    "3e": 2,
    "derde optie": 2,
    "do 16:10": 2,
    "om 10 over vier op donderdag": 2,
    "laatste tijd": 2,
    "in de ochtend": 0,
    "'s morgens": 0,
    "liever smorgens": 0,
    "na 3 uur": 2,
    "zo vroeg mogelijk": 0,
    "zo laat mogelijk": 2,
    "'s middags": (1, 2),
    "niet morgen": (1, 2),
    "morgen kan ik niet": (1, 2),
    "niet dinsdag": (1, 2),
    "de eerste twee": (0, 1),
    "deze": (0, 1, 2),
    "ja die": (0, 1, 2),
    "ja doe maar": (0, 1, 2),
    "oke": (0, 1, 2),
    "nee": "others",
    "nee geen van drieen": "others",
    "geen van deze tijden": "others",
    "kan niet": "others",
    "ik kan geen van deze": "others",
    "heeft u ook andere tijden?": "others",
    "andere tijden": "others",
    "niet 1 van deze": "others",
    "wat heeft u nog meer?": "others",
    "iets anders graag": "others",
    "heb je nog meer opties": "others",
    "die zijn allemaal niet handig": "others",
    "dat lukt allemaal niet": "others",
    "komt niet goed uit": "others",
    "daar kan ik niet": "others",
    "helaas niet": "others",
    "dat wordt lastig": "others",
    "kwart voor twee": "wish",
    "vrijdag": "wish",
    "heeft u vrijdag ook?": "wish",
    "volgende week": "wish",
    "liever volgende week": "wish",
    "kan het ook 's avonds": "wish",
    "later in de week": "wish",
    "eerder": "wish",
    "kan het ook eerder op de dag": "wish",
    "een dag later": "wish",
    "dinsdag maar dan later": "wish",
    "woensdag maar dan eerder": "wish",
    "dinsdag om 11 uur": "wish",
    "over twee weken": "wish",
    "in december": "wish",
    "dinsdagmiddag": "wish",
    "ook op maandag?": "wish",
    "na 5 uur": "wish",
    "kan vandaag ook": "wish",
    "iets later": "wish",
    "donderdag maar dan in de ochtend": "wish",
    "andere week": "wish",
    "een andere dag": "wish",
    "op zaterdag?": "wish",
    "liever in Heiloo": "wish",
    "kan dat ook in uitgeest": "wish",
    "wat moet ik meenemen": None,
    "hoe lang duurt dat?": None,
    "moet ik zelf komen?": None,
    "ik heb nog een vraag": None,
    "help": None,
    "waar is dat?": None,
    "wat kost het": None,
    "ik wil iemand spreken": None,
    "stop maar": None,
    "hoi": None,
    "bedankt": None,
}


def told(picked):
    if isinstance(picked, Wish):
        return "others" if picked.others else "wish"
    return picked and picked.at


@pytest.mark.parametrize(("said", "meant"), SAID_OF_THREE.items(), ids=SAID_OF_THREE)
def test_what_is_said_of_three_moments(said, meant):
    monday = datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM)
    assert told(pick(said, THREE, monday, places=("Heiloo", "Uitgeest"))) == meant


def reading_of(said, **options):
    picked = pick(said, FIVE, NOW, **options)
    assert isinstance(picked, Wish)
    return picked.reading


@pytest.mark.parametrize("said", ["eerder", "liever eerder", "kan het eerder?", "iets eerder", "heeft u niets eerder"])
def test_earlier_is_a_wish(said):
    assert reading_of(said).direction == "earlier"


@pytest.mark.parametrize("said", ["later", "kan het ook later", "wat later graag", "een week later", "later op de dag", "een uurtje later"])
def test_later_is_a_wish(said):
    assert reading_of(said).direction == "later"


@pytest.mark.parametrize("said", ["andere dag", "een andere datum", "kan het op een andere dag", "nee een andere dag graag"])
def test_another_day_refuses_the_days_shown(said):
    refused = reading_of(said).excluded_dates
    assert all(any(day.holds(one.moment.date()) for day in refused) for one in FIVE)


def test_another_week_refuses_the_weeks_shown():
    assert [str(week.first) for week in reading_of("liever een andere week").excluded_dates] == ["2026-11-23", "2026-11-30"]


def test_another_time_stays_on_the_only_day_shown():
    picked = pick("een andere tijd", FIVE[:2], NOW)
    assert picked.reading.dates == (DateRange(FIVE[0].moment.date(), FIVE[0].moment.date()),)
    assert pick("een andere tijd", FIVE, NOW) == Wish(Reading(), others=True)


@pytest.mark.parametrize("said", ["vrijdag", "liever vrijdag", "kan het vrijdag ook?", "nee, vrijdag graag"])
def test_a_day_that_is_not_shown_is_a_wish(said):
    assert [str(day.first) for day in reading_of(said).dates] == ["2026-11-27"]


def test_a_time_that_is_not_shown_is_a_wish():
    assert [at.start.hour for at in reading_of("dinsdag om 16 uur").times] == [16]
    assert reading_of("liever 's avonds").times[0].start.hour == 18
    assert reading_of("na half 4").times == (TimeRange(datetime(2026, 1, 1, 15, 30).time(), None),)  # noqa: DTZ001 - only its clock


@pytest.mark.parametrize(
    "said", ["liever in heiloo", "kan het ook in Heiloo?", "Heiloo", "niet in Castricum maar in Heiloo", "in heiloo graag"]
)
def test_another_place_is_a_wish(said):
    picked = pick(said, FIVE, NOW, places=PLACES)
    assert (picked.place, picked.reading.empty) == ("Heiloo", True)


def test_another_place_keeps_the_day_that_was_said():
    picked = pick("liever dinsdag in heiloo", FIVE, NOW, places=PLACES)
    assert picked.place == "Heiloo"
    assert [str(day.first) for day in picked.reading.dates] == ["2026-11-24"]


def test_a_place_that_is_shown_chooses_among_its_moments():
    both = [Shown(FIVE[0].moment, "Castricum"), Shown(FIVE[2].moment, "Heiloo"), Shown(FIVE[3].moment, "Heiloo")]
    assert pick("die in castricum", both, NOW) == Chosen(0)
    assert pick("heiloo", both, NOW) == Several((1, 2))
    assert pick("heiloo op donderdag", both, NOW) == Chosen(2)
    assert pick("de eerste in heiloo", both, NOW) == Chosen(1)
    assert pick("liever in bergen", both, NOW, places=PLACES).place == "Bergen"


@pytest.mark.parametrize(
    "said", ["ja", "ja graag", "prima", "is goed", "doe maar", "die graag", "oké", "akkoord", "👍🏻", "dat is goed", "top", "ja hoor"]
)
def test_yes_takes_the_only_one_shown(said):
    assert pick(said, FIVE[:1], NOW) == Chosen(0)


def test_a_day_that_may_be_today_is_the_one_that_is_shown():
    friday = datetime(2026, 11, 20, 9, tzinfo=AMSTERDAM)
    assert pick("vrijdag", show("11-26 10:00", "11-27 10:00"), friday) == Chosen(1)


def test_another_quarter_of_the_same_hour_is_a_wish():
    shown = show("11-24 13:40", "11-25 09:00")
    assert pick("tien over half twee", shown, NOW) == Chosen(0)
    assert isinstance(pick("kwart voor twee", shown, NOW), Wish)


def test_an_hour_is_the_one_that_is_shown():
    assert pick("half 9", show("11-24 08:30", "11-24 10:30"), NOW) == Chosen(0)
    assert pick("half 9", show("11-24 08:30", "11-24 20:30"), NOW) == Several((0, 1))
    assert pick("8 uur", show("11-24 18:00", "11-24 20:00"), NOW) == Chosen(1)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.integers(0, 5))
def test_choosing_never_fails_on_any_text(text, count):
    picked = pick(text, FIVE[:count], NOW, places=PLACES)
    assert not isinstance(picked, Chosen) or picked.at < count
