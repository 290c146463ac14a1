"""The intents by kind: which ask for an aspect, which are acts, and what may go with them."""

from __future__ import annotations

ACTS = {
    "book_appointment": "book",
    "move_appointment": "move",
    "cancel_appointment": "cancel",
    "view_appointment": "view",
    "report_problem": "report",
    "ask_person": "person",
    "request_callback": "person",
    "callback_status": "status",
    "report_status": "status",
    "leave_note": "note",
    "complain": "complaint",
    "thank": "thanks",
    "greet": "greet",
    "goodbye": "goodbye",
    "affirm": "affirm",
    "deny": "deny",
    "praise": "praise",
    "insult": "insult",
    "bot_challenge": "bot_challenge",
    "ask_help": "help",
    "smalltalk": "smalltalk",
    "tell_more": "more",
    "not_helped": "not_helped",
    "something_else": "something_else",
    "choose_municipality": "municipality",
    "stop": "stop",
    "out_of_scope": "out_of_scope",
}
"""Intents that are acts, by the name that outsiders read."""

WITH_PRODUCT = {"book_appointment", "report_problem", "move_appointment", "cancel_appointment", "view_appointment", "complain"}
"""Acts that may be about a product."""

SMALLTALK = {"greet", "goodbye", "thank", "praise", "insult", "smalltalk", "bot_challenge", "ask_help", "affirm", "deny"}
