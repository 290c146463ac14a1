"""The appointment conversation: what is known is not asked, everything can be changed, and every failure has a way on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from actions.appointment_beginning import task_said
from actions.appointments import ActionBeginAppointment, ActionBeginCallback
from bot.appointments.errors import AppointmentRefused, BackendUnavailable, CustomerRefused, OutcomeUnknown, SlotTaken, TooManyTries
from bot.clock import AMSTERDAM, local
from bot.knowledge.library import Library
from bot.wiring import Services
from tests.actions.appointments import FakeAppointments, FakeNotices, Talk
from tests.actions.conftest import MONDAY, run, tracker

ASKS_PRICE = {"act": "ask", "zone": "answer", "aspect": "kosten", "product": "paspoort"}
TIMES = "utter_ask_appointment_time"
CHECK = "utter_ask_appointment_confirm_counter"


@pytest.fixture
def talk(given: Services) -> Talk:
    return Talk(given, {"municipality": "castricum"})


def calendar_of(talk: Talk) -> FakeAppointments:
    return talk.given.appointments  # type: ignore[return-value]


def notices_of(talk: Talk) -> FakeNotices:
    return talk.given.notices  # type: ignore[return-value]


async def to_summary(talk: Talk, text: str = "paspoort aanvragen dinsdag om 10 uur") -> list[str]:
    await talk.begin(text, product="paspoort")
    await talk.say("Jan de Vries")
    return await talk.say("jan@voorbeeld.nl")


async def booked(talk: Talk) -> None:
    await to_summary(talk)
    assert "utter_appointment_booked" in await talk.say("ja")


async def test_what_the_first_sentence_says_is_not_asked_again(talk: Talk) -> None:
    asked = await talk.begin("ik wil volgende week dinsdag een paspoort aanvragen in Heiloo", product="paspoort")
    assert asked == [TIMES]
    assert talk.value("place") == "gemeentehuis Heiloo"
    assert "dinsdag 1 december" in talk.value("times")


async def test_what_the_conversation_is_about_is_not_asked_again(talk: Talk) -> None:
    talk.slots["product"] = "paspoort"
    assert await talk.begin("ik wil een afspraak maken", product="afspraak") == ["utter_appointment_as_before", TIMES]
    assert talk.draft["products"] == {"paspoort": 1}


async def test_what_the_conversation_is_about_is_taken_also_when_the_message_names_nothing(talk: Talk) -> None:
    talk.slots["product"] = "paspoort"
    assert (await talk.begin("ik wil een afspraak maken"))[0] == "utter_appointment_as_before"


async def test_a_subject_without_appointments_is_no_reason_to_come(talk: Talk) -> None:
    talk.slots["product"] = "afvalkalender"
    assert await talk.begin("ik wil een afspraak maken", product="afspraak") == ["utter_ask_appointment_product"]


async def test_a_document_brought_home_is_an_option_of_its_appointment(talk: Talk) -> None:
    text = "ik wil een afspraak voor een paspoort en het graag thuis laten bezorgen"
    assert await talk.begin(text, product="reisdocument-bezorgen") == [TIMES]
    assert (talk.draft["products"], talk.draft["option"]) == ({"paspoort": 1}, "bezorgen")


async def test_with_the_times_goes_between_which_days_a_client_may_let_one_choose(talk: Talk) -> None:
    await talk.begin("ik wil een paspoort aanvragen", product="paspoort")
    meta = talk.messages[-1]["custom"]["meta"]
    assert (meta["input"], meta["first_day"]) == ("date", "2026-11-23")
    assert meta["last_day"] > meta["first_day"]


async def test_an_exact_moment_needs_no_choosing(talk: Talk) -> None:
    assert await talk.begin("paspoort, dinsdag om half elf", product="paspoort") == ["utter_ask_appointment_name"]
    assert local(datetime.fromisoformat(talk.draft["slot"][1])) == datetime(2026, 11, 24, 10, 30, tzinfo=AMSTERDAM)


async def test_the_whole_way_to_a_booking(talk: Talk) -> None:
    assert await talk.begin("ik wil een afspraak maken") == ["utter_ask_appointment_product"]
    assert await talk.say("voor mijn paspoort", product="paspoort", zone="answer") == [TIMES]
    assert await talk.say("de tweede") == ["utter_ask_appointment_name"]
    assert await talk.say("Fatima el Amrani") == ["utter_ask_appointment_contact"]
    assert await talk.say("06 12345678") == [CHECK]
    for part in ("gemeentehuis Castricum", "Paspoort", "Fatima el Amrani", "06 12345678"):
        assert part in talk.value("summary")
    assert await talk.say("ja klopt") == ["utter_appointment_booked", "utter_appointment_bring"]
    assert talk.value("reference") == "AF-7K4M2P"
    assert (talk.active, talk.slots["appointment"]) == (False, None)
    assert notices_of(talk).sent == [("arranged", 0)]
    assert calendar_of(talk).customers[0].last_name == "el Amrani"


async def test_several_products_make_one_appointment(talk: Talk) -> None:
    await talk.begin("paspoort voor mij en twee ID-kaarten voor de kinderen", product="paspoort")
    assert talk.draft["products"] == {"paspoort": 1, "reisdocument-kind": 2}


async def test_the_municipality_is_asked_when_it_is_not_known(given: Services) -> None:
    talk = Talk(given)
    assert await talk.begin("afspraak voor een paspoort", product="paspoort") == ["utter_ask_appointment_municipality"]
    assert await talk.say("ik woon in Limmen") == [TIMES]
    assert talk.slots["municipality"] == "castricum"


async def test_a_place_that_comes_before_what_it_is_for_is_kept(talk: Talk) -> None:
    await talk.begin("ik wil een afspraak maken")
    assert await talk.say("Heiloo") == ["utter_ask_appointment_product"]
    assert await talk.say("paspoort", product="paspoort", zone="answer") == [TIMES]
    assert talk.draft["place"] == "gemeentehuis-heiloo"


async def test_the_place_where_the_times_are_shown_is_no_riddle(talk: Talk) -> None:
    await talk.begin("afspraak voor een paspoort", product="paspoort")
    assert talk.draft["place"] == "gemeentehuis-castricum"
    assert await talk.say("Limmen") == [TIMES]


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("nee toch donderdag na vijven", "donderdag 26 november"),
        ("een uur later", "dinsdag 24 november om 11.00 uur"),
        ("liever volgende week", "30 november"),
    ],
)
async def test_the_time_can_be_changed_at_the_summary(talk: Talk, said: str, part: str) -> None:
    await to_summary(talk)
    await talk.say(said)
    assert part in talk.value("times") if talk.draft["step"] == "time" else part in talk.value("summary")


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("het zijn er drie", "(3 keer)"),
        ("mijn naam is Piet Bakker", "Piet Bakker"),
        ("nee, piet@voorbeeld.nl", "piet@voorbeeld.nl"),
        ("laat het maar thuis bezorgen", "Thuis laten bezorgen"),
        ("doe er ook een rijbewijs bij", "Rijbewijs verlengen"),
        ("ik bedoel eigenlijk een ID-kaart", "Identiteitskaart"),
    ],
)
async def test_every_other_part_can_be_changed_at_the_summary(talk: Talk, said: str, part: str) -> None:
    await to_summary(talk)
    assert await talk.say(said) == [CHECK]
    assert part in talk.value("summary")
    assert "dinsdag 24 november om 10.00 uur" in talk.value("summary").lower()


async def test_another_counter_is_asked_or_taken(talk: Talk) -> None:
    await to_summary(talk)
    assert await talk.say("ik wil een ander loket") == ["utter_ask_appointment_place"]
    assert await talk.press("Gemeentehuis Bergen") == ["utter_ask_appointment_name"] or talk.draft["place"] == "gemeentehuis-bergen"
    await talk.say("toch liever in Heiloo")
    assert talk.draft["place"] == "gemeentehuis-heiloo"


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("mijn naam is verkeerd", "utter_ask_appointment_name"),
        ("het e-mailadres klopt niet", "utter_ask_appointment_email"),
        ("de dag klopt niet", TIMES),
        ("nee", "utter_ask_appointment_change"),
    ],
)
async def test_what_is_said_to_be_wrong_is_asked_again(talk: Talk, said: str, question: str) -> None:
    await to_summary(talk)
    assert await talk.say(said) == [question]


@pytest.mark.parametrize("button", ["Dag of tijd", "Plaats", "Mijn gegevens", "Waarvoor ik kom"])
async def test_every_part_has_a_button_and_ends_at_the_summary_again(talk: Talk, button: str) -> None:
    await to_summary(talk)
    await talk.say("nee")
    await talk.press(button)
    answers = {"time": "de eerste", "place": "Heiloo", "name": "Piet Bakker", "contact": "piet@voorbeeld.nl", "product": "rijbewijs"}
    for _ in range(4):
        step = talk.draft["step"]
        if step == "confirm":
            break
        await talk.say(answers[step], product="rijbewijs-verlengen" if step == "product" else None, zone="answer")
    assert talk.draft["step"] == "confirm"


async def test_a_question_in_the_middle_is_answered_and_the_booking_goes_on(talk: Talk) -> None:
    await talk.begin("paspoort aanvragen", product="paspoort")
    before = talk.draft["shown"]
    said = await talk.say("wat kost dat eigenlijk?", **ASKS_PRICE)
    assert "maximum" in said[0]
    assert said[1] == TIMES
    assert talk.draft["shown"] == before
    assert await talk.say("de eerste") == ["utter_ask_appointment_name"]


async def test_what_was_asked_in_the_middle_is_what_the_next_question_leans_on_until_the_booking_goes_on(talk: Talk) -> None:
    await talk.begin("paspoort aanvragen", product="paspoort")
    await talk.say("hoe verleng ik mijn rijbewijs?", act="ask", zone="answer", aspect="aanvragen", product="rijbewijs-verlengen")
    assert talk.slots["product"] == "rijbewijs-verlengen"
    await talk.say("de eerste")
    assert talk.slots["product"] == "paspoort"


async def test_a_wish_put_as_a_question_is_a_wish(talk: Talk) -> None:
    await talk.begin("paspoort aanvragen", product="paspoort")
    assert await talk.say("kan het ook donderdag na vijven?", act="book", zone="answer") == [TIMES]
    assert "17" in talk.value("times")


@pytest.mark.parametrize("said", ["laat maar", "stop", "nee toch maar niet", "ik wil geen afspraak meer"])
async def test_it_can_be_stopped_at_any_question(talk: Talk, said: str) -> None:
    await to_summary(talk)
    assert await talk.say(said) == ["utter_appointment_stopped"]
    assert not talk.active
    assert calendar_of(talk).holds == {}


async def test_a_person_can_be_asked_for_at_any_question(talk: Talk) -> None:
    await to_summary(talk)
    said = await talk.say("ik wil een mens spreken", act="person", zone="person")
    assert said[0].startswith("utter_offer_person")
    assert not talk.active


async def test_a_call_back_instead_ends_in_its_own_form(talk: Talk) -> None:
    await to_summary(talk)
    await talk.choose("/request_callback")
    assert talk.followed == "callback_form"


async def test_two_messages_that_nobody_understands_bring_in_a_person(talk: Talk) -> None:
    await talk.begin("paspoort aanvragen", product="paspoort")
    assert (await talk.say("blurp"))[0] == "utter_appointment_not_understood"
    assert (await talk.say("blarp"))[0].startswith("utter_offer_person")
    assert talk.active


@pytest.mark.parametrize("button", ["Eerder", "Later", "Andere dag"])
async def test_other_times_are_offered_by_button(talk: Talk, button: str) -> None:
    await talk.begin("paspoort, volgende week woensdag", product="paspoort")
    first = talk.value("times")
    said = await talk.press(button)
    assert said[0].startswith(TIMES)
    assert talk.value("times") != first


async def test_a_day_without_room_is_said_and_the_nearest_times_are_offered(talk: Talk) -> None:
    assert await talk.begin("paspoort zaterdag", product="paspoort") == ["utter_ask_appointment_time_no_day"]


async def test_a_button_of_an_older_offer_still_works_when_the_time_is_free(talk: Talk) -> None:
    await talk.begin("paspoort aanvragen", product="paspoort")
    button = talk.messages[-1]["buttons"][0]["payload"]
    await talk.press("Later")
    assert await talk.choose(button) == ["utter_ask_appointment_name"]


async def test_a_slot_that_is_gone_is_told_and_others_are_offered(talk: Talk) -> None:
    await talk.begin("paspoort aanvragen", product="paspoort")
    first = datetime.fromisoformat(talk.draft["shown"][0][1])
    calendar_of(talk).taken.add(first)
    said = await talk.say("de eerste")
    assert said == ["utter_appointment_taken", TIMES]
    assert str(first.isoformat()) not in str(talk.draft["shown"])


async def test_who_chose_a_later_day_whose_time_is_gone_is_not_sent_back_to_the_first_days(talk: Talk) -> None:
    await talk.begin("paspoort aanvragen", product="paspoort")
    for _ in range(4):
        await talk.press("Later")
    chosen = datetime.fromisoformat(talk.draft["shown"][0][1])
    calendar_of(talk).taken.add(chosen)
    assert await talk.say("de eerste") == ["utter_appointment_taken", TIMES]
    shown = [datetime.fromisoformat(slot[1]) for slot in talk.draft["shown"]]
    assert chosen not in shown
    assert min(shown).date() >= chosen.date() > MONDAY.date()


async def test_losing_the_slot_at_the_last_moment_keeps_everything_else(talk: Talk) -> None:
    await to_summary(talk)
    calendar_of(talk).fails = SlotTaken("gone")
    calendar_of(talk).taken.add(datetime(2026, 11, 24, 10, 0, tzinfo=AMSTERDAM))
    assert (await talk.say("ja"))[0] == "utter_appointment_taken"
    assert talk.draft["facts"]["last_name"] == "de Vries"
    assert await talk.say("de eerste") == [CHECK]
    assert "utter_appointment_booked" in await talk.say("ja")


async def test_whoever_comes_back_tomorrow_gets_fresh_times_and_keeps_the_rest(given: Services, library: Library) -> None:
    now = [MONDAY]
    calendar = FakeAppointments(lambda: now[0])
    talk = Talk(replace(given, clock=lambda: now[0], appointments=calendar), {"municipality": "castricum"})  # type: ignore[arg-type]
    await talk.begin("paspoort aanvragen", product="paspoort")
    now[0] += timedelta(days=1)
    said = await talk.say("hallo", act="greet", zone="smalltalk")
    assert said == ["utter_appointment_greet", TIMES]
    assert all(datetime.fromisoformat(slot[1]) > now[0] for slot in talk.draft["shown"])


async def test_a_hold_that_ran_out_is_taken_again_when_the_time_is_still_free(given: Services) -> None:
    now = [MONDAY]
    calendar = FakeAppointments(lambda: now[0])
    talk = Talk(replace(given, clock=lambda: now[0], appointments=calendar), {"municipality": "castricum"})  # type: ignore[arg-type]
    await talk.begin("paspoort, donderdag om 10 uur", product="paspoort")
    now[0] += timedelta(minutes=30)
    assert await talk.say("Jan de Vries") == ["utter_ask_appointment_contact"]
    assert datetime.fromisoformat(talk.draft["hold_until"]) > now[0]


@pytest.mark.parametrize(
    ("error", "response"),
    [
        (BackendUnavailable("away"), "utter_appointment_away"),
        (OutcomeUnknown("?"), "utter_appointment_unsure"),
        (AppointmentRefused("no"), "utter_appointment_refused"),
    ],
)
async def test_a_calendar_that_fails_brings_in_a_person(talk: Talk, error: Exception, response: str) -> None:
    await to_summary(talk)
    calendar_of(talk).fails = error
    assert await talk.say("ja") == [response]
    assert "Bel mij terug" in [button["title"] for button in talk.messages[-1]["buttons"]]
    assert notices_of(talk).sent == []


async def test_a_calendar_that_is_away_from_the_start_brings_in_a_person(talk: Talk) -> None:
    calendar_of(talk).fails = BackendUnavailable("away")
    assert await talk.begin("paspoort aanvragen", product="paspoort") == ["utter_appointment_away"]
    assert not talk.active


async def test_a_fact_that_the_calendar_refuses_is_asked_again(talk: Talk) -> None:
    await to_summary(talk)
    calendar_of(talk).fails = CustomerRefused("email")
    assert await talk.say("ja") == ["utter_appointment_fact_refused", "utter_ask_appointment_email"]


async def test_a_visit_at_home_asks_only_what_it_needs(talk: Talk) -> None:
    assert await talk.begin("kan er iemand bij mij thuis langskomen", product=None) == [TIMES]
    await talk.say("de eerste")
    await talk.say("mevrouw Bakker")
    assert await talk.say("0251 661122") == ["utter_ask_appointment_address"]
    assert await talk.say("Dorpsstraat 12, 1901 AB Castricum") == ["utter_ask_appointment_note"]
    assert await talk.say("ik red het huishouden niet meer") == ["utter_ask_appointment_confirm"]
    assert "bij u thuis" in talk.value("summary")


async def test_a_wedding_asks_kind_notice_and_place(talk: Talk) -> None:
    assert await talk.begin("wij willen trouwen", product="huwelijk") == ["utter_ask_appointment_option"]
    assert await talk.press("Kosteloos") == ["utter_ask_appointment_notice"]
    assert await talk.press("Nog niet gemeld") == ["utter_ask_appointment_place"]
    assert await talk.press("Trouwzaal Heiloo") == [TIMES]
    await talk.say("de laatste")
    await talk.say("Anna Smit")
    assert await talk.say("anna@voorbeeld.nl") == ["utter_ask_appointment_phone"]


async def test_the_kind_is_asked_when_there_is_a_choice(talk: Talk) -> None:
    assert await talk.begin("afspraak over de wmo", product="wmo") == ["utter_ask_appointment_kind"]
    assert await talk.press("Videogesprek") == [TIMES]
    assert talk.value("place") == "videogesprek"


async def test_what_needs_no_counter_gets_a_call(talk: Talk) -> None:
    assert await talk.begin("afspraak over grofvuil", product="grofvuil") == ["utter_appointment_only_call"]
    assert await talk.press("Bel mij") == [TIMES]
    assert talk.draft["kind"] == "terugbellen"


async def test_a_booking_of_this_conversation_is_moved_without_a_second_fact(talk: Talk) -> None:
    await booked(talk)
    assert await talk.begin("ik wil mijn afspraak verzetten naar donderdag na vijven", "move_appointment") == [TIMES]
    await talk.say("de eerste")
    assert talk.value("old") == "dinsdag 24 november om 10.00 uur"
    assert (await talk.say("ja"))[0] == "utter_appointment_moved"
    assert notices_of(talk).sent == [("arranged", 0), ("arranged", 1)]


async def test_moving_that_fails_leaves_the_old_time(talk: Talk) -> None:
    await booked(talk)
    old = calendar_of(talk).bookings["AF-7K4M2P"].slot
    await talk.begin("mijn afspraak verzetten naar donderdag om 17 uur", "move_appointment")
    calendar_of(talk).fails = SlotTaken("gone")
    assert (await talk.say("ja"))[0] == "utter_appointment_taken"
    assert calendar_of(talk).bookings["AF-7K4M2P"].slot == old


async def test_cancelling_asks_first(talk: Talk) -> None:
    await booked(talk)
    assert await talk.begin("afspraak afzeggen", "cancel_appointment") == ["utter_ask_appointment_cancel"]
    assert await talk.say("nee") == ["utter_appointment_kept"]
    await talk.begin("afspraak afzeggen", "cancel_appointment")
    assert await talk.say("annuleren", intent="stop") == ["utter_appointment_cancelled"]
    assert notices_of(talk).sent[-1] == ("cancelled", 0)


async def test_elsewhere_the_code_needs_a_second_fact(talk: Talk, given: Services) -> None:
    await booked(talk)
    made = calendar_of(talk).bookings["AF-7K4M2P"]
    calendar_of(talk).bookings["AF-7K4M2P"] = replace(made, conversation_id=None)
    other = Talk(talk.given, {"municipality": "heiloo"})
    assert await other.begin("afspraak bekijken", "view_appointment") == ["utter_ask_appointment_code"]
    assert await other.say("AF-7K4M2P") == ["utter_ask_appointment_fact"]
    assert await other.say("Pietersen") == ["utter_appointment_no_match", "utter_ask_appointment_code"]
    await other.say("af 7k4m2p")
    assert await other.say("mijn naam is Jan de Vries") == ["utter_appointment_shown"]
    assert await other.press("Afzeggen") == ["utter_ask_appointment_cancel"]  # who proved to be its owner does so once


async def test_too_many_wrong_codes_end_with_a_person(talk: Talk) -> None:
    await talk.begin("afspraak AF-7K4M2P", "view_appointment")
    calendar_of(talk).fails = TooManyTries("wait")
    assert await talk.say("Jansen") == ["utter_appointment_too_many_tries"]
    assert "Bel mij terug" in [button["title"] for button in talk.messages[-1]["buttons"]]


async def test_a_cancelled_or_past_appointment_is_told_to_be_so(talk: Talk) -> None:
    await booked(talk)
    made = calendar_of(talk).bookings["AF-7K4M2P"]
    early = replace(made.slot, starts=MONDAY - timedelta(days=1))
    for changed, response in (
        (replace(made, slot=early), "utter_appointment_over"),
        (replace(made, status="unsure"), "utter_appointment_unsure"),
    ):
        calendar_of(talk).bookings["AF-7K4M2P"] = changed
        assert await talk.begin("afspraak verzetten AF-7K4M2P", "move_appointment") in ([response], ["utter_ask_appointment_fact"])


async def test_the_same_message_twice_is_taken_in_once(talk: Talk) -> None:
    await talk.begin("paspoort aanvragen", product="paspoort")
    draft: dict[str, Any] = dict(talk.draft)
    talk.count -= 1
    assert await talk.say("de eerste") == [TIMES]
    assert talk.draft == draft


async def test_a_draft_of_another_version_starts_afresh(talk: Talk) -> None:
    talk.slots["appointment"] = {"when": "?", "gone": 1}
    assert await talk.begin("paspoort aanvragen", product="paspoort") == [TIMES]


async def test_a_call_at_a_time_is_an_appointment_and_one_without_is_a_request(talk: Talk) -> None:
    planned = await talk._act(ActionBeginCallback(talk.given), talk._tracker("kunt u mij morgen om 10 uur bellen", "request_callback", {}))
    assert planned[-1]["name"] == "appointment_form"
    assert (talk.draft["kind"], talk.draft["products"]) == ("terugbellen", {"contact": 1})
    asked = await talk._act(ActionBeginCallback(talk.given), talk._tracker("bel mij zo snel mogelijk terug", "request_callback", {}))
    assert [event["name"] for event in asked] == ["callback_form"]


async def test_home_delivery_keeps_the_time_that_is_held_already(talk: Talk) -> None:
    await to_summary(talk)
    assert await talk.press("Thuis laten bezorgen") == [CHECK]
    assert "dinsdag 24 november om 10.00 uur" in talk.value("summary").lower()


@pytest.mark.parametrize(
    ("said", "task"),
    [("ik wil mijn afspraak afzeggen", "cancel"), ("kan mijn afspraak verzet worden", "move"), ("ik wil een afspraak", None)],
)
def test_an_appointment_that_is_there_is_meant_where_it_is_said(said: str, task: str | None) -> None:
    assert task_said(said) == task


async def test_a_day_that_no_calendar_has_is_said_to_be_none_and_times_are_offered(talk: Talk) -> None:
    assert await talk.begin("ik wil op 30 februari een paspoort aanvragen", product="paspoort") == ["30 februari bestaat niet.", TIMES]
    assert await talk.say("31 april dan") == ["31 april bestaat niet.", TIMES]
    assert await talk.say("later") == [TIMES]


async def test_a_day_that_is_over_is_said_to_be_over_and_times_are_offered(talk: Talk) -> None:
    assert await talk.begin("ik wil een paspoort aanvragen", product="paspoort") == [TIMES]
    assert await talk.say("gisteren om 10 uur") == ["Die dag is al geweest.", TIMES]


async def test_a_notice_of_marriage_lies_in_the_past_and_may(talk: Talk) -> None:
    await talk.begin("wij willen trouwen op het gemeentehuis van Castricum, met ceremonie", product="huwelijk")
    assert "Die dag is al geweest." not in await talk.say("op 2 november 2026")


CODE = "utter_ask_appointment_code"


@pytest.mark.parametrize("said", ["afspraak annuleren AF12345", "afspraak verzetten af-abc123"])
async def test_a_code_that_can_be_none_is_said_to_be_unknown(talk: Talk, said: str) -> None:
    assert await talk.begin(said, "cancel_appointment") == ["utter_appointment_code_unknown", CODE]
    assert await talk.say("AF-ABC123") == ["utter_appointment_code_unknown", CODE]
    assert await talk.say("AF-ABC12") == ["utter_appointment_code_unknown", CODE]
    assert await talk.say("AF-ABC123") == ["utter_appointment_unknown"]


async def test_an_appointment_that_was_cancelled_is_made_anew_instead_of_moved(talk: Talk) -> None:
    await booked(talk)
    await talk.begin("afspraak afzeggen", "cancel_appointment")
    await talk.press("Ja, zeg af")
    assert await talk.begin("verzetten naar vrijdag", "move_appointment") == [
        "utter_appointment_was_cancelled",
        "utter_ask_appointment_product",
    ]
    assert await talk.say("paspoort", product="paspoort", zone="answer", act="ask") == [TIMES]
    assert "vrijdag 27 november" in talk.value("times")


async def test_who_looks_at_a_cancelled_appointment_is_offered_a_new_one(talk: Talk) -> None:
    await booked(talk)
    made = calendar_of(talk).bookings["AF-7K4M2P"]
    calendar_of(talk).bookings["AF-7K4M2P"] = replace(made, status="cancelled", conversation_id=None)
    await talk.begin("AF-7K4M2P", "view_appointment")
    assert await talk.say("de Vries") == ["utter_appointment_was_cancelled"]
    assert [button["title"] for button in talk.messages[-1]["buttons"]] == ["Nieuwe afspraak", "Bel mij terug"]


@pytest.mark.parametrize(("zone", "follows"), [("answer", "ask_what"), ("ask", "nlu_fallback")])
async def test_something_else_where_the_code_is_asked_leaves_the_form(talk: Talk, zone: str, follows: str) -> None:
    await talk.begin("afspraak verzetten", "move_appointment")
    await talk.say("mijn paspoort dus", act="ask", zone=zone, product="paspoort", aspect="wat")
    assert (talk.active, talk.followed) == (False, follows)


async def test_a_question_about_the_code_leaves_nothing(talk: Talk) -> None:
    await talk.begin("afspraak verzetten", "move_appointment")
    await talk.say("waar vind ik die code", act="ask", zone="answer", product="afspraak", aspect="waar")
    assert talk.active


async def test_the_code_of_a_call_back_is_not_one_of_an_appointment(talk: Talk) -> None:
    await talk.begin("afspraak bekijken", "view_appointment")
    await talk.say("TB-2B89ES")
    assert talk.followed == "callback_status"


async def test_a_wish_is_no_surname(talk: Talk) -> None:
    await talk.begin("AF-7K4M2P", "view_appointment")
    assert (await talk.say("ik wil hem verzetten naar vrijdag"))[-1] == "utter_ask_appointment_fact"


@pytest.mark.parametrize(
    ("said", "products", "confidence", "misread"),
    [
        ("mijn paspoort dus", [["paspoort", 0.8]], 0.45, True),
        ("haal me van de lijst voor het paspoort", [["paspoort", 0.8]], 0.9, False),
        ("zeg mijn afspraak maar af", [["paspoort", 0.5]], 0.45, False),
        ("ik kan morgen toch niet", [["paspoort", 0.5]], 0.45, False),
        ("ik red het niet", [["paspoort", 0.05]], 0.45, False),
    ],
)
async def test_what_sounds_like_a_product_asks_for_no_code(
    given: Services, said: str, products: list[Any], confidence: float, misread: bool
) -> None:
    moment = tracker(said, "cancel_appointment", {"municipality": "castricum"}, products=products, confidence=confidence)
    assert ((await run(ActionBeginAppointment(given), moment)).followed == "nlu_fallback") is misread


async def test_what_is_faintly_about_the_appointment_and_names_a_product_leaves_the_form(talk: Talk) -> None:
    await talk.begin("afspraak verzetten", "move_appointment")
    await talk.say("mijn paspoort dus", act="cancel", zone="answer", product="paspoort", confidence=0.45)
    assert talk.followed == "ask_what"


@pytest.mark.parametrize("said", ["ik heb morgen om 10 uur een afspraak maar ik ben ziek", "de deur is dicht en ik heb een afspraak"])
async def test_who_has_an_appointment_wants_no_other_one(talk: Talk, said: str) -> None:
    assert await talk.begin(said) == [CODE]


async def test_who_needs_an_appointment_makes_one(talk: Talk) -> None:
    assert await talk.begin("ik heb een afspraak nodig voor een paspoort", product="paspoort") == [TIMES]


@pytest.mark.parametrize("said", ["Eerder", "Later"])
async def test_another_time_where_the_name_is_asked_goes_back_to_the_times(talk: Talk, said: str) -> None:
    await talk.begin("paspoort aanvragen", product="paspoort")
    buttons = [button for message in talk.messages for button in message["buttons"]]
    press = next(button["payload"] for button in buttons if button["title"] == said)
    assert await talk.choose(buttons[2]["payload"]) == ["utter_ask_appointment_name"]
    assert await talk.choose(press) == [TIMES]
    assert "slot" not in talk.draft


async def test_a_day_shows_its_times_and_takes_none(talk: Talk) -> None:
    await talk.begin("paspoort aanvragen", product="paspoort")
    assert talk.value("times").count("dinsdag") == 1
    assert await talk.say("dinsdag") == [TIMES]
    assert talk.value("times").count("dinsdag 24 november") > 1


async def test_spoed_takes_no_time(talk: Talk) -> None:
    await talk.begin("paspoort aanvragen", product="paspoort")
    assert await talk.say("spoed dan") == [TIMES]


@pytest.mark.parametrize("said", ["die dinsdag is goed", "de eerste", "dinsdag om 9 uur"])
async def test_who_points_at_a_time_takes_it(talk: Talk, said: str) -> None:
    await talk.begin("paspoort aanvragen", product="paspoort")
    assert await talk.say(said) == ["utter_ask_appointment_name"]


async def test_a_village_without_a_counter_is_told_where_the_counters_are(talk: Talk) -> None:
    assert await talk.begin("afspraak in limmen kan dat") == ["utter_appointment_no_counter_there", "utter_ask_appointment_product"]
    assert (talk.value("village"), talk.value("places")) == ("Limmen", "gemeentehuis Castricum")


@pytest.mark.parametrize("said", ["afspraak in castricum kan dat", "ik woon in de buurt van limmen, afspraak graag"])
async def test_where_there_is_a_counter_nothing_is_said_of_it(talk: Talk, said: str) -> None:
    assert await talk.begin(said) == ["utter_ask_appointment_product"]


@pytest.mark.parametrize(
    ("said", "response"),
    [
        ("wil een afspraak met de wethouder", "utter_appointment_with_board"),
        ("afspraak met een medewerker", "utter_ask_appointment_product"),
    ],
)
async def test_with_an_alderman_it_is_a_person_who_helps(talk: Talk, said: str, response: str) -> None:
    assert await talk.begin(said) == [response]


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("paspoort voor mij en mijn vrouw en 2 kinderen", 4),
        ("een afspraak voor een paspoort voor mij en 2 kinderen", 3),
        ("paspoort voor vier personen", 4),
        ("paspoort voor mij en mijn vrouw", 2),
        ("een paspoort, ik heb 2 kinderen", 1),
    ],
)
async def test_all_who_come_are_counted(talk: Talk, said: str, amount: int) -> None:
    await talk.begin(said, product="paspoort")
    assert talk.draft["products"] == {"paspoort": amount}


async def test_with_an_official_is_no_way_to_meet(talk: Talk) -> None:
    assert await talk.begin("afspraak over de wmo", product="wmo") == ["utter_ask_appointment_kind"]
    assert await talk.say("met een ambtenaar") == ["utter_appointment_with_official", "utter_ask_appointment_kind"]
    assert await talk.say("met een videogesprek") == [TIMES]


async def test_who_cancels_after_cancelling_means_another_appointment(talk: Talk) -> None:
    await booked(talk)
    await talk.begin("afspraak afzeggen", "cancel_appointment")
    await talk.press("Ja, zeg af")
    assert await talk.begin("mijn afspraak afzeggen", "cancel_appointment") == [CODE]
