"""The conversation about a report: what was said or sent is not asked, everything can be changed, and every end has a way on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from actions.agreeing import ActionAgree
from actions.answers import ActionAnswer
from actions.callback import ActionCallbackStatus
from actions.clarify import ActionClarify
from actions.municipality import ActionChooseMunicipality
from actions.reports import ActionLateReportChoice, ActionReport, ActionReportStatus
from bot.model.report import ReportPlace
from bot.wiring import Services
from tests.actions.conftest import run, tracker
from tests.actions.reports import CONVERSATION, FakeReports, ReportTalk, made

TILE = "er ligt een losse stoeptegel voor de bakker"
WHERE, PICTURE, CONTACT, CHECK = (f"utter_ask_report_{step}" for step in ("where", "picture", "contact", "confirm"))
BEGUN = "utter_report_begun"
LIMMEN = ReportPlace(None, 52.5686, 4.6980)
ASKS_PRICE = {"act": "ask", "zone": "answer", "aspect": "kosten", "product": "melding-openbare-ruimte"}


@pytest.fixture
def talk(given: Services) -> ReportTalk:
    return ReportTalk(given, {"municipality": "castricum"})


@pytest.fixture
def phone_talk(given: Services) -> ReportTalk:
    """Where pictures are taken."""
    talk = ReportTalk(given, {"municipality": "castricum", "channel": "whatsapp"})
    talk.reports.most = 3
    return talk


async def to_summary(talk: ReportTalk, text: str = "Losse tegel voor Dorpsstraat 10 in Castricum") -> list[str]:
    await talk.begin(text)
    return await talk.press("Ik blijf anoniem")


async def test_the_citizens_words_are_the_report_and_only_the_rest_is_asked(talk: ReportTalk) -> None:
    assert await talk.begin(TILE) == [BEGUN, WHERE]
    assert await talk.say("Dorpsstraat 10") == [CONTACT]
    assert await talk.say("jan@voorbeeld.nl") == [CHECK]
    assert talk.value("summary").splitlines() == [
        "- Wat: Er ligt een losse stoeptegel voor de bakker",
        "- Waar: Dorpsstraat 10 (gemeente Castricum)",
        "- Bericht: jan@voorbeeld.nl",
    ]
    assert await talk.say("ja klopt") == ["utter_report_made_reach"]
    assert (talk.value("reference"), talk.value("promised_on")) == ("M-7K4M2P", "maandag 30 november")
    assert talk.active is False
    assert talk.draft == {}


async def test_what_is_handed_in_is_what_was_read_back(talk: ReportTalk) -> None:
    await to_summary(talk)
    await talk.say("ja")
    draft = talk.reports.drafts[0]
    assert (draft.conversation_id, draft.municipality, draft.product) == (CONVERSATION, "castricum", "melding-openbare-ruimte")
    assert (draft.text, draft.place.words) == ("Losse tegel voor Dorpsstraat 10 in Castricum", "Dorpsstraat 10, Castricum")
    assert (draft.email, draft.phone, draft.pictures) == (None, None, ())


async def test_a_street_in_the_first_sentence_is_not_asked_again(talk: ReportTalk) -> None:
    assert await talk.begin("Lantaarnpaal voor Dorpsstraat 10 brandt niet", "straatverlichting") == [BEGUN, CONTACT]
    assert talk.messages[-1]["custom"]["meta"]["product"] == "straatverlichting"


async def test_everything_in_one_sentence_is_read_back_at_once(talk: ReportTalk) -> None:
    said = "ik wil een kapotte bank melden in de Dorpsstraat 10, mijn mail is jan@voorbeeld.nl"
    assert await talk.begin(said) == [BEGUN, CHECK]
    assert "Een kapotte bank in de Dorpsstraat 10" in talk.value("summary")


async def test_without_words_about_what_that_is_asked_first(talk: ReportTalk) -> None:
    assert await talk.begin("ik wil een melding doen") == ["utter_ask_report_what"]
    assert await talk.say("gat in de weg op de Kerkweg 3") == [CONTACT]


async def test_who_says_only_where_is_still_asked_what(talk: ReportTalk) -> None:
    await talk.begin("ik wil een melding doen")
    assert await talk.say("Kerkweg 3") == ["utter_ask_report_what"]
    await talk.say("een losse tegel")
    assert (talk.draft["words"], talk.draft["text"]) == ("Kerkweg 3", "Een losse tegel")


async def test_an_insult_is_no_part_of_the_report(talk: ReportTalk) -> None:
    await to_summary(talk)
    assert await talk.say("rot op met je stomme melding", act="insult", zone="smalltalk") == ["utter_insult", CHECK]
    assert "stomme" not in talk.value("summary")


async def test_anonymous_is_never_asked_for_an_address(talk: ReportTalk) -> None:
    assert await talk.begin("ik wil anoniem melden dat er een hek omligt aan de Kerkweg 3") == [BEGUN, CHECK]
    assert "anoniem" in talk.value("summary")


@pytest.mark.parametrize("said", ["liever anoniem", "nee hoor", "hoeft niet", "anoniem", "nee dank u"])
async def test_who_wants_no_answer_is_anonymous(talk: ReportTalk, said: str) -> None:
    await talk.begin("gat in de weg, Kerkweg 3")
    assert await talk.say(said) == [CHECK]


@pytest.mark.parametrize("channel", ["web", "whatsapp", "chatwoot", "connector"])
async def test_a_picture_is_asked_on_every_channel_where_the_municipality_takes_them(phone_talk: ReportTalk, channel: str) -> None:
    phone_talk.slots["channel"] = channel
    assert await phone_talk.begin("gat in de weg, Kerkweg 3") == [BEGUN, PICTURE]
    assert phone_talk.messages[-1]["custom"]["meta"]["input"] == "picture"
    assert await phone_talk.press("Geen foto") == [CONTACT]


async def test_a_picture_is_not_asked_where_the_municipality_takes_none(talk: ReportTalk) -> None:
    assert await talk.begin("gat in de weg, Kerkweg 3") == [BEGUN, CONTACT]


@pytest.mark.parametrize("said", ["geen foto", "overslaan", "nee", "ik heb er geen foto van", "laat maar"])
async def test_a_picture_can_be_passed_over_in_words(phone_talk: ReportTalk, said: str) -> None:
    await phone_talk.begin("gat in de weg, Kerkweg 3")
    assert await phone_talk.say(said) == [CONTACT]


async def test_who_says_yes_may_send_it(phone_talk: ReportTalk) -> None:
    await phone_talk.begin("gat in de weg, Kerkweg 3")
    assert await phone_talk.say("ja") == ["utter_report_send_picture"]
    phone_talk.reports.pictures = (uuid4(),)
    assert await phone_talk.choose("/share_picture") == ["utter_report_picture_added", CONTACT]
    phone_talk.reports.pictures += (uuid4(),)
    assert await phone_talk.choose("/share_picture") == ["utter_report_picture_added", CONTACT]
    await phone_talk.press("Ik blijf anoniem")
    assert "Foto's: 2" in phone_talk.value("summary")


@pytest.mark.parametrize("said", ["foto", "zie foto", "dit dus", "kijk maar"])
async def test_words_beside_a_picture_that_say_no_more_are_no_wrong_answer(phone_talk: ReportTalk, said: str) -> None:
    await phone_talk.begin("gat in de weg, Kerkweg 3")
    phone_talk.reports.pictures = (uuid4(),)
    assert await phone_talk.say(said) == ["utter_report_picture_added", CONTACT]
    phone_talk.reports.pictures += (uuid4(),)
    assert await phone_talk.say(said) == ["utter_report_picture_added", CONTACT]


async def test_a_picture_first_begins_the_report(phone_talk: ReportTalk) -> None:
    phone_talk.reports.pictures = (uuid4(),)
    assert await phone_talk.choose("/share_picture") == ["utter_report_picture_goes_along", "utter_ask_report_what"]
    assert await phone_talk.say("er ligt glas op het fietspad") == [WHERE]
    assert await phone_talk.say("bij de school in Limmen") == [CONTACT]
    await phone_talk.say("nee")
    await phone_talk.press("Ja, dat klopt")
    assert phone_talk.reports.drafts[0].pictures == phone_talk.reports.pictures


async def test_a_shared_place_is_the_place_and_tells_the_municipality(given: Services) -> None:
    talk = ReportTalk(given, {"channel": "whatsapp"})
    talk.reports.place, talk.reports.most = LIMMEN, 3
    assert await talk.choose("/share_place") == ["utter_report_place_added", "utter_ask_report_what"]
    assert await talk.say("een omgevallen hek") == [PICTURE]
    assert talk.slots["municipality"] == "castricum"
    await talk.press("Geen foto")
    await talk.say("anoniem")
    assert "de locatie die u deelde (bij Limmen)" in talk.value("summary")
    await talk.say("ja")
    assert talk.reports.drafts[0].place.position == LIMMEN.position


async def test_a_place_shared_when_it_is_asked_is_the_answer(phone_talk: ReportTalk) -> None:
    await phone_talk.begin(TILE)
    phone_talk.reports.place = LIMMEN
    assert await phone_talk.choose("/share_place") == ["utter_report_place_added", PICTURE]


async def test_a_shared_place_that_is_corrected_in_words_does_not_come_back(phone_talk: ReportTalk) -> None:
    phone_talk.reports.place = LIMMEN
    await phone_talk.begin("gat in de weg")
    await phone_talk.press("Geen foto")
    await phone_talk.say("anoniem")
    await phone_talk.say("de plek klopt niet")
    assert await phone_talk.say("Kerkweg 3 in Limmen") == [CHECK]
    assert "Waar: Kerkweg 3 in Limmen" in phone_talk.value("summary")
    assert "locatie" not in phone_talk.value("summary")


async def test_the_municipality_is_asked_when_nothing_tells_it(given: Services) -> None:
    talk = ReportTalk(given)
    assert await talk.begin("gat in de weg, Kerkweg 3") == [BEGUN, "utter_ask_report_municipality"]
    assert await talk.press("Heiloo") == [CONTACT]
    assert talk.slots["municipality"] == "heiloo"


async def test_the_village_in_the_answer_tells_the_municipality(given: Services) -> None:
    talk = ReportTalk(given)
    await talk.begin(TILE)
    assert await talk.say("bij de kerk in Limmen") == [CONTACT]
    assert talk.draft["municipality"] == "castricum"


async def test_what_lies_in_another_municipality_goes_there(talk: ReportTalk) -> None:
    await talk.begin("gat in de weg in Heiloo op de Kerkweg 3")
    assert talk.draft["municipality"] == "heiloo"
    assert "municipality" not in talk.slots or talk.slots["municipality"] == "castricum"


async def test_a_municipality_that_takes_reports_elsewhere_gives_its_link(talk: ReportTalk) -> None:
    talk.reports.elsewhere = {"castricum"}
    assert "fixi.nl" in (await talk.begin(TILE))[0]
    assert talk.active is False
    assert "Melding doen" not in talk.titles


async def test_a_municipality_that_proves_to_take_them_elsewhere_gives_its_link(given: Services) -> None:
    talk = ReportTalk(given)
    talk.reports.elsewhere = {"castricum"}
    await talk.begin(TILE)
    said = await talk.say("Dorpsstraat 10 in Limmen")
    assert said[0] == "utter_report_elsewhere"
    assert "fixi.nl" in said[1]
    assert talk.active is False


@pytest.mark.parametrize("said", ["hier", "voor mijn deur", "geen idee", "bij ons in de straat"])
async def test_a_place_that_nobody_can_find_is_asked_with_help(talk: ReportTalk, said: str) -> None:
    await talk.begin(TILE)
    assert await talk.say(said) == ["utter_report_where_wrong", WHERE]
    assert await talk.say("tegenover de Albert Heijn") == [CONTACT]


async def test_two_answers_that_are_none_bring_a_person_and_the_question_stays(talk: ReportTalk) -> None:
    await talk.begin(TILE)
    await talk.say("geen idee")
    said = await talk.say("hier")
    assert said[0].startswith("utter_offer_person")
    assert said[-1] == WHERE


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("nee het is nummer 12", "Waar: Dorpsstraat 12"),
        ("het is op de Kerkweg 3", "Waar: Kerkweg 3"),
        ("nee, in de Kerkweg in Heiloo", "Waar: Kerkweg, Heiloo"),
        ("ik wil toch bericht op jan@voorbeeld.nl", "Bericht: jan@voorbeeld.nl"),
        ("bel maar 06 12345678", "Bericht: 06 12345678"),
        ("er steekt ook een ijzeren pen uit", "Er steekt ook een ijzeren pen uit"),
    ],
)
async def test_every_part_can_be_changed_at_the_summary(talk: ReportTalk, said: str, part: str) -> None:
    await to_summary(talk)
    assert (await talk.say(said))[-1] == CHECK
    assert part in talk.value("summary")


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("nee", "utter_ask_report_change"),
        ("de plek klopt niet", WHERE),
        ("het e-mailadres klopt niet", CONTACT),
        ("de omschrijving is niet goed", "utter_ask_report_what"),
    ],
)
async def test_what_is_said_to_be_wrong_is_asked_again(talk: ReportTalk, said: str, question: str) -> None:
    await to_summary(talk)
    assert await talk.say(said) == [question]


@pytest.mark.parametrize(("button", "answer"), [("Wat er is", "twee losse tegels"), ("De plek", "Kerkweg 3"), ("Mijn gegevens", "nee")])
async def test_every_part_has_a_button_and_ends_at_the_summary_again(talk: ReportTalk, button: str, answer: str) -> None:
    await to_summary(talk)
    await talk.say("nee")
    await talk.press(button)
    assert await talk.say(answer) == [CHECK]


async def test_a_picture_can_be_taken_back(phone_talk: ReportTalk) -> None:
    phone_talk.reports.pictures = (uuid4(),)
    await to_summary(phone_talk)
    assert "Foto's: 1" in phone_talk.value("summary")
    assert await phone_talk.say("nee, de foto moet weg") == [CHECK]
    assert "Foto" not in phone_talk.value("summary")
    await phone_talk.say("ja")
    assert phone_talk.reports.drafts[0].pictures == ()


@pytest.mark.parametrize("said", ["stop", "toch maar niet", "geen melding", "annuleren", "laat maar"])
async def test_it_can_be_stopped_at_any_question(talk: ReportTalk, said: str) -> None:
    await talk.begin(TILE)
    assert await talk.say(said) == ["utter_report_stopped"]
    assert talk.active is False
    assert talk.reports.drafts == []


async def test_the_button_stops_as_well(talk: ReportTalk) -> None:
    await to_summary(talk)
    await talk.press("Nee, dat klopt niet")
    assert await talk.press("Geen melding") == ["utter_report_stopped"]


async def test_a_question_in_the_middle_is_answered_and_the_open_one_comes_again(talk: ReportTalk) -> None:
    await talk.begin(TILE)
    said = await talk.say("wat kost dat?", **ASKS_PRICE)
    assert "gratis" in said[0]
    assert said[1:] == [WHERE]


async def test_what_is_asked_next_may_lean_on_what_was_asked_in_between(talk: ReportTalk) -> None:
    await talk.begin(TILE)
    await talk.say("en wat kost een paspoort?", act="ask", zone="answer", aspect="kosten", product="paspoort")
    assert talk.slots["product"] == "paspoort"
    await talk.say("Dorpsstraat 10")
    assert talk.slots["product"] == "melding-openbare-ruimte"


async def test_a_street_that_sounds_like_something_else_is_the_answer(talk: ReportTalk) -> None:
    await talk.begin(TILE)
    assert await talk.say("Raadhuisplein 4", act="ask", zone="answer", aspect="wat", product="openingstijden") == [CONTACT]


async def test_who_wants_a_person_gets_one(talk: ReportTalk) -> None:
    await talk.begin("gat in de weg, Kerkweg 3")
    assert (await talk.say("ik wil iemand spreken", act="person", zone="person"))[0].startswith("utter_offer_person")
    assert talk.active is False


async def test_a_number_to_call_is_no_wish_for_a_person(talk: ReportTalk) -> None:
    await talk.begin("gat in de weg, Kerkweg 3")
    assert await talk.say("bel mij maar op 06 12345678", act="person", zone="person") == [CHECK]


@pytest.mark.parametrize(
    "said",
    [
        "er hangt een losse stroomkabel uit de lantaarnpaal",
        "ik ruik een gaslucht op straat",
        "het wegdek is ingestort",
        "er mist een putdeksel op het fietspad",
        "een boom dreigt om te vallen",
    ],
)
async def test_danger_on_the_street_gets_the_number_to_call_and_is_taken_as_well(talk: ReportTalk, said: str) -> None:
    assert await talk.begin(said) == ["utter_report_hazard", WHERE]
    assert talk.messages[0]["phone"]
    assert await talk.say("Dorpsstraat 10, het is levensgevaarlijk") == [CONTACT]


async def test_who_must_stay_away_is_asked_for_no_picture(phone_talk: ReportTalk) -> None:
    await phone_talk.begin("losse stroomkabel op de Kerkweg 3")
    assert phone_talk.messages[-1]["response"] == CONTACT


async def test_danger_in_an_answer_is_heard_too(talk: ReportTalk) -> None:
    await talk.begin("lantaarnpaal kapot", "straatverlichting")
    assert await talk.say("Dorpsstraat 10, er hangen draden uit") == ["utter_report_hazard", CONTACT]


async def test_a_report_that_is_refused_after_all_has_a_way_on(talk: ReportTalk) -> None:
    await to_summary(talk)
    talk.reports.refuses = True
    assert await talk.say("ja") == ["utter_report_failed"]
    assert talk.titles == ["Medewerker spreken"]


@pytest.mark.parametrize("step", range(3))
async def test_a_greeting_the_next_day_goes_on_where_it_was(talk: ReportTalk, step: int) -> None:
    await talk.begin(TILE)
    for said in ("Dorpsstraat 10", "anoniem")[:step]:
        await talk.say(said)
    question = talk.messages[-1]["response"]
    assert await talk.say("goedemorgen", act="greet", zone="smalltalk") == ["utter_report_greet", question]


@pytest.mark.parametrize(
    ("button", "followed"),
    [("/request_callback", "action_begin_callback"), ("/book_appointment", "action_begin_appointment")],
)
async def test_a_button_for_something_else_ends_the_questions(talk: ReportTalk, button: str, followed: str) -> None:
    await talk.begin(TILE)
    await talk.choose(button)
    assert (talk.active, talk.followed) == (False, followed)


async def test_where_the_answer_goes_first_reporting_is_a_press_away(talk: ReportTalk) -> None:
    said = await talk.begin("de put op straat loopt over", "riool")
    assert "telefoon" not in said[0]
    assert talk.active is False
    assert await talk.press("Melding doen") == [BEGUN, WHERE]
    assert (talk.draft["product"], talk.draft["text"]) == ("riool", "De put op straat loopt over")


async def test_a_question_that_sounds_like_a_report_is_answered_first(talk: ReportTalk) -> None:
    await talk.begin("wie haalt het onkruid weg op de stoep", "groenonderhoud")
    assert (talk.active, "Melding doen" in talk.titles) == (False, True)


async def test_what_is_no_matter_of_the_street_is_answered_as_before(talk: ReportTalk) -> None:
    await talk.begin("mijn buren maken lawaai", "overlast")
    assert talk.active is False
    assert "Melding doen" not in talk.titles


async def test_a_button_without_a_subject_reports_about_the_street(talk: ReportTalk) -> None:
    talk.slots["product"] = "paspoort"
    assert await talk.choose("/report_problem") == ["utter_ask_report_what"]
    assert talk.slots["product"] == "melding-openbare-ruimte"


async def test_what_was_told_before_the_wish_is_the_report(talk: ReportTalk) -> None:
    await talk.begin("er ligt hondenpoep voor de school", "honden")
    assert await talk.begin("ik wil dat melden") == [BEGUN, WHERE]
    assert (talk.draft["product"], talk.draft["text"]) == ("honden", "Er ligt hondenpoep voor de school")


async def test_what_is_in_a_report_already_is_not_reported_again(talk: ReportTalk) -> None:
    await to_summary(talk)
    await talk.say("ja")
    assert await talk.begin("ik wil nog een melding doen") == ["utter_ask_report_what"]


async def test_another_question_in_the_same_message_is_answered_first(talk: ReportTalk) -> None:
    also = [{"intent": "ask_costs", "product": "paspoort", "aspect": "kosten"}]
    said = await talk.begin(TILE, also=also)
    assert said[1:] == [BEGUN, WHERE]
    assert "paspoort" in said[0].lower()


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("ik wil een melding doen", True),
        ("er ligt een tegel los in onze straat, waar kan ik dat melden?", True),
        ("hoe meld ik een losse stoeptegel", False),
        ("wat kan ik allemaal melden", False),
    ],
)
async def test_a_question_about_reporting_begins_one_or_offers_it(given: Services, text: str, begins: bool) -> None:
    moment = tracker(text, "ask_how", {"municipality": "castricum"}, product="melding-openbare-ruimte", aspect="aanvragen", zone="answer")
    said = await run(ActionAnswer(given), moment)
    assert (said.followed == "action_report") is begins
    assert begins or said.titles[0] == "Melding doen"


async def test_where_reports_are_taken_elsewhere_none_is_offered(given: Services) -> None:
    given.reports.elsewhere = {"castricum"}  # type: ignore[attr-defined]
    moment = tracker("hoe meld ik dat", "ask_how", {"municipality": "castricum"}, product="straatverlichting", aspect="aanvragen")
    assert "Melding doen" not in (await run(ActionAnswer(given), moment)).titles


def reports_of(given: Services) -> FakeReports:
    return given.reports  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("changes", "response", "titles"),
    [
        ({}, "utter_report_received", []),
        ({"state": "passed_on"}, "utter_report_passed_on", []),
        ({"promised_on": date(2026, 11, 20)}, "utter_report_overdue", ["Medewerker spreken"]),
        ({"state": "handled", "promised_on": date(2026, 11, 20)}, "utter_report_handled", ["Melding doen"]),
    ],
)
async def test_how_a_report_stands(given: Services, changes: dict[str, Any], response: str, titles: list[str]) -> None:
    reports_of(given).has(replace(made(), **changes))
    said = await run(ActionReportStatus(given), tracker("hoe staat het met m 7k4m2p", "report_status"))
    assert (said.response, said.titles) == (response, titles)


async def test_an_unknown_number_has_a_way_on(given: Services) -> None:
    said = await run(ActionReportStatus(given), tracker("hoe staat het met M-222222", "report_status"))
    assert (said.response, said.titles) == ("utter_report_unknown", ["Melding doen", "Medewerker spreken"])


@pytest.mark.parametrize("action", [ActionAnswer, ActionCallbackStatus])
async def test_without_a_number_it_is_the_report_of_this_conversation(given: Services, action: Any) -> None:
    reports_of(given).has(made())
    moment = tracker("hoe staat het met mijn melding", "ask_status", product="melding-openbare-ruimte", aspect="status")
    said = await run(action(given), moment)
    assert said.response == "utter_report_received"


async def test_a_question_about_a_report_while_another_is_made_keeps_that(talk: ReportTalk) -> None:
    talk.reports.has(made())
    await talk.begin(TILE)
    assert await talk.say("hoe staat het met M-7K4M2P?") == ["utter_report_received", WHERE]


async def test_a_late_button_says_so(given: Services) -> None:
    said = await run(ActionLateReportChoice(given), tracker("/choose_report", "choose_report"))
    assert (said.response, said.titles) == ("utter_report_late_choice", ["Melding doen"])


async def test_a_report_in_another_form_is_answered_without_questions(given: Services) -> None:
    moment = tracker(TILE, "report_problem", {"municipality": "castricum"}, loop="callback_form", product="melding-openbare-ruimte")
    said = await run(ActionReport(given), moment)
    assert (said.followed, said.titles) == (None, [])


async def test_a_draft_survives_being_kept(talk: ReportTalk) -> None:
    talk.reports.pictures = (UUID(int=1),)
    talk.reports.place = LIMMEN
    await talk.begin(TILE)
    assert talk.draft["pictures"] == [str(UUID(int=1))]
    assert (talk.draft["latitude"], talk.draft["step"]) == (LIMMEN.latitude, "contact")


@pytest.mark.parametrize("said", ["wie beslist dat", "wie bel ik dan", "hoe lang duurt dat"])
async def test_a_question_is_no_place(talk: ReportTalk, said: str) -> None:
    await talk.begin(TILE)
    assert WHERE in await talk.say(said)


OFFER = {"event": "bot", "data": {"buttons": [{"title": "Melding doen", "payload": '/report_problem{"product": "dood-dier"}'}]}}
DEAD = {"product": "dood-dier", "act": "ask", "aspect": "wat"}


def told_before(talk: ReportTalk, text: str, **understood: Any) -> None:
    """What was said before, and the answer to it that offered a report."""
    talk.events += [{"event": "user", "text": text, "parse_data": {"understanding": understood}}, OFFER]


@pytest.mark.parametrize("place", ["Populierenlaan 5", "Dorpsweg 20 Schoorl", "het ligt op de lagendijk", "bij de sporthal"])
async def test_a_place_after_an_answer_that_offered_a_report_is_the_place_of_one(talk: ReportTalk, place: str) -> None:
    told_before(talk, "er ligt een dode kat op de weg", **DEAD)
    said = await talk.say(place, "nlu_fallback", act="ask", product="boom-kappen")
    assert said == [BEGUN, CONTACT]
    assert (talk.draft["product"], talk.draft["text"]) == ("dood-dier", "Er ligt een dode kat op de weg")


@pytest.mark.parametrize(
    ("action", "intent"), [(ActionClarify, "nlu_fallback"), (ActionChooseMunicipality, "choose_municipality"), (ActionAgree, "affirm")]
)
async def test_whatever_a_place_is_taken_for_the_report_begins(given: Services, action: Any, intent: str) -> None:
    for text, follows in (("Dorpsweg 20 Schoorl", "action_report"), ("wat kost dat in de Dorpsstraat?", None)):
        moment = tracker(text, intent, {"municipality": "bergen"})
        moment.events += [{"event": "user", "text": "er ligt een dode kat", "parse_data": {"understanding": DEAD}}, OFFER]
        moment.events.append({"event": "user", "text": text, "parse_data": {}})
        assert (await run(action(given), moment)).followed == follows


async def test_a_place_with_no_offer_before_it_begins_nothing(given: Services) -> None:
    moment = tracker("Dorpsweg 20 Schoorl", "choose_municipality", {"municipality": "bergen"})
    assert (await run(ActionChooseMunicipality(given), moment)).followed is None


async def test_the_button_of_a_report_takes_what_was_told_before_a_yes(talk: ReportTalk) -> None:
    told_before(talk, "put verstopt bij ons, Molenstraat 7", product="riool", act="ask", aspect="wat")
    talk.events[-1] = {"event": "bot", "data": {"buttons": [{"payload": '/report_problem{"product": "riool"}'}]}}
    talk.events.append({"event": "user", "text": "ja doe maar", "parse_data": {"intent": {"name": "affirm"}}})
    assert await talk.choose('/report_problem{"product": "riool"}') == [BEGUN, CONTACT]
    assert (talk.draft["text"], talk.draft["words"]) == ("Put verstopt bij ons, Molenstraat 7", "Molenstraat 7")


WRONG = "utter_report_where_wrong"


@pytest.mark.parametrize("said", ["ja maak maar een melding", "het is nu", "gewoon laten weten"])
async def test_an_answer_without_a_sign_of_a_place_is_asked_once_more_and_then_taken(talk: ReportTalk, said: str) -> None:
    await talk.begin(TILE)
    assert await talk.say(said) == [WRONG, WHERE]
    assert await talk.say("De Loet") == [CONTACT]
    assert talk.draft["words"] == "De Loet"


@pytest.mark.parametrize(
    "said", ["naast de kerk", "Molenwerf", "in Limmen", "hoek Dorpsstraat", "1901 AB", "tegenover action", "bij 24", "op het strand"]
)
async def test_an_answer_with_a_sign_of_a_place_is_one(talk: ReportTalk, said: str) -> None:
    await talk.begin(TILE)
    assert await talk.say(said) == [CONTACT]


@pytest.mark.parametrize("said", ["kan ik schade claimen", "doen jullie daar nog wat aan", "en als hij boos wordt"])
async def test_a_question_is_answered_and_no_place(talk: ReportTalk, said: str) -> None:
    await talk.begin(TILE)
    said_then = await talk.say(said, act="ask", zone="answer", aspect="wat", product="schade-claim")
    assert said_then[-1] == WHERE
    assert not talk.draft.get("words")
    assert talk.draft["aside"] == "schade-claim"


async def test_what_goes_on_about_it_is_added_and_the_place_asked_again(talk: ReportTalk) -> None:
    await talk.begin("er is iets met een lantaarn", "straatverlichting")
    assert await talk.say("die is omver gereden") == ["utter_report_noted", WHERE]
    assert talk.draft["text"].endswith("Die is omver gereden")
    assert await talk.say("op de Voorweg in schoorl bij 24") == [CONTACT]


async def test_what_is_also_broken_is_added_and_no_place(talk: ReportTalk) -> None:
    await talk.begin("graffiti op mijn muur")
    assert await talk.say("ook op het elektriciteitshuisje") == ["utter_report_noted", WHERE]


async def test_anonymous_is_heard_where_the_place_is_asked(talk: ReportTalk) -> None:
    await talk.begin(TILE)
    assert await talk.say("anoniem melden") == [WHERE]
    assert await talk.say("Dorpsstraat 10") == [CHECK]


async def test_a_number_to_call_is_no_place(talk: ReportTalk) -> None:
    await talk.begin(TILE)
    assert await talk.say("06 12 34 56 78") == [WHERE]
    assert await talk.say("Dorpsstraat 10") == [CHECK]


async def test_who_means_the_website_reports_nothing_outdoors(talk: ReportTalk) -> None:
    await talk.begin("hij doet het niet")
    await talk.say("de website bedoel ik")
    assert talk.active is False
    assert talk.messages[-1]["custom"]["meta"]["route"] == "person"


async def test_who_knows_no_number_has_said_where_it_is(talk: ReportTalk) -> None:
    await talk.begin("op de parkeerplaats bij de ijsbaan staat al weken een caravan")
    assert await talk.say("nee weet geen nummer") == [CONTACT]
    assert talk.draft["words"] == "Op de parkeerplaats bij de ijsbaan"


@pytest.mark.parametrize("said", ["geen", "foto heb ik niet", "heb geen foto", "nee", "heb ik niet"])
async def test_no_picture_is_heard_however_it_is_said(phone_talk: ReportTalk, said: str) -> None:
    await phone_talk.begin("gat in de weg, Kerkweg 3")
    assert await phone_talk.say(said) == [CONTACT]


async def test_who_says_how_to_be_reached_passes_the_picture(phone_talk: ReportTalk) -> None:
    await phone_talk.begin("gat in de weg, Kerkweg 3")
    assert await phone_talk.say("bel me maar op 0612312312") == [CHECK]


async def test_who_still_sends_a_picture_is_waited_for(phone_talk: ReportTalk) -> None:
    await phone_talk.begin("gat in de weg, Kerkweg 3")
    assert await phone_talk.say("de foto komt zo, bel me op 0612312312") == [PICTURE]
