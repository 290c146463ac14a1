"""Not sure: ask once with choices, then a person."""

from __future__ import annotations

import pytest

from actions.clarify import ActionClarify, ActionDigress, ActionNotHelped, ActionOutOfScope
from actions.municipality import ActionChooseMunicipality
from actions.reports import ActionReport
from bot.wiring import Services
from tests.actions.conftest import after, run, tracker

PRODUCTS = [["paspoort", 0.4], ["identiteitskaart", 0.3], ["noodpaspoort", 0.04]]


async def test_the_first_time_the_likeliest_are_offered_with_a_way_out(given: Services) -> None:
    said = await run(ActionClarify(given), tracker("pas", "nlu_fallback", products=PRODUCTS))
    assert said.response == "utter_did_you_mean"
    assert said.titles == ["Paspoort", "Identiteitskaart (ID-kaart)", "Iets anders"]
    assert said.slots == {"misses": 1, "aspect": None}


async def test_one_likely_subject_is_asked_for_by_its_name(given: Services) -> None:
    said = await run(ActionClarify(given), tracker("pasje", "nlu_fallback", products=PRODUCTS[:1]))
    assert (said.response, said.titles) == ("utter_is_it_about", ["Paspoort", "Iets anders"])


@pytest.mark.parametrize("products", [[], [["stempas", 0.2]], [["paspoort", 0.4]]])
async def test_who_is_not_understood_within_a_talk_is_asked_what_of_that_they_mean(given: Services, products: list[list[object]]) -> None:
    slots = {"product": "paspoort", "aspect": "kosten"}
    said = await run(ActionClarify(given), tracker("over een half jaar", "nlu_fallback", slots, products=products))
    assert (said.response, said.titles) == ("utter_about_what", ["Kosten", "Aanvragen of regelen", "Medewerker spreken"])
    assert said.slots == {"misses": 1}


async def test_who_points_at_something_else_within_a_talk_is_asked_whether_that_is_it(given: Services) -> None:
    slots = {"product": "paspoort", "aspect": "kosten"}
    said = await run(ActionClarify(given), tracker("en stemmen", "nlu_fallback", slots, products=[["stempas", 0.4], ["volmacht", 0.3]]))
    assert said.response == "utter_did_you_mean"


@pytest.mark.parametrize("action", [ActionClarify, ActionOutOfScope, ActionNotHelped])
async def test_the_second_time_a_person_is_offered(given: Services, action: type[ActionClarify]) -> None:
    said = await run(action(given), tracker("pas", "nlu_fallback", {"misses": 1}, products=PRODUCTS))
    assert said.meta["route"] == "person"
    assert said.slots == {"misses": 0}


async def test_a_digression_that_is_not_clear_is_said_to_be_so(given: Services) -> None:
    assert (await run(ActionDigress(given), tracker("eh", "digress"))).response == "utter_not_understood"


async def test_a_digression_that_is_clear_is_answered_without_choices(given: Services) -> None:
    said = await run(ActionDigress(given), tracker("wat kost een vog", "digress", product="vog", aspect="kosten"))
    assert (said.meta["product"], said.titles) == ("vog", [])


async def test_a_village_chooses_the_municipality(given: Services) -> None:
    said = await run(ActionChooseMunicipality(given), tracker("ik woon in Limmen", "choose_municipality"))
    assert said.slots["municipality"] == "castricum"


@pytest.mark.parametrize("slots", [{}, {"product": "paspoort", "aspect": "waar"}])
async def test_a_village_gets_the_nearest_counter(given: Services, slots: dict[str, str]) -> None:
    said = await run(ActionChooseMunicipality(given), tracker("Bakkum", "choose_municipality", slots))
    assert "Het dichtstbijzijnde loket: Gemeentehuis Castricum" in said.messages[0]["text"]
    assert said.messages[-1]["response"] == "utter_municipality_chosen"
    assert "Afspraak maken" in said.titles


