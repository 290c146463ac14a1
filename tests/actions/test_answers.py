"""Answers: product and aspect from the choice, the understanding or the conversation."""

from __future__ import annotations

from typing import Any

import pytest

from actions.answers import ActionAnswer, ActionRefer, ActionTellMore
from actions.municipality import ActionChooseMunicipality
from bot.wiring import Services
from tests.actions.conftest import after, run, tracker


async def test_an_answer_names_its_product_aspect_and_source(given: Services) -> None:
    said = await run(ActionAnswer(given), tracker("wat kost een paspoort", "ask_costs", {"municipality": "castricum"}, product="paspoort"))
    assert (said.meta["product"], said.meta["aspect"]) == ("paspoort", "kosten")
    assert said.slots == {"product": "paspoort", "aspect": "kosten", "misses": 0}


async def test_an_unknown_price_is_not_shown_and_a_person_is_offered(given: Services) -> None:
    said = await run(ActionAnswer(given), tracker("wat kost het", "ask_costs", {"municipality": "castricum"}, product="paspoort"))
    assert said.meta["route"] == "answer_incomplete"
    assert "Medewerker spreken" in said.titles
    assert "€" not in said.messages[-1]["text"]


async def test_who_wants_to_come_and_asks_something_as_well_gets_the_answers_and_the_appointment(given: Services) -> None:
    also = [{"intent": "ask_costs", "product": "paspoort", "aspect": "kosten"}]
    text = "ik moet mijn paspoort verlengen, kan ik morgen langskomen en wat kost het"
    said = await run(ActionAnswer(given), tracker(text, "ask_how", {"municipality": "castricum"}, product="paspoort", also=also))
    assert [message["custom"]["meta"]["aspect"] for message in said.messages] == ["aanvragen", "kosten"]
    assert "Afspraak maken" in said.titles


async def test_who_asks_the_price_and_wants_to_come_gets_the_price_and_the_appointment(given: Services) -> None:
    text = "kan ik morgen langskomen voor een paspoort en wat kost het"
    said = await run(ActionAnswer(given), tracker(text, "ask_costs", {"municipality": "castricum"}, product="paspoort"))
    assert (said.meta["aspect"], said.titles[0]) == ("kosten", "Afspraak maken")


@pytest.mark.parametrize(
    ("text", "intent", "product"),
    [
        ("ik wil een afspraak voor een paspoort en het graag thuis laten bezorgen", "ask_how", "reisdocument-bezorgen"),
        ("kan ik zondag komen voor een paspoort", "ask_when", "paspoort"),
        ("wij willen trouwen en een datum vastleggen", "ask_how", "huwelijk"),
        ("wij willen een trouwdatum reserveren", "ask_how", "huwelijk"),
    ],
)
async def test_a_wish_to_come_is_heard_in_other_words(given: Services, text: str, intent: str, product: str) -> None:
    said = await run(ActionAnswer(given), tracker(text, intent, {"municipality": "castricum"}, product=product))
    assert said.followed == "action_begin_appointment"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("wat moet ik doen voor een paspoort", "ask_how"),
        ("wanneer kan ik mijn paspoort ophalen", "ask_when"),
        ("wat kost een paspoort volgend jaar", "ask_costs"),
        ("ik wil weten hoe lang een paspoort geldig is", "ask_duration"),
    ],
)
async def test_who_wants_to_know_is_answered(given: Services, text: str, intent: str) -> None:
    said = await run(ActionAnswer(given), tracker(text, intent, {"municipality": "castricum"}, product="paspoort"))
    assert said.followed is None
    assert "Afspraak maken" not in said.titles


async def test_who_only_wants_to_come_books(given: Services) -> None:
    moment = tracker("ik wil morgen een paspoort aanvragen", "ask_how", {"municipality": "castricum"}, product="paspoort")
    assert (await run(ActionAnswer(given), moment)).followed == "action_begin_appointment"


async def test_a_follow_up_keeps_the_product_of_the_conversation(given: Services) -> None:
    slots = {"product": "paspoort", "aspect": "kosten", "municipality": "heiloo"}
    said = await run(ActionAnswer(given), tracker("hoe lang duurt dat", "ask_duration", slots))
    assert (said.meta["product"], said.meta["aspect"]) == ("paspoort", "duur")


async def test_a_choice_goes_before_what_was_understood(given: Services) -> None:
    entities = [{"entity": "product", "value": "identiteitskaart"}]
    moment = tracker(
        '/ask_costs{"product": "identiteitskaart"}', "ask_costs", {"municipality": "heiloo"}, product="paspoort", entities=entities
    )
    assert (await run(ActionAnswer(given), moment)).meta["product"] == "identiteitskaart"


async def test_without_a_product_the_likeliest_are_offered(given: Services) -> None:
    moment = tracker("wat kost dat", "ask_costs", products=[["paspoort", 0.4], ["rijbewijs-verlengen", 0.3], ["nergens", 0.2]])
    said = await run(ActionAnswer(given), moment)
    assert said.response == "utter_which_subject"
    assert len(said.titles) == 2


async def test_without_a_municipality_it_is_asked_once_where_it_matters(given: Services) -> None:
    said = await run(ActionAnswer(given), tracker("wat kost een paspoort", "ask_costs", product="paspoort"))
    assert said.response == "utter_which_municipality"
    assert "Castricum" in said.titles
    assert said.slots["asked_for_municipality"] is True
    again = await run(ActionAnswer(given), tracker("en een id", "ask_costs", {"asked_for_municipality": True}, product="identiteitskaart"))
    assert again.response is None


async def test_in_a_form_no_choices_are_offered(given: Services) -> None:
    moment = tracker("wat kost een paspoort", "ask_costs", {"municipality": "heiloo"}, "callback_form", product="paspoort")
    assert (await run(ActionAnswer(given), moment)).titles == []


