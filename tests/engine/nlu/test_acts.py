"""What does something and what asks about something."""

from __future__ import annotations

import pytest

from bot.engine.nlu.acts import is_act
from bot.engine.nlu.meaning import Context, Thresholds
from tests.engine.nlu.scores import scores

LIMITS = Thresholds()
NOWHERE = Context()
PARKING = Context("parkeervergunning", "kosten")


@pytest.mark.parametrize(
    ("text", "intent", "sure", "context", "does"),
    [
        ("kan er een drempel komen", "book_appointment", 0.6, NOWHERE, False),
        ("kan ik morgen komen", "book_appointment", 0.6, NOWHERE, True),
        ("wil graag n afspr maken", "book_appointment", 0.6, NOWHERE, True),
        ("een plekje graag", "book_appointment", 0.9, NOWHERE, True),
        ("en voor bezoekers", "book_appointment", 0.9, PARKING, False),
        ("en voor dinsdag", "book_appointment", 0.9, PARKING, True),
        ("heb 2 kinderen", "view_appointment", 0.6, NOWHERE, False),
        ("hoe laat moest ik er zijn om 10.15 of later", "view_appointment", 0.6, NOWHERE, True),
        ("mijn paspoort dus", "cancel_appointment", 0.42, NOWHERE, False),
        ("het hoeft niet meer", "cancel_appointment", 0.6, NOWHERE, True),
        ("nee", "deny", 0.5, NOWHERE, True),
        ("moord en brand schreeuwen doe ik niet", "deny", 0.6, NOWHERE, False),
        ("absoluut niet, echt helemaal nooit", "deny", 0.9, NOWHERE, True),
    ],
)
def test_an_act_is_believed_where_its_words_are_there_or_it_is_clear(
    text: str, intent: str, sure: float, context: Context, does: bool
) -> None:
    assert is_act(text, context, scores(intent, sure, "none", 0.9), LIMITS) is does
