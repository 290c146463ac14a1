"""A short message within a talk: about what was spoken of, or about what its own words name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.engine.nlu.meaning import Context, Scores, Thresholds
from bot.engine.nlu.moment import understand
from tests.engine.nlu.scores import by_text, scores

LIMITS = Thresholds(answer=0.6, ask=0.2, act=0.45, out_of_scope=0.4, refer=0.45)
LICENCE = Context(product="rijbewijs-verlengen", aspect="aanvragen", said="rijbewijs verlengen")
SAME = scores("ask_how", 0.6, "product:rijbewijs-verlengen", 0.97)
LICENCE_FIRST = "rijbewijs verlengen"


def models(text: str, alone: Scores, together: Scores = SAME) -> object:
    return by_text({text: alone, f"{LICENCE_FIRST} {text.removeprefix('en ')}": together, f"{LICENCE_FIRST} {text}": together})


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("geen digid", scores("ask_how", 0.5, "product:digid", 0.98)),
        ("voor school", scores("ask_what", 0.3, "product:leerlingenvervoer", 0.8)),
        ("krijg ik dan een boete", scores("ask_costs", 0.9, "organisation:cjib", 0.96)),
        ("den van twintig jaar oud", scores("out_of_scope", 0.3, "none", 0.8, outside=0.95)),
    ],
)
def test_what_sounds_like_the_same_beside_it_is_about_the_same(text: str, alone: Scores) -> None:
    meaning = understand(text, LICENCE, models(text, alone), LIMITS)  # type: ignore[arg-type]
    assert (meaning.product, meaning.zone) == ("rijbewijs-verlengen", "answer")


@pytest.mark.parametrize(
    ("text", "alone", "together"),
    [
        ("ik ben mijn paspoort kwijt", scores("ask_how", 0.9, "product:reisdocument-vermissing", 0.99), None),
        ("en plastic?", scores("ask_what", 0.6, "product:pmd", 0.97), SAME),
        ("en mijn zorgtoeslag?", scores("refer", 0.9, "organisation:dienst-toeslagen", 0.97), None),
        ("ik krijg geen huurtoeslag meer", scores("refer", 0.9, "organisation:dienst-toeslagen", 0.99), SAME),
        ("hoe vraag ik huurtoeslag aan", scores("ask_how", 0.6, "organisation:dienst-toeslagen", 0.94), SAME),
        ("digid aanvragen", scores("ask_how", 0.9, "product:digid", 0.99), SAME),
    ],
)
def test_what_names_something_else_is_about_that(text: str, alone: Scores, together: Scores | None) -> None:
    meaning = understand(text, LICENCE, models(text, alone, together or alone), LIMITS)  # type: ignore[arg-type]
    assert meaning.product != "rijbewijs-verlengen"


def test_what_is_plainly_none_of_our_business_is_so_within_a_talk() -> None:
    alone = scores("out_of_scope", 0.9, "none", 0.9, outside=0.99)
    assert understand("wie wint de beker", LICENCE, models("wie wint de beker", alone), LIMITS).act == "out_of_scope"  # type: ignore[arg-type]


def test_a_name_that_a_form_waits_for_is_not_read_as_a_question() -> None:
    alone = scores("out_of_scope", 0.3, "none", 0.8, outside=0.95)
    form = replace(LICENCE, form="callback_form", requested="callback_name")
    assert understand("M. Smit", form, models("M. Smit", alone), LIMITS).zone != "answer"  # type: ignore[arg-type]
