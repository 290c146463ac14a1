"""More than one question in a message, with models that say what the test wants."""

from __future__ import annotations

import pytest

from bot.engine.nlu.meaning import Context, Scores, Thresholds
from bot.engine.nlu.several import read_message
from tests.engine.nlu.scores import scores

LIMITS = Thresholds(answer=0.6, ask=0.2, act=0.45, out_of_scope=0.4, refer=0.45)
COSTS = scores("ask_costs", 0.9, "product:paspoort", 0.9)
OPEN = scores("ask_when", 0.9, "product:openingstijden", 0.9)
BOTH = scores("ask_costs", 0.9, "product:openingstijden", 0.7, ("product:paspoort", 0.2))


def models(text: str) -> Scores:
    """Passport and opening hours; a sentence with neither asks how long."""
    pass_, hours = "paspoort" in text, "open" in text
    if "afspraak" in text and not pass_:
        return scores("book_appointment", 0.9, "none", 0.9)
    if "toeslag" in text:
        return scores("refer", 0.9, "organisation:dienst-toeslagen", 0.9, ("product:paspoort", 0.05))
    if not pass_ and not hours:
        return scores("ask_duration", 0.9, "none", 0.9)
    return BOTH if pass_ and hours else COSTS if pass_ else OPEN


def test_two_questions_about_two_products_are_both_read() -> None:
    meaning = read_message("wat kost een paspoort en hoe laat zijn jullie open", Context(), models, LIMITS)
    assert (meaning.product, meaning.aspect) == ("paspoort", "kosten")
    assert [(other.product, other.aspect) for other in meaning.also] == [("openingstijden", "wanneer")]


def test_the_second_question_leans_on_the_first() -> None:
    meaning = read_message("wat kost een paspoort en hoe lang duurt het?", Context(), models, LIMITS)
    assert [(other.product, other.aspect) for other in meaning.also] == [("paspoort", "duur")]


def test_the_first_question_may_lean_on_the_second() -> None:
    meaning = read_message("hoe lang duurt het en wat kost een paspoort?", Context(), models, LIMITS)
    assert (meaning.product, meaning.aspect) == ("paspoort", "duur")
    assert [other.aspect for other in meaning.also] == ["kosten"]


def test_a_wish_comes_after_the_question_wherever_it_stands() -> None:
    for text in ("wat kost een paspoort en ik wil een afspraak", "ik wil een afspraak, wat kost een paspoort?"):
        meaning = read_message(text, Context(), models, LIMITS)
        assert (meaning.intent, [other.intent for other in meaning.also]) == ("ask_costs", ["book_appointment"])


def test_the_same_question_twice_is_one() -> None:
    assert read_message("wat kost een paspoort? Wat kost mijn paspoort?", Context(), models, LIMITS).also == ()


def test_while_a_form_waits_a_message_is_read_as_a_whole() -> None:
    form = Context(form="callback_form", requested="callback_subject")
    assert read_message("wat kost een paspoort en hoe laat zijn jullie open", form, models, LIMITS).also == ()


def test_what_the_whole_message_does_not_point_at_is_not_heard() -> None:
    def narrow(text: str) -> Scores:
        whole = text.startswith("wat kost") and "open" in text
        return (
            scores("ask_costs", 0.9, "product:paspoort", 0.9, ("none", 0.05), ("product:openingstijden", 0.001)) if whole else models(text)
        )

    assert read_message("wat kost een paspoort en hoe laat zijn jullie open", Context(), narrow, LIMITS).also == ()


def test_the_reading_tells_the_rest_in_the_contract() -> None:
    told = read_message("wat kost een paspoort en hoe laat zijn jullie open", Context(), models, LIMITS).as_dict()
    assert told["also"][0]["intent"] == "ask_when"


def test_two_messages_that_are_not_clear_may_be_clear_together() -> None:
    def vague(text: str) -> Scores:
        clear = "baby" in text and "regelen" in text
        return scores("ask_how", 0.9, "product:geboorteaangifte", 0.9 if clear else 0.25, ("product:paspoort", 0.1))

    before = Context(said="ik krijg een baby", missed=True)
    assert read_message("wat moet ik regelen", before, vague, LIMITS).product == "geboorteaangifte"
    assert read_message("wat moet ik regelen", before, vague, LIMITS).zone == "answer"
    assert read_message("wat moet ik regelen", Context(said="ik krijg een baby"), vague, LIMITS).zone == "ask"


def test_who_names_a_report_by_its_number_wants_to_know_how_it_stands() -> None:
    meaning = read_message("en M-7K4M2P dan, wat kost een paspoort", Context(), models, LIMITS)
    assert (meaning.intent, meaning.act, meaning.zone) == ("report_status", "status", "answer")


def test_in_a_form_a_number_of_a_report_is_for_the_form() -> None:
    assert read_message("m 7k4m2p paspoort", Context(form="report_form"), models, LIMITS).intent == "ask_costs"


@pytest.mark.parametrize(
    ("text", "intent"), [("AF-Z6EV75", "view_appointment"), ("code AF-Z6EV75", "view_appointment"), ("TB-2B89ES", "callback_status")]
)
def test_a_code_alone_is_what_it_is_of(text: str, intent: str) -> None:
    assert read_message(text, Context(), models, LIMITS).intent == intent


def test_a_code_in_a_sentence_leaves_the_sentence_its_meaning() -> None:
    assert read_message("wat kost een paspoort AF-Z6EV75", Context(), models, LIMITS).intent != "view_appointment"
