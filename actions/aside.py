"""Answers something else that is said while a form waits: a question, small talk, what another organisation does."""

from __future__ import annotations

from actions.answers import say_answer
from actions.appointment_moment import Moment
from actions.saying import say

_SMALL = {
    "thanks": "utter_thank",
    "praise": "utter_praise",
    "bot_challenge": "utter_bot_challenge",
    "insult": "utter_insult",
    "complaint": "utter_complain",
}


def say_small_talk(moment: Moment, greeting: str) -> bool:
    """Answer small talk, a greeting with the response `greeting`; whether it was any."""
    act = str(moment.understanding.get("act"))
    small = greeting if act == "greet" else _SMALL.get(act)
    if small:
        moment.say(small)
    return small is not None


def say_referral(moment: Moment, municipality: str | None) -> bool:
    """Say who does what was asked, when that is clear; whether it was."""
    told = moment.understanding
    organisation = told.get("organisation")
    if told.get("zone") != "refer" or not organisation or not moment.library.organisation(organisation):
        return False
    referral = moment.library.referral(organisation, municipality)
    say(moment.dispatcher, referral.text, [], route="refer", organisation=organisation)
    return True


def say_about(moment: Moment, product: str | None, aspect: str | None, municipality: str | None) -> bool:
    """Answer a question without choices, as the form's own question follows; whether there is such a product."""
    if product is None or not aspect or moment.library.product(product) is None:
        return False
    say_answer(moment.dispatcher, moment.library, moment.library.answer(product, aspect, municipality), busy=True)
    return True
