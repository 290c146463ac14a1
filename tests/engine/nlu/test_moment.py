"""What a message means at its moment, with models that say what the test wants."""

from __future__ import annotations

import pytest

from bot.engine.nlu.meaning import Context, Thresholds
from bot.engine.nlu.moment import understand
from tests.engine.nlu.scores import always, by_text, scores

LIMITS = Thresholds(answer=0.6, ask=0.2, act=0.45, out_of_scope=0.4, refer=0.45)
PASSPORT = Context(product="paspoort", aspect="kosten")
NOWHERE = Context()


@pytest.mark.parametrize(("sure", "zone"), [(0.7, "answer"), (0.4, "ask"), (0.1, "person")])
def test_the_zone_follows_how_sure_the_product_is(sure: float, zone: str) -> None:
    meaning = understand("wat kost een bak", NOWHERE, always(scores("ask_costs", 0.9, "product:afvalcontainer", sure)), LIMITS)
    assert (meaning.zone, meaning.product, meaning.aspect) == (zone, "afvalcontainer", "kosten")


def test_a_message_that_names_nothing_is_about_what_was_spoken_of() -> None:
    meaning = understand("hoe lang duurt dat?", PASSPORT, always(scores("ask_duration", 0.9, "none", 0.9)), LIMITS)
    assert (meaning.product, meaning.aspect, meaning.zone) == ("paspoort", "duur", "answer")


def test_a_name_is_not_taken_for_the_product_of_the_conversation() -> None:
    meaning = understand("Klaas Vaak", PASSPORT, always(scores("ask_what", 0.3, "none", 0.5)), LIMITS)
    assert meaning.product is None
    assert meaning.zone != "answer"


@pytest.mark.parametrize("text", ["061234", "", "?!", "12-12"])
def test_a_message_without_letters_is_about_nothing(text: str) -> None:
    meaning = understand(text, PASSPORT, always(scores("ask_costs", 0.9, "product:paspoort", 0.9)), LIMITS)
    assert (meaning.product, meaning.zone, meaning.confidence) == (None, "person", 0.0)


def test_a_continuation_shows_the_product_in_a_new_light_and_keeps_the_aspect() -> None:
    alone = scores("ask_what", 0.5, "product:opvoedhulp", 0.3, ("product:reisdocument-kind", 0.2))
    models = by_text({"en voor mijn kind?": alone, "paspoort voor mijn kind?": scores("ask_what", 0.5, "product:reisdocument-kind", 0.7)})
    meaning = understand("en voor mijn kind?", PASSPORT, models, LIMITS)
    assert (meaning.product, meaning.aspect, meaning.zone) == ("reisdocument-kind", "kosten", "answer")


def test_a_new_light_that_the_message_does_not_point_at_is_not_believed() -> None:
    alone = scores("ask_what", 0.5, "none", 0.6)
    models = by_text({"en dan?": alone, "paspoort en dan?": scores("ask_what", 0.5, "product:noodpaspoort", 0.7)})
    assert understand("en dan?", PASSPORT, models, LIMITS).product in (None, "paspoort")


def test_a_question_that_names_nothing_clear_is_about_what_was_spoken_of() -> None:
    alone = scores("ask_bring", 0.8, "product:privacyverzoek", 0.3)
    together = scores("ask_bring", 0.8, "product:paspoort", 0.6)
    models = by_text({"welke gegevens?": alone, "paspoort welke gegevens?": together})
    meaning = understand("welke gegevens?", PASSPORT, models, LIMITS)
    assert (meaning.product, meaning.aspect, meaning.zone) == ("paspoort", "meenemen", "answer")


def test_a_word_out_of_the_blue_is_not_taken_for_a_question_about_the_same() -> None:
    models = by_text(
        {
            "Jan de Vries": scores("ask_what", 0.8, "product:huwelijk", 0.3),
            "paspoort Jan de Vries": scores("ask_what", 0.8, "product:paspoort", 0.6),
        }
    )
    assert understand("Jan de Vries", PASSPORT, models, LIMITS).zone == "ask"


@pytest.mark.parametrize(("sure", "aspect"), [(0.9, "kosten"), (0.99, "kosten")])
def test_going_on_without_a_verb_asks_the_same_again(sure: float, aspect: str) -> None:
    models = always(scores("ask_how", sure, "product:reisdocument-kind", 0.9))
    assert understand("en voor mijn zoontje van 8?", PASSPORT, models, LIMITS).aspect == aspect


def test_a_correction_names_another_product_for_the_same_question() -> None:
    models = by_text({"mijn rijbewijs": scores("ask_what", 0.5, "product:rijbewijs-verlengen", 0.7)})
    meaning = understand("nee ik bedoel mijn rijbewijs", PASSPORT, models, LIMITS)
    assert (meaning.product, meaning.aspect, meaning.zone) == ("rijbewijs-verlengen", "kosten", "answer")


def test_an_organisation_is_referred_to() -> None:
    meaning = understand("mijn uitkering", NOWHERE, always(scores("refer", 0.9, "organisation:uwv", 0.8)), LIMITS)
    assert (meaning.zone, meaning.organisation, meaning.intent) == ("refer", "uwv", "refer")


