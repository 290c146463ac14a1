"""Decides whether a message does something (greets, books, complains) and does not ask about something."""

from __future__ import annotations

from bot.engine.nlu.labels import ACTS, WITH_PRODUCT
from bot.engine.nlu.leaning import elliptic
from bot.engine.nlu.meaning import NO_SUBJECT, OUT_OF_SCOPE, Context, Scores, Thresholds
from bot.engine.nlu.signs import speaks_of_a_meeting, words_besides_yes_or_no

CLEAR_WISH = 0.5
"""Who clearly asks something ("ik heb een probleem") is not refused because of the words around it."""

_MEETINGS = {"book_appointment": 0.8, "move_appointment": 0.8, "view_appointment": 0.8, "cancel_appointment": 0.45}
"""A message without any word of a meeting or a time is about an appointment only when it is this clear."""

_SHORT_ANSWERS = frozenset({"affirm", "deny", "stop"})
_MANY = 3
_PLAIN_ANSWER = 0.75
"""Who says so much more than yes, no or stop says something else, unless it is this clear."""


def is_act(text: str, context: Context, scores: Scores, limits: Thresholds) -> bool:
    """Whether the likeliest intent is an act, and likely enough at this moment of the conversation."""
    intent = scores.intents[0][0]
    if intent not in ACTS or intent == OUT_OF_SCOPE:
        return False
    if intent in _MEETINGS and not speaks_of_a_meeting(text):
        again = context.product is not None and elliptic(text)  # "en voor een plek bij huis?" asks the same about something else
        if again or scores.intent_sure < _MEETINGS[intent]:
            return False
    if intent in _SHORT_ANSWERS and words_besides_yes_or_no(text) >= _MANY and scores.intent_sure < _PLAIN_ANSWER:
        return False
    if intent == "smalltalk" and scores.intent_sure < CLEAR_WISH and scores.outside >= limits.out_of_scope:
        return False  # "wat wordt het weer vandaag": talk as much as a question, and not one for us
    named = scores.names != NO_SUBJECT and scores.subject_sure > scores.intent_sure
    faint = context.product is not None and intent != "choose_municipality"  # "en in Heiloo?" is short, and clear
    least = max(limits.act, limits.act_in_talk) if faint else limits.act
    return scores.intent_sure >= least and (intent in WITH_PRODUCT or not named)