async def test_a_village_gets_no_counter_while_a_price_is_spoken_of(given: Services) -> None:
    said = await run(
        ActionChooseMunicipality(given), tracker("Bakkum", "choose_municipality", {"product": "verhuismelding", "aspect": "kosten"})
    )
    assert not any("loket" in str(message.get("text")) for message in said.messages)


async def test_a_municipality_that_is_not_ours_is_asked_again(given: Services) -> None:
    said = await run(ActionChooseMunicipality(given), tracker("ik woon in Utrecht", "choose_municipality"))
    assert [message.get("response") for message in said.messages] == ["utter_municipality_unknown", "utter_which_municipality"]


async def test_the_last_answer_is_given_again_for_the_chosen_municipality(given: Services) -> None:
    slots = {"product": "paspoort", "aspect": "kosten", "asked_for_municipality": True}
    entities = [{"entity": "municipality", "value": "heiloo"}]
    said = await run(ActionChooseMunicipality(given), tracker("/choose_municipality", "choose_municipality", slots, entities=entities))
    assert said.meta["product"] == "paspoort"


async def test_a_question_about_nothing_is_asked_back_and_its_aspect_kept(given: Services) -> None:
    said = await run(ActionClarify(given), tracker("wat kost dat?", "nlu_fallback", aspect="kosten", zone="ask", products=[]))
    assert said.response == "utter_which_subject"
    assert said.slots == {"aspect": "kosten", "misses": 1}


async def test_one_word_gives_every_product_that_is_called_so(given: Services) -> None:
    said = await run(ActionClarify(given), tracker("rijbewijs", "nlu_fallback", products=[["rijbewijs-vermissing", 0.6]]))
    assert {"Rijbewijs verlengen", "Rijbewijs kwijt of gestolen", "Iets anders"} <= set(said.titles)
    assert len(said.titles) <= 6


async def test_another_municipality_gives_the_last_answer_again_where_it_matters(given: Services) -> None:
    slots = {"product": "paspoort", "aspect": "kosten", "municipality": "castricum"}
    said = await run(ActionChooseMunicipality(given), tracker("en in heiloo?", "choose_municipality", slots))
    assert (said.meta["product"], said.meta["aspect"], said.slots["municipality"]) == ("paspoort", "kosten", "heiloo")


async def test_a_question_about_one_of_a_family_gives_the_whole_family(given: Services) -> None:
    likely = [["rijbewijs-vermissing", 0.3], ["rijbewijs-aanvragen", 0.3], ["paspoort", 0.06]]
    said = await run(ActionClarify(given), tracker("wat kost een rijbewijs", "nlu_fallback", products=likely))
    assert "Rijbewijs verlengen" in said.titles
    mixed = [["rijbewijs-vermissing", 0.3], ["paspoort", 0.3]]
    assert len((await run(ActionClarify(given), tracker("rijbewijs en paspoort", "nlu_fallback", products=mixed))).titles) == 3


async def test_a_wish_beside_a_report_becomes_a_button(given: Services) -> None:
    wish = {"intent": "ask_person", "product": None, "aspect": None, "organisation": None}
    said = await run(ActionReport(given), tracker("er ligt iets, en ik wil iemand spreken", "report_problem", also=[wish]))
    assert (said.response, said.titles) == ("utter_also_wished", ["Medewerker spreken", "Melding doen"])


async def test_a_part_that_is_asked_under_a_choice_of_subjects_is_kept_with_the_choice(given: Services) -> None:
    first = await run(ActionClarify(given), tracker("pas", "nlu_fallback", products=PRODUCTS))
    moment = tracker("wanneer moet dat", "nlu_fallback", {"misses": 1}, zone="person", aspect="wanneer")
    said = await run(ActionClarify(given), after(first, moment))
    assert said.titles == first.titles
    assert said.messages[-1]["buttons"][0]["payload"] == '/ask_when{"product": "paspoort"}'
    assert said.slots == {"aspect": "wanneer", "misses": 2}
