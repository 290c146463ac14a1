"""What a message says by its form alone: a postcode, the name of an aspect, a word that many subjects share, or no language at all."""

from __future__ import annotations

import re

from bot.engine.nlu.meaning import NO_SUBJECT, Scores

_POSTCODE = re.compile(r"^\W*[1-9]\d{3}\s?[a-z]{2}\W*$", re.IGNORECASE)
_MACHINE = re.compile(r"[{}]|</|\w_\w")
_KEYS = re.compile(r"^\W*(?:[b-df-hj-np-tv-xz]{4,}\W+)+[b-df-hj-np-tv-xz]{4,}\W*$", re.IGNORECASE)
"""Two words or more without a vowel: keys that were pressed ("hmpf grrr brrr"); a single one may be a sigh or an abbreviation."""
_WORD = re.compile(
    r"^\W*(?:ik\s+heb\s+(?:een\s+)?vra(?:ag|agje|gen)\s+over\s+)?(?:(?:mijn|m'?n|een|het|de)\s+)?([^\W\d_]{4,})\W*$", re.IGNORECASE
)
_ASPECT_NAMES = {
    "kosten": "kosten",
    "prijs": "kosten",
    "tarief": "kosten",
    "duur": "duur",
    "levertijd": "duur",
    "meenemen": "meenemen",
    "meebrengen": "meenemen",
    "voorwaarden": "voorwaarden",
    "eisen": "voorwaarden",
    "wanneer": "wanneer",
    "waar": "waar",
    "aanvragen": "aanvragen",
    "regelen": "aanvragen",
    "status": "status",
}
_PLACE = r"(?!een\b|de\b|het\b|mijn\b|onze?\b|huis\b)['\u2019]?[^\W\d_]{2,}(?:[ -][^\W\d_]+){0,3}\W*$"
_LIVES = re.compile(
    r"^\W*(?:nee\W+)?(?:(?:(?:ik|wij|we)\s+)?(?:woon|wonen|kom|komen)\s+(?:nu\s+|zelf\s+)?(?:in|te|uit)"
    r"|(?:(?:ik|wij|we)\s+)?(?:ben|zijn)\s+(?:een\s+)?(?:inwoners?\s+(?:van|uit)|woonachtig\s+(?:in|te))"
    r"|inwoner\s+(?:van|uit)|wonend\s+(?:in|te)|(?:mijn|onze)\s+gemeente\s+is)\s+" + _PLACE,
    re.IGNORECASE,
)
_MUNICIPALITY = re.compile(r"^\W*(?:[Hh]et (?:gaat om|is|betreft) |[Vv]oor )?(?:de )?[Gg]emeente\s+(?=['\u2019]?[^\W\d_a-z])" + _PLACE)
"""Only a capital tells a name from what the municipality does ("gemeente doet niets")."""
_SHARED_BY = 3
_LONGEST_PLACE = 4
_CLEAR = 0.8
_MINDED = 0.5
_LONG_WORD = 5
_VAGUE = re.compile(
    r"^\W*(?:ik|wij|we)\s+(?:heb(?:ben)?|zit(?:ten)?\s+met)\s+een\s+(?:\w+\s+)?(?:probleem|kwestie|situatie)\W*$", re.IGNORECASE
)
_BOOKS = re.compile(
    r"^\W*(?:ik|wij|we)\s+(?:wil|willen|wou|zou|zouden)\s+(?:graag\s+)?(?:een\s+)?(?:nieuwe\s+)?(?:(?:terug|beeld)?bel-?|video-?)?afspraak\b"
    r"(?!.*\b(?:verzetten|verplaatsen|verschuiven|afzeggen|annuleren|wijzigen|schrappen|veranderen|bekijken)\b)",
    re.IGNORECASE | re.DOTALL,
)
_MEETS = (
    r"af\w*sp\w+|afs\w*r\w*|spreek\w*|spreken|praten|bespre\w+|overleg\w*|\w*gesprek\w*|onderhoud|tafel|balie?|loket|agenda|lang?s\w*"
    r"|in\w*plan\w*|gepland|plan(?:nen)?|\w*boek\w*|\w*reserve\w*|noteer|terecht|huisbezoek\w*|bezoekje|(?:mijn|uw|op|een|het)\s+bezoek|inloop\w*|beurt|schui\w*|geschoven|verzet\w*|verplaats\w*"
)
_AT_A_TIME = (
    r"\w*tijd\w*|\w*uur\w*|dag(?:je|en)?|\w+dag(?:en|s|ochtend|middag|avond)?|moment\w*|plek(?:je|ken)?|gaatje|ruimte|vrij\w*|\w*morgen\w*|vandaag"
    r"|\w*weken?|wk|\w*datum|\w*data|wanneer|\w*ochtend\w*|\w*middag\w*|\w*avond\w*|later|eerder"
    r"|\d{1,2}[.:/-]\d{1,2}\w*|\d{1,2}(?:e|ste|de|u|h)|om \d+"
)
_APPOINTMENT = re.compile(rf"\b(?:{_MEETS}|{_AT_A_TIME})\b", re.IGNORECASE)
_YES_OR_NO = re.compile(
    r"ja|jawel|jaja|jep|yes|yep|nee|neen|nope|niet|geen|hoor|dank|dankje|dankjewel|u|je|wel|graag|goed|prima|ok|oke|oké"
    r"|okay|top|klopt|is|dat|het|zo|hoeft|hoef|laat|maar|zitten|stop|stoppen|doe|doet|toch|bedankt|alles|alvast|mooi|natuurlijk|zeker|inderdaad"
    r"|juist|correct|helemaal|meer|nu|even|ik|wil|liever|verder|was|niets|niks|nodig|eigenlijk|dan|ben|we|kan|mag|nog|moet",
    re.IGNORECASE,
)
"""Words in which one agrees, declines or stops."""
_IT = re.compile(r"\b(?:dat|dit|het|die|deze|er|daar|ie|hem|(?:de|zo'?n) aanvraag)\b", re.IGNORECASE)
_LONGEST_ABOUT_IT = 6
_NAME_ALONE = 2


