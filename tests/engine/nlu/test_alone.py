"""A message without a conversation before it."""

from __future__ import annotations

from bot.engine.nlu.alone import scored, scored_alone
from bot.engine.nlu.meaning import NO_SUBJECT, Thresholds
from tests.engine.nlu.scores import by_text, scores

LIMITS = Thresholds()
WHOLE = "Ik ga in mei trouwen. Wat kost dat?"
NOTHING = scores("ask_costs", 0.9, NO_SUBJECT, 0.9, outside=0.3)


def test_a_question_that_names_nothing_is_about_what_is_told_beside_it() -> None:
    about = scores("ask_how", 0.5, "product:huwelijk", 0.8, outside=0.1)
    found = scored_alone(WHOLE, by_text({WHOLE: NOTHING, "Wat kost dat?": NOTHING, "Ik ga in mei trouwen.": about}), LIMITS)
    assert found.intents[0][0] == "ask_costs"
    assert (found.products[0], found.names, found.outside) == (("huwelijk", 0.8), "product", 0.1)


def test_what_is_told_in_a_faint_way_tells_nothing() -> None:
    faint = scores("ask_how", 0.5, "product:huwelijk", 0.1)
    assert scored_alone(WHOLE, by_text({WHOLE: NOTHING, "Wat kost dat?": NOTHING, "Ik ga in mei trouwen.": faint}), LIMITS) is NOTHING


def test_a_greeting_tells_nothing() -> None:
    assert (
        scored_alone("Hallo daar. Wat kost dat?", by_text({"Hallo daar. Wat kost dat?": NOTHING, "Wat kost dat?": NOTHING}), LIMITS)
        is NOTHING
    )


def test_a_message_that_names_its_subject_is_read_as_it_is() -> None:
    own = scores("ask_costs", 0.9, "product:paspoort", 0.9)
    text = "Ik ga op reis. Wat kost een paspoort?"
    assert scored_alone(text, by_text({text: own}), LIMITS) is own


def test_a_question_that_names_something_is_not_drowned_by_the_words_around_it() -> None:
    clear = scores("ask_costs", 0.9, "product:paspoort", 0.9, outside=0.1)
    text = "Fijn dat het zo snel ging. Wat kost een paspoort?"
    given = by_text({text: NOTHING, "Wat kost een paspoort?": clear})
    assert scored(text, given, LIMITS).products[0] == ("paspoort", 0.9)


def test_a_question_that_names_something_faintly_changes_nothing() -> None:
    text = "Fijn dat het zo snel ging. Wat kost zoiets?"
    faint = scores("ask_costs", 0.9, "product:paspoort", 0.3)
    assert scored(text, by_text({text: NOTHING, "Wat kost zoiets?": faint}), LIMITS) is NOTHING
