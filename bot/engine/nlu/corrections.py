"""Finds what is meant in its place, when somebody says what they do not mean or do not want."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.engine.nlu.labels import ACTS, WITH_PRODUCT
from bot.engine.nlu.meaning import Scores, Thresholds

_MEANS = re.compile(
    r"^\W*(?:(?:nee|neen|nope|sorry|oeps|pardon|wacht|o|oh)\W+)*(?:maar\s+|nee\s+)?"
    r"(?:(?:ik|wij|we)\s+(?:bedoel(?:de|en)?|had(?:den)?\s+het\s+over|vroeg(?:en)?\s+naar)(?:\s+(?:eigenlijk|juist|namelijk))?"
    r"|(?:het|dit|dat)\s+(?:gaat|ging)\s+(?:mij\s+|me\s+|ons\s+)?(?:niet\s+\S+\s+\S+\s+maar\s+)?(?:om|over))\b\W*(?=\S)",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^\W*(?:nee|neen|nope|sorry|oeps)\W+(?:voor\s+|over\s+|om\s+)?(?=(?:een|de|het|mijn|m'?n|mn|onze|ons)\s+\S+(?:\s+\S+){0,3}$)",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"^(?P<before>.*?)\b(?:geen|niet)\s+(?P<unwanted>[^,.?!]+?)(?:\s*,\s*(?:maar\s+)?|\s+maar\s+)(?:wel\s+|juist\s+)?(?P<wanted>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_REFUSES = re.compile(r"^\W*(?:nee|neen|nope)\b", re.IGNORECASE)
_WANTED_NOT = r"(?:afspraak|afspraken|medewerker|mens|terugbel\w*|telefoontje|gesprek|melding)"
_DECLINED = re.compile(
    rf"(?:^|(?<=[.,;!])\s*|\b)(?:nee\W+)?(?:maar\s+)?(?:ik|we|wij)\s+(?:wil|willen|wou|wilde|hoef|hoeven|wens)\b[^.?!,]{{0,25}}\bgeen\s+(?:\w+\s+)?{_WANTED_NOT}\b"
    rf"(?:\s+(?:te|maken|spreken|doen|hebben|aanvragen|plannen|nodig))*(?![^.!,]{{0,15}}\?)"
    rf"|\b(?:een\s+)?{_WANTED_NOT}\s+(?:hoeft|is)\s+(?:\w+\s+){{0,2}}niet(?:\s+(?:nodig|meer))*",
    re.IGNORECASE,
)
_JOINS = re.compile(r"^\W*(?:maar|want|en)?\s*(?:gewoon\s+|alleen\s+|liever\s+)?", re.IGNORECASE)


def meant(text: str) -> str | None:
    """What follows "ik bedoel" or "nee," and names the thing itself; None when `text` corrects nothing."""
    for pattern in (_MEANS, _NO):
        rest = pattern.sub("", text)
        if rest != text:
            return rest
    return None


def instead(text: str) -> tuple[str, str] | None:
    """What is not meant, and the message with what is meant in its place ("geen paspoort maar een id-kaart")."""
    match = _INSTEAD.match(text)
    return (match["unwanted"], f"{match['before']}{match['wanted']}".strip()) if match else None


def without_declined(text: str) -> str | None:
    """What else is said beside "ik wil geen afspraak"; empty when that is all, None when nothing is declined."""
    if "?" in text.split(".", maxsplit=1)[0] and re.match(r"^\W*(?:kan|mag|moet)\b", text, re.IGNORECASE):
        return None
    rest = _DECLINED.sub(" ", text, count=1)
    return None if rest == text else _JOINS.sub("", rest).strip(" ,.;!")


def refuses(text: str) -> bool:
    """Whether `text` begins with no."""
    return _REFUSES.match(text) is not None


def after_no(text: str) -> str | None:
    """What is said after "nee" ("nee, verlengen"); None when `text` does not begin so, or says nothing more."""
    rest = _REFUSES.sub("", text).strip(" ,.;!")
    return rest if rest and rest != text.strip(" ,.;!") else None


def wanted(text: str, score: Callable[[str], Scores], limits: Thresholds, product: str | None = None) -> str:
    """The message with what is meant in the place of what is not ("geen paspoort maar een id-kaart"), when both are clear.

    Of who says no to the `product` that was spoken of ("nee niet DigiD, de site van de gemeente"), the rest is kept however unclear.
    """
    found = instead(text)
    if found is None:
        return text
    kept = found[1]
    no, yes = (score(part) for part in found)
    acts = no.intents[0][0] in ACTS and yes.intents[0][0] in WITH_PRODUCT and min(no.intent_sure, yes.intent_sure) >= limits.act
    if acts and no.intents[0][0] != yes.intents[0][0]:
        return kept
    if refuses(text) and no.products and no.names == "product" and no.products[0][0] == product:
        return _REFUSES.sub("", kept).strip(" ,.;")
    clear = no.names == yes.names == "product" and min(no.subject_sure, yes.subject_sure) >= limits.ask
    return kept if clear and no.products[0][0] != yes.products[0][0] else text
