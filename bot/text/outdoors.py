"""Hears what people say when they report something outdoors: what it is, whether it is dangerous, and what they rather skip."""

from __future__ import annotations

import re
from typing import Literal

Part = Literal["what", "where", "picture", "contact"]
"""What a report consists of, as its questions are called."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split("|"))


_GREETING = re.compile(
    r"^\W*(?:(?:hallo|hoi|hey|hai|dag|goede(?:n)?\s?(?:morgen|middag|avond|dag)|beste (?:gemeente|mensen|lezer)"
    r"|geachte (?:gemeente|heer|mevrouw)(?:[ /]+(?:heer|mevrouw))?|gemeente)\b[\s,.!]*)+",
    re.IGNORECASE,
)
_TELLS = r"(?:melden|doorgeven|aangeven|rapporteren|reporten)"
_WISHES = r"(?:(?:ik|wij|we)\s+)?(?:wil|willen|wou|wilde|wilden|zou|zouden|kom|komen|moet|moeten|heb|hebben|doe)"
_ADVERBS = r"(?:\s+(?:hier|hierbij|graag|even|nog|ook|willen|anoniem|u|jullie|bij u|bij jullie))*"

_FRAMES = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        rf"^\W*(?:waar|hoe|bij wie|kan|kun|mag|moet)\s+(?:(?:kan|moet|mag|kun|kunnen)\s+)?(?:ik|je|men|u|we|wij){_ADVERBS}\s+"
        rf"(?P<rest>.+?)\s+(?:kunnen\s+|te\s+)?{_TELLS}\W*$",
        r"^\W*(?:waar|hoe)\s+(?:meld|geef)\s+(?:ik|je|men|u|we|wij)\s+(?P<rest>.+?)(?:\s+(?:door|aan))?\W*$",
        rf"^\W*{_WISHES}{_ADVERBS}\s+(?P<rest>(?!een melding\b|iets\b).+?)\s+(?:komen\s+)?{_TELLS}"
        r"(?P<more>(?:\s+(?:in|op|aan|bij|voor|van|naast|langs)\s.+)?)\W*$",
        rf"^\W*(?:{_WISHES}{_ADVERBS}\s+|graag\s+)?(?:een\s+|iets\s+)?(?:anonieme\s+)?"
        rf"(?:melding(?:\s+(?:openbare ruimte|van|te|doen|maken))*|{_TELLS})(?:\s+(?:doen|maken|komen))?"
        r"(?:\s*[:,]\s*|\s+(?:van|over|dat|voor)\s+)(?P<rest>.+)$",
        rf"^.*?\ben\s+(?:ik\s+|wij\s+)?(?:wil|willen|wou)\s+(?:\w+\s+){{0,2}}{_TELLS}\s+dat\s+(?:er\s+)?(?P<rest>.+)$",
    )
)
"""Sentences around what is reported, which stands in `rest`, and in `more` where it is."""

_ASKS_HOW = re.compile(
    r"[\s,.;:!-]+(?:en\s+)?(?:graag\s+)?(?:waar|hoe|bij wie|aan wie|kan|kunt|kunnen|mag|moet|zou)\s+[^.?!]*\b"
    r"(?:meld\w*|doorgeven|aangeven|terecht|doorgegeven)\b[^.?!]*[.?!]*\s*$"
    r"|[\s,.;:!-]+(?:dit|dat|het) (?:wil|wou|zou) (?:ik|wij|we)\b[^.?!]*\b(?:melden|doorgeven)\W*$",
    re.IGNORECASE,
)
_ONLY_WISH = re.compile(
    rf"^\W*(?:(?:{_WISHES}|(?:kan|mag) (?:ik|je|men)|graag){_ADVERBS}\s*)?(?:een |mijn )?(?:nieuwe |anonieme )?"
    rf"(?:(?:buiten)?melding|{_TELLS}|iets|wat)\b[^.?!]{{0,25}}$",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"[\s,;.]*(?:\b(?:en|mijn|m'?n|me|is|het|e-?mail\w*|mail\w*|telefoon\w*|tel|mobiel|nummer|bereikbaar|op|naar|via)\b[\s:.]*)*"
    r"(?:[\w.%+'-]+@[\w.-]+\.[A-Za-z]{2,}|(?<!\d)(?:\+31|0031|0)[\s-]?\d(?:[\s-]?\d){8}(?!\d))",
    re.IGNORECASE,
)
_SAYS_NOTHING = _set(
    "ik|wij|we|wil|willen|graag|iets|wat|een|de|het|dit|dat|er|is|in|op|van|"
    "over|voor|mijn|onze|ons|uw|doen|maken|nog|ook|even|anoniem|melding|meldingen|melden|buitenmelding|openbare|ruimte|"
    "buiten|probleem|klacht|foto|ja|nee|hallo|hoi|hier|doorgeven|aangeven|gemeente|straat|buurt|wijk|kan|kun|u|en|zijn|heb|"
    "moet"
)
_CONTENT = re.compile(r"[^\W\d_]{3,}")
_FEWEST_TOLD = 3
"""Words before "waar kan ik dat melden" that tell something; fewer only name it."""

_WANTS = re.compile(
    rf"\b{_WISHES}\b[^.?!]*\b(?:melden|melding (?:doen|maken)|(?:door|aan)geven)\b|\bgraag (?:iets )?(?:melden|doorgeven|een melding)\b"
    r"|\b(?:kan|mag) ik (?:hier|bij (?:u|jullie)|dat hier|dit hier)\b[^.?!]*\b(?:melden|doorgeven|aangeven|melding doen)\b"
    r"|^\W*(?:een )?(?:nieuwe )?melding(?: (?:openbare ruimte|over [^.?!]{3,40}))? (?:doen|maken)\W*$",
    re.IGNORECASE,
)

_REFUSED = r"(?:foto\w*|plaatje|afbeelding\w*|bericht\w*|idee|contact|reactie|terugkoppeling|telefoon|camera|e-?mail\w*)"
_VERB = r"(?:ik )?(?:wil |blijf |doe |heb |stuur |kan )?(?:ik )?(?:liever |nu |hier |er |even )*"
_DECLINES = re.compile(
    r"^\W*(?:(?:nee|neen|nope|nah)\b(?:\W+(?:hoor|dank\w*(?: (?:u|je))?(?: wel)?|bedankt|liever niet|is niet nodig|hoeft niet|sorry"
    r"|helaas|niet nodig|dat hoeft niet|anoniem|ik niet|zo is het goed|laat maar))*"
    r"|sla(?: dit| deze)?(?: \w+)? over|overslaan|skip|volgende|verder"
    r"|no(?: (?:thanks|thank you|photo|picture))?"
    rf"|(?:nee\W+)?{_VERB}(?:geen|zonder)(?: een)? {_REFUSED}(?: \w+){{0,3}}"
    r"|(?:nee\W+)?(?:(?:die |dat )?heb ik (?:er )?niet|(?:dat )?(?:hoeft|lukt|kan|gaat) (?:echt )?niet)(?: \w+){0,2}"
    r"|(?:is )?niet nodig|liever niet|geen|(?:ik )?heb (?:ik )?(?:er )?(?:geen|niet)|(?:een )?foto'?s? heb ik niet"
    r"|(?:nee\W+)?(?:ik )?(?:wil |blijf )?(?:liever |graag )?anoniem(?: blijven| houden| graag)?|laat maar(?: zitten)?)\W*$",
    re.IGNORECASE,
)
_ANONYMOUS = re.compile(r"\banoniem\w*\b|\b(?:zonder|niet met) (?:mijn )?naam\b", re.IGNORECASE)

_WIRE = r"(?:stroom|elektriciteits?|elektra|electra|hoogspannings?)?(?:kabels?|draad|draden|draadjes)"
_HAZARDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_WIRE}\b[^.?!]{{0,40}}\b(?:bloot|open|los|uit|hang\w*|steekt|steken|ligt|liggen|zie)\b",
        rf"\b(?:blote?|bloot\w+|losse?|open|hangende|afgebroken) (?:\w+ )?{_WIRE}\b",
        rf"\b(?:bloot|open|los|hang\w*|steekt|steken|ziet?)\b[^.?!]{{0,25}}\b{_WIRE}\b",
        r"\bgas(?:lucht|lek|leiding)\b|\b(?:ruik\w*|lekt|lekkend|stinkt naar)[^.?!]{0,20}\bgas\b",
        r"\b(?:zinkgat|sinkhole)\b|\b(?:weg|wegdek|straat|stoep|brug|kade|fietspad|rijbaan|tunnel|viaduct)\b[^.?!]{0,30}"
        r"\b(?:ingestort|ingezakt|weggeslagen|ingezonken|stort in)\b",
        r"\b(?:mist|ontbreekt|open|gestolen)\b[^.?!]{0,25}\bput(?:deksel)?\b",
        r"\bput(?:deksel)?\b[^.?!]{0,25}\b(?:mist|ontbreekt|is weg|staat open|ligt open|gestolen|eraf)\b",
        r"\b(?:boom|tak|paal|lantaarnpaal|mast|bord|steiger|gevel)\b[^.?!]{0,30}"
        r"\b(?:dreigt|staat op omvallen|staat op vallen|valt zo|omgevallen|omgewaaid)\b",
        r"\b(?:omgevallen|omgewaaide?) (?:boom|paal|lantaarnpaal|mast)\b",
        r"\blevensgevaarlijk\w*|\b(?:direct|acuut|groot) gevaar\b",
        r"\b(?:vaten|jerrycans?)\b[^.?!]{0,40}\b(?:chemisch\w*|lek\w*|drugs\w*|vreemde (?:geur|lucht))",
    )
)

_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("picture", re.compile(r"\b(?:foto\w*|plaatje\w*|afbeelding\w*)\b", re.IGNORECASE)),
    ("contact", re.compile(r"\b(?:e-?mail\w*|mailadres|telefoon\w*|mobiel\w*|(?:mijn )?gegevens|06-?nummer|bericht)\b", re.IGNORECASE)),
    ("where", re.compile(r"\b(?:plek|plaats|locatie|adres|straat\w*|huisnummer|nummer|waar|dorp|gemeente)\b", re.IGNORECASE)),
    ("what", re.compile(r"\b(?:tekst|omschrijving|melding|beschrijving|onderwerp|probleem|wat (?:er|het) is)\b", re.IGNORECASE)),
)


def report_words(text: str) -> str | None:
    """What is reported in a message, without greeting, wish, question or particulars around it; None when it names nothing."""
    said = _GREETING.sub("", _CONTACT.sub("", " ".join(text.split()))).strip(" ,;:-")
    framed = _unframed(said)
    said = (framed if framed != said else _unframed(_ASKS_HOW.sub("", said))).strip(" ,;:-")
    words = {word.lower() for word in _CONTENT.findall(said)} - _SAYS_NOTHING
    if not words or (_ONLY_WISH.match(said) and len(words) == 1):
        return None
    return said[:1].upper() + said[1:]


def wants_to_report(text: str) -> bool:
    """Whether somebody wants to report now: says so, or tells what is wrong and asks where one reports that."""
    said = " ".join(text.split())
    asked = _ASKS_HOW.search(said)
    tells = asked is not None and len(said[: asked.start()].split()) >= _FEWEST_TOLD and report_words(said) is not None
    return _WANTS.search(said) is not None or tells


def declines(text: str) -> bool:
    """Whether somebody passes a question over that need not be answered ("geen foto", "liever anoniem", "nee hoor")."""
    return _DECLINES.match(text) is not None


def stays_anonymous(text: str) -> bool:
    """Whether somebody does not want to be known."""
    return _ANONYMOUS.search(text) is not None


def is_hazard(text: str) -> bool:
    """Whether it may hurt somebody before a working day begins: bare wires, gas, an open manhole, a tree about to fall."""
    return any(pattern.search(text) for pattern in _HAZARDS)


def read_part(text: str) -> Part | None:
    """Which part of a report that was read back is said to be wrong."""
    return next((part for part, pattern in _PARTS if pattern.search(text)), None)


def _unframed(said: str) -> str:
    for frame in _FRAMES:
        match = frame.match(said)
        if match is not None:
            parts = match.groupdict()
            return f"{parts['rest']}{parts.get('more') or ''}"
    return said
