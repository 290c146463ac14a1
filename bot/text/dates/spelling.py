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

_MEANT = {
    "11": "elluf",
    "12": "twaluf",
    "14": "veertiendaagse",
    "15 minuten": "kwartier",
    "7": "zeve",
    "9": "nege",
    "avond": "avon avonds savonds",
    "dagen": "dgn",
    "eind": "einde",
    "eind van de middag": "namiddag",
    "februari": "februarie febuari",
    "half": "medio",
    "hemelvaart": "hemelvaartsdag",
    "herfst": "najaar",
    "januari": "januarie",
    "kantoortijd": "kantoortijden kantooruren",
    "kerst": "kerstdagen kerstmis",
    "komende": "aankomend aankomende aanstaand aanstaande eerstkomende eerstvolgende komend",
    "koningsdag": "koninsdag",
    "maand": "mnd",
    "maanden": "mnden",
    "middag": "middags middg smiddags",
    "midden": "halverwege",
    "minuten": "min",
    "mogelijk": "mogelik mogenlijk",
    "morgen": "moregn morge morgn morgne morrege mrgen mrgn mrogen",
    "nacht": "nachts snachts",
    "niet": "nie nyt",
    "nieuwjaarsdag": "nieuwejaar nieuwjaar nwjaar",
    "ochtend": "morgens mrgens ochtends ochtent smorgens sochtends voormiddag",
    "oud en nieuw": "jaarwisseling",
    "oudjaarsdag": "oudejaar oudejaarsavond oudejaarsdag oudjaar",
    "overmorgen": "overmorge overmorrege",
    "pasen": "paasdagen",
    "pinksteren": "pinksterdagen",
    "sinterklaas": "pakjesavond",
    "snel": "rap",
    "uur": "ure",
    "vandaag": "vadaag vanadag vandaaag vandag vndaag",
    "vannacht": "vanacht",
    "volgende": "vlg vlgende volgend volgnde",
    "voorjaar": "lente",
    "vrijdag": "vrijdg vrydag",
    "week": "weeek wek wk",
    "weekend": "weeknd wekend",
    "weken": "weeke weke wkn",
    "werktijd": "werktijden",
}
"""How people misspell a word, or other words for it that the grammar reads as the same."""

_TYPOS = {word: meant for meant, words in _MEANT.items() for word in words.split()}


@lru_cache(maxsize=4096)
def spelled(word: str) -> str:
    """A word of small letters in the one spelling that the grammar knows."""
    word = _TYPOS.get(word, word)
    word = re.sub(r"(?<=[jnrs]dag)(?:morge|morgn)$", "morgen", re.sub(r"(?<=[jnrs]d)ach$", "ag", word))
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