def is_language(text: str) -> bool:
    """Whether `text` is something to read: letters that make words, and no code."""
    return any(sign.isalpha() for sign in text) and _MACHINE.search(text) is None and _KEYS.match(text) is None


def is_vague(text: str) -> bool:
    """Whether `text` only says that there is something ("ik heb een probleem")."""
    return _VAGUE.match(text) is not None


def wants_appointment(text: str) -> bool:
    """Whether `text` begins with the wish for an appointment, and not with what is to become of one."""
    return _BOOKS.match(text) is not None


def speaks_of_a_meeting(text: str) -> bool:
    """Whether `text` has a word of a meeting, however misspelled, or of a time ("kan er een drempel komen" has none)."""
    return _APPOINTMENT.search(text) is not None


def words_besides_yes_or_no(text: str) -> int:
    """How many words of `text` say more than that somebody agrees, declines or stops."""
    return sum(_YES_OR_NO.fullmatch(word) is None for word in re.findall(r"[\w'’]+", text))


def is_postcode(text: str) -> bool:
    """Whether `text` is a Dutch postcode and nothing else."""
    return _POSTCODE.match(text) is not None


def is_place(text: str, scores: Scores) -> bool:
    """Whether `text` may be the name of a place, when one was asked for: short, no question, about nothing that is known."""
    short = len(text.split()) <= _LONGEST_PLACE and "?" not in text
    return short and scores.names != "product" and not (scores.intents[0][0].startswith("ask_") and scores.intent_sure >= _CLEAR)


def lives_in(text: str) -> bool:
    """Whether `text` says in which place somebody lives, and nothing else ("wij wonen te Venlo")."""
    return _LIVES.match(text) is not None or _MUNICIPALITY.match(text) is not None


def aspect_named(text: str) -> str | None:
    """The aspect that a message of a word or two names, as a button would ("kosten", "en de duur?")."""
    words = [word for word in re.findall(r"[^\W\d_]+", text.lower()) if word not in ("en", "de", "het", "ook", "over")]
    return _ASPECT_NAMES.get(words[0]) if len(words) == 1 else None


def asks_about_it(text: str, scores: Scores) -> bool:
    """Whether a short message clearly asks an aspect of something that it does not name ("wat kost dat?")."""
    intent = scores.intents[0][0]
    clear = intent.startswith("ask_") and intent not in ("ask_what", "ask_help", "ask_person") and scores.intent_sure >= _MINDED
    return clear and scores.names == NO_SUBJECT and len(text.split()) <= _LONGEST_ABOUT_IT and points_back(text)


def named_alone(text: str) -> str:
    """A message of a word or two without its question mark ("Paspoort?"): the mark says no more than the word alone."""
    return text.rstrip(" ?!.") or text if len(text.split()) <= _NAME_ALONE else text


def points_back(text: str) -> bool:
    """Whether `text` says "it", "that", "him" or "the application" in the place of what it is about."""
    return _IT.search(text) is not None


def shared_word(text: str, scores: Scores) -> bool:
    """Whether `text` is no more than a word that the names of several of the likeliest subjects have in common ("mijn vergunning")."""
    match = _WORD.match(text)
    if match is None:
        return False
    word = match[1].lower()
    names = [name for name, _ in scores.products]
    return word not in names and sum(word in name for name in names) >= _SHARED_BY


def spelled_out(product: str, text: str) -> bool:
    """Whether `text` holds the first word of the name of `product` ("nog even over mijn paspoort")."""
    word = product.split("-", maxsplit=1)[0]
    return len(word) >= _LONG_WORD and word in re.findall(r"[^\W\d_]+", text.lower())


def named_in_full(product: str, text: str) -> bool:
    """Whether `text` holds the whole name of `product`."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return all(word in words for word in product.split("-"))
