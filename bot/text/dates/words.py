"""Brings what people type to one spelling, and takes out numbers that are no dates, before the grammar looks at it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Union

from bot.text.dates.spelling import ORDINALS, PLURALS, SHORT_DAYS, SHORT_MONTHS, spelled
from bot.text.dutch import DAYS, MONTHS

BLANK = "~"
"""Stands for every sign that is already read."""

NOT_BEFORE = " ".join(("niet", "voor"))
"""Words that open a time or a day to what comes after it; they are read, never said."""

_DAY = "(?:" + "|".join(DAYS) + ")"
_MONTH = "(?:" + "|".join(MONTHS) + ")"
_SMALL = "om|op|of|en|in|is|na|te|al|ik|we|er|je|uu"

_NOT_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\S+@\S+|https?://\S+|www\.\S+",
        r"(?:€|eur|euro)\s*\d[\d.,]*(?:,?-)?|(?<![\d.,])\d[\d.,]*\s*(?:euro|eur|€|,-)",
        r"(?<![\d-])(?!\d\d?-\d\d?-\d{4})(?:\+31|0031|0)(?:[\s()-]{0,2}\d){9}(?![\d:.])",
        rf"\b[1-9]\d{{3}}\s?(?!(?:{_SMALL})\b)[a-z]{{2}}\b",
        r"\b[a-z]+(?:straat|laan|weg|plein|kade|gracht|dijk|hof|park|singel|dreef|steeg|plantsoen|erf|dam)\s+\d+\s?-?[a-z]?\b(?!\s*uur)",
        r"\b(?:huis|zaak|dossier|telefoon|kenteken|klant|volg|aanvraag)?(?:nummer|nr\.?|kenmerk|bsn|balie|loket|kamer|groep|artikel|lijn|code"
        r"|postbus|zaak|dossier|versie|perceel|telefoon|tel\.?)\s*(?:is\s*)?[:#]?\s*[a-z]{0,4}[./-]?\d[\w./-]*",
        r"(?<!\d)\d{1,6}(?:[.,]\d{1,6})?\s*(?:-|a|tot)?\s*\d{0,6}\s*(?:kind\w*|person\w*|persoon|mensen|stuks?|keer|maal|km|kilo\w*|kg|meters?|m2|m3|cm|%|procent"
        r"|graden|foto'?s|jarige?|paspoort\w*|formulier\w*|huis\w*|boom|bomen|auto'?s|honden|katten|pasfoto'?s|vragen|dingen)\b",
        r"(?<![\w-])(?!week\d)[a-z]+-?\d[\w-]*|(?<!\d)\d{5,}(?!\d)|\d{1,2}(?:[a-z]*\d+){2,}[a-z]+\w*",
        r"(?<!over )\b\d+\s*jaar\b|\b(?:een )?half (?:jaar|uurtje)\b|\banderhalf \w+\b|\bdag en nacht\b",
        r"\b(?:goede?n?|goeie|fijne?|prettige?|mooie?)\s*(?:morgen|ochtend|middag|avond|nacht|weekend|dag)\b|\bgoede(?:morgen|middag|navond|avond)\b",
        r"\b(?:binnen|duurt|duurde|al|maximaal|minimaal|minstens|elke|ieder|per|hele|wel)\s*\d+\s*uur\b"
        r"|\d+\s*uur\s*(?:lang|wacht\w*|gewacht|per|rijden|geleden|in de week|durend)\b|(?<![\d.:,])\b24\s*uur\b",
        r"\b(?:ik heb|al|eens|heb) (?:al )?eerder\b|\beerder (?:heb|had|ge\w+|al)\b|\b(?:tot|straks of|nu of) later\b",
    )
)


def plain(text: str) -> str:
    """`text` in small letters without accents, with one spelling for every day, month, number and part of the day."""
    line = unicodedata.normalize("NFC", text[:2000]).lower().replace("één", "1").translate(_SIGNS)
    line = "".join(sign for sign in unicodedata.normalize("NFKD", line) if not unicodedata.combining(sign)).replace(BLANK, " ")
    line = re.sub(r"\s+", " ", line).strip()
    for pattern, instead in _BEFORE_SPELLING:
        line = pattern.sub(instead, line)
    line = re.sub(r"[a-z]+", lambda found: spelled(found[0]), line)
    for pattern in _NOT_DATES:
        line = pattern.sub(lambda found: " " + BLANK * (len(found[0]) - 1), line)
    if len(line.split()) <= _FEW_WORDS:
        line = _SHORT_DAY.sub(_long_day, line)
    for pattern, instead in _REWRITES:
        line = pattern.sub(instead, line)
    return line


_SIGNS = {ord(sign): "'" for sign in "’‘`´"} | {ord(sign): "-" for sign in "–—‑"} | {ord("\u00a0"): " "}


_AB = "(ma|di|wo|do|vr|za)"
_ORDINAL = "(" + "|".join(sorted(ORDINALS, key=len, reverse=True)) + ")"
_NUMBERED = {"eerste": "eerste", "1e": "eerste", "1ste": "eerste", "2e": "tweede", "2de": "tweede"}


def _long_day(found: re.Match[str]) -> str:
    groups = found.groups()
    return (groups[0] if len(groups) > 1 else "") + DAYS[SHORT_DAYS[groups[-1]]]


def _long_month(found: re.Match[str]) -> str:
    return f"{found[1]} {MONTHS[SHORT_MONTHS[found[2]] - 1]}"


def _ordinal(found: re.Match[str]) -> str:
    return f"{found[1] or ''}{ORDINALS[found[2]]}e"


Instead = Union[str, Callable[[re.Match[str]], str]]  # noqa: UP007 - evaluated at run time in Python 3.10 too

_FEW_WORDS = 6
_SHORT_DAY = re.compile(r"(?<!mijn )(?<!m'n )(?<!je )(?<![\w.-])(ma|di|wo|do|vr|za|maan|woe|don|zat)\b(?!\.\w)\.?(?! (?:ik|we|wij) )")
"""In a message of a few words "do" is a day; in a longer one it must stand where a day can stand."""

_BEFORE_SPELLING: tuple[tuple[re.Pattern[str], Instead], ...] = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"(?<!\w)a\.? ?s\.(?= |$)|\bas\b(?=$| (?:ma|di|wo|do|vr|za|zo)\w*\b)|(?<=dag )as\b", "komende"),
        (r"'?\bs'? ?(ochtends|morgens|middags|avonds|nachts)\b", r" \1"),
        (r"\bvolg\.?(?= we?e?k)", "volgende"),
        (r"\b(?:eind|einde) (?:v/d|vd|v\.d\.|vh|v/h) ", "eind van de "),
        (r"\b(?:v/d|vd|v\.d\.|v/h)(?= )", "van de"),
        (r"\bover n (?=\w)", "over een "),
        (r"\bover (?:ongeveer )?(?:een )?half jaar\b", "over 6 maanden"),
        (r"\banderhalve week\b", "ongeveer 10 dagen"),
        (r"\banderhalve maand\b", "ongeveer 45 dagen"),
        (r"\bover een (dag|week|maand) of (\w+)\b", r"over ongeveer \2 \1"),
        (r"\b(?:een )?half uur(?:tje)?(?= (?:later|eerder|vroeger)\b)", "30 minuten"),
        (r"\b(?:een )?kwartier(?:tje)?(?= (?:later|eerder|vroeger)\b)", "15 minuten"),
        (r"\bliever vandaag dan morgen\b", "zo snel mogelijk"),
        (r"\b(voor|na)dat\b", r"\1"),
        (r"\bhoe (?:eerder|sneller|vlugger) hoe (?:beter|liever|fijner)\b", "zo snel mogelijk"),
        (r"(?<=volgende )weeg\b", "week"),
        (r"\bbinnen nu en\b", "binnen"),
        (r"\b(\d{1,2}),([0-5]\d)(?= ?(?:uur|u)\b)", r"\1.\2"),
        (r"^\W*(0[7-9]|1\d)([0-5][05])\W*$", r"\1.\2"),
        (r"\b(?:week ?(?:nr|nummer)\.?|wk\.?) ?(?=\d)", "week "),
        (r"\bhalf(?=\d)", "half "),
        (r"\b(?:kw\.?|kwrt)(?= (?:voor|over|v))", "kwart"),
        (r"\bkwart v\b", "kwart voor"),
        (r"(?<=\d) ?(?:uhr|ur|uut|uurr|urr)\b", " uur"),
        (r"(?:\+/-|\bong\b\.?|\bca\b\.?|\bcirca\b|±) ?(?=(?:om )?(?:half |kwart )?\w)", "rond "),
        (r"\b(?:klokslag|exact om|stipt om|precies om) (?=\d|\w)", "om "),
        (r"\brond de klok van\b", "rond"),
        (r"\b(?:tss|tsn|tussn)\.?(?= )", "tussen"),
        (r"(?<=[a-z] )(?:tm|t\.m\.)(?= )", "t/m"),
        (r"\b(ma|di|wo|do|vr|za|zo|\w+dag) (?:ocht|och)\b\.?", r"\1 ochtend"),
        (r"\b(ma|di|wo|do|vr|za|zo|\w+dag) (?:mid|midd)\b\.?", r"\1 middag"),
        (r"\b(ma|di|wo|do|vr|za|zo|\w+dag) (?:av)\b\.?", r"\1 avond"),
    )
)
"""Short forms with signs in them, which no word on its own shows."""

_REWRITES: tuple[tuple[re.Pattern[str], Instead], ...] = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (rf"\b(\d{{1,2}}(?:e|de|ste)?)[\s.-]*({'|'.join(sorted(SHORT_MONTHS, key=len, reverse=True))})\b\.?", _long_month),
        (rf"\b{_AB}\b\.?(?=\s*(?:\d|ochtend|middag|avond|om\b|(?:of|en|t/m|tot|-|/)\s*(?:{_AB[1:-1]}|zo|{_DAY})\b))", _long_day),
        (r"\b(zo)\b\.?(?=\s\d{1,2}(?:[-/]\d| [a-z]))(?!\s\d+ uur)", _long_day),
        (r"^\W*(ma|di|wo|do|vr|za|maan|din|woe|don|vrij|zat)\b\W*$", _long_day),
        (rf"({_DAY}\s*(?:of|en|,|/|t/m|tot|-)\s*)(ma|di|wo|do|vr|za|zo)\b\.?", _long_day),
        (rf"({_DAY}\s*(?:of|en|,|/|t/m|tot|-)\s*)(ma|di|wo|do|vr|za|zo)\b\.?", _long_day),
        (r"\bliefst gisteren(?: nog)?\b", "zo snel mogelijk"),
        (r"\bvolgende maand (?:op )?(?:de )?(\d{1,2})e\b", r"de \1e van volgende maand"),
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
        (r"\b(vanaf|na|voor|tot|om) een uur of (\d{1,2})\b", r"\1 \2 uur"),
        (r"\b(?:rond )?een uur of (\d{1,2})\b", r"rond \1 uur"),
        (r"\b(\d{1,2}) uur ([0-5]\d)(?=$|[,.!?])", r"\1.\2"),
        (rf"\b({'|'.join(PLURALS)})\b", lambda m: f"{PLURALS[m[1]]} uur"),
        (r"\b(half|kwart voor|kwart over|\d voor|\d over|voor half|over half) een\b", r"\1 1"),
        (r"\b(om|rond|tegen|tot|vanaf|na|voor|omstreeks|en) een(?= uur| ?$)", r"\1 1"),
        (r"\btussen een(?= (?:uur )?en \d)", "tussen 1"),
    )
)
"""In this order: a later spelling builds on an earlier one."""