def test_what_lies_outside_is_refused() -> None:
    assert understand("zing iets", NOWHERE, always(scores("out_of_scope", 0.6, "none", 0.9, outside=0.9)), LIMITS).zone == "refuse"
    assert understand("zing iets", NOWHERE, always(scores("ask_how", 0.2, "none", 0.9, outside=0.9)), LIMITS).zone == "refuse"
    assert understand("zing iets", NOWHERE, always(scores("out_of_scope", 0.6, "none", 0.9, outside=0.1)), LIMITS).zone == "person"


def test_a_thank_you_is_no_reason_to_refuse() -> None:
    assert understand("je bent lief", NOWHERE, always(scores("thank", 0.9, "none", 0.9, outside=0.9)), LIMITS).act == "thanks"


def test_who_clearly_asks_something_is_not_refused_for_the_words_around_it() -> None:
    assert understand("ik heb een probleem", NOWHERE, always(scores("ask_what", 0.7, "none", 0.9, outside=0.9)), LIMITS).zone != "refuse"


def test_it_is_seldom_about_another_organisation() -> None:
    models = by_text(
        {
            "hoe meld ik dat?": scores("ask_how", 0.5, "organisation:nvwa", 0.5),
            "paspoort hoe meld ik dat?": scores("ask_how", 0.5, "product:paspoort", 0.9),
        }
    )
    assert understand("hoe meld ik dat?", PASSPORT, models, LIMITS).product == "paspoort"


def test_within_a_conversation_only_what_sounds_out_of_scope_is_refused() -> None:
    follow = understand("en hoe lang dan", PASSPORT, always(scores("ask_duration", 0.9, "none", 0.9, outside=0.9)), LIMITS)
    assert (follow.product, follow.zone) == ("paspoort", "answer")
    song = understand("zing iets", PASSPORT, always(scores("out_of_scope", 0.6, "none", 0.9, outside=0.9)), LIMITS)
    assert song.zone == "refuse"
    remark = understand("hij woont in spanje", PASSPORT, always(scores("out_of_scope", 0.3, "none", 0.9, outside=0.9)), LIMITS)
    assert remark.zone != "refuse"


def test_an_act_with_a_product_keeps_it_and_smalltalk_does_not() -> None:
    book = understand("x y afspraak", NOWHERE, always(scores("book_appointment", 0.6, "product:paspoort", 0.9)), LIMITS)
    assert (book.act, book.product, book.zone) == ("book", "paspoort", "answer")
    thanks = understand("bedankt", PASSPORT, always(scores("thank", 0.9, "none", 0.9)), LIMITS)
    assert (thanks.act, thanks.product, thanks.zone) == ("thanks", None, "smalltalk")


def test_a_clear_product_outweighs_smalltalk() -> None:
    meaning = understand("dag glas", NOWHERE, always(scores("greet", 0.5, "product:glas", 0.9)), LIMITS)
    assert (meaning.act, meaning.product) == ("ask", "glas")


@pytest.mark.parametrize("intent", ["ask_person", "complain"])
def test_who_wants_a_person_or_complains_gets_one(intent: str) -> None:
    assert understand("x y", NOWHERE, always(scores(intent, 0.9, "none", 0.9)), LIMITS).zone == "person"


def test_the_name_of_an_aspect_asks_it_of_what_was_spoken_of() -> None:
    vague = always(scores("refer", 0.5, "none", 0.5))
    meaning = understand("duur?", PASSPORT, vague, LIMITS)
    assert (meaning.product, meaning.aspect, meaning.zone) == ("paspoort", "duur", "answer")


def test_a_question_about_nothing_is_asked_back_with_its_aspect() -> None:
    meaning = understand("wat kost dat?", NOWHERE, always(scores("ask_costs", 0.9, "none", 0.9)), LIMITS)
    assert (meaning.zone, meaning.aspect, meaning.product, meaning.products) == ("ask", "kosten", None, ())


def test_a_word_that_many_subjects_share_is_asked_back() -> None:
    shared = scores("ask_what", 0.9, "product:parkeervergunning", 0.9, ("product:kapvergunning", 0.04), ("product:bouwvergunning", 0.03))
    assert understand("vergunning", NOWHERE, always(shared), LIMITS).zone == "ask"
    assert understand("wat is een vergunning", NOWHERE, always(shared), LIMITS).zone == "answer"


def test_a_postcode_is_a_place() -> None:
    assert understand("1901 ab", NOWHERE, always(scores("ask_what", 0.5, "none", 0.9)), LIMITS).intent == "choose_municipality"


def test_a_short_answer_to_where_do_you_live_is_a_place() -> None:
    asked = Context(product="paspoort", aspect="kosten", place_asked=True)
    models = always(scores("refer", 0.6, "organisation:ns", 0.5))
    assert understand("Amsterdam", asked, models, LIMITS).intent == "choose_municipality"
    assert understand("Amsterdam", PASSPORT, models, LIMITS).intent != "choose_municipality"


