"""Takes a message apart: courtesies aside, and each question or wish with what leads up to it."""

from __future__ import annotations

import re

MOST = 4
"""More questions than this in one message are not looked for."""

_SUBJECTS = r"(?:ik|je|jij|u|we|wij|hij|zij|ze|het|'t|dat|dit|er|die|deze|mijn|m'?n|me|jullie|iemand|iedereen|een|de|daar|ook|dan)"
_VERBS = (
    r"(?:kan|kun|kunt|kunnen|mag|mogen|moet|moeten|heb|hebt|hebben|krijg|krijgt|krijgen|is|zijn|zit|zitten|ben|word|wordt|gaat|gaan|doe|doen|doet"
    r"|geldt|gelden|bestaat|komt|komen|werkt|duurt|kost|kosten|hoef|hoeft|helpen|regelen|sturen|weten|weet)"
)
_ASKS = (
    r"(?:(?:per|vanaf|tot|op|in|voor|bij|met|naar)\s+)?(?:wat|hoe|hoeveel|hoelang|waar|wanneer|welke?|wie|waarom|waarvoor)\b"
    rf"|{_VERBS}\s+{_SUBJECTS}\b"
)
_WISHES = (
    r"(?:(?:ik|we|wij)\s+(?:wil|willen|zou|zouden|moet|moeten)|(?:wil|willen|zou|zouden)\s+(?:ik|we|wij)|graag|(?:mag|kan)\s+ik)"
    r"\b[^.?!]{0,40}\b(?:afspraak|langskomen|medewerker|iemand\s+spreken|mens|teruggebeld|gebeld|bellen|melden|weten|verzetten|annuleren|afzeggen)\b"
)
_LINKS = r"(?:dan|ook|nog|daarna|meteen|gelijk|verder|bovendien|trouwens|daarnaast|eigenlijk|vooral|zo ja|oh ja|o ja)"
_STARTS = re.compile(rf"^\W*(?:(?:en|maar|of|plus)\s+)?(?:{_LINKS}\W+)*(?:{_ASKS}|{_WISHES})", re.IGNORECASE)
_WISH = re.compile(rf"^\W*(?:(?:en|maar|plus)\s+)?(?:{_LINKS}\W+)*{_WISHES}", re.IGNORECASE)
_BREAK = re.compile(
    rf"(?<=[?!])\s+|(?<=[.])\s+|\n+|(?:(?<!\s)\s*[,;]\s*(?:(?:en|maar)\s+)?|(?<!\s)\s+(?:en|maar|plus)\s+)(?=(?:{_LINKS}\W+)*(?:{_ASKS}|{_WISHES}))",
    re.IGNORECASE,
)
_THANKS = (
    r"(?:(?:heel\s+erg\s+|hartelijk\s+|hartstikke\s+|alvast\s+)?(?:bedankt|dank(?:\s+(?:u|je|jullie))?(?:\s*wel)?|dank(?:je|u)wel|thanks|thx|tnx|merci)"
    r"(?:\s+hoor)?(?:\s+voor\s+(?:de|het|uw|je|jullie)\s+(?:\w+\s+)?\w+(?=\s*[,.!]|\s+en\b))?|ok|ok[eé]e?|okay"
    r"|(?:top|fijn|prima|super|mooi|perfect|duidelijk|helder|goed|geweldig|nou)(?=\s*[,.!]|\s+(?:en|dank\w*|bedankt|thanks)\b))"
)
"""What was said before is acknowledged; a word that may as well begin a question only where a sign or "en" stands behind it."""
_OPENING = re.compile(
    rf"^\W*(?:(?:{_THANKS}|hallo|hoi|hai|hey|heey?|hi|moi|goedendag|goededag|goedemorgen|goedemiddag|goedenavond|goeie\w+|dag(?=\s*[,!.]|\s+(?:allemaal|gemeente|meneer|mevrouw))"
    r"|geachte|beste)(?:\s+(?:allemaal|daar|gemeente|meneer|mevrouw|heer|medewerker|team|mensen)){0,3}[\s,!./-]+)+(?:heer|mevrouw|\W)*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?<![\s,.!?;])[\s,.!?;]+(?:(?:met\s+)?(?:vriendelijke\s+)?groet(?:en|jes)?|mvg|gr|m\.v\.g\.?)(?:[\s,]+[\w.'-]+){0,4}\W*$"
    r"|(?<![\s,.!;])[\s,.!;]+(?:alvast\s+)?(?:bedankt|hartelijk\s+dank|bij\s+voorbaat\s+dank|bvd|dank\s+(?:u|je)(?:\s+wel)?|dankjewel)(?:\s+alvast)?\W*$",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"(?<![^.,;!?\n])[^.,;!?\n]*\*{5,}[^.,;!?\n]*[.,;!?\n]*")
