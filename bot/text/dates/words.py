"""Brings what people type to one spelling, and takes out numbers that are no dates, before the grammar looks at it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Union

from bot.text.dutch import DAYS, MONTHS

BLANK = "~"
"""Stands for every sign that is already read."""

NOT_BEFORE = " ".join(("niet", "voor"))
"""Words that open a time or a day to what comes after it; they are read, never said."""

_UNITS: tuple[str, ...] = ("", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf", "dertien")
_UNITS += ("veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien")
_TENS = {"twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60}
_PLURALS = {"enen": 1, "tweeen": 2, "drieen": 3, "vieren": 4, "vijven": 5, "zessen": 6, "zevenen": 7, "achten": 8, "negenen": 9}
_PLURALS |= {"tienen": 10, "elven": 11, "twaalven": 12}


def _numbers() -> dict[str, int]:
    found = {word: number for number, word in enumerate(_UNITS) if number > 1}  # "een" is mostly an article
    for word, tens in _TENS.items():
        found[word] = tens
        found |= {f"{unit}en{word}": tens + number for number, unit in enumerate(_UNITS[:10]) if number and tens < 60}
    return found


NUMBERS = _numbers()
_ORDINALS = {word + ("ste" if number >= 20 or number == 8 else "de"): number for word, number in NUMBERS.items() if number < 32}
_ORDINALS |= {"eerste": 1, "derde": 3}

_SHORT_DAYS = {"ma": 0, "di": 1, "wo": 2, "do": 3, "vr": 4, "vrij": 4, "za": 5, "zo": 6, "zat": 5, "woe": 2, "don": 3, "din": 1, "maan": 0}
_SHORT_MONTHS = {"jan": 1, "feb": 2, "febr": 2, "mrt": 3, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9}
_SHORT_MONTHS |= {"okt": 10, "oct": 10, "nov": 11, "dec": 12}

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

_DAY = "(?:" + "|".join(DAYS) + ")"
_MONTH = "(?:" + "|".join(MONTHS) + ")"
_SMALL = "om|op|of|en|in|is|na|te|al|ik|we|er|je|uu"

_NOT_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\S+@\S+|https?://\S+|www\.\S+",
        r"(?:€|eur|euro)\s*\d[\d.,]*(?:,?-)?|\d[\d.,]*\s*(?:euro|eur|€|,-)",
        r"(?<![\d-])(?!\d\d?-\d\d?-\d{4})(?:\+31|0031|0)(?:[\s()-]{0,2}\d){9}(?![\d:.])",
        rf"\b[1-9]\d{{3}}\s?(?!(?:{_SMALL})\b)[a-z]{{2}}\b",
        r"\b[a-z]+(?:straat|laan|weg|plein|kade|gracht|dijk|hof|park|singel|dreef|steeg|plantsoen|erf|dam)\s+\d+\s?-?[a-z]?\b(?!\s*uur)",
        r"\b(?:huis|zaak|dossier|telefoon|kenteken|klant|volg|aanvraag)?(?:nummer|nr\.?|kenmerk|bsn|balie|loket|kamer|groep|artikel|lijn|code"
        r"|postbus|zaak|dossier|versie|perceel|telefoon|tel\.?)\s*(?:is\s*)?[:#]?\s*[a-z]{0,4}[./-]?\d[\w./-]*",
        r"(?<![\w-])(?!week\d)[a-z]+-?\d[\w-]*|(?<!\d)\d{5,}(?!\d)|\d{1,2}(?:[a-z]*\d+){2,}[a-z]+\w*",
        r"\d+(?:[.,]\d+)?\s*(?:-|a|tot)?\s*\d*\s*(?:kind\w*|person\w*|persoon|mensen|stuks?|keer|maal|km|kilo\w*|kg|meters?|m2|m3|cm|%|procent"
        r"|graden|foto'?s|jarige?|paspoort\w*|formulier\w*|huis\w*|boom|bomen|auto'?s|honden|katten|pasfoto'?s|vragen|dingen)\b",
        r"(?<!over )\b\d+\s*jaar\b|\b(?:een )?half (?:jaar|uurtje)\b|\banderhalf \w+\b",
        r"\b(?:goede?n?|goeie|fijne?|prettige?|mooie?)\s*(?:morgen|ochtend|middag|avond|nacht|weekend|dag)\b|\bgoede(?:morgen|middag|navond|avond)\b",
        r"\b(?:binnen|duurt|duurde|al|maximaal|minimaal|minstens|elke|ieder|per|hele|wel)\s*\d+\s*uur\b"
        r"|\d+\s*uur\s*(?:lang|wacht\w*|gewacht|per|rijden|geleden|in de week|durend)\b|(?<![\d.:,])\b24\s*uur\b",
        r"\b(?:ik heb|al|eens|heb) (?:al )?eerder\b|\beerder (?:heb|had|ge\w+|al)\b|\b(?:tot|straks of|nu of) later\b",
    )
)


def plain(text: str) -> str:
    """`text` in small letters without accents, with one spelling for every day, month, number and part of the day."""
    spelled = unicodedata.normalize("NFC", text[:2000]).lower().replace("één", "1").translate(_SIGNS)
    spelled = unicodedata.normalize("NFKD", spelled)
    spelled = "".join(sign for sign in spelled if not unicodedata.combining(sign)).replace(BLANK, " ")
    spelled = re.sub(r"\s+", " ", spelled).strip()
    spelled = re.sub(r"\b(?:a\.?\s?s\.)", "komende", spelled)
    spelled = re.sub(r"'?\bs'? ?(ochtends|morgens|middags|avonds|nachts)\b", r" \1", spelled)
    spelled = re.sub(r"[a-z]+", lambda found: _word(found[0]), spelled)
    for pattern in _NOT_DATES:
        spelled = pattern.sub(lambda found: " " + BLANK * (len(found[0]) - 1), spelled)
    for pattern, instead in _REWRITES:
        spelled = pattern.sub(instead, spelled)
    return spelled


_SIGNS = {ord(sign): "'" for sign in "’‘`´"} | {ord(sign): "-" for sign in "–—‑"} | {ord("\u00a0"): " "}


@lru_cache(maxsize=4096)
def _word(word: str) -> str:
    word = _TYPOS.get(word, word)
    if word in NUMBERS:
        return str(NUMBERS[word])
    if word.startswith("half") and (word[4:] in NUMBERS or word[4:] == "een"):
        return f"half {NUMBERS.get(word[4:], 1)}"
    glued = re.fullmatch(rf"({_DAY}|morgen|overmorgen|gisteren)(ochtend|morgen|middag|avond|nacht|vroeg)s?", word)
    if glued:
        return f"{glued[1]} {'ochtend' if glued[2] in ('morgen', 'vroeg') else glued[2]}"
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


_AB = "(ma|di|wo|do|vr|za)"
_ORDINAL = "(" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + ")"
_NUMBERED = {"eerste": "eerste", "1e": "eerste", "1ste": "eerste", "2e": "tweede", "2de": "tweede"}
_PART_OF_DAY = "(?:ochtend|morgen|middag|avond|nacht)"


def _long_day(found: re.Match[str]) -> str:
    groups = found.groups()
    return (groups[0] if len(groups) > 1 else "") + DAYS[_SHORT_DAYS[groups[-1]]]


def _long_month(found: re.Match[str]) -> str:
    return f"{found[1]} {MONTHS[_SHORT_MONTHS[found[2]] - 1]}"


def _ordinal(found: re.Match[str]) -> str:
    return f"{found[1] or ''}{_ORDINALS[found[2]]}e"


Instead = Union[str, Callable[[re.Match[str]], str]]  # noqa: UP007 - evaluated at run time in Python 3.10 too

_REWRITES: tuple[tuple[re.Pattern[str], Instead], ...] = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (rf"\b(\d{{1,2}}(?:e|de|ste)?)[\s.-]*({'|'.join(sorted(_SHORT_MONTHS, key=len, reverse=True))})\b\.?", _long_month),
        (rf"\b{_AB}\b\.?(?=\s*(?:\d|ochtend|middag|avond|om\b|(?:of|en|t/m|tot|-|/)\s*(?:{_AB[1:-1]}|zo|{_DAY})\b))", _long_day),
        (r"\b(zo)\b\.?(?=\s\d{1,2}(?:[-/]\d| [a-z]))(?!\s\d+ uur)", _long_day),
        (r"^\W*(ma|di|wo|do|vr|za|maan|din|woe|don|vrij|zat)\b\W*$", _long_day),
        (rf"({_DAY}\s*(?:of|en|,|/|t/m|tot|-)\s*)(ma|di|wo|do|vr|za|zo)\b\.?", _long_day),
        (rf"({_DAY}\s*(?:of|en|,|/|t/m|tot|-)\s*)(ma|di|wo|do|vr|za|zo)\b\.?", _long_day),
        (r"\btussen de middag\b|\bin (?:de|mijn) lunch(?:pauze)?\b", "lunchpauze"),
        (r"\bvan(?:ochtend|morgen)\b", "vandaag ochtend"),
        (r"\bvan(middag|avond|nacht)\b", r"vandaag \1"),
        (rf"({_DAY}|morgen|overmorgen) (?:vroeg|in de morgen|morgen)\b", r"\1 ochtend"),
        (r"\b(?:in|op) de (?:loop van de )?(vroege |late )?morgen\b", r"\1ochtend"),
        (r"\bde (?:vroege) morgen\b", "vroege ochtend"),
        (r"\b(?:in|op) de (?:loop van de )?((?:vroege |late )?(?:ochtend|middag|avond|nacht))\b", r"\1"),
        (r"\b(eerste|1e|1ste|2e|2de|tweede) ?(kerst|paas|pinkster)dag\b", lambda m: f"{_NUMBERED.get(m[1], m[1])} {m[2]}dag"),
        (rf"\b(de )?{_ORDINAL} (?={_MONTH}\b)", lambda m: _ordinal(m) + " "),
        (rf"\b(de ){_ORDINAL}(?= van (?:de|deze|volgende) maand)", _ordinal),
        (rf"\b(de )(?!eerste|tweede|derde){_ORDINAL}(?=$| ?[,.!?]| om\b| is\b| kan\b)", _ordinal),
        (r"\b(?:rond )?een uur of (\d{1,2})\b", r"rond \1 uur"),
        (r"\b(\d{1,2}) uur ([0-5]\d)(?=$|[,.!?])", r"\1.\2"),
        (rf"\b({'|'.join(_PLURALS)})\b", lambda m: f"{_PLURALS[m[1]]} uur"),
        (r"\b(half|kwart voor|kwart over|\d voor|\d over|voor half|over half) een\b", r"\1 1"),
        (r"\b(om|rond|tegen|tot|vanaf|na|voor|omstreeks|en) een(?= uur| ?$)", r"\1 1"),
        (r"\btussen een(?= (?:uur )?en \d)", "tussen 1"),
    )
)
"""In this order: a later spelling builds on an earlier one."""