def test_code_is_nothing_to_read() -> None:
    models = always(scores("ask_costs", 0.9, "product:paspoort", 0.9))
    assert understand('ask_costs{"product": "paspoort"}', NOWHERE, models, LIMITS).zone == "person"


def test_a_word_that_asks_nothing_is_not_about_what_was_spoken_of() -> None:
    assert understand("restart", PASSPORT, always(scores("ask_what", 0.45, "none", 0.5)), LIMITS).zone != "answer"


def test_who_wants_no_appointment_gets_none_and_keeps_the_subject() -> None:
    models = always(scores("book_appointment", 0.9, "none", 0.9))
    assert understand("ik wil juist geen afspraak", PASSPORT, models, LIMITS).intent == "deny"
    assert understand("ik wil geen afspraak", Context(form="appointment_form"), models, LIMITS).intent == "stop"


def test_a_correction_is_seen_in_the_light_of_what_was_asked() -> None:
    models = by_text(
        {
            "mijn rijbewijs": scores("ask_what", 0.5, "product:rijbewijs-vermissing", 0.7, ("product:rijbewijs-verlengen", 0.1)),
            "hoe verleng ik mijn paspoort mijn rijbewijs": scores(
                "ask_how", 0.9, "product:rijbewijs-verlengen", 0.6, ("product:paspoort", 0.3)
            ),
        }
    )
    context = Context(product="paspoort", aspect="aanvragen", said="hoe verleng ik mijn paspoort")
    meaning = understand("nee, ik bedoel mijn rijbewijs", context, models, LIMITS)
    assert (meaning.product, meaning.aspect, meaning.zone) == ("rijbewijs-verlengen", "aanvragen", "answer")


def test_what_is_meant_is_read_in_the_place_of_what_is_not() -> None:
    models = by_text(
        {
            "paspoort": scores("ask_what", 0.5, "product:paspoort", 0.9),
            "ik wil een id-kaart": scores("ask_how", 0.9, "product:identiteitskaart", 0.9),
        }
    )
    assert understand("ik wil geen paspoort maar een id-kaart", NOWHERE, models, LIMITS).product == "identiteitskaart"


def test_it_is_what_was_spoken_of_unless_another_product_is_very_clear() -> None:
    together = scores("ask_conditions", 0.8, "product:paspoort", 0.7)
    for sure, product in ((0.75, "paspoort"), (0.97, "grofvuil")):
        models = by_text(
            {"mag zij hem ophalen": scores("ask_conditions", 0.8, "product:grofvuil", sure), "paspoort mag zij hem ophalen": together}
        )
        assert understand("mag zij hem ophalen", PASSPORT, models, LIMITS).product == product


def test_what_it_is_about_keeps_what_was_asked_back() -> None:
    asked_back = Context(product="vog", aspect="kosten", missed=True)
    models = always(scores("ask_how", 0.9, "product:rijbewijs-verlengen", 0.9))
    assert understand("verlengen", asked_back, models, LIMITS).aspect == "kosten"
    assert understand("hoe verleng ik hem", asked_back, models, LIMITS).aspect == "aanvragen"


@pytest.mark.parametrize(("sure", "zone"), [(0.95, "refer"), (0.8, "answer")])
def test_who_goes_on_is_sent_to_another_organisation_only_when_that_is_very_clear(sure: float, zone: str) -> None:
    alone = scores("ask_conditions", 0.9, "organisation:duo", sure)
    models = by_text({"ook als ik studeer?": alone, "paspoort ook als ik studeer?": scores("ask_conditions", 0.9, "product:paspoort", 0.8)})
    assert understand("ook als ik studeer?", PASSPORT, models, LIMITS).zone == zone


def test_it_may_be_something_beside_what_was_spoken_of() -> None:
    alone = scores("ask_conditions", 0.9, "product:honden", 0.4, ("product:trouwlocatie", 0.3))
    text, wedding = "mag dat ook op het strand?", Context(product="huwelijk", aspect="aanvragen")
    models = by_text({text: alone, f"huwelijk {text}": scores("ask_conditions", 0.9, "product:trouwlocatie", 0.8)})
    assert understand(text, wedding, models, LIMITS).product == "trouwlocatie"


def test_talk_that_lies_outside_is_refused() -> None:
    meaning = understand("wat wordt het weer", NOWHERE, always(scores("smalltalk", 0.46, "none", 0.9, outside=0.9)), LIMITS)
    assert meaning.zone == "refuse"


def test_a_clear_organisation_is_not_refused_for_the_words_around_it() -> None:
    meaning = understand("hoe boek ik een rijexamen", NOWHERE, always(scores("ask_how", 0.4, "organisation:cbr", 0.9, outside=0.8)), LIMITS)
    assert (meaning.zone, meaning.organisation) == ("refer", "cbr")


def test_an_appointment_is_for_the_product_that_it_spells_out() -> None:
    models = always(scores("move_appointment", 0.9, "none", 0.8, ("product:paspoort", 0.1)))
    assert understand("afspraak paspoort een week later", NOWHERE, models, LIMITS).product == "paspoort"
    assert understand("afspraak een week later", NOWHERE, models, LIMITS).product is None
