"""The words people use to point at one of a few things that are shown, apart from days and times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Union

Position = Union[int, str]  # noqa: UP007 - evaluated at run time in Python 3.10 too
"""A place in the list from 1, or from the end below zero; "4e", which may be a day too; or "earliest", "latest" and "middle"."""

Others = Literal["", "any", "day", "week", "time"]
"""What should be different from what is shown; empty where nothing should."""


@dataclass(frozen=True)
class Words:
    """What was heard. `rest` is the text without what is heard here, for whoever reads days and times in it."""

    rest: str
    positions: tuple[Position, ...] = ()
    refused: tuple[Position, ...] = ()
    number: int | None = None
    """Where the text is a number and nothing more."""
    yes: bool = False
    others: Others = ""
    place: str = ""
    question: bool = False
    """Whether it asks about something else: "wat moet ik meenemen?"."""


_COUNTED = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_NUMBERS: dict[str, int] = {word: at for at, word in enumerate(_COUNTED, 1)}
_ORDINALS: dict[str, Position] = {
    word: at
    for at, words in enumerate(
        (
            "eerste|eertse|eerst|1e|1ste|bovenste|1st",
            "tweede|twede|tweedde|2e|2de",
            "derde|3e|3de",
            "vierde",
            "vijfde",
            "zesde",
            "zevende",
            "achtste|achste",
            "negende",
            "tiende",
        ),
        1,
    )
    for word in words.split("|")
}
_ORDINALS |= {
    "laatste": -1,
    "laaste": -1,
    "onderste": -1,
    "achterste": -1,
    "voorlaatste": -2,
    "een na laatste": -2,
    "op een na laatste": -2,
}
_ORDINALS |= {f"{number}{end}": f"{number}e" for number in range(4, 11) for end in ("e", "de", "ste")}
_ORDINALS |= {"vroegste": "earliest", "vroegst mogelijke": "earliest", "laatst mogelijke": "latest", "middelste": "middle"}

_AFTER = (
    r"(?=\s*(?:$|[,.;!?)]|(?:optie|keuze|keus|moment|tijd\w*|mogelijkheid|datum|dag|plek|afspraak|van|op|om|in|is|graag|maar|dan|svp|aub|lijkt"
    r"|past|kan|komt|lukt|of|en|uit|niet|wel|vind|heeft|neem|alstublieft|alsjeblieft|a\.?u\.?b|s\.?v\.?p|please|prima|goed|toch|ochtend|middag"
    r"|avond|ma|di|wo|do|vr|za|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|'s|die|doe|wil|zou|ik)\b))"
)
_NOT_OF_CALENDAR = (
    r"(?! (?:\w+dag|week|\w+) (?:van|in) (?:de |deze |volgende )?(?:maand|week|jan|feb|maa|apr|mei|jun|jul|aug|sep|okt|nov|dec))"
)
_WORDS = "|".join(re.escape(word) for word in sorted(_ORDINALS, key=len, reverse=True))
_POINTED = re.compile(rf"\b(?:de |die |het )?(?<![\d.:-])(?P<word>{_WORDS})\b{_NOT_OF_CALENDAR}{_AFTER}(?! de beste)")
_LISTED = re.compile(
    rf"\b(?:nummer|nr\.?|no\.?|optie|keuze|mogelijkheid|#)\s*(?P<word>\d{{1,2}}|{'|'.join(_NUMBERS)})\b(?! uur)|#(?P<sign>\d)\b"
)
_FIRST_TWO = re.compile(r"\b(?:de |die )?(?P<end>eerste|laatste) (?P<count>twee|2|drie|3)\b")
_NONE_OF = re.compile(r"\bgeen van (?:de |deze |die )?\w+\b")
_NO_BEFORE = re.compile(r"\b(?:niet|geen|behalve|liever niet)\s*(?:die|op|in)?\s*$")
_NO_AFTER = re.compile(
    r"^\s*(?:optie |keuze )?(?:past |kan |lukt |gaat |komt |is |(?:kan|lukt|past) (?:ik|me|mij) )?(?:dus |helaas )?niet\b(?! de)"
)

_FILLER = (
    r"(?:die|dat|deze|van|om|op|de|het|dan|doe|doet|maar|graag|gewoon|ik|wil|zou|willen|neem|nemen|kies|kiezen|ga|gaan|voor|is|goed|prima|oke|ok|okee|ja"
    r"|tijd|tijdstip|moment|afspraak|svp|aub|alstublieft|alsjeblieft|a\.u\.b|s\.v\.p|please|u|uur|me|mij|mag|hoor|top|perfect|fijn"
    r"|lijkt|past|kan|komt|uit|best|toch|even|eentje|dank|bedankt|dankjewel|liefst|liever|reserveer|reserveren|boek|boeken|vastleggen|zet|hem)"
)
_BARE = re.compile(rf"^\W*(?:{_FILLER}\W+)*(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)})(?:\W+(?!uur|u\b){_FILLER})*\W*$")
_AGREED = r"akkoord|jawel|yes|jazeker|zeker|klopt|super|mooi|uitstekend|jep|yep|heel|wel|alle ?twee|beide"
_YES = re.compile(rf"^(?!\W*(?:dank\w*|bedankt)\W*$)(?:\W*\b(?:{_FILLER}|{_AGREED})\b)+\W*$|^\s*👍\W*$")

_SUITS = r"(?:past|passen|kan|kunnen|lukt|lukken|gaat|gaan|schikt|schikken|komt|komen|uitkom\w*)"
_OTHERS: tuple[tuple[Others, str], ...] = (
    ("week", r"\bandere we(?:ek|ken)\b|\bniet (?:in )?deze week\b.*\bander\w*\b"),
    ("day", r"\bandere? ?(?:dag\w*|datum|data|datums)\b"),
    ("time", r"\bandere? (?:tijd\w*|tijdstip\w*|uur|uren)\b"),
    (
        "any",
        r"\bgeen (?:van )?(?:deze|die|dezen|allen|alle|beide|enkele|allemaal|een)\b|\bgeen van (?:de )?\w+\b|\biets anders\b|\banders nog\b"
        r"|\bandere? (?:moment\w*|optie\w*|mogelijkhe\w*|keuze\w*|plek\w*|voorstel\w*|afspra\w*)\b|\bnog meer\b|\b(?:zijn er|heeft u) nog\b"
        r"|\bmeer (?:tijd\w*|optie\w*|mogelijkhe\w*|keuze\w*|moment\w*|zien|laten|plek\w*)\b|\bdan kan ik niet\b"
        r"|\b(?:niets|niks) (?:bij|voor mij|dat past)\b|\bniet (?:1|een|eentje) van\b|\bwat (?:heeft|hebben|heb) (?:u|jullie|je) nog\b"
        r"|\b(?:die|deze|dat|dit|ze|komt|komen)\b[^.!?]*\bniet (?:zo |erg )?(?:handig|goed|mogelijk|haalbaar|fijn|gunstig)\b"
        r"|\bdaar kan ik niet\b"
        r"|^\W*(?:helaas|jammer|sorry)?\W*niet\W*$|\bdat wordt (?:lastig|moeilijk)\b|^\W*(?:dat is )?(?:lastig|moeilijk|onhandig)\W*$"
        rf"|\b(?:dat|die|deze|dit|alles|allemaal|niets|niks|geen|ze)\s+(?:\w+\s+){{0,3}}{_SUITS}(?:\s+\w+){{0,2}}\s+niet\b"
        rf"|^\W*(?:helaas\W+)?{_SUITS}(?: \w+){{0,2}} (?:niet|slecht)(?: uit)?\W*$"
        rf"|\b(?:deze|die|dit|dat|allemaal) {_SUITS}(?: (?:me|mij|ik|allemaal|helaas))* niet\b"
        r"|^\W*(?:nee|neen|nope|nee hoor|nee dank\w*|nee bedankt|liever niet|toch niet|niets|niks|volgende|verder|meer)\W*$"
        rf"|^\W*nee\W+(?:ik )?(?:{_SUITS}|dat|die|deze|geen|helaas)\b.*\bniet\W*$",
    ),
)
_OTHERS_RULES = tuple((kind, re.compile(pattern)) for kind, pattern in _OTHERS)
_QUESTION = re.compile(
    r"^\W*(?:en |maar )?(?:wat|hoe|waar|waarom|hoeveel|wie|welke papieren|moet|mag)\b.*\?|^\W*(?:wat|hoeveel) (?:kost|moet)\b"
)


def listen(text: str, places: Sequence[str]) -> Words:
    """What `text` points at; `places` are the names that count as a place."""
    said = re.sub(
        r"\s+", " ", text[:500].lower().replace("één", "een").replace("eén", "een").replace("oké", "oke").replace("’", "'")
    ).strip()
    if _QUESTION.search(said) and not _others(said):
        return Words(said, question=True)
    place, said = _place(said, places)
    number = _BARE.match(said)
    if number:
        return Words("", number=_count(number["number"]), place=place)
    positions, refused, rest = _positions(said)
    others = "" if refused else _others(rest)
    rest = _NONE_OF.sub(" ", rest)
    return Words(rest, positions, refused, yes=bool(_YES.match(rest)), others=others, place=place)


def _others(said: str) -> Others:
    return next((kind for kind, pattern in _OTHERS_RULES if pattern.search(said)), "")


def _place(said: str, places: Sequence[str]) -> tuple[str, str]:
    for name in sorted({name for name in places if name}, key=len, reverse=True):
        match = re.search(rf"(?:\b(?:in|bij|te|naar) (?:het |de )?)?\b{re.escape(name.lower())}\b", said)
        if match and not _NO_BEFORE.search(said[: match.start()]):
            return name, f"{said[: match.start()]} {said[match.end() :]}".strip()
    return "", said


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def _positions(said: str) -> tuple[tuple[Position, ...], tuple[Position, ...], str]:
    wanted: list[Position] = []
    refused: list[Position] = []
    for match in _FIRST_TWO.finditer(said):
        count = _count(match["count"])
        wanted += range(1, count + 1) if match["end"] == "eerste" else range(-count, 0)
    matches = sorted([*_POINTED.finditer(said), *_LISTED.finditer(said)], key=lambda match: match.start())
    rest = said
    for match in matches:
        word = match["word"] or match["sign"]
        position: Position = _ORDINALS[word] if word in _ORDINALS else _count(word)
        no = _NO_BEFORE.search(said[: match.start()]) or _NO_AFTER.search(said[match.end() :])
        (refused if no else wanted).append(position)
        rest = rest[: match.start()] + " " * (match.end() - match.start()) + rest[match.end() :]
    return tuple(wanted), tuple(refused), rest
