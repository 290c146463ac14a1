"""Tells an answer to a form's question from something else that is said while the form waits."""

from __future__ import annotations

import re

from bot.engine.nlu.meaning import Understanding
from bot.text.particulars import names_itself

_FREE = {"stop", "ask_person", "thank", "tell_more", "choose_municipality", "refer"}
"""Intents that are heard in a form as they are, when they are sure."""

_SURE = 0.8
_STOPS = re.compile(
    r"^\W*(stop|stoppen|laat maar|laat maar zitten|annuleren|annuleer|toch niet|afbreken|hou maar op|nee laat maar)\W*$", re.IGNORECASE
)
_ADDRESS = re.compile(r"\w@\w")
"""A note may be answered by e-mail."""
_QUESTION = re.compile(r"\?\s*$|^\W*(wat|hoe|waar|wanneer|hoeveel|kan|kun|mag|moet|welke|wie|waarom|is|zijn|heb|krijg)\b", re.IGNORECASE)


def in_form(text: str, requested: str, meaning: Understanding) -> str:
    """The intent of a message while a form waits for `requested`: give_details, affirm, deny, digress, or a free one."""
    if _STOPS.match(text):
        return "stop"
    if requested.endswith("_confirmed"):
        return _confirmation(text, meaning)
    digits = sum(sign.isdigit() for sign in text)
    if requested.endswith("_phone"):
        return "give_details" if digits >= 6 or _ADDRESS.search(text) else _other(text, meaning)
    if requested.endswith("_name"):
        return (
            "give_details"
            if not _QUESTION.search(text) and (len(text.split()) <= 6 or names_itself(text)) and digits <= 3 and not _is_free(meaning)
            else _other(text, meaning)
        )
    return "stop" if meaning.intent == "stop" and meaning.confidence >= _SURE else "give_details"


def _confirmation(text: str, meaning: Understanding) -> str:
    words = set(re.findall(r"\w+", text.lower()))
    if words & {"nee", "neen", "niet", "fout", "verkeerd", "onjuist", "wijzig", "wijzigen", "anders"}:
        return "deny"
    if words & {"ja", "jawel", "jep", "klopt", "correct", "goed", "juist", "akkoord", "prima", "oke", "ok", "yes"}:
        return "affirm"
    return meaning.intent if meaning.intent in ("affirm", "deny") else _other(text, meaning)


def _is_free(meaning: Understanding) -> bool:
    return meaning.intent in _FREE and meaning.confidence >= _SURE


def _other(text: str, meaning: Understanding) -> str:
    return meaning.intent if _is_free(meaning) else "digress"
