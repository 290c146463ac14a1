"""What leans on the subject before it, and what speaks of something else."""

from __future__ import annotations

import pytest

from bot.engine.nlu.leaning import clear_subject, continues, leans, share_asked
from bot.engine.nlu.meaning import NO_SUBJECT, Scores, Thresholds

LIMITS = Thresholds(answer=0.6, ask=0.2, act=0.45, out_of_scope=0.4, refer=0.45)


def scores(subject: str = "product:klein-chemisch-afval", sure: float = 0.03, intent: str = "ask_where") -> Scores:
    return Scores([(intent, 0.9), ("ask_where", 0.05)], [(subject, sure)], 0.8, sure)


@pytest.mark.parametrize("text", ["en hoe lang dan?", "maar zondags", "wat als ik verhuis"])
def test_the_first_word_goes_on(text: str) -> None:
    assert continues(text)


def test_a_short_question_about_it_leans_on_what_was_spoken_of() -> None:
    assert leans("waar kan dat?", scores(), LIMITS)
    assert leans("wat kost een kast", scores(NO_SUBJECT, 0.9), LIMITS)
    assert not leans("waar kan verf heen?", scores(), LIMITS)
    assert not leans("waar kan dat?", scores(sure=0.9), LIMITS)


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("wie betaalt de begrafenis als er geen geld is", "ask"),
        ("hoe lang duurt het voordat hij gemaakt is?", "higher"),
        ("en wie betaalt de begrafenis als er geen geld is", "higher"),
    ],
)
def test_a_long_remark_without_it_speaks_of_what_it_names(text: str, least: str) -> None:
    assert (clear_subject(text, LIMITS) == LIMITS.ask) == (least == "ask")


def test_what_sounds_like_a_question_for_somebody_else_asks_as_much() -> None:
    assert share_asked(scores(intent="refer")) == 0.8
    assert share_asked(scores(intent="thank")) == 0.05
