"""Reads what people say about themselves when they book: how many come, their name, e-mail address, yes and no."""

from __future__ import annotations

import re
from typing import Literal, Optional


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split("|"))


_NUMBERS = {
    "een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10,
    "tweeen": 2, "tweeën": 2, "drieen": 3, "drieën": 3, "vieren": 4, "vijven": 5, "zessen": 6, "beide": 2, "allebei": 2,
}  # fmt: skip
_NUMBER = r"(?P<number>\d{1,2}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")"

_AMOUNTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:met|met z(?:ij|')?n|met ons) ?{_NUMBER}\b(?! (?:uur|dagen|weken|december|januari))",
        rf"\b(?:het|dat) (?:zijn|worden|moeten) (?:er )?{_NUMBER}\b(?! uur)",
        rf"\b(?:we|wij) (?:zijn|komen) (?:met )?(?:z'?n |zijn )?{_NUMBER}\b",
        rf"\b{_NUMBER} (?:personen|persoon|mensen|man|stuks|aanvragen|volwassenen)\b",
        rf"\ber (?:komen|zijn) {_NUMBER}\b(?! uur)",
        rf"\b{_NUMBER} (?:keer|x)\b",
    )
)
_TOGETHER = re.compile(
    r"\b(?:mijn|m'n) (?:man|vrouw|partner|vriend|vriendin) en (?:ik|mij)\b|\bvoor (?:mij|mezelf) en mijn \w+\b", re.IGNORECASE
)
_CHILDREN = re.compile(rf"\ben (?:mijn |m'n |onze |de )?{_NUMBER} (?:kinderen|kids|zoons|zonen|dochters|jongens|meisjes)\b", re.IGNORECASE)
_SELF = re.compile(r"\b(?:mij|mezelf|mijzelf|ik)\b[^.?!]*$", re.IGNORECASE)
_BARE = re.compile(rf"^\W*(?:nee,? )?(?:er )?{_NUMBER}\W*$", re.IGNORECASE)

_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}@[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z]{2,24}")
_POSTCODE = re.compile(r"(?<!\d)([1-9]\d{3})\s?([A-Za-z]{2})(?![A-Za-z])")

_INTRO = re.compile(
    r"^.*?\b(?:(?:mijn|de) (?:achter|voor)?naam (?:is|moet zijn|wordt)|ik heet|ik ben|op naam van|naam:|u spreekt met|met)\s*:?\s+",
    re.IGNORECASE | re.DOTALL,
)
_SAYS_NAME = re.compile(r"\b(?:(?:mijn|de) (?:achter|voor)?naam (?:is|moet zijn|wordt)|ik heet|op naam van)\b", re.IGNORECASE)
TITLES = {"mevrouw", "mevr", "mw", "meneer", "mijnheer", "heer", "dhr", "de heer", "familie", "fam", "mr", "dr", "drs", "ir", "ing"}
NAME_PREFIXES = _set("van|de|den|der|ter|ten|te|het|'t|’t|op|in|el|al|bin|ben|von|du|da|dos|la|le|di")
_NO_NAMES = _set(
    "ja|nee|ok|oke|prima|goed|hallo|hoi|weet|niet|klopt|graag|dank|bedankt|help|hulp|stop|ik|wil|een|kan|kunnen|"
    "moet|u|jullie|wat|hoe|waar|wanneer|afspraak|dag|tijd|andere|ander|eerder|later|paspoort|rijbewijs|verkeerd|"
    "fout|onjuist|toch|liever|maar|dat|is"
)
_YES = _set("ja|jaa|jawel|jep|jazeker|yes|klopt|correct|goed|juist|akkoord|prima|oke|ok|oké|zeker|top|perfect|doen|bevestig|graag")
_AGREES = _YES | _set(
    "hoor|dat|is|het|zo|maar|u|mag|hem|vast|leg|de|afspraak|dank|bedankt|helemaal|precies|allemaal|dit|alles|wel|"
    "doe|boek|boeken|vastleggen|bevestigen|ik|wil|deze|tijd|fijn|heel|erg|mooi|dan|en|mijn|een|voor|mevrouw|meneer|"
    "mijnheer|je|jij|dankjewel|dankuwel|alstublieft|alsjeblieft|aub|verstuur|verzend|stuur|sturen|melding"
)
"""Words that say nothing but yes; anything more is a change, and no change is ever taken for a yes."""

_NO = _set("nee|neen|niet|fout|verkeerd|onjuist|wijzig|wijzigen|anders|toch|liever|nope")

_WORDS = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?|['’]t\b")


def read_amount(text: str, bare: bool = False) -> Optional[int]:  # noqa: UP045 - also read by Python 3.10
    """How many people or pieces `text` speaks of; a number alone counts only as the answer to that question (`bare`)."""
    for pattern in (*_AMOUNTS, *((_BARE,) if bare else ())):
        match = pattern.search(text)
        if match is not None:
            return _number(match["number"])
    children = _CHILDREN.search(text)
    adults = 2 if _TOGETHER.search(text) else 1 if children and _SELF.search(text[: children.start()]) else 0
    return adults + (_number(children["number"]) if children else 0) if adults else None


def number_of(word: str) -> Optional[int]:  # noqa: UP045
    """The number that a word or a few digits stand for."""
    return _number(word) if (word.isdigit() and len(word) <= 2) or word.lower() in _NUMBERS else None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def read_email(text: str) -> Optional[str]:  # noqa: UP045
    """The first e-mail address in `text`, in small letters."""
    match = _EMAIL.search(text)
    return match[0].lower() if match else None


def read_postcode(text: str) -> Optional[str]:  # noqa: UP045
    """The first Dutch postcode in `text`, as 1901 AB."""
    match = _POSTCODE.search(text)
    return f"{match[1]} {match[2].upper()}" if match else None


def names_itself(text: str) -> bool:
    """Whether somebody says what their name is, whatever was asked."""
    return _SAYS_NAME.search(text) is not None


def read_name(text: str) -> Optional[tuple[str, str]]:  # noqa: UP045
    """First and last name in an answer to "wat is uw naam"; None when it is no name. The first name may be empty."""
    said = _INTRO.sub("", text.strip()) if _INTRO.match(text.strip()) else text
    words = [word for word in _WORDS.findall(said) if word.lower().rstrip(".") not in TITLES]
    if not 1 <= len(words) <= 7 or sum(sign.isdigit() for sign in said) > 0 or len(said) > 80:
        return None
    if any(word.lower() in _NO_NAMES for word in words) or "?" in said or max(len(word) for word in words) < 2:
        return None
    starts = next((place for place, word in enumerate(words) if word.lower().split("-")[-1] in NAME_PREFIXES), len(words) - 1)
    starts = min(starts, len(words) - 1)
    return " ".join(_capital(word) for word in words[:starts]), " ".join(_surname(words[starts:]))


def _surname(words: list[str]) -> list[str]:
    return [word if word in NAME_PREFIXES else _capital(word) for word in words]


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:] if word.islower() else word


def read_yes_no(text: str) -> Optional[Literal["yes", "no", "change"]]:  # noqa: UP045
    """Yes, no, or a change of what was read back ("ja maar om tien uur" is a change); None when it is none of them."""
    words = [word.rstrip(".") for word in _WORDS.findall(text.lower())]
    if any(word in _NO for word in words):
        return "no" if len(words) <= 3 and words[0] in _NO else "change"
    if not any(word in _YES for word in words):
        return None
    return "yes" if all(word in _AGREES for word in words) and "?" not in text else "change"