async def test_more_is_the_rest_of_the_same_answer(given: Services) -> None:
    library = given.library()
    product = next(item for item in library.products() if library.answer(item.id, "wat").more)
    said = await run(ActionTellMore(given), tracker("/tell_more", "tell_more", {"product": product.id, "aspect": "wat"}))
    assert said.messages[-1]["text"] == library.answer(product.id, "wat").more


async def test_an_organisation_is_referred_to_by_name(given: Services) -> None:
    said = await run(ActionRefer(given), tracker("wanneer krijg ik aow", "refer", organisation="svb"))
    assert said.meta == {"route": "refer", "organisation": "svb"}
    assert "SVB" in said.messages[-1]["text"]


async def test_how_to_arrange_something_ends_with_the_next_steps(given: Services) -> None:
    said = await run(ActionAnswer(given), tracker("ik ga verhuizen", "ask_how", {"municipality": "castricum"}, product="verhuismelding"))
    links = [link for link in given.library().answer("verhuismelding", "aanvragen", "castricum").links if link.url]
    assert links
    assert all(f"]({link.url})" in said.messages[0]["text"] for link in links[:3])


def also(intent: str, product: str | None = None, aspect: str | None = None, organisation: str | None = None) -> dict[str, Any]:
    return {"intent": intent, "product": product, "aspect": aspect, "organisation": organisation}


async def test_two_questions_get_two_answers_and_one_set_of_choices(given: Services) -> None:
    rest = [also("ask_duration", "paspoort", "duur")]
    said = await run(ActionAnswer(given), tracker("x", "ask_bring", {"municipality": "heiloo"}, product="paspoort", also=rest))
    assert [message["custom"]["meta"]["aspect"] for message in said.messages] == ["meenemen", "duur"]
    assert said.messages[0]["buttons"] == []
    assert said.titles
    assert said.slots["aspect"] == "duur"


async def test_a_person_is_offered_when_only_the_first_of_two_answers_is_incomplete(given: Services) -> None:
    rest = [also("ask_duration", "paspoort", "duur")]
    said = await run(ActionAnswer(given), tracker("x", "ask_costs", {"municipality": "heiloo"}, product="paspoort", also=rest))
    assert "Medewerker spreken" in said.titles
    assert said.meta["route"] == "answer"


async def test_a_wish_beside_a_question_becomes_a_button_about_the_same(given: Services) -> None:
    moment = tracker("x", "ask_bring", {"municipality": "heiloo"}, product="paspoort", also=[also("book_appointment")])
    said = await run(ActionAnswer(given), moment)
    assert said.response == "utter_also_wished"
    assert said.messages[-1]["buttons"][0] == {"title": "Afspraak maken", "payload": '/book_appointment{"product": "paspoort"}'}


async def test_a_referral_and_an_answer_may_come_together(given: Services) -> None:
    rest = [also("ask_costs", "vog", "kosten")]
    said = await run(ActionRefer(given), tracker("x", "refer", {"municipality": "heiloo"}, organisation="svb", also=rest))
    assert "SVB" in said.messages[0]["text"]
    assert said.meta["product"] == "vog"
    other = tracker("x", "ask_costs", {"municipality": "heiloo"}, product="vog", also=[also("refer", organisation="svb")])
    assert "SVB" in (await run(ActionAnswer(given), other)).messages[-1]["text"]


async def test_the_municipality_that_the_question_names_is_taken_when_none_was_known(given: Services) -> None:
    said = await run(ActionAnswer(given), tracker("wat kost een paspoort in uitgeest?", "ask_costs", product="paspoort"))
    assert said.slots["municipality"] == "uitgeest"
    assert "www.uitgeest.nl" in said.messages[0]["text"]
    assert said.response is None


async def test_the_same_answer_is_not_given_twice(given: Services) -> None:
    action, slots = ActionAnswer(given), {"municipality": "castricum"}
    first = await run(action, tracker("wat kost een paspoort", "ask_costs", slots, product="paspoort"))
    again = after(first, tracker("en met korting", "ask_costs", {**slots, "product": "paspoort", "aspect": "kosten"}))
    said = await run(action, again)
    assert said.messages[-1]["text"] != first.messages[-1]["text"]
    assert "Medewerker spreken" in said.titles
    last = await run(action, after(said, tracker("en met korting", "ask_costs", {**slots, "product": "paspoort", "aspect": "kosten"})))
    assert (last.response, last.slots["misses"]) == ("utter_said_before", 1)
    assert "Meer weten" not in last.titles
    still = await run(action, after(last, tracker("en met korting", "ask_costs", {**slots, "product": "paspoort", "aspect": "kosten"})))
    assert still.response == "utter_said_before"


async def test_who_presses_for_the_same_answer_gets_it_again(given: Services) -> None:
    action, slots = ActionAnswer(given), {"municipality": "castricum"}
    first = await run(action, tracker("wat kost een paspoort", "ask_costs", slots, product="paspoort"))
    pressed = after(first, tracker("/ask_costs", "ask_costs", {**slots, "product": "paspoort", "aspect": "kosten"}))
    assert (await run(action, pressed)).messages[-1]["text"] == first.messages[-1]["text"]


@pytest.mark.parametrize(
    ("text", "municipality"),
    [("kan ik mijn pas ook in castricum aanvragen ik woon in heiloo", "heiloo"), ("castricum of heiloo", None)],
)
async def test_of_two_places_it_is_where_one_lives(given: Services, text: str, municipality: str | None) -> None:
    said = await run(ActionChooseMunicipality(given), tracker(text, "choose_municipality"))
    assert said.slots.get("municipality") == municipality
