"""Hears what a whole message says about when, apart from days and times: soonest, anything, earlier, later."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.text.dates.model import Direction
from bot.text.dates.page import Page

_ASAP = re.compile(
    r"\bzo (?:snel|spoedig|gauw|vlug|vroeg) (?:als )?mogelijk(?! op de dag)|\bzsm\b|\bz\.s\.m|\basap\b|\bspoed\b"
    r"|\bzo (?:snel|gauw|vlug) als\b|\b(?:dringend|haast)\b(?<!geen haast)|\bliefst (?:gisteren|vandaag nog|nu)\b|^\W*nu\W*$"
    r"|\bzodra (?:het |u |jullie )?kan\b|\bniet lang wachten\b|\bbinnenkort\b|\bsnelst\w*\b"
    r"|\b(?:eerste|komende|1e|eerst) (?:de beste|mogelijk\w*|gelegenheid|vrije\w*|beschikbare|moment|plek)\b|\b(?:nu )?meteen\b"
)
_ANYTHING = re.compile(
    r"\bmaakt (?:het |me |mij |ons )*(?:echt |allemaal |helemaal |verder )?ni(?:ets?|ks)(?: veel| zoveel)? uit"
    r"|\balles is goed|\bwanneer dan ook"
    r"|\bom het even|\bgeen voorkeur|\belk (?:moment|tijdstip)|\b(?:kan|ben|is) altijd|\baltijd goed|\b(?:elke|iedere) (?:dag|tijd)\b"
    r"|\balle dagen|\bkiest? (?:u )?maar|\bzegt? u (?:het )?maar|\bwat (?:u|jullie) (?:het beste )?uitkomt|\balles kan\b"
    r"|\bboeit (?:me )?niet|\b(?:allebei|alle \w+|allemaal)(?: \w+)? (?:is |zijn |vind ik )?(?:goed|prima)\b"
    r"|\bwanneer (?:u wilt|(?:u|jullie) plek)|\b(?:pak|prik|kies|noem) maar een (?:dag|datum|tijd|moment)|\bflexibel\b"
    r"|\bwanneer (?:het )?(?:u|jullie|jou|je) (?:het )?(?:beste )?(?:uitkomt|schikt|past)"
)
_STEP = re.compile(
    r"\b(?:(?P<count>een|\d{1,2})\s+)?(?P<unit>minuten|uur|uurtje|dag|dagje|dagen|week|weekje|weken)\s+"
    r"(?P<way>later|eerder|vroeger|erna|daarna|daarop|ervoor|daarvoor)\b(?! dan)"
)
_IS = r"(?:^|\b(?:dat|dit|die|deze|allemaal|is|zijn|wordt|worden|vind ik|daar)(?: (?!niet)\w+){0,2} )"
_EARLIER = re.compile(r"\b(?:eerder|vroeger|ervoor|naar voren)\b(?! dan)|" + _IS + r"te laat\b")
_LATER = re.compile(r"\b(?:later|naar achteren)\b(?! dan)|" + _IS + r"te vroeg\b")
_OF_DAY = re.compile(r"\b(?:eerder|vroeger|later) (?:op de|die|diezelfde|dezelfde|in de) (?:dag|ochtend|middag|avond)\b")
_UNITS = {
    "minu": timedelta(minutes=1),
    "uur": timedelta(hours=1),
    "dag": timedelta(days=1),
    "week": timedelta(days=7),
    "weke": timedelta(days=7),
}


def is_asap(text: str) -> bool:
    """Whether the soonest is wanted."""
    return bool(_ASAP.search(text))


def is_anything(text: str) -> bool:
    """Whether any moment will do."""
    return bool(_ANYTHING.search(text))


def is_of_day(text: str) -> bool:
    """Whether earlier or later is about the hour: "later op de dag"."""
    return bool(_OF_DAY.search(text))


def shift(page: Page) -> tuple[Direction | None, timedelta | None]:
    """Take "een week later" from the page."""
    match = _STEP.search(page.text)
    if match is None:
        return None, None
    page.blank(match.start(), match.end())
    count = match["count"]
    step = _UNITS[match["unit"][:4] if match["unit"][:4] in _UNITS else match["unit"][:3]]
    way: Direction = "later" if match["way"] in ("later", "erna", "daarna", "daarop") else "earlier"
    return way, step * (int(count) if count and count.isdigit() else 1)


def direction_of(text: str) -> Direction | None:
    """Whether something earlier or later is asked for, without saying how much."""
    if _EARLIER.search(text):
        return "earlier"
    return "later" if _LATER.search(text) else None