_TWINS = re.compile(
    r"^(?P<first>\S+\s+\S+\s+.+?)\s+(?:en|plus)\s+(?P<second>(?:(?:ook\s+)?(?:voor\s+)?(?:een|de|het|mijn|m'?n|onze|nieuwe?)\s+(?:\S+\s+){0,2})?[^\W\d_][\w-]+(?:\s+kaart)?)\W*$",
    re.IGNORECASE | re.DOTALL,
)
_NO_TWINS = re.compile(r"\b(?:verschil|tussen|zowel|of|maar|met|zonder|samen|allebei|beide)\b", re.IGNORECASE)
_FEWEST_LEFT = 2
_ROUNDABOUT = re.compile(
    r"(?:(?<=[.!?,]\s)|^)(?:\w+\s+){0,2}(?:(?:ik|wij|we)\s+(?:zou(?:den)?|wil(?:len|de)?|had)?\s*(?:\w+\s+){0,3}weten"
    r"|(?:nu\s+)?(?:ik\s+vr(?:oeg|aag)|vr(?:oeg|aag)\s+ik)\s+(?:mij|me)\s+(?:nu\s+)?af|kunt?\s+u\s+(?:mij|me)\s+(?:zeggen|vertellen))\s*,?\s+(?=(?:wat|hoe\w*|waar|wanneer|welke?)\b)",
    re.IGNORECASE,
)


def bare(text: str) -> str:
    """`text` without greeting, thanks and signature, and without a clause with a masked number; whole when it asks nothing else."""
    for pattern in (_HIDDEN, _OPENING, _CLOSING, _CLOSING):  # a thank you may stand before the signature
        shorter = pattern.sub("", text).strip()
        if len(shorter.split()) >= _FEWEST_LEFT and (pattern is _HIDDEN or asks(shorter)):
            text = shorter
    return text


def plainly(text: str) -> str:
    """`text` with its question in the place of "ik zou graag willen weten" and the like."""
    return _ROUNDABOUT.sub("", text)


def asks(text: str) -> bool:
    """Whether some clause of `text` has the form of a question or of a wish."""
    return "?" in text or any(_STARTS.match(part) for part in _BREAK.split(text))


def questions(text: str) -> list[str]:
    """Each question or wish with the statements before it; fewer than two when it is one question, and at most MOST."""
    found: list[str] = []
    lead: list[str] = []
    for part in filter(None, (piece.strip() for piece in _BREAK.split(text))):
        if lead and _WISH.match(part):
            found.append(" ".join(lead))  # "ik wil mijn paspoort verlengen en meteen een afspraak": what it is for is told first
            lead = []
        lead.append(part)
        if part.endswith("?") or _STARTS.match(part):
            found.append(" ".join(lead))
            lead = []
    if found and lead:
        found[-1] = " ".join([found[-1], *lead])
    return found if len(found) <= MOST else []


def twins(text: str) -> tuple[str, str] | None:
    """The two things that one question may be about ("wat kost een paspoort en een id-kaart"): all before "en", and what comes after it."""
    match = _TWINS.match(text)
    if match is None or _NO_TWINS.search(text) or _STARTS.match(match["second"]):
        return None
    return match["first"], match["second"]
