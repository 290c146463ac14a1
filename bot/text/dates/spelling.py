"""Knows the words for days, months and numbers, and the ways in which people misspell them."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.text.dutch import DAYS, MONTHS

_DAY = "(?:" + "|".join(DAYS) + ")"

_UNITS: tuple[str, ...] = ("", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf", "dertien")
_UNITS += ("veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien")
_TENS = {"twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60}
PLURALS = {"enen": 1, "tweeen": 2, "drieen": 3, "vieren": 4, "vijven": 5, "zessen": 6, "zevenen": 7, "achten": 8, "negenen": 9}
PLURALS |= {"tienen": 10, "elven": 11, "twaalven": 12}


def _numbers() -> dict[str, int]:
    found = {word: number for number, word in enumerate(_UNITS) if number > 1}  # "een" is mostly an article
    for word, tens in _TENS.items():
        found[word] = tens
        found |= {f"{unit}en{word}": tens + number for number, unit in enumerate(_UNITS[:10]) if number and tens < 60}
    return found


NUMBERS = _numbers()
ORDINALS = {word + ("ste" if number >= 20 or number == 8 else "de"): number for word, number in NUMBERS.items() if number < 32}
ORDINALS |= {"eerste": 1, "derde": 3}

SHORT_DAYS = {"ma": 0, "di": 1, "wo": 2, "do": 3, "vr": 4, "vrij": 4, "za": 5, "zo": 6, "zat": 5, "woe": 2, "don": 3, "din": 1, "maan": 0}
SHORT_MONTHS = {"jan": 1, "feb": 2, "febr": 2, "mrt": 3, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9}
SHORT_MONTHS |= {"okt": 10, "oct": 10, "nov": 11, "dec": 12}

_CLOSE = (*DAYS, *(name for name in MONTHS if len(name) > 5), "overmorgen")
"""Words long and odd enough that a near miss is a typo; "maart" is not among them, or "kaart" would be a month."""

_TYPOS = {"mrogen": "morgen", "morge": "morgen", "moregn": "morgen", "morgne": "morgen", "mrgn": "morgen", "mrgen": "morgen"}
_TYPOS |= {"vandaaag": "vandaag", "vndaag": "vandaag", "vadaag": "vandaag", "vandag": "vandaag", "vanadag": "vandaag"}
_TYPOS |= {"volgend": "volgende", "volgnde": "volgende", "vlgende": "volgende", "vlg": "volgende", "aankomend": "komende"}
_TYPOS |= {"vrijdg": "vrijdag", "vrydag": "vrijdag", "smorgens": "ochtend", "sochtends": "ochtend", "smiddags": "middag"}
_TYPOS |= {"savonds": "avond", "snachts": "nacht", "weeknd": "weekend", "wekend": "weekend", "kerstmis": "kerst", "middg": "middag"}
_TYPOS |= {"komend": "komende", "eerstkomende": "komende", "eerstvolgende": "komende", "aankomende": "komende", "aanstaand": "komende"}
_TYPOS |= {"aanstaande": "komende", "overmorge": "overmorgen", "pakjesavond": "sinterklaas", "oudejaarsdag": "oudjaarsdag"}
_TYPOS |= {"oudjaar": "oudjaarsdag", "oudejaar": "oudjaarsdag"}
_TYPOS |= {"nieuwjaar": "nieuwjaarsdag", "hemelvaartsdag": "hemelvaart", "ochtends": "ochtend", "morgens": "ochtend"}
_TYPOS |= {"middags": "middag", "avonds": "avond", "namiddag": "eind van de middag", "voormiddag": "ochtend", "einde": "eind"}
_TYPOS |= {"kwartier": "15 minuten", "veertiendaagse": "14", "oudejaarsavond": "oudjaarsdag", "vanacht": "vannacht", "ochtent": "ochtend"}
_TYPOS |= {"weken": "weken", "wkn": "weken", "wk": "week", "min": "minuten", "u": "u", "paasdagen": "pasen", "kerstdagen": "kerst"}
_TYPOS |= {"pinksterdagen": "pinksteren", "avon": "avond", "medio": "half", "halverwege": "midden"}
_TYPOS |= {
    "wek": "week",
    "weeek": "week",
    "dgn": "dagen",
    "mnd": "maand",
    "mnden": "maanden",
    "mogenlijk": "mogelijk",
    "mogelik": "mogelijk",
}
_TYPOS |= {"morgn": "morgen", "mrgens": "ochtend", "januarie": "januari", "februarie": "februari", "febuari": "februari", "feb": "feb"}
_TYPOS |= {
    "nachts": "nacht",
    "koninsdag": "koningsdag",
    "nie": "niet",
    "nyt": "niet",
    "jaarwisseling": "oud en nieuw",
    "nieuwejaar": "nieuwjaarsdag",
    "nwjaar": "nieuwjaarsdag",
}
_TYPOS |= {"kantoortijden": "kantoortijd", "kantooruren": "kantoortijd", "werktijden": "werktijd", "lente": "voorjaar", "najaar": "herfst"}


@lru_cache(maxsize=4096)
def spelled(word: str) -> str:
    """A word of small letters in the one spelling that the grammar knows."""
    word = _TYPOS.get(word, word)
    if word in NUMBERS:
        return str(NUMBERS[word])
    if word.startswith("half") and (word[4:] in NUMBERS or word[4:] == "een"):
        return f"half {NUMBERS.get(word[4:], 1)}"
    glued = re.fullmatch(rf"({_DAY}|morgen|overmorgen|gisteren)(ochtend|morgen|middag|avond|nacht|vroeg)s?", word)
    if glued:
        return f"{glued[1]} {'ochtend' if glued[2] in ('morgen', 'vroeg') else glued[2]}"
    every = re.fullmatch(rf"({_DAY})(ochtend|middag|avond)en", word)
    if every:
        return f"{every[1]}en {every[2]}"
    if word in _CLOSE or len(word) < 5:
        return word
    return next((known for known in _CLOSE if _near(word, known)), word)


def _near(word: str, known: str) -> bool:
    if word.rstrip("ens") in (known, known.rstrip("ens")) or abs(len(word) - len(known)) > 1:
        return False  # "maandagen" and "maandags" mean every Monday, they are no typos
    if sorted(word) == sorted(known) and word != known:
        return sum(a != b for a, b in zip(word, known)) == 2  # noqa: B905 - equally long
    return _one_edit(word, known)


def _one_edit(word: str, known: str) -> bool:
    first = next((at for at, (a, b) in enumerate(zip(word, known)) if a != b), min(len(word), len(known)))  # noqa: B905
    return word[first + 1 :] == known[first + 1 :] or word[first:] == known[first + 1 :] or word[first + 1 :] == known[first:]
